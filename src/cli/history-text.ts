// History for people: an entry a line, in UTC, days apart, and how long each verdict lasted.
import type { HistoryEntry } from '../domain/history.ts';
import { escaped } from '../report/pretty-line.ts';
import { exitOf } from './exit.ts';
import { paint, widthOf, wrap } from './layout.ts';
import type { Output } from './world.ts';

/** Gives the text of one entry after the other, oldest first, each with its newline. `mark` stands before it. */
export function historyTeller(out: Output): (entry: HistoryEntry, mark?: string) => string {
  let day = '';
  /** The verdict that lasts; `sinceMs` null: since before the first entry. */
  let lasting: { verdict: string; sinceMs: number | null } | null = null;
  return (entry, mark = '') => {
    const { at, verdict } = entry;
    const today = at.slice(0, 10);
    const gap = day === '' || today === day ? '' : '\n';
    day = today;
    const atMs = Date.parse(at);
    let lasted = '';
    if (verdict !== null && verdict !== lasting?.verdict) {
      if (lasting !== null && lasting.sinceMs !== null) {
        lasted = ` (after ${span(atMs - lasting.sinceMs)} of ${lasting.verdict})`;
      }
      lasting = { verdict, sinceMs: lasting === null ? null : atMs };
    }
    const line = `${utc(at)}  ${escaped(entry.says)}${lasted}`;
    const wrapped = wrap(line, widthOf(out) - mark.length, ' '.repeat(mark.length + 4));
    return `${gap}${mark}${coloured(out, entry, wrapped)}\n`;
  };
}

/** `2026-11-24 03:12:10Z`; what is no time stays as it is. */
export function utc(at: string): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return escaped(at.slice(0, 30));
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** `4.2 s`, `3 min 5 s`, `2 h 4 min`. */
function span(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 60) return `${s.toFixed(1)} s`;
  const whole = Math.round(s);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

/** The verdict as `status` has it, what has failed, and hooks, which are never what is looked for. */
function coloured(out: Output, { kind, verdict, result }: HistoryEntry, text: string): string {
  if (kind === 'hook') return paint(out, 'dim', text);
  if (verdict !== null) {
    const colour = exitOf(verdict, []) === 0 ? 'green' : 'red';
    return text.replace(verdict, () => paint(out, colour, verdict));
  }
  if (result === 'failed') return paint(out, 'red', text);
  return result === 'ok' || result === null ? text : paint(out, 'yellow', text);
}
