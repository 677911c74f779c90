// A file that somebody names, read whole where it is no larger than may be, and what is wrong with it where it is not to be had.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Result } from '../domain/result.ts';

const MAX_BYTES = 256 * 1024 * 1024;

export interface NamedFile {
  readonly path: string;
  readonly content: Buffer;
}

const EXPECTED = 'expected a story (docs/stories.md) or a journal of mainstay';

/** The fault is the end of a sentence. */
export async function readBounded(path: string): Promise<Result<Buffer, string>> {
  try {
    // No waiting for whoever might write into a pipe.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) {
        return no(`${stats.isDirectory() ? 'it is a folder' : 'it is no file'}; ${EXPECTED}`);
      }
      const { size } = stats;
      if (size === 0) return no(`it is empty; ${EXPECTED}`);
      if (size > MAX_BYTES) {
        const most = MAX_BYTES / 1024 / 1024;
        return no(`it is larger than ${most} MiB; cut the time that matters out of it`);
      }
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
      return { ok: true, value: buffer.subarray(0, bytesRead) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return no(code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`);
  }
}

/** A line and its number, the first is 1; lines of blanks are left out. */
export function* linesOf(
  content: Buffer,
): Generator<{ readonly line: number; readonly text: string }> {
  let line = 0;
  for (let from = 0; from < content.length;) {
    const newline = content.indexOf(0x0a, from);
    const to = newline === -1 ? content.length : newline;
    const text = content.toString('utf8', from, to).trim();
    line += 1;
    if (text !== '') yield { line, text };
    from = to + 1;
  }
}

function no(fault: string): Result<never, string> {
  return { ok: false, fault };
}
