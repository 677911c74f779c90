// One proxy in the picture: its serving worker, its old workers behind it, and the ports that its lines leave by.
import type { Status, StatusProxy } from '../domain/status.ts';
import type { Box, Column, Node, Text } from './layout.ts';
import { clip, wrapText } from './text-fit.ts';
import { isWrong } from './words.ts';

/** Where the sessions of one worker on one producer, whose name it has, leave. */
export interface Port {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly sessions: number;
  readonly wrong: boolean;
}

const PAD = 10;
const OLD_INDENT = 14;
const ERROR_LINES = 5;

/** `below` is where the next one may stand: under its old workers. */
export function proxyNode(
  proxy: StatusProxy,
  status: Status,
  { x, w, isNarrow, isDense }: Column,
  top: number,
): Node & { readonly ports: readonly Port[]; readonly below: number } {
  const { name, driven, reachable, version, error, pin, workers } = proxy;
  const letters = (w - 2 * PAD) / 6.3;
  const texts: Text[] = [];
  const ports: Port[] = [];
  const old: Box[] = [];
  let y = top;
  const say = (down: number, kind: string, text: string, lines = 1, indent = 0) => {
    for (const line of wrapText(text, letters, lines)) {
      y += down;
      texts.push({ kind, x: x + PAD + indent, y, text: line });
    }
  };
  const does = driven ? 'driven' : 'not driven';

  say(20, 'name', clip(name, letters * 0.85));
  if (!isDense || !driven)
    say(16, 'small', reachable ? `${version?.split('-')[0] ?? '?'} · ${does}` : does);
  if (!reachable) {
    say(18, 'bad', 'not seen');
    say(15, 'small', error?.message ?? '', isDense ? 1 : ERROR_LINES);
  }
  if (pin.server) {
    say(
      16,
      'pin',
      `new${isNarrow ? '' : ' connections'} → ${pin.server}, ${Math.round(pin.leaseMs / 1000)} s`,
      2,
    );
  }
  let h = 0;
  for (const worker of workers.toSorted((a, b) => Number(a.old) - Number(b.old))) {
    const start = y + (isNarrow ? 15 : 16);
    const indent = worker.old ? OLD_INDENT : 0;
    if (worker.old) {
      y += 12;
      say(20, 'small', `old${isNarrow ? '' : ' worker'} ${worker.pid ?? ''}`, 1, indent);
    }
    const carrying = worker.producers.filter(({ sessions }) => sessions > 0);
    for (const { name: on, sessions } of carrying) {
      const wrong = isWrong(status, on);
      say(22, wrong ? 'wrong' : 'port', `${sessions} on ${on}`, 1, indent);
      ports.push({ x: x + w, y: y - 4, name: on, sessions, wrong });
    }
    if (!carrying.length) say(20, 'small', 'no sessions', 1, indent);
    if (worker.old) old.push({ x: x + indent, y: start, w: w - indent, h: y + 8 - start });
    else h = y + 10 - top;
  }
  const kind = `proxy ${reachable ? does : 'unseen'}`;
  return { x, y: top, w, h: h || y + 10 - top, below: y + 10, kind, name, texts, old, ports };
}
