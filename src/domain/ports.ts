// The ports: what the rooms on floor 2 ask of the world. Adapters are chosen in main.ts and nowhere else.
import type { Fault } from './fault.ts';
import type { JournalRecord } from './journal.ts';
import type { Result } from './result.ts';
import type { View, Way } from './view.ts';

/** How long one exchange may take, and what gives it up. */
export interface AskLimit {
  /** From now to the end of the answer, in ms. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** One way to one HAProxy's Runtime API, or to its master's. */
export interface RuntimeLink {
  /** As the configuration writes it. */
  readonly address: string;
  readonly way: Exclude<Way, 'stats' | 'peer'>;
  /**
   * Sends one line of commands joined by `;` (without its newline) and gives the answers as HAProxy does, one after the
   * other, latin1. The deadline covers connecting, sending and reading. Never sends anything twice.
   */
  ask(line: string, limit: AskLimit): Promise<Result<string, Fault>>;
  /**
   * Closes the connection where one is kept; the next `ask` opens another. To be called once an old worker has answered:
   * an open connection keeps it alive.
   */
  drop(): void;
}

/** A connection of its own on which one HAProxy (or its master) goes on talking after one line of commands. */
export interface StreamLink {
  /** As the configuration writes it. */
  readonly address: string;
  /**
   * Connects, sends `line` (without its newline; never half-closes) and tells of each line that comes, latin1, without
   * its newline, at most 4,096 characters of it. Resolves when it is over: null where HAProxy ended it in good order;
   * else `timeout` when nothing was heard for `silenceMs` (or no connection stood within it), `abandoned` when `signal`
   * aborted, or why it broke. The connection is closed by then.
   */
  stream(
    line: string,
    hear: (line: string) => void,
    limit: { readonly silenceMs: number; readonly signal: AbortSignal },
  ): Promise<Fault | null>;
}

/** The statistics page of one HAProxy. */
export interface StatsLink {
  /** The page's URL, without credentials. */
  readonly address: string;
  /** Whether it has what closing sessions asks for on our side: a name and a password. */
  readonly mayClose: boolean;
  /** The rows of one section as CSV (management.txt 9.1), from a whole answer with status 200. */
  csv(backend: string, limit: AskLimit): Promise<Result<string, Fault>>;
  /** Has all sessions of a server closed by the page's form; success says only that HAProxy has begun. */
  closeServer(backend: string, server: string, limit: AskLimit): Promise<Result<null, Fault>>;
}

/** Runs the command that reloads or restarts one HAProxy; gives what it said on success (bounded). */
export type RunRemedy = (limit: AskLimit) => Promise<Result<string, Fault>>;

/** One look at one proxy, within `poll.timeout`. */
export type Look = (signal?: AbortSignal) => Promise<Result<View, Fault>>;

/** Where decisions and outcomes are kept. */
export interface Journal {
  /** Resolves when the record is safe (on disk, where there is a file). Trouble is reported, never thrown. */
  append(record: JournalRecord): Promise<void>;
  /** The last records, newest first. */
  latest(limit: number): readonly JournalRecord[];
}

/** The few words that every room says to the log; pino fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  debug(fields: object, message: string): void;
}
