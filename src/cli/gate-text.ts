// A shut gate as sentences: why it is shut, and when it opens, by itself or by whom.
import { span } from '../decide/words.ts';
import type { StatusGate } from '../domain/status.ts';
import { clockTime } from '../report/wall.ts';
import { gateAt } from './layout.ts';

const ALONE = 'by itself';

/** `failback-wait: main is … 30m. Opens by itself at 03:12:10Z, in 12m; to go now: mainstay …`, without its full stop. */
export function gateSentence(gate: StatusGate, nowMs: number): string {
  return `${gateAt(gate)}: ${gate.reason}. Opens ${opening(gate, nowMs)}`;
}

function opening({ opens, until }: StatusGate, nowMs: number): string {
  if (until === null) return opens;
  const untilMs = Date.parse(until);
  const at = `at ${clockTime({ monoMs: 0, wallMs: nowMs }, untilMs)}, in ${span(Math.max(1, Math.round((untilMs - nowMs) / 1000)) * 1000)}`;
  if (!opens.startsWith(ALONE)) return `${at}, ${opens}`;
  const rest = opens.slice(ALONE.length);
  return `${ALONE} ${at}${rest}`;
}
