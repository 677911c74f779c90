// How long telling a hook may take.

/** Why a hook was not told when mainstay ended. */
export const STOPPED = 'mainstay was stopped';

/**
 * Calls `giveUp` once with the reason as a sentence: after `ms`, or when `signal` aborts; never after the function that
 * it gives back has been called, which is for whoever has come to an end before.
 */
export function giveUpAfter(
  ms: number,
  signal: AbortSignal,
  giveUp: (why: string) => void,
): () => void {
  const end = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stopped);
  };
  const over = (why: string): void => {
    end();
    giveUp(why);
  };
  const stopped = (): void => over(STOPPED);
  const timer = setTimeout(() => over(`it has not ended within ${ms} ms`), ms);
  if (signal.aborted) stopped();
  else signal.addEventListener('abort', stopped);
  return end;
}
