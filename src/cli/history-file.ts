// The end of a journal, whatever its size: read from where it is needed, a piece at a time.
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { JournalRecord } from '../domain/journal.ts';
import { readRecord } from '../report/journal-tail.ts';

const PIECE_BYTES = 1024 * 1024;
/** A longer line is no record: one of 64 proxies has a quarter of this. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** A journal that is open; close it. */
export interface JournalFile {
  /** From before `fromMs` (wall), a record at least where there is one, to the end; null: a line that is no record. */
  records(fromMs: number): AsyncGenerator<JournalRecord | null>;
  close(): Promise<void>;
}

/** Rejects with the system's error, and where it is no file. */
export async function openJournalFile(path: string): Promise<JournalFile> {
  // Where the path leads to a pipe or a device: no waiting for a writer.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw new Error('it is no file');
  }
  const { size } = stats;
  return {
    async *records(fromMs) {
      const start = await startOf(handle, size, fromMs);
      for await (const line of linesOf(handle, start, size)) {
        if (line === null) yield null;
        else if (line !== '') yield readRecord(line);
      }
    },
    close: () => handle.close(),
  };
}

/** Backwards, up to a piece that begins before `fromMs`: where its first whole line begins. */
async function startOf(handle: FileHandle, size: number, fromMs: number): Promise<number> {
  for (let at = size - PIECE_BYTES; at > 0; at -= PIECE_BYTES) {
    const piece = await read(handle, at, Math.min(PIECE_BYTES, size - at));
    const text = piece.toString('latin1');
    const [first] = /\n\{"v":1,"at":"[^"]{1,40}"/.exec(text) ?? [];
    if (first === undefined) continue;
    const ms = Date.parse(first.slice(first.indexOf('at":"') + 5, -1));
    if (ms < fromMs) return at + text.indexOf(first) + 1;
  }
  return 0;
}

/** Null: a line that is too long. */
async function* linesOf(
  handle: FileHandle,
  start: number,
  size: number,
): AsyncGenerator<string | null> {
  let begun: Buffer[] = [];
  let bytes = 0;
  const add = (part: Buffer): void => {
    bytes += part.length;
    if (bytes <= MAX_LINE_BYTES) begun.push(part);
    else begun = [];
  };
  const take = (): string | null => {
    const line = bytes > MAX_LINE_BYTES ? null : Buffer.concat(begun).toString('utf8');
    [begun, bytes] = [[], 0];
    return line;
  };
  for (let at = start; at < size; at += PIECE_BYTES) {
    const piece = await read(handle, at, Math.min(PIECE_BYTES, size - at));
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      add(piece.subarray(from, end));
      yield take();
      from = end + 1;
    }
    add(piece.subarray(from));
  }
  if (bytes > 0) yield take();
}

const NEWLINE = 0x0a;

/** Shorter where somebody has shortened the file meanwhile. */
async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
