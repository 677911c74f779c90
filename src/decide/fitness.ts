// The two fitnesses of a producer at a proxy: fit to stay, and the stricter fit to go to.
import type { ServerView, WorkerView } from '../domain/view.ts';

/** Why a producer is not fit to go to, and in how many ms it may be, where that is known. */
export interface Unfit {
  readonly why: string;
  readonly opensInMs: number | null;
}

/** Up in any form: `UP`, `UP n/m`, draining, NOLB. Only down, maintenance and the unknown make sessions homeless. */
export function fitToStay(server: ServerView | null): boolean {
  return server !== null && (server.health === 'up' || server.health === 'drain');
}

/**
 * Null when the producer is fit to go to: exactly `UP`, the last check passed, and the worker older than
 * `warmupMs`. A young worker shows a dead server as UP until its first checks have failed.
 */
export function whyUnfit(
  producer: string,
  server: ServerView | null,
  worker: WorkerView,
  warmupMs: number,
): Unfit | null {
  if (server === null) return no(`${producer} is not a server there`);
  if (server.health === 'unknown') return no(`${producer} has no health check there`);
  if (server.health === 'drain') return no(`${producer} is draining there (${server.status})`);
  if (server.health !== 'up' || !server.settled) return no(`${producer} is ${server.status} there`);
  if (!server.checkPassed) return no(`${producer}'s last health check there did not pass`);
  const youngMs = warmupMs - worker.uptimeS * 1000;
  if (!(youngMs <= 0)) {
    return no(
      `its worker is ${worker.uptimeS}s old and believed after ${warmupMs / 1000}s`,
      youngMs,
    );
  }
  return null;
}

function no(why: string, opensInMs: number | null = null): Unfit {
  return { why, opensInMs };
}
