// Numbers as HAProxy writes them: digits and nothing else.

/** A whole number from 0 to 2^53 - 1, or null for anything else: `-1`, `1e3`, ` 1`, the empty text. */
export function readCount(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
