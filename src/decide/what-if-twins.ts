// Two lives through one journal, side by side: as it was, and with another policy; each tick they see the same.
import type { Outcome, Plan } from '../domain/decision.ts';
import type { DecisionRecord, OutcomeRecord } from '../domain/journal.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { decide, type Decision } from './decide.ts';
import { remember } from './remember.ts';
import { BLANK } from './memory.ts';
import type { Deed } from './what-if.ts';
import { lookAgain } from './what-if-look.ts';
import { inHindsight, rebase } from './what-if-memory.ts';

/** Some fifty incidents, each with half an hour of waiting, are lived through in a few seconds; not years of them. */
const MAX_TICKS = 5_000;
/** So many polls are taken at once where as many before them have brought nothing new. */
const STRIDE = 32;

export interface Twins {
  /** Lives on up to this decision, and through it: the first one that differs; null: none does. */
  live(record: DecisionRecord): Deed | null;
  /** What came of a step after the last decision. */
  ended(record: OutcomeRecord): void;
  /** There were more ticks than are lived through. */
  areTired(): boolean;
}

/** Something of both: as it was, and as it would be. */
type Both<T> = readonly [was: T, would: T];

/** A plan that both have begun, and what came of it so far. */
interface Running {
  readonly plans: Both<Plan>;
  readonly outcomes: Outcome[];
}

export function makeTwins(change: (policy: Policy) => Policy): Twins {
  let last: DecisionRecord | null = null;
  let memories: Both<Memory> = [BLANK, BLANK];
  let running: readonly Running[] = [];
  let waiting: readonly OutcomeRecord[] = [];
  let ticks = 0;

  const areTired = () => ticks > MAX_TICKS;
  const judge = (snapshot: Snapshot, policy: Policy, now: Now): Both<Decision> => {
    ticks += 1;
    const [was, would] = memories;
    return [decide(snapshot, was, policy, now), decide(snapshot, would, change(policy), now)];
  };

  /** What came of steps up to a moment, as it is heard of now; a plan has ended with the last of its steps. */
  const hear = (from: Now, upToMs: number, now: Now): void => {
    const when = ({ at }: OutcomeRecord) => from.monoMs + Date.parse(at) - from.wallMs;
    const due = waiting.filter((record) => when(record) <= upToMs);
    waiting = waiting.filter((record) => !due.includes(record));
    for (const { outcome } of due)
      running.find((run) => expects(run, outcome))?.outcomes.push(outcome);
    for (const { plans, outcomes } of running.filter(hasEnded)) {
      const [was, would] = memories;
      memories = [
        remember(was, [{ plan: plans[0], outcomes }], now),
        remember(would, [{ plan: plans[1], outcomes }], now),
      ];
    }
    running = running.filter((run) => !hasEnded(run));
  };

  const between = (from: DecisionRecord, next: Memory, end: Now): Deed | null => {
    const { decision, policy, snapshot } = from;
    const polls = pollsBetween(from.now, end, policy.pollIntervalMs);
    let steady = { for: 0, shape: '' };
    for (let poll = 1; poll <= polls.count;) {
      if (areTired()) return null;
      const isLong = steady.for >= STRIDE && poll + STRIDE <= polls.count && waiting.length === 0;
      const now = polls.at(isLong ? poll + STRIDE - 1 : poll);
      hear(from.now, now.monoMs, now);
      const before = memories;
      if (isLong) memories = awake(memories, polls.at(poll + STRIDE - 2));
      const [was, would] = memories;
      memories = [inHindsight(was, was, next), inHindsight(would, was, next)];
      const fit = next.fitSince
        .map(({ producer, sinceMs }) => ({ producer, forMs: now.monoMs - sinceMs }))
        .filter(({ forMs }) => forMs >= 0);
      const look = lookAgain(snapshot, now.monoMs - from.now.monoMs, fit);
      const [base, other] = judge(look, policy, now);
      const shape = shapeOf(base) + shapeOf(other);
      if (isLong && shape !== steady.shape) {
        // Something comes to pass within the stride: it is gone through poll by poll.
        memories = before;
        steady = { for: 0, shape: '' };
        continue;
      }
      poll += isLong ? STRIDE : 1;
      steady = { for: shape === steady.shape ? steady.for + 1 : 0, shape };
      if (base.plan !== null || base.target !== decision.target) {
        // By the journal nothing was done then: the world was not quite as it is taken to have been.
        memories = awake(memories, now);
      } else if (differ(base, other)) return deedOf(from, look, now, other);
      else if (isQuiet(base) && isQuiet(other)) break;
      else memories = [base.memory, other.memory];
    }
    hear(from.now, Infinity, end);
    return null;
  };

  const live = (record: DecisionRecord): Deed | null => {
    const { memory, now, policy, snapshot } = record;
    if (last === null || !follows(record, last)) {
      [memories, running, waiting] = [[memory, memory], [], []];
    } else {
      const parted = between(last, memory, memory.lastTick ?? last.now);
      if (parted !== null || areTired()) return parted;
      memories = [memory, rebase(memory, ...memories)];
    }
    const [base, other] = judge(snapshot, policy, now);
    if (differ(base, other)) return deedOf(last, snapshot, now, other);
    memories = [base.memory, other.memory];
    if (base.plan !== null && other.plan !== null) {
      running = [...running, { plans: [base.plan, other.plan], outcomes: [] }];
    }
    last = record;
    return null;
  };

  return {
    live,
    ended: (record) => {
      waiting = [...waiting, record];
    },
    areTired,
  };
}

