// What a command is handed from outside: main.ts chooses it, tests may choose otherwise.
import type { Address } from '../domain/config.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import type { Clock } from '../domain/time.ts';

export interface World {
  readonly version: string;
  readonly clock: Clock;
  readonly openLink: (address: Address) => RuntimeLink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs the lab's tour, telling it line by line; whether all of it went as it should. */
  readonly tour: (say: (line: string) => void, signal: AbortSignal) => Promise<boolean>;
  /** Puts a question to the person at the terminal; null: there is none, or no answer. */
  readonly ask: (question: string) => Promise<string | null>;
  readonly out: Output;
  readonly err: Output;
}

/** A stream that people or scripts read. */
export interface Output {
  write(text: string): void;
  /** Columns of the terminal; null: not a terminal. */
  readonly columns: number | null;
  readonly colour: boolean;
}
