// From the clock that never jumps to the one that people read.
import type { Now } from '../domain/time.ts';

/** The wall time (ms since the epoch) of an instant of the monotonic clock, as the two clocks stand at `now`. */
export function wallMs(now: Now, monoMs: number): number {
  return now.wallMs + (monoMs - now.monoMs);
}

/** The same as RFC 3339 UTC with milliseconds. */
export function rfc3339(now: Now, monoMs: number): string {
  return new Date(wallMs(now, monoMs)).toISOString();
}

/** To the second, UTC; with its date where that is not today's. */
export function clockTime(now: Now, untilWallMs: number): string {
  const today = new Date(now.wallMs).toISOString().slice(0, 10);
  const [date, time = ''] = new Date(untilWallMs).toISOString().split('T');
  const second = `${time.slice(0, 8)}Z`;
  return date === today ? second : `${date}T${second}`;
}
