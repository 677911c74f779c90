// After a closing: whether the clients come back, to the target.
import type { Outcome } from '../domain/decision.ts';
import type { Clock } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import type { DrivenProxy } from './actor.ts';

const LOOK_MS = 500;

interface Waiting {
  readonly clock: Clock;
  readonly verifyReturnMs: number;
}

/**
 * The outcomes of closings with what they came to, at the latest after `verifyReturnMs`; null: nobody was waited for,
 * or `signal` ended the wait. `before`: the proxy before the first of them.
 */
export async function untilReturned(
  waiting: Waiting,
  proxy: DrivenProxy,
  before: View,
  outcomes: readonly Outcome[],
  signal: AbortSignal,
): Promise<readonly Outcome[] | null> {
  // A reload closes nothing: what is listed there is left in an old worker.
  const closings = outcomes.filter(({ action }) => action !== 'reload');
  const closed = closings.reduce((sum, { listed, remaining }) => sum + listed - remaining, 0);
  const target = outcomes[0]?.target ?? '';
  if (closed === 0 || signal.aborted) return null;
  const had = sessionsOn(before, target);
  const has = await sessionsBack(waiting, proxy, target, had + closed, signal);
  if (signal.aborted) return null;
  const { wallMs: atMs } = waiting.clock.now();
  const saw = has === null ? 'not seen' : `${has} sessions on ${target}, ${had} before`;
  return outcomes.map((outcome) => ({
    ...outcome,
    returned: has !== null && has > had,
    trail: [...outcome.trail, { atMs, did: 'return', saw }],
  }));
}

/** The target's sessions when `wanted` are there, or at the end; null: the proxy was not seen. */
async function sessionsBack(
  { clock, verifyReturnMs }: Waiting,
  proxy: DrivenProxy,
  target: string,
  wanted: number,
  signal: AbortSignal,
): Promise<number | null> {
  const endMs = clock.now().monoMs + verifyReturnMs;
  for (;;) {
    const view = await proxy.lookServing(signal);
    const sessions = view.ok ? sessionsOn(view.value, target) : null;
    if (sessions !== null && sessions >= wanted) return sessions;
    if (signal.aborted || clock.now().monoMs + LOOK_MS > endMs) return sessions;
    await clock.sleep(LOOK_MS, signal);
  }
}

function sessionsOn(view: View, producer: string): number {
  return view.workers[0].servers.find((server) => server.name === producer)?.sessions ?? 0;
}