/** The polls behind an instant, counted from 1, up to the last one, whose time is known. */
function pollsBetween(from: Now, end: Now, intervalMs: number) {
  const everyMs = Math.max(1, intervalMs);
  const whole = Math.max(0, Math.ceil((end.monoMs - from.monoMs) / everyMs - 0.5));
  const count = end.monoMs > from.monoMs ? Math.max(1, whole) : 0;
  const at = (poll: number): Now =>
    poll === count
      ? end
      : { monoMs: from.monoMs + poll * everyMs, wallMs: from.wallMs + poll * everyMs };
  return { count, at };
}

/** As if both had turned all the while. */
function awake([was, would]: Both<Memory>, lastTick: Now): Both<Memory> {
  return [
    { ...was, lastTick },
    { ...would, lastTick },
  ];
}

/** What does not change while time alone goes on. */
function shapeOf(decision: Decision): string {
  const { gates, target, verdict } = decision;
  const names = gates.map(({ gate, proxy }) => `${gate} ${proxy ?? ''}`);
  return JSON.stringify([verdict, target, names, actsOf(decision)]);
}

/** Whether one and the same supervisor has decided both, one after the other. */
function follows({ memory, now }: DecisionRecord, last: DecisionRecord): boolean {
  const before = memory.lastTick?.monoMs ?? -Infinity;
  return before >= last.now.monoMs && now.monoMs > before;
}

/** Nothing is to be done, and nothing waited for: time alone changes nothing. */
function isQuiet({ gates, memory, wanted }: Decision): boolean {
  return gates.length === 0 && wanted.length === 0 && memory.apart === null;
}

function differ(one: Decision, other: Decision): boolean {
  return (
    one.target !== other.target || JSON.stringify(actsOf(one)) !== JSON.stringify(actsOf(other))
  );
}

function actsOf({ pins, plan }: Decision) {
  return [plan?.steps ?? [], pins.filter((order) => !order.renews)];
}

function deedOf(
  before: DecisionRecord | null,
  snapshot: Snapshot,
  now: Now,
  decision: Decision,
): Deed {
  const { memory: _, ...judgement } = decision;
  return { snapshot, now, judgement, before };
}

function expects({ plans, outcomes }: Running, outcome: Outcome): boolean {
  const isOf = (of: Pick<Outcome, 'action' | 'pid' | 'proxy' | 'server'>) =>
    of.action === outcome.action &&
    of.pid === outcome.pid &&
    of.proxy === outcome.proxy &&
    of.server === outcome.server;
  return outcome.returned === null && plans[0].steps.some(isOf) && !outcomes.some(isOf);
}

function hasEnded({ plans, outcomes }: Running): boolean {
  return outcomes.length >= plans[0].steps.length;
}
