// The producers in the picture, in order of preference: which is main, which the target, and how each proxy sees them.
import type { Status } from '../domain/status.ts';
import type { Column, Node } from './layout.ts';
import { clip } from './text-fit.ts';
import { HEALTH_MARKS } from './words.ts';

const GAP = 22;
const MOST_GAP = 90;
/** More names than this are only counted. */
const MOST_NAMES = 2;

/** One below the other, in the middle between `top` and `end`, or from `top` on where they need more room. */
export function producerNodes(
  status: Status,
  { x, w }: Column,
  top: number,
  end: number,
): readonly Node[] {
  const nodes = status.producers.map((name, place) => {
    const isTarget = name === status.target;
    const tags = [isTarget ? '◎ target' : '', place === 0 ? '★ main' : ''].filter(Boolean);
    // Where there is room for both they share a line.
    const lines = w > 150 ? [tags.join('  ')].filter(Boolean) : tags;
    const texts = [
      { kind: 'name', text: clip(name, (w - 20) / 8) },
      ...lines.map((text) => ({ kind: 'tag', text })),
      ...healthsOf(status, name, (w - 16) / 6.6),
    ];
    return { kind: `producer${isTarget ? ' target' : ''}`, name, texts, h: 18 + 18 * texts.length };
  });
  const room = end - top - nodes.reduce((sum, { h }) => sum + h, 0);
  const gap = Math.min(MOST_GAP, Math.max(GAP, room / (nodes.length + 1)));
  let y = top + Math.max(0, (room - gap * (nodes.length - 1)) / 2);
  return nodes.map(({ texts, ...node }) => {
    const placed = texts.map((one, i) => ({ ...one, x: x + 10, y: y + 20 + 18 * i }));
    const made = { ...node, x, y, w, texts: placed, old: [] };
    y += node.h + gap;
    return made;
  });
}

/** How the serving workers see it: a line for each health, with names where they fit into `letters`. */
function healthsOf({ proxies }: Status, producer: string, letters: number) {
  return Object.entries(HEALTH_MARKS).flatMap(([health, mark]) => {
    const at = proxies.filter(({ workers }) =>
      workers.some(
        ({ old, producers }) =>
          !old && producers.some((one) => one.name === producer && one.health === health),
      ),
    );
    if (!at.length) return [];
    const start = `${mark} ${health}`;
    const names = `${start} at ${at.map(({ name }) => name).join(', ')}`;
    const many = `${start} ${at.length === proxies.length ? 'everywhere' : `at ${at.length} of ${proxies.length}`}`;
    const text = at.length <= MOST_NAMES && names.length <= letters ? names : many;
    return [{ kind: `small ${health}`, text: clip(text, letters) }];
  });
}
