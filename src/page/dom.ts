// Elements by name, attributes and children: text is always text, never markup.

export type Child = Node | string | false | null;
type Attributes = Readonly<Record<string, string | number>>;
/** Attributes, or a class alone. */
type Given = Attributes | string;

export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  given: Given = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), given, children);
}

export function svg(name: string, given: Given = '', ...children: readonly Child[]): SVGElement {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), given, children);
}

/** An element of index.html, which has it; what is a field's or a button's is there where it is one. */
export function byId(id: string): HTMLElement & { value: string; disabled: boolean } {
  return document.querySelector(`#${id}`)!;
}

/** Writes only what is new: a screen reader is not told the same again. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Gives the element `id` new children, where they are not the same as those before: so nothing grows, and a selection
 * or the focus lives as long as what it is on stays the same.
 */
export function makePut(): (id: string, ...children: readonly Child[]) => void {
  const before = new Map<string, string>();
  return (id, ...children) => {
    const made = html('div', '', ...children);
    // Only read: what is shown is the nodes themselves.
    const text = made.innerHTML;
    if (before.get(id) === text) return;
    before.set(id, text);
    byId(id).replaceChildren(...made.childNodes);
  };
}

function filled<T extends Element>(element: T, given: Given, children: readonly Child[]): T {
  const attributes = typeof given === 'string' ? { class: given } : given;
  for (const name in attributes) {
    if (attributes[name] !== '') element.setAttribute(name, `${attributes[name]}`);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}
