// The picture of a status: where each node stands and where each line runs, without drawing anything.
import type { Status } from '../domain/status.ts';
import { producerNodes } from './layout-producers.ts';
import { proxyNode } from './layout-proxy.ts';
import { count, sessionsOf } from './words.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A line of text, by its baseline's left end. `kind` is its class in page.css. */
export interface Text {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A box with its texts; `kind` likewise. `old`: the boxes of old workers behind a proxy. */
export interface Node extends Box {
  readonly kind: string;
  /** In full, where its text had to be cut. */
  readonly name: string;
  readonly texts: readonly Text[];
  readonly old: readonly Box[];
}

/** `right`: it ends at the target, or there is no target; `ghost`: where a wrong one should go. */
export interface Line {
  readonly kind: 'relays' | 'right' | 'ghost' | 'wrong';
  /** An SVG path. */
  readonly d: string;
  readonly width: number;
  /** Written on the line, from this point on; empty: nothing. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Node[];
  /** In the order of drawing. */
  readonly lines: readonly Line[];
}

/**
 * Where a column stands, and how it is drawn. All lengths are those of the picture's own coordinates, in which letters
 * are 12 high.
 */
export interface Column {
  readonly x: number;
  readonly w: number;
  readonly isNarrow: boolean;
  /** Many proxies stand closer, and say less. */
  readonly isDense: boolean;
}

const DENSE_FROM = 7;
const ARROW = 8;
/** In the narrow picture the relays lie above the proxies. */
const RELAYS_H = 30;

/** Total: any status, of one proxy or sixty-four, has a picture. `isNarrow`: for a phone. */
export function layOut(status: Status, isNarrow: boolean): Picture {
  const isDense = status.proxies.length >= DENSE_FROM;
  const column = (x: number, w: number): Column => ({ x, w, isNarrow, isDense });
  const [middle, right] = isNarrow
    ? [column(20, 136), column(244, 115)]
    : [column(184, 232), column(604, 215)];
  const all = status.proxies.reduce((sum, proxy) => sum + sessionsOf(proxy), 0);
  const gap = isDense ? 8 : 14;
  const top = isNarrow ? RELAYS_H + 18 : 1;

  let end = top;
  const proxies = status.proxies.map((proxy) => {
    const node = proxyNode(proxy, status, middle, end);
    end = node.below + gap;
    return node;
  });
  end -= gap;
  const producers = producerNodes(status, right, top, end);
  const height = Math.max(end, 90, ...producers.map(({ y, h }) => y + h));

  const relays = relaysNode(all, isNarrow, (top + end) / 2);
  const lines: Line[] = [];
  /** From the point to the point; the share of all sessions makes it thick: from 2 to 9. */
  const draw = (kind: Line['kind'], from: Point, to: Point, sessions: number, label = '') => {
    const width = kind === 'ghost' ? 1.5 : 2 + Math.round(7 * Math.sqrt(sessions / all));
    const bend = (from.x + to.x) / 2;
    const isBranch = kind === 'relays' && isNarrow;
    const d = isBranch
      ? `M${from.x} ${from.y}V${to.y}H${to.x}`
      : `M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${to.y} ${to.x} ${to.y}`;
    const [x, y] = kind === 'relays' ? [to.x - 34, to.y] : [from.x + 6, from.y];
    lines.push({ kind, d, width: isBranch ? 2 : width, label, x, y });
  };

  status.proxies.forEach((proxy, i) => {
    const { x, y, h } = proxies[i]!;
    const sessions = sessionsOf(proxy);
    const from = isNarrow
      ? { x: 10, y: RELAYS_H }
      : { x: relays.x + relays.w, y: relays.y + relays.h / 2 };
    const to = { x, y: y + (isNarrow ? 16 : h / 2) };
    if (sessions > 0) draw('relays', from, to, sessions, isNarrow ? '' : `${sessions}`);
  });
  const ports = proxies.flatMap((proxy) => proxy.ports);
  for (const producer of producers) {
    // Those that arrive here are spread over its side in their own order.
    const isTarget = producer.name === status.target;
    const arriving = ports.filter(
      ({ name, wrong }) => name === producer.name || (wrong && isTarget),
    );
    arriving.forEach(({ name, wrong, sessions, ...from }, i) => {
      const y = producer.y + Math.round((producer.h * (i + 1)) / (arriving.length + 1));
      const kind = name !== producer.name ? 'ghost' : wrong ? 'wrong' : 'right';
      const label = kind === 'ghost' ? '' : `${sessions}${wrong ? ' wrong' : ''}`;
      draw(kind, from, { x: producer.x - ARROW, y }, sessions, label);
    });
  }
  // What is wrong is drawn over what is right: the kinds' names happen to stand in that order.
  lines.sort((a, b) => (a.kind < b.kind ? -1 : 1));
  return {
    width: right.x + right.w + 1,
    height: height + 2,
    nodes: [relays, ...proxies, ...producers],
    lines,
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function relaysNode(sessions: number, isNarrow: boolean, middle: number): Node {
  const box = isNarrow
    ? { x: 1, y: 1, w: 210, h: RELAYS_H - 1 }
    : { x: 1, y: Math.max(1, middle - 26), w: 112, h: 52 };
  const y = box.y + 20;
  // Beside it or below.
  const under = isNarrow ? { x: 68, y } : { x: 12, y: y + 19 };
  const texts = [
    { kind: 'name', x: 12, y, text: 'relays' },
    { kind: 'small', ...under, text: count(sessions) },
  ];
  return { ...box, kind: 'relays', name: 'relays', texts, old: [] };
}
