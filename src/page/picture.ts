// Draws the picture that layout.ts has laid out.
import type { Status } from '../domain/status.ts';
import { svg } from './dom.ts';
import { layOut } from './layout.ts';
import type { Box, Line, Node, Text } from './layout.ts';

export function drawPicture(status: Status, isNarrow: boolean): SVGElement {
  const { width, height, nodes, lines } = layOut(status, isNarrow);
  // What stands in the nodes, one after the other, says the same as the picture.
  const said = nodes.map(({ texts }) => texts.map(({ text }) => text).join(', ')).join('. ');
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${Math.ceil(height)}`, role: 'img', 'aria-label': said },
    ...lines.map(drawLine),
    ...nodes.map(drawNode),
    ...lines.map(drawLabel),
  );
}

/** Its arrow is one of index.html's. */
function drawLine({ kind, d, width }: Line): SVGElement {
  const end = kind === 'relays' ? '' : `url(#arrow-${kind})`;
  return svg('path', { d, class: `line ${kind}`, 'stroke-width': width, 'marker-end': end });
}

/** In a plate of its own: the number must be read wherever lines cross. */
function drawLabel({ kind, label, x, y }: Line): SVGElement | null {
  if (!label) return null;
  const w = 14 + 7.4 * label.length;
  return svg(
    'g',
    `label ${kind}`,
    drawBox({ x, y: y - 9, w, h: 18 }, 'plate'),
    drawText({ kind: '', x: x + 7, y: y + 4, text: label }),
  );
}

function drawNode({ kind, name, texts, old, ...box }: Node): SVGElement {
  return svg(
    'g',
    kind,
    svg('title', '', name),
    ...old.map((one) => drawBox(one, 'old')),
    drawBox(box, 'box'),
    ...texts.map(drawText),
  );
}

function drawText({ kind, x, y, text }: Text): SVGElement {
  return svg('text', { class: kind, x, y }, text);
}

function drawBox({ x, y, w, h }: Box, kind: string): SVGElement {
  return svg('rect', { class: kind, x, y, width: w, height: h, rx: 9 });
}
