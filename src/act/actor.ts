// Acts on plans while the loop goes on looking: re-read, close, verify, and see whether the sessions come back.
import type { Finished } from '../decide/remember.ts';
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, Look, RunRemedy, RuntimeLink, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { closeOld } from './close-old.ts';
import { closeServer } from './close.ts';
import { renew } from './renew.ts';
import { refusedOutcome, reread } from './reread.ts';
import type { Acting } from './step.ts';
import { untilReturned } from './until-returned.ts';

/** One proxy with the ways to it; of `link` and `stats` there is at least one. */
export interface DrivenProxy {
  readonly name: string;
  readonly link: RuntimeLink | null;
  readonly master: RuntimeLink | null;
  readonly stats: StatsLink | null;
  readonly look: Look;
  /** The same without its old workers: quick, and nothing is asked of a worker that may be about to end. */
  readonly lookServing: Look;
  /** `master`: by the master's own command. Null: not to be had. */
  readonly reload: 'master' | RunRemedy | null;
  readonly restart: RunRemedy | null;
  /** Writes HAProxy's state where its next worker reads it, and gives the file's path; null where it is not set up so. */
  readonly saveState: ((limit: AskLimit) => Promise<Result<string | null, Fault>>) | null;
}

export interface ActorOptions {
  readonly backend: string;
  readonly proxies: readonly DrivenProxy[];
  readonly warmupMs: number;
  readonly verifyWithinMs: number;
  readonly verifyReturnMs: number;
  readonly clock: Clock;
  /** Told as soon as the closing of a step has ended, and again with `returned` when the sessions were waited for. */
  readonly onOutcome: (outcome: Outcome) => void;
}

export interface Actor {
  /** Begins a plan where there is one, and gives back those that have ended since the last call. Never waits. */
  act(plan: Plan | null): readonly Finished[];
  /** Abandons what is under way, and resolves when nothing is; every step has had its outcome by then. */
  stop(): Promise<void>;
}

const OTHERS_NOT_READY = {
  gate: 'target-not-up',
  why: 'another proxy was not ready: all of them move, or none',
} as const;

export function makeActor(options: ActorOptions): Actor {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let finished: Finished[] = [];

  const begin = async (plan: Plan): Promise<void> => {
    const outcomes = await carryOut(options, plan, stopping.signal);
    finished.push({ plan, outcomes });
  };
  return {
    act(plan) {
      if (plan !== null && !stopping.signal.aborted) {
        const run = begin(plan).finally(() => running.delete(run));
        running.add(run);
      }
      const ended = finished;
      finished = [];
      return ended;
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/**
 * Carries a plan out: re-reads every proxy, acts, looks again until it is done, and waits for the sessions to come
 * back. One outcome a step, whatever happens; `signal` abandons what is left.
 */
export async function carryOut(
  options: ActorOptions,
  plan: Plan,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { clock } = options;
  const here = ({ name }: DrivenProxy) => plan.steps.filter((step) => step.proxy === name);
  const tell = (outcomes: readonly Outcome[]): readonly Outcome[] => {
    for (const outcome of outcomes) options.onOutcome(outcome);
    return outcomes;
  };
  const read = (proxy: DrivenProxy) => reread(options, proxy.look, plan, here(proxy), signal);
  const go = async (proxy: DrivenProxy, seen: Awaited<ReturnType<typeof read>>) => {
    if (!seen.ok) return tell(here(proxy).map(seen.fault));
    const outcomes = await takeSteps(options, plan, proxy, here(proxy), seen.value, signal);
    tell(outcomes);
    const waited = await untilReturned(options, proxy, seen.value, outcomes, signal);
    return waited === null ? outcomes : tell(waited);
  };
  const touched = options.proxies.filter((proxy) => here(proxy).length > 0);
  if (!plan.allOrNothing) {
    const each = await Promise.all(touched.map(async (proxy) => go(proxy, await read(proxy))));
    return each.flat();
  }
  const all = await Promise.all(touched.map(async (proxy) => ({ proxy, seen: await read(proxy) })));
  const ready = all.every(({ seen }) => seen.ok);
  const held = (step: Step) => refusedOutcome(plan, step, clock.now().wallMs, OTHERS_NOT_READY);
  const ended = await Promise.all(
    all.map(async ({ proxy, seen }) =>
      ready || !seen.ok ? go(proxy, seen) : tell(here(proxy).map(held)),
    ),
  );
  return ended.flat();
}

/** All at once: those at one proxy that are taken together are closings. */
async function takeSteps(
  options: ActorOptions,
  plan: Plan,
  proxy: DrivenProxy,
  steps: readonly Step[],
  view: View,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  // Health may have changed since; which workers were old has not.
  const { workers, hidden } = view;
  const look: Look = async (ends) => {
    const now = await proxy.lookServing(ends);
    if (!now.ok) return now;
    const [serving] = now.value.workers;
    return { ok: true, value: { ...now.value, workers: [serving, ...workers.slice(1)], hidden } };
  };
  const lookAgain: Acting['lookAgain'] = async (step) => {
    const again = await reread(options, look, plan, [step], signal);
    return again.ok ? again : { ok: false, fault: again.fault(step) };
  };
  const acting = { ...options, proxy, view, signal, lookAgain };
  const outcomes = await Promise.all(steps.map((step) => takeStep(acting, plan, step)));
  // A connection that is kept would keep an old worker that has answered over it.
  if (steps.some(({ action }) => action !== 'close-server')) {
    proxy.link?.drop();
    proxy.master?.drop();
  }
  return outcomes;
}

function takeStep(acting: Acting, plan: Plan, step: Step): Promise<Outcome> {
  switch (step.action) {
    case 'close-server':
      return closeServer(acting, plan, step);
    case 'close-session':
      return closeOld(acting, plan, step);
    case 'reload':
    case 'restart':
      return renew(acting, plan, step);
    default:
      throw step.action satisfies never;
  }
}
