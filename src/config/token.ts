// The bearer token: read from its own file, checked, and never shown.
import type { Result } from '../domain/result.ts';
import { readSmall } from './read.ts';

export interface Token {
  readonly secret: string;
  /** Whether others than the file's owner may read it. */
  readonly shared: boolean;
}

const MAX_TOKEN_BYTES = 4096;
/** Of a token of mainstay's own. */
export const MIN_TOKEN_CHARS = 16;

/** The one line of the file, of at least `leastChars`. The fault is a message for the user that holds neither the path nor the token. */
export async function readToken(path: string, leastChars: number): Promise<Result<Token, string>> {
  const read = await readSmall(path, MAX_TOKEN_BYTES);
  if (!read.ok) return read;
  const secret = read.value.bytes.toString('latin1').trim();
  // What may follow `Bearer ` in a header, and no more.
  if (!/^[\x21-\x7e]*$/.test(secret))
    return { ok: false, fault: 'expected one line of printable ASCII without spaces in the file' };
  if (secret.length < leastChars) {
    const least = `${leastChars} character${leastChars === 1 ? '' : 's'}`;
    return { ok: false, fault: `expected at least ${least} in the file, got ${secret.length}` };
  }
  return { ok: true, value: { secret, shared: read.value.shared } };
}
