// Numbers as the tour says them.

/** `1.4s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}s`;
}

/** `1 session`, `7 sessions`. */
export function sessions(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}
