// A file of lines that is only ever appended to, and that somebody else (logrotate) may move away.
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

export interface LineFile {
  /** Ends when the text, one or more whole lines, is on disk; rejects with the system's error. One at a time. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opened at the first append, made with mode 0600, and opened anew when the path no longer leads to it.
 * A line that a crash or a full disk left unfinished is ended first, so that no two lines grow together.
 */
export function lineFile(path: string): LineFile {
  let current: Opened | null = null;

  const drop = async () => {
    const { handle } = current ?? {};
    current = null;
    await handle?.close();
  };
  return {
    async append(text) {
      if (current !== null && !(await leadsTo(path, current))) await drop();
      current ??= await openAtEnd(path);
      const { handle, unfinished } = current;
      try {
        await handle.appendFile(unfinished ? `\n${text}` : text);
        await handle.datasync();
        current.unfinished = false;
      } catch (error) {
        // Some of it may have been written: the next append looks at the file's end again.
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}

interface Opened {
  readonly handle: FileHandle;
  readonly dev: number;
  readonly ino: number;
  unfinished: boolean;
}

async function leadsTo(path: string, { dev, ino }: Opened): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  return there !== null && there.dev === dev && there.ino === ino;
}

async function openAtEnd(path: string): Promise<Opened> {
  const handle = await open(path, 'a+', 0o600);
  try {
    const { dev, ino, size } = await handle.stat();
    const last = size > 0 ? await handle.read(Buffer.alloc(1), 0, 1, size - 1) : null;
    return { handle, dev, ino, unfinished: last !== null && last.buffer[0] !== NEWLINE };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const NEWLINE = 0x0a;
