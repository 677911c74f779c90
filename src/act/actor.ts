// Acts on judgements while the loop goes on looking: pin, re-read, close, verify, and see whether the sessions come back.
import type { Finished } from '../decide/remember.ts';
import type { Judgement, Outcome, PinOrder, Plan } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, Look, RunRemedy, RuntimeLink, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { carry, type Carrying } from './carry-out.ts';
import { makeBeatWriter, type BeatOptions } from './write-beats.ts';
import { makePinWriter, type PinOptions } from './write-pins.ts';

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

export interface ActorOptions extends PinOptions {
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
  /**
   * Begins to write the judgement's pins and heartbeats, and its plan where there is one; gives back the plans that have
   * ended since the last call. Never waits.
   */
  act(
    judgement: Pick<Judgement, 'plan' | 'pins' | 'beats' | 'verdict' | 'target'>,
  ): readonly Finished[];
  /**
   * Abandons what is under way, and resolves when nothing is; every step has had its outcome by then. Pins and heartbeats
   * stay, and end with their lease.
   */
  stop(): Promise<void>;
}

type Write = Carrying['write'];

export function makeActor(options: ActorOptions & BeatOptions): Actor {
  const stopping = new AbortController();
  const writePin = makePinWriter(options, stopping.signal);
  const writeBeat = makeBeatWriter(options, stopping.signal);
  const running = new Set<Promise<unknown>>();
  /** Plans of which nobody knows yet whether all proxies are ready: until then no pin is moved anywhere. */
  const open = new Set<Plan>();
  let finished: Finished[] = [];

  const run = (work: Promise<unknown>): void => {
    const done = work.finally(() => running.delete(done));
    running.add(done);
  };
  const begin = async (plan: Plan, orders: readonly PinOrder[], write: Write): Promise<void> => {
    if (plan.allOrNothing && orders.length > 0) open.add(plan);
    const moving: Write = (order) => {
      open.delete(plan);
      return write(order);
    };
    const outcomes = await carry({ options, plan, orders, write: moving, signal: stopping.signal });
    finished.push({ plan, outcomes });
  };
  return {
    act({ plan, pins: orders, beats, verdict, target }) {
      const ended = finished;
      finished = [];
      if (stopping.signal.aborted) return ended;
      const write: Write = (order) => writePin(order, { verdict, target });
      // A judgement from before a plan was refused knows nothing of it: what it would move waits for the next one.
      const moves = open.size > 0 ? [] : orders.filter((order) => !order.renews);
      for (const order of orders) if (order.renews) run(write(order));
      if (plan !== null) run(begin(plan, moves, write));
      else for (const order of moves) run(write(order));
      for (const one of ended) open.delete(one.plan);
      // Behind all else: what is to be closed does not wait for a heartbeat.
      for (const proxy of beats) run(writeBeat(proxy));
      return ended;
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/**
 * Carries a plan out, and the orders that belong to it: pins and re-reads every proxy, acts, looks again until it is
 * done, and waits for the sessions to come back. One outcome a step, whatever happens; `signal` abandons what is left.
 */
export function carryOut(
  options: ActorOptions,
  plan: Plan,
  orders: readonly PinOrder[],
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const writePin = makePinWriter(options, signal);
  const why = { target: plan.target, verdict: plan.reason };
  const write: Write = (order) => writePin(order, why);
  return carry({ options, plan, orders, write, signal });
}
