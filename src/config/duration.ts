// Durations as the file writes them: a whole number and its unit. A bare number is none.

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds, or null for what is no duration. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = /^(\d{1,12})(ms|s|m|h)$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}

/** The milliseconds of a text that is known to be a duration. Throws for any other: a bug. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new TypeError(`not a duration: ${JSON.stringify(text)}`);
  return ms;
}
