// Times as HAProxy's configuration writes them.

/** In seconds, or minutes, where that is shorter than milliseconds. */
export function span(ms: number): string {
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms >= 1000 && ms % 100 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
