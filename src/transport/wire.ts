// What a kept connection runs over, whatever it is made of: bytes both ways, and news of its beginning and end.
import type { Trouble } from '../domain/fault.ts';

export interface Wire {
  /** latin1. Only between `ready` and the end. */
  write(text: string): void;
  /** Whether it keeps this process from ending. */
  hold(busy: boolean): void;
  /** At once, in every state; nothing is told afterwards that matters. */
  close(): void;
}

export interface WireEvents {
  /** The other host has taken the connection. */
  connected(): void;
  /** Bytes may be written. */
  ready(): void;
  /** latin1. */
  data(text: string): void;
  /** No more will come; null: the other side ended it in good order. May be told more than once: the first counts. */
  ended(trouble: Trouble | null): void;
}

/** Begins to connect. Tells nothing before it has returned. */
export type Dial = (events: WireEvents) => Wire;
