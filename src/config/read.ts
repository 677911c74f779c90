// Small files read whole, and the reasons why one cannot be.
import { open, stat } from 'node:fs/promises';
import type { Result } from '../domain/result.ts';

export interface SmallFile {
  readonly bytes: Buffer;
  /** Whether its group or everybody may read it. */
  readonly shared: boolean;
}

/** A regular file of at most `limitBytes`. The fault is the reason in words; it never holds the path. */
export async function readSmall(
  path: string,
  limitBytes: number,
): Promise<Result<SmallFile, string>> {
  try {
    // Before opening: a pipe that nobody writes to would be waited for.
    const found = await stat(path);
    if (found.isDirectory()) return { ok: false, fault: 'a folder, not a file' };
    if (!found.isFile()) return { ok: false, fault: 'not a regular file' };
    const handle = await open(path);
    try {
      const buffer = Buffer.alloc(limitBytes + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return bytesRead > limitBytes
        ? { ok: false, fault: `larger than ${limitBytes} bytes` }
        : {
            ok: true,
            value: { bytes: buffer.subarray(0, bytesRead), shared: isShared(found.mode) },
          };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, fault: reason(error) };
  }
}

/** Of a file's mode: whether its group or everybody may read it. */
export function isShared(mode: number): boolean {
  return (mode & 0o044) !== 0;
}

/** Rethrows what is not the operating system's answer: a bug. */
function reason(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not read it';
    default:
      return `cannot be read (${String(error.code)})`;
  }
}
