// The journal: what was decided and done, in memory and, where one is configured, in a file of JSON lines.
import type { Outcome } from '../domain/decision.ts';
import type { DecisionRecord, JournalRecord, OutcomeRecord } from '../domain/journal.ts';
import type { Journal, Log } from '../domain/ports.ts';
import type { Clock, Now } from '../domain/time.ts';
import { readTail } from './journal-tail.ts';
import { lineFile } from './line-file.ts';
import type { LineFile } from './line-file.ts';
import { makeRing } from './ring.ts';
import { rfc3339 } from './wall.ts';

/** How long an append may hold the loop up; after that the record is written when the disk answers. */
const APPEND_WITHIN_MS = 1000;
/** How much may wait for a disk that does not answer; what comes after is kept in memory only. */
const BACKLOG_CHARS = 4 * 1024 * 1024;

export interface Restored {
  /** What the file held of an earlier run, oldest first, as far back as memory reaches. */
  readonly records: readonly JournalRecord[];
  /** Whether it held a decision: without one nobody knows what was done last, or when. */
  readonly readable: boolean;
}

export interface OpenJournal extends Journal {
  readonly restored: Restored;
  /** The last decisions, newest first. */
  decisions(limit: number): readonly DecisionRecord[];
  /** Waits for what is being written, as long as an append would. */
  close(): Promise<void>;
}

/**
 * Reads back the end of `path`, then appends to it. The file is never rotated, shortened or rewritten here:
 * logrotate may move it away at any time (no signal, no copytruncate needed).
 */
export async function openJournal(
  path: string | null,
  log: Log,
  clock: Clock,
): Promise<OpenJournal> {
  const ring = makeRing();
  const tail = path === null ? null : await readBack(path, log);
  for (const { kind, text } of tail?.lines ?? []) ring.add(kind, text);
  const writer = path === null ? null : makeWriter(lineFile(path), clock, reporter(path, log));
  return {
    restored: {
      records: ring.latest(Number.POSITIVE_INFINITY).toReversed(),
      readable: ring.decisions(1).length > 0,
    },
    async append(record) {
      const text = JSON.stringify(record);
      ring.add(record.kind, text);
      await writer?.append(`${text}\n`);
    },
    latest: (limit) => ring.latest(limit),
    decisions: (limit) => ring.decisions(limit),
    close: async () => writer?.close(),
  };
}

/** What was done, as a line of the journal. */
export function outcomeRecord(outcome: Outcome, now: Now): OutcomeRecord {
  return { v: 1, at: rfc3339(now, now.monoMs), kind: 'outcome', outcome };
}

async function readBack(path: string, log: Log) {
  try {
    const tail = await readTail(path);
    if (tail.unreadable > 0) {
      const { unreadable } = tail;
      log.warn(
        { journal: path, unreadable },
        'lines of the journal that cannot be read are passed over; a crash leaves one',
      );
    }
    return tail;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') log.info({ journal: path }, 'no journal yet, it begins now');
    else log.warn({ journal: path, code }, `the journal cannot be read back: ${meaning(code)}`);
    return null;
  }
}

interface Writer {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Writes in the order of asking, at once all that waits. The caller waits for no more than `APPEND_WITHIN_MS`. */
function makeWriter(
  file: LineFile,
  clock: Clock,
  report: (trouble: string | null) => void,
): Writer {
  let waiting = '';
  let writing: Promise<void> | null = null;
  let hangs = false;

  const writeAll = async () => {
    while (waiting !== '') {
      const text = waiting;
      waiting = '';
      const trouble = await file.append(text).then(() => null, codeOf);
      hangs = false;
      report(trouble);
    }
    writing = null;
  };
  /** A disk that has let one caller wait in vain lets no other wait until it has answered. */
  const inTime = async (work: Promise<void>): Promise<boolean> => {
    if (hangs) return false;
    const done = new AbortController();
    const late = clock.sleep(APPEND_WITHIN_MS, done.signal).then(() => false);
    const first = await Promise.race([work.then(() => true), late]);
    done.abort();
    hangs = !first;
    return first;
  };
  return {
    async append(text) {
      if (waiting !== '' && waiting.length + text.length > BACKLOG_CHARS) {
        report(SLOW);
        return;
      }
      waiting += text;
      writing ??= writeAll();
      if (!(await inTime(writing))) report(SLOW);
    },
    async close() {
      if (writing === null || (await inTime(writing))) await file.close();
    },
  };
}

const SLOW = 'slow';

/** Says when writing fails and when it works again, not each time in between. */
function reporter(path: string, log: Log): (trouble: string | null) => void {
  let state: string | null = null;
  return (trouble) => {
    if (trouble === state) return;
    state = trouble;
    if (trouble === null) log.info({ journal: path }, 'the journal is written again');
    else {
      log.error(
        { journal: path, code: trouble },
        `the journal is not written: ${meaning(trouble)}; until it is, decisions are kept in memory only`,
      );
    }
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function meaning(trouble: string): string {
  switch (trouble) {
    case SLOW:
      return `the disk does not answer within ${APPEND_WITHIN_MS} ms`;
    case 'ENOSPC':
    case 'EDQUOT':
      return 'no space is left on its disk';
    case 'EACCES':
    case 'EPERM':
      return "mainstay's user may not open it; give it the right to, or name another file";
    case 'EROFS':
      return 'its file system is read-only';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'its folder does not exist';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return trouble;
  }
}
