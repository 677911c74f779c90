// Acts on plans while the loop goes on looking: re-read, close, verify, and see whether the sessions come back.
import type { Finished } from '../decide/remember.ts';
import { refusal } from '../decide/reread.ts';
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Look, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { closeStep, refusedOutcome, unreadOutcome } from './close.ts';

export interface DrivenProxy {
  readonly name: string;
  readonly link: RuntimeLink;
  readonly look: Look;
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

const RETURN_LOOK_MS = 500;

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

interface Reread {
  readonly proxy: DrivenProxy;
  readonly view: Result<View, Fault>;
  /** The outcomes of its steps where the proxy must be left alone. */
  readonly refused: readonly Outcome[];
}

/**
 * Carries a plan out: re-reads every proxy, closes, looks again until it is gone, and waits for the sessions to come
 * back. One outcome a step, whatever happens; `signal` abandons what is left.
 */
export async function carryOut(
  options: ActorOptions,
  plan: Plan,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const touched = options.proxies.filter(({ name }) => plan.steps.some((s) => s.proxy === name));
  const reread = async (proxy: DrivenProxy): Promise<Reread> => {
    const view = await proxy.look(signal);
    return { proxy, view, refused: refusals(options, plan, { proxy, view }) };
  };
  const go = async (seen: Reread) =>
    seen.refused.length > 0 ? tell(options, seen.refused) : closeAt(options, plan, seen, signal);
  if (!plan.allOrNothing) {
    const each = await Promise.all(touched.map(async (proxy) => go(await reread(proxy))));
    return each.flat();
  }
  const seen = await Promise.all(touched.map(reread));
  const ready = seen.every(({ refused }) => refused.length === 0);
  const ended = await Promise.all(
    seen.map(async (one) =>
      ready || one.refused.length > 0 ? go(one) : tell(options, heldByOthers(options, plan, one)),
    ),
  );
  return ended.flat();
}

/** The steps at this proxy that must not be taken; one is enough to leave the proxy alone. */
function refusals(
  options: ActorOptions,
  plan: Plan,
  { proxy, view }: Omit<Reread, 'refused'>,
): readonly Outcome[] {
  const { wallMs } = options.clock.now();
  const steps = stepsAt(plan, proxy);
  if (!view.ok) return steps.map((step) => unreadOutcome(plan, step, wallMs, view.fault));
  const reasons = steps.map((step) => refusal(view.value, step, plan.target, options.warmupMs));
  const first = reasons.find((reason) => reason !== null);
  return first == null ? [] : steps.map((step) => refusedOutcome(plan, step, wallMs, first));
}

function heldByOthers(options: ActorOptions, plan: Plan, { proxy }: Reread): readonly Outcome[] {
  const why = 'another proxy was not ready: all of them move, or none';
  return stepsAt(plan, proxy).map((step) =>
    refusedOutcome(plan, step, options.clock.now().wallMs, { gate: 'target-not-up', why }),
  );
}

function stepsAt(plan: Plan, proxy: DrivenProxy): readonly Step[] {
  return plan.steps.filter((step) => step.proxy === proxy.name);
}

function tell(options: ActorOptions, outcomes: readonly Outcome[]): readonly Outcome[] {
  for (const outcome of outcomes) options.onOutcome(outcome);
  return outcomes;
}

async function closeAt(
  options: ActorOptions,
  plan: Plan,
  { proxy, view }: Reread,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const forbids = async (step: Step): Promise<Outcome | null> => {
    const again = { proxy, view: await proxy.look(signal) };
    return refusals(options, { ...plan, steps: [step] }, again)[0] ?? null;
  };
  const closing = { ...options, link: proxy.link, signal, forbids };
  const outcomes = await Promise.all(
    stepsAt(plan, proxy).map((step) => closeStep(closing, plan, step)),
  );
  tell(options, outcomes);
  const closed = outcomes.reduce((sum, { listed, remaining }) => sum + listed - remaining, 0);
  if (closed === 0 || signal.aborted) return outcomes;
  const before = view.ok ? sessionsOn(view.value, plan.target) : 0;
  const after = await untilReturned(options, proxy, plan.target, before + closed, signal);
  if (signal.aborted) return outcomes;
  const { wallMs } = options.clock.now();
  return tell(
    options,
    outcomes.map((outcome) => ({
      ...outcome,
      returned: after !== null && after > before,
      trail: [
        ...outcome.trail,
        {
          atMs: wallMs,
          did: 'return',
          saw:
            after === null ? 'not seen' : `${after} sessions on ${plan.target}, ${before} before`,
        },
      ],
    })),
  );
}

/** The target's sessions when all have come back, or at the end of `verify.return`; null: the proxy was not seen. */
async function untilReturned(
  { clock, verifyReturnMs }: ActorOptions,
  proxy: DrivenProxy,
  target: string,
  wanted: number,
  signal: AbortSignal,
): Promise<number | null> {
  const endMs = clock.now().monoMs + verifyReturnMs;
  for (;;) {
    const view = await proxy.look(signal);
    const sessions = view.ok ? sessionsOn(view.value, target) : null;
    if (sessions !== null && sessions >= wanted) return sessions;
    if (signal.aborted || clock.now().monoMs + RETURN_LOOK_MS > endMs) return sessions;
    await clock.sleep(RETURN_LOOK_MS, signal);
  }
}

function sessionsOn(view: View, producer: string): number {
  return view.workers[0].servers.find((server) => server.name === producer)?.sessions ?? 0;
}
