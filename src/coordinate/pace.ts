// How often a peer's news may make us ask: a few times at once, and then at a steady pace, whatever it sends.
import type { Clock } from '../domain/time.ts';

const AT_ONCE = 10;
const EVERY_MS = 200;

/** Takes the next turn, and tells how long to wait for it, in ms. */
export function makePace(clock: Pick<Clock, 'now'>): () => number {
  /** When all turns that were taken are made good. */
  let evenMs = -Infinity;
  return () => {
    const nowMs = clock.now().monoMs;
    const waitMs = Math.max(0, evenMs - nowMs - (AT_ONCE - 1) * EVERY_MS);
    evenMs = Math.max(evenMs, nowMs) + EVERY_MS;
    return waitMs;
  };
}
