// The end of waiting: a deadline, or an abort.
import { setMaxListeners } from 'node:events';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';

/**
 * Calls `giveUp` once, at the deadline or at an abort, whichever comes first, at once where the signal has aborted
 * already; never after the function that it gives back has been called. `connected` is asked at that moment.
 */
export function watchLimit(
  { deadlineMs, signal }: AskLimit,
  connected: () => boolean,
  giveUp: (trouble: Trouble) => void,
): () => void {
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abandon);
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
