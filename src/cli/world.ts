// What a command is handed from outside: main.ts chooses it, tests may choose otherwise.
import type { Address, Remedy, StatsPage } from '../domain/config.ts';
import type { RunRemedy, RuntimeLink, StatsLink, StreamLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { Role } from '../transport/role.ts';
import type { Screen } from '../domain/screen.ts';

export interface World {
  readonly version: string;
  readonly clock: Clock;
  /** Connects to nothing yet; `role` says whose socket it is, since a master's prompt is another one. */
  readonly openLink: (address: Address, role: Role) => RuntimeLink;
  /** The same, for a connection on which HAProxy goes on talking. */
  readonly openStream: (address: Address) => StreamLink;
  readonly openStats: (page: StatsPage) => StatsLink;
  readonly remedyRunner: (remedy: Remedy) => RunRemedy;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Plays the lab's tour; whether all that it claims held, or why it could not start. */
  readonly tour: Play;
  /** A lab that stays until somebody ends it, by a key or `signal`. */
  readonly keep: Play;
  /** Puts a question to the person at the terminal; null: there is none. Empty when `signal`, Ctrl-C or Ctrl-D ends it. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string | null>;
  readonly out: Output;
  readonly err: Output;
}

type Play = (screen: Screen, signal: AbortSignal) => Promise<Result<boolean, string>>;

/** A stream that people or scripts read. */
export interface Output {
  write(text: string): void;
  /** Columns of the terminal now; null: not a terminal. */
  readonly columns: number | null;
  readonly colour: boolean;
}
