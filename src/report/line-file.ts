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
  let handle: FileHandle | null = null;

  const close = async () => {
    const last = handle;
    handle = null;
    await last?.close();
  };
  return {
    async append(text) {
      if (handle !== null && !(await leadsTo(path, handle))) await close();
      handle ??= await open(path, 'a+', 0o600);
      await handle.appendFile((await isUnfinished(handle)) ? `\n${text}` : text);
      await handle.datasync();
    },
    close,
  };
}

async function leadsTo(path: string, handle: FileHandle): Promise<boolean> {
  const there = await stat(path).catch(() => null);
  const here = await handle.stat();
  return there !== null && there.dev === here.dev && there.ino === here.ino;
}

/** Whether the file's last line has no end. */
async function isUnfinished(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEWLINE;
}

const NEWLINE = 0x0a;
