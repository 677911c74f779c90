// How often something may be done: a few times at once, and then at a steady pace.
import type { Clock } from '../domain/time.ts';

/** No single incident has so many lines that a look would have to wait. */
const AT_ONCE = 10;
const EVERY_MS = 20;

export interface Allowance {
  /** Takes the next turn; how long to wait for it, in ms. */
  takeMs(): number;
}

export function makeAllowance(clock: Pick<Clock, 'now'>): Allowance {
  /** When all that has been taken is made good. */
  let evenMs = -Infinity;
  return {
    takeMs: () => {
      const nowMs = clock.now().monoMs;
      const waitMs = Math.max(0, evenMs - nowMs - (AT_ONCE - 1) * EVERY_MS);
      evenMs = Math.max(evenMs, nowMs) + EVERY_MS;
      return waitMs;
    },
  };
}
