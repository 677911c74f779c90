// Work that can be stopped by itself as well as with all else.

/** `stop` aborts with `parent`, and once the work has ended: nothing of it is left behind. */
export async function withSignal<T>(
  parent: AbortSignal,
  work: (stop: AbortController) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  if (parent.aborted) abort();
  parent.addEventListener('abort', abort);
  try {
    return await work(stop);
  } finally {
    parent.removeEventListener('abort', abort);
    abort();
  }
}
