// Closes many sessions of one worker by id: lines of a length that HAProxy takes, and that hold no one else up.
import { atWorker } from './at-worker.ts';
import { shutdownSession } from './shutdown-session.ts';

/**
 * With the longest pid and ids this stays under the 8 kB of a line. A worker serves no one while it works on a line:
 * with 100 commands that is about 20 ms, and not yet 100 ms on a machine with ten times the work that it can do.
 */
const MAX_COMMANDS = 100;

export interface Batch {
  /** For the master; one answer an id, in their order. */
  readonly line: string;
  readonly ids: readonly string[];
}

/** In the order of `ids`. Throws where one of them is no session id: a bug. */
export function shutdownBatches(pid: number, ids: readonly string[]): readonly Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < ids.length; from += MAX_COMMANDS) {
    const some = ids.slice(from, from + MAX_COMMANDS);
    batches.push({ line: atWorker(pid, ...some.map(shutdownSession.line)), ids: some });
  }
  return batches;
}
