// The end of waiting: a deadline, or an abort.
import { setMaxListeners } from 'node:events';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';

/**
 * Calls `giveUp` once, at the deadline or at an abort, whichever comes first, at once where the signal has aborted
 * already; never after the function that it gives back has been called, which is for whoever has an answer: it gives
 * the trouble of one that came too late, for a process that was stopped may read it before its timer is due.
 * `connected` is asked at the moment of giving up.
 */
export function watchLimit(
  { deadlineMs, signal }: AskLimit,
  connected: () => boolean,
  giveUp: (trouble: Trouble) => void,
): () => Trouble | null {
  const startMs = performance.now();
  const end = (): Trouble | null => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandon);
    const late = performance.now() - startMs > deadlineMs;
    return late ? { kind: 'timeout', afterMs: deadlineMs, connected: true } : null;
  };
  const over = (trouble: Trouble): void => {
    end();
    giveUp(trouble);
  };
  const abandon = (): void => over({ kind: 'abandoned' });
  const timer = setTimeout(
    () => over({ kind: 'timeout', afterMs: deadlineMs, connected: connected() }),
    deadlineMs,
  );
  // Each exchange under way listens: many are no leak.
  if (signal !== undefined) setMaxListeners(0, signal);
  if (signal?.aborted === true) abandon();
  else signal?.addEventListener('abort', abandon);
  return end;
}

export function failed(trouble: Trouble): Result<never, Trouble> {
  return { ok: false, fault: trouble };
}
