// One hook's queue: it is told of one event at a time, and of those that wait for it the oldest are dropped.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../domain/time.ts';
import type { HookEvent, HookResult } from '../domain/verdict.ts';
import { STOPPED } from './hook-limit.ts';

/** How many events may wait behind the one under way. */
const MOST_WAITING = 32;
/** How long stopping waits for what is under way. */
const GRACE_MS = 200;

/** Tells somebody, within limits of its own and until `signal` aborts; never rejects. Null: done; else why not, as a sentence. */
export type Deliver = (body: string, signal: AbortSignal) => Promise<string | null>;

export interface Entry {
  readonly event: HookEvent;
  readonly body: string;
}

/** What came of one event or, where they were dropped, of several since the last one; then `event` is the newest of them. */
export interface Told {
  readonly event: HookEvent;
  readonly result: HookResult;
  readonly times: number;
  /** Null with `ok`. */
  readonly message: string | null;
}

export interface Queue {
  /** Returns at once. */
  add(entry: Entry): void;
  /** Ends what is under way, at most 200 ms later; what waits then is dropped, and so is what comes. */
  stop(): Promise<void>;
}

export function makeQueue(deliver: Deliver, clock: Clock, onTold: (told: Told) => void): Queue {
  const waiting: Entry[] = [];
  const stopping = new AbortController();
  let dropped = 0;
  let lastDropped: HookEvent | null = null;
  let serving: Promise<void> | null = null;

  const drop = (entries: readonly Entry[]): void => {
    dropped += entries.length;
    lastDropped = entries.at(-1)?.event ?? lastDropped;
  };
  const tellDropped = (): void => {
    if (lastDropped === null) return;
    const why = stopping.signal.aborted ? STOPPED : `more than ${MOST_WAITING} were waiting`;
    const lost = dropped === 1 ? '1 event is' : `${dropped} events are`;
    const told = { event: lastDropped, times: dropped, message: `${lost} lost, ${why}` };
    dropped = 0;
    lastDropped = null;
    onTold({ ...told, result: 'dropped' });
  };
  const serve = async (): Promise<void> => {
    // To begin (a program takes milliseconds) is not for those who are just about to act.
    await setImmediate();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { event, body } = next;
      const message = await deliver(body, stopping.signal);
      onTold({ event, result: message === null ? 'ok' : 'failed', times: 1, message });
      tellDropped();
    }
    serving = null;
  };
  return {
    add(entry) {
      if (stopping.signal.aborted) return;
      waiting.push(entry);
      if (waiting.length > MOST_WAITING) drop(waiting.splice(0, 1));
      serving ??= serve();
    },
    async stop() {
      if (serving !== null) {
        const ended = new AbortController();
        await Promise.race([serving, clock.sleep(GRACE_MS, ended.signal)]);
        ended.abort();
      }
      tellDropped();
      stopping.abort();
      drop(waiting.splice(0));
      await serving;
      tellDropped();
    },
  };
}
