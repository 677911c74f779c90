// The real clock. Everything above domain/ gets it handed in.
import type { Clock } from '../domain/time.ts';

/** This host's clocks: `performance.now()` since the process began, and the wall. */
export const systemClock: Clock = {
  now: () => ({ monoMs: performance.now(), wallMs: Date.now() }),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      // What is due already is due now.
      const timer = setTimeout(end, Math.max(0, ms));
      signal?.addEventListener('abort', end);
    }),
};
