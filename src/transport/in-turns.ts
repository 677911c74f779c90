// No more than three connections to one HAProxy at a time, one of which is the stream of its events.
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import { at } from '../haproxy/answer.ts';
import { failed, watchLimit } from './limit.ts';

/** The ways to the Runtime API of one proxy, and to its master's. */
export interface Links {
  readonly link: RuntimeLink | null;
  readonly master: RuntimeLink | null;
}

/** Of all connections, how many asks may have; "stats maxconn" is 10 by default, for all who ask. */
const ASKS = 2;

/**
 * The same ways, but of asks that connect anew only so many run at a time that there are two connections to the proxy
 * in all; a way that keeps its connection has one of them, and is given as it is. Who waits for a turn waits within
 * the deadline of the ask: then it fails with `timeout`, and nothing was sent. First come, first served.
 */
export function inTurns({ link, master }: Links): Links {
  const kept = [link, master].filter((way) => way !== null && !isOneShot(way)).length;
  const turns = new Turns(ASKS - kept);
  return { link: takingTurns(link, turns), master: takingTurns(master, turns) };
}

function isOneShot({ way }: RuntimeLink): boolean {
  return way === 'unix' || way === 'tcp';
}

function takingTurns(link: RuntimeLink | null, turns: Turns): RuntimeLink | null {
  if (link === null || !isOneShot(link)) return link;
  return {
    ...link,
    ask: async (line, limit) => {
      const beganMs = performance.now();
      const trouble = await turns.take(limit);
      if (trouble !== null) return at(link.address, failed(trouble));
      try {
        const deadlineMs = limit.deadlineMs - (performance.now() - beganMs);
        const answer = await link.ask(line, { ...limit, deadlineMs });
        if (answer.ok || answer.fault.kind !== 'timeout') return answer;
        return { ok: false, fault: { ...answer.fault, afterMs: limit.deadlineMs } };
      } finally {
        turns.pass();
      }
    },
  };
}

class Turns {
  #free: number;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Null once there is a turn, which has to be passed on; else why there is none. */
  take(limit: AskLimit): Promise<Trouble | null> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const begin = (): void => {
        const late = endLimit();
        if (late !== null) this.pass();
        resolve(late);
      };
      this.#waiting.add(begin);
      const endLimit = watchLimit(
        limit,
        () => false,
        (trouble) => {
          this.#waiting.delete(begin);
          resolve(trouble);
        },
      );
    });
  }

  pass(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
