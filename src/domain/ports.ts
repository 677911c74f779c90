// The ports: what the rooms on floor 2 ask of the world. Adapters are chosen in main.ts and nowhere else.
import type { Fault } from './fault.ts';
import type { JournalRecord } from './journal.ts';
import type { Result } from './result.ts';
import type { View } from './view.ts';

/** How long one exchange may take, and what gives it up. */
export interface AskLimit {
  /** From now to the end of the answer, in ms. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/** One way to one HAProxy's Runtime API. */
export interface RuntimeLink {
  /** As the configuration writes it. */
  readonly address: string;
  /**
   * Sends one line (without its newline) and gives the whole answer, latin1, until HAProxy closed.
   * The deadline covers connecting, sending and reading. Never tries twice.
   */
  ask(line: string, limit: AskLimit): Promise<Result<string, Fault>>;
}

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
