// Something to wait for until it rings, for a while at most.
import type { Clock } from '../domain/time.ts';

export interface Bell {
  /** From now on it has rung, and who waits hears it, until `hush`. */
  ring(): void;
  hush(): void;
  /** Whether it has rung, or rings within `ms`; at once when the signal aborts. One may wait at a time. */
  heard(ms: number): Promise<boolean>;
}

/** Quiet at first. */
export function makeBell(clock: Clock, signal: AbortSignal): Bell {
  let rung = false;
  let waiting = new AbortController();
  signal.addEventListener('abort', () => waiting.abort(), { once: true });
  return {
    ring: () => {
      rung = true;
      // With a reason of its own: else an exception is made of it, stack and all, at each look.
      waiting.abort('rung');
    },
    hush: () => {
      rung = false;
    },
    heard: async (ms) => {
      if (rung || signal.aborted) return rung;
      waiting = new AbortController();
      await clock.sleep(ms, waiting.signal);
      return rung;
    },
  };
}
