// Looking again until the sessions that were closed are gone: HAProxy answers before it has closed anything.
import type { Fault } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Session } from '../haproxy/show-sess.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Acting } from './step.ts';

/** Sessions, each by id and peer: ids are addresses in memory, and are used again. */
export type SessionKeys = ReadonlySet<string>;

export function sessionKey({ id, src }: Pick<Session, 'id' | 'src'>): string {
  return `${id} ${src}`;
}

/** The sessions in question as they are now. */
export type List = (limit: AskLimit) => Promise<Result<SessionKeys, Fault>>;

/** How long to wait before looking again, in ms: HAProxy closes thousands of sessions in under a second. */
const LOOK_AGAIN_MS = [10, 20, 40, 80, 160, 250];
/** The same for an old worker, which ends with its last session: the first wait outlasts that end. */
export const OLD_LOOK_AGAIN_MS = [150, 150, 250];
const LAST_LOOK_MS = 500;
const TRIES_AT_LEAST = 4;

/**
 * The list when none of `listed` is in it any more, or at the latest after `verifyWithinMs`. A list that is cut off or
 * does not come is asked for again until then: a worker whose last session has just ended answers so, and is gone next.
 */
export async function untilGone(
  { clock, signal, verifyWithinMs }: Acting,
  list: List,
  listed: SessionKeys,
  waitsMs: readonly number[] = LOOK_AGAIN_MS,
): Promise<Result<SessionKeys, Fault>> {
  const endMs = clock.now().monoMs + verifyWithinMs;
  const deadlineMs = Math.ceil(verifyWithinMs / TRIES_AT_LEAST);
  for (let attempt = 0; ; attempt += 1) {
    let still = await list({ deadlineMs, signal });
    // What was already sent may have come to something: seen once more before mainstay stops.
    if (!still.ok && still.fault.kind === 'abandoned') {
      still = await list({ deadlineMs: LAST_LOOK_MS });
    }
    if (still.ok ? common(still.value, listed) === 0 : !isLost(still.fault)) return still;
    const waitMs = waitsMs[Math.min(attempt, waitsMs.length - 1)] ?? 0;
    if (signal.aborted || clock.now().monoMs + waitMs > endMs) return still;
    await clock.sleep(waitMs, signal);
  }
}

/** Whether only looking again tells what became of a command. */
export function isLost({ kind }: Fault): boolean {
  return kind === 'timeout' || kind === 'truncated';
}

/** How many sessions are in both. */
export function common(some: SessionKeys, others: SessionKeys): number {
  return [...some].filter((session) => others.has(session)).length;
}
