// A wait that somebody may cut short by ringing.
import type { Clock } from '../domain/time.ts';

export interface Doorbell {
  ring(): void;
  /** Whether it rang since the last wait, or rings within `ms`. At once when the signal aborts. One may wait at a time. */
  wait(ms: number): Promise<boolean>;
}

export function makeDoorbell(clock: Clock, signal: AbortSignal): Doorbell {
  let rung = false;
  let waiting: AbortController | null = null;
  signal.addEventListener('abort', () => waiting?.abort(), { once: true });
  return {
    ring: () => {
      rung = true;
      waiting?.abort('rung');
    },
    wait: async (ms) => {
      if (!rung && !signal.aborted) {
        waiting = new AbortController();
        await clock.sleep(ms, waiting.signal);
        waiting = null;
      }
      const heard = rung;
      rung = false;
      return heard;
    },
  };
}
