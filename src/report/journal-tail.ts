// Reading back what an earlier run wrote: the end of its journal, whatever state it was left in.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { JournalRecord } from '../domain/journal.ts';

/** A journal may have grown for years; this much of its end holds more than a start needs to know. */
const TAIL_BYTES = 4 * 1024 * 1024;

export interface Tail {
  /** Oldest first: a record's kind and its line. */
  readonly lines: readonly { readonly kind: JournalRecord['kind']; readonly text: string }[];
  /** Lines that are no record: cut off by a crash, or not ours. */
  readonly unreadable: number;
}

/** Rejects with the system's error where there is no such file or it may not be read. */
export async function readTail(path: string): Promise<Tail> {
  const lines: { kind: JournalRecord['kind']; text: string }[] = [];
  let unreadable = 0;
  for (const text of (await readEnd(path)).split('\n')) {
    if (text === '') continue;
    const record = readRecord(text);
    if (record === null) unreadable += 1;
    else lines.push({ kind: record.kind, text });
  }
  return { lines, unreadable };
}

async function readEnd(path: string): Promise<string> {
  // Where the path leads to a pipe or a device: no waiting for a writer; it has no size and no past.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(size - from),
      0,
      size - from,
      from,
    );
    const text = buffer.toString('utf8', 0, bytesRead);
    // The first line is whole only where the file begins.
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
}

/** A line as the record that it holds; null: it is of another version or shape, of which only the outline is looked at. */
export function readRecord(text: string): JournalRecord | null {
  const value = parsed(text);
  return isRecord(value) ? value : null;
}

function isRecord(value: unknown): value is JournalRecord {
  if (!isObject(value) || value['v'] !== 1 || typeof value['at'] !== 'string') return false;
  switch (value['kind']) {
    case 'decision':
      return ['now', 'snapshot', 'memory', 'policy', 'decision'].every((name) =>
        isObject(value[name]),
      );
    case 'outcome':
      return isObject(value['outcome']);
    case 'hook':
      return ['hook', 'event', 'result'].every((name) => typeof value[name] === 'string');
    default:
      return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
