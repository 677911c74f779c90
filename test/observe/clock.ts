// A clock that the test turns: who sleeps wakes when its time has come, in order.
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/domain/time.ts';

export interface TurnedClock extends Clock {
  /** Goes on by so many ms; everybody who wakes on the way does all that it can before the next. */
  turn(ms: number): Promise<void>;
  /** How many sleep. */
  sleeping(): number;
}

/** Begins at 1000 ms, so that nothing depends on 0. */
export function turnedClock(): TurnedClock {
  let monoMs = 1000;
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    now: () => ({ monoMs, wallMs: monoMs }),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { atMs: monoMs + ms, wake };
        if (signal?.aborted === true) return resolve();
        signal?.addEventListener('abort', wake);
        sleepers.add(sleeper);
      }),
    turn: async (ms) => {
      const endMs = monoMs + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > endMs) break;
        monoMs = Math.max(monoMs, next.atMs);
        next.wake();
        await settle();
      }
      monoMs = endMs;
    },
    sleeping: () => sleepers.size,
  };
}

/** Everybody who can go on does. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await turn();
}
