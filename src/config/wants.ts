// How a refused value is described: what was expected, and what was found, filled in once the place is known.
import type { Spot } from './spot.ts';

/** Stands in a message for the value that was found, as the file writes it. */
const FOUND = '{found}';

/** Stands in a message for the same without quotes, for a suggestion such as `write 30s`. */
export const BARE = '{bare}';

/** `expected …, got …`, with `cure` after it where there is one to name. */
export function wants(what: string, cure?: string): string {
  return `expected ${what}, got ${FOUND}${cure === undefined ? '' : `; ${cure}`}`;
}

/** The message with what was found at `spot`; `null`: nothing is there. */
export function withFound(message: string, spot: Spot | null): string {
  return message.replaceAll(/\{(?:found|bare)\}/g, (hole) =>
    hole === FOUND ? (spot?.found ?? 'nothing') : (spot?.bare ?? ''),
  );
}
