// Laws of the judgement under arbitrary histories: design.md's invariants 1 to 3, 5 and 6, and the purity of `decide`.
import { isDeepStrictEqual } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Step } from '../../src/domain/decision.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Snapshot, View } from '../../src/domain/view.ts';
import { GATES, VERDICTS } from '../../src/domain/verdict.ts';
import { garbage, type Garbage } from './garbage.ts';
import { calmed, history, type History, type Moment } from './history.ts';
import { live, liveTogether, type Tick } from './live.ts';
import { forbids, forbidsPin, off } from './oracle.ts';

/** `FUZZ=1 LAW_RUNS=1000` makes a long hunt of it. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 60);
const TIMEOUT_MS = RUNS > 60 ? 3_600_000 : 60_000;

/** A law holds where nothing breaks it: `breaches` of any of these things is empty. */
function law<T>(
  sentence: string,
  things: fc.Arbitrary<T>,
  breaches: (thing: T) => readonly unknown[],
  numRuns = RUNS,
): void {
  property.prop([things], { numRuns })(
    sentence,
    (thing) => expectNone(breaches(thing)),
    TIMEOUT_MS,
  );
}

function expectNone(breaches: readonly unknown[]): void {
  expect(breaches).toEqual([]);
}

const stepsOf = ({ decision }: Pick<Tick, 'decision'>) => decision.plan?.steps ?? [];

describe('invariant 1, the last way out', () => {
  law(
    'no step is taken but at a driven proxy that is seen and would send the next session to a fit target, whatever is forgotten',
    history(),
    (told) => live(told).flatMap(forbidden),
    2 * RUNS,
  );

  law('a session off the target is closed, or a gate says why not', history(), (told) =>
    live(told).flatMap(unexplained),
  );

  law(
    'a failback is all or nothing until it has begun or sessions come to its target, over every restart with a journal',
    history(['journal'], []),
    (told) => begunByHalves(live(told)),
    2 * RUNS,
  );

  law(
    'an all-or-nothing plan leaves no driven proxy out, and is not made blindly',
    history(),
    (told) => live(told).flatMap(leftOut),
  );
});

function forbidden(tick: Pick<Tick, 'snapshot' | 'policy' | 'decision'>): readonly string[] {
  const target = tick.decision.target ?? '';
  return stepsOf(tick)
    .map((step) => forbids(step, target, tick.snapshot, tick.policy, tick.decision.pins))
    .filter((why) => why !== null);
}

describe('pins', () => {
  law(
    'are written only at driven proxies that are seen and have a table, once each, never onto what an operator has taken out, and never in observe mode',
    history(),
    (told) =>
      live(told).flatMap(({ decision: { pins }, policy, snapshot }) => [
        ...pins.map((order) => forbidsPin(order, snapshot, policy)).filter((why) => why !== null),
        ...pins.filter((order, at) => pins.findIndex((p) => p.proxy === order.proxy) !== at),
      ]),
  );

  law('all name one producer, and one that is to be used', history(), (told) =>
    live(told).flatMap(({ decision: { pins, memory, target } }) => {
      const named = new Set(pins.map((order) => order.server).filter((name) => name !== null));
      const allowed = [target, memory.pendingMove ? memory.from : null];
      return named.size <= 1 && [...named].every((name) => allowed.includes(name)) ? [] : [pins];
    }),
  );
});

/** Listed sessions off the target, in any worker, that are neither closed now nor spoken of. */
function unexplained({ decision, snapshot }: Tick): readonly string[] {
  const { target, producers, gates, memory } = decision;
  if (target === null || (memory.pendingMove && gates.length > 0)) return [];
  return snapshot.proxies.flatMap(({ name, sight }) => {
    if (sight.kind === 'unseen' || gates.some((gate) => (gate.proxy ?? name) === name)) return [];
    const done = stepsOf({ decision }).filter((step) => step.proxy === name);
    if (done.some((step) => step.server === null)) return [];
    return sight.value.workers.flatMap((worker) =>
      off(target, worker, producers)
        .filter((row) => !done.some((at) => at.pid === worker.pid && at.server === row.name))
        .map((row) => `${name}/${worker.pid}/${row.name}`),
    );
  });
}

/** Plans that begin a failback and are not all or nothing. */
function begunByHalves(ticks: readonly Tick[]): readonly unknown[] {
  let failback: string | null = null;
  return ticks.flatMap((tick) => {
    const { decision, snapshot } = tick;
    const { target, election, plan } = decision;
    if (election === 'E40') failback = target;
    if (failback !== target || inUse(snapshot, target) || !inUse(snapshot, null)) failback = null;
    if (plan === null || failback === null) return [];
    failback = null;
    return plan.allOrNothing ? [] : [plan];
  });
}

/** Whether a producer has sessions in any worker of any proxy that is seen; null: whether anything has, or may have. */
function inUse({ proxies }: Snapshot, name: string | null): boolean {
  return proxies.some(({ sight }) =>
    sight.kind === 'unseen'
      ? name === null
      : sight.value.workers
          .flatMap((one) => one.servers)
          .some((row) => row.sessions > 0 && (name === null || row.name === name)),
  );
}

function leftOut({ decision, policy, snapshot, now }: Tick): readonly unknown[] {
  const { plan, wanted } = decision;
  if (plan?.allOrNothing !== true) return [];
  const unseen = snapshot.proxies.filter(
    ({ sight }) => sight.kind === 'unseen' && now.monoMs - sight.sinceMs < policy.failbackUnseenMs,
  );
  const driven = policy.proxies.filter((proxy) => proxy.drive).map((proxy) => proxy.name);
  const missing = wanted.filter(
    (step) => driven.includes(step.proxy) && !plan.steps.includes(step),
  );
  return [...missing.map((step) => `${step.proxy}/${step.server}`), ...unseen];
}

describe('invariant 2, one producer once faults stop', () => {
  law(
    'everybody is on main within the sum of all waits, whatever went before',
    history().map(steerable),
    (told) => {
      const last = live(calmed(told, slowestMs(told.policy))).at(-1);
      return isWell(last) ? [] : [last];
    },
    Math.ceil(RUNS / 3),
  );

  law(
    'everybody at the proxies that are seen is, when one is frozen for good',
    history()
      .map(steerable)
      .filter((told) => told.proxies > 1),
    (told) => {
      const ms = slowestMs(told.policy) + told.policy.failbackUnseenMs;
      const last = live(calmed(told, ms, [{ proxy: 0, event: { kind: 'unseen' } }])).at(-1);
      return isWell(last) && last?.decision.degraded.length === 1 ? [] : [last];
    },
    Math.ceil(RUNS / 3),
  );
});

function isWell(tick: Tick | undefined): boolean {
  const { target, verdict } = tick?.decision ?? {};
  return target === 'main' && (verdict === 'converged' || verdict === 'idle');
}

/** A history whose supervisor may act, and whose HAProxies prefer what it prefers. */
function steerable(told: History): History {
  const { policy } = told;
  return {
    ...told,
    servers: told.servers.map((server, at) => ({ ...server, backup: at > 0 })),
    policy: {
      ...policy,
      mode: 'converge',
      budgetMax: Math.max(1, policy.budgetMax),
      producers: policy.producers[0] === 'second' ? [] : policy.producers,
      proxies: policy.proxies.map((own) => ({ ...own, drive: true })),
    },
  };
}

/** Every wait there is, one after the other. */
function slowestMs(policy: Policy): number {
  const lostMs = policy.verifyWithinMs + policy.verifyReturnMs + 30_000;
  const flapMs = 8 * Math.max(policy.failbackAfterMs, policy.splitAfterMs);
  const planMs = policy.cooldownMs + policy.budgetWithinMs + 10_000;
  // A reload is a plan of its own, and a warm-up before what it has hidden can be closed.
  return lostMs + flapMs + policy.partialAfterMs + 2 * (policy.warmupMs + planMs);
}

describe('invariant 3, one will', () => {
  law('all that is done at a tick serves one target, once, and was wanted', history(), (told) =>
    live(told).flatMap(({ decision }) => {
      const { plan, target, wanted } = decision;
      if (plan === null) return [];
      const places = new Set(plan.steps.map((step) => `${step.proxy}/${step.pid}/${step.server}`));
      const once = places.size === plan.steps.length;
      const was = plan.steps.every((step) => wanted.includes(step));
      return plan.target === target && once && was ? [] : [plan];
    }),
  );

  law(
    'two supervisors that see the same and drive what they will want the same at every tick, and close nothing at the target',
    fc.tuple(history([]).map(plain), fc.constantFrom([true, false], [true, true], [false, false])),
    ([told, [first = true, others = true]]) => {
      const [one = [], two = []] = liveTogether(told, [
        driving(told.policy, (at) => (at === 0 ? first : others)),
        driving(told.policy, (at) => (at === 0 ? !first : !others)),
      ]);
      return one.flatMap((tick, at): readonly unknown[] => {
        const other = two[at];
        if (other === undefined || !isDeepStrictEqual(will(tick), will(other)))
          return [tick, other];
        const { target } = tick.decision;
        return [...stepsOf(tick), ...stepsOf(other)].filter((step) => step.server === target);
      });
    },
  );
});

/** Without a ladder: how it is climbed is the matter of who drives a proxy, by his own means and what he has tried. */
function plain(told: History): History {
  const moments = told.moments.map((moment) => ({
    ...moment,
    events: moment.events.filter(({ event }) => event.kind !== 'level'),
  }));
  return { ...told, moments, policy: { ...told.policy, escalate: ['sessions'] } };
}

function driving(policy: Policy, drive: (at: number) => boolean): Policy {
  return { ...policy, proxies: policy.proxies.map((own, at) => ({ ...own, drive: drive(at) })) };
}

function will({ decision }: Tick) {
  const { target, verdict, rule, election, hold, wanted, sinceMs } = decision;
  return { target, verdict, rule, election, hold, wanted, sinceMs };
}

describe('the ladder', () => {
  law(
    'a reload and a restart are climbed once an incident at most, where closing has failed in it or is impossible',
    history([]),
    (told) => {
      const ticks = live(told);
      return told.policy.proxies.flatMap(({ name }) => climbedAmiss(ticks, name));
    },
    2 * RUNS,
  );
});

function climbedAmiss(ticks: readonly Tick[], name: string): readonly Step[] {
  const tried = new Set<string>();
  return ticks.flatMap((tick) => {
    const sight = tick.snapshot.proxies.find((proxy) => proxy.name === name)?.sight;
    const view = sight?.kind === 'seen' ? sight.value : null;
    if (view !== null && isOver(tick, view)) tried.clear();
    const due = tried.has('close') || view?.level !== 'admin';
    const amiss = stepsOf(tick).filter(
      (step) => step.proxy === name && step.server === null && (!due || tried.has(step.action)),
    );
    for (const ended of ticks.filter(({ endedMs }) => endedMs === tick.now.monoMs)) {
      const steps = stepsOf(ended).filter((step) => step.proxy === name);
      const known = ended.result === 'ok' || ended.result === 'failed';
      for (const { server, action } of known ? steps : []) {
        if (server === null) tried.add(action);
        else if (ended.result === 'failed') tried.add('close');
      }
    }
    return amiss;
  });
}

/** Seen with all there is to see, and with no session off the target. */
function isOver({ decision: { target, producers } }: Tick, { workers, hidden }: View): boolean {
  const whole = hidden === null || hidden.kind === 'no-master';
  return (
    target !== null && whole && workers.every((one) => off(target, one, producers).length === 0)
  );
}

describe('invariant 5, docs/closings.md', () => {
  law(
    'at one proxy no more than R (1 + floor(T / cooldown)) closings in any time T, where R rungs may close there, over every restart but a blank one',
    history(['journal', 'cautious'], []),
    (told) => {
      const ticks = live(told).filter((tick) => tick.result !== 'refused');
      const { cooldownMs, escalate, proxies } = told.policy;
      return proxies.flatMap((own) => {
        const above = (['reload', 'restart'] as const).filter(
          (r) => own[r] && escalate.includes(r),
        );
        const most = (ms: number) => (1 + above.length) * (1 + times(cooldownMs, ms));
        // A reload closes nothing; what it has hidden is closed by a step of its own.
        const closes = (step: Step) => step.proxy === own.name && step.action !== 'reload';
        return tooMany(momentsOf(ticks, closes), most);
      });
    },
    2 * RUNS,
  );

  law(
    'no more than budget.max plans in any budget.within, over every restart with a journal',
    history(['journal'], []),
    (told) => {
      const { budgetMax, budgetWithinMs } = told.policy;
      return tooMany(momentsOf(live(told)), (ms) => budgetMax * (1 + times(budgetWithinMs, ms)));
    },
    2 * RUNS,
  );

  law(
    'a start without a journal adds no more than half the budget, rounded down',
    history(['cautious'], []),
    (told) => {
      const { budgetMax, budgetWithinMs } = told.policy;
      const ticks = live(told);
      const extra = ticks.filter((tick) => tick.lost !== null).length * Math.floor(budgetMax / 2);
      const most = (ms: number) => budgetMax * (1 + times(budgetWithinMs, ms)) + extra;
      return tooMany(momentsOf(ticks), most);
    },
  );
});

/** When the target moved to a more preferred producer. */
function movesOf(ticks: readonly Tick[]): readonly number[] {
  const moving = ticks.filter(({ decision }) => ['E40', 'E50'].includes(decision.election));
  return moving.map((tick) => tick.now.monoMs);
}

/** How often a wait fits into a time. */
function times(waitMs: number, ms: number): number {
  return waitMs === 0 ? Infinity : Math.floor(ms / waitMs);
}

/** When plans were begun that have such a step. */
function momentsOf(
  ticks: readonly Tick[],
  has: (step: Step) => boolean = () => true,
): readonly number[] {
  return ticks.filter((tick) => stepsOf(tick).some(has)).map((tick) => tick.now.monoMs);
}

/** Any two moments with more of them between, both counted, than `most` says for that time. */
function tooMany(moments: readonly number[], most: (ms: number) => number): readonly unknown[] {
  return moments.flatMap((from, first) =>
    moments
      .slice(first)
      .map((to, more) => ({ from, to, count: more + 1 }))
      .filter(({ to, count }) => count > most(to - from)),
  );
}

describe('flapping, docs/closings.md', () => {
  law(
    'of two producers, the better one becomes the target no more than flap.max + 1 + floor(flap.within / 2 W) times in any flap.within',
    history(['journal'], []).map(ofTwo),
    (told) => {
      const { flapMax, flapWithinMs, failbackAfterMs, splitAfterMs } = told.policy;
      const slow = times(2 * Math.max(failbackAfterMs, splitAfterMs), flapWithinMs);
      const most = (ms: number) => (ms < flapWithinMs ? flapMax + 1 + slow : Infinity);
      return tooMany(movesOf(live(told)), most);
    },
    2 * RUNS,
  );
});

/** Only main and one other, and main comes and goes. */
function ofTwo(told: History): History {
  const moments = told.moments.map((moment, at): Moment => {
    const status = at % 4 < 2 ? 'DOWN' : 'UP';
    const event = { kind: 'status', server: 0, status } as const;
    return { ...moment, events: [...moment.events, { proxy: 'all', event }] };
  });
  return { ...told, moments, servers: told.servers.slice(0, 2) };
}

describe('invariant 6, garbage', () => {
  law(
    'no number, name or word that HAProxy may say makes it throw, or take a step that the last way out forbids',
    garbage(),
    ({ policy, snapshots }: Garbage) => {
      let memory = BLANK;
      return snapshots.flatMap((snapshot, at) => {
        const now = { monoMs: at * 1_000, wallMs: at * 1_000 };
        const decision = decide(snapshot, memory, policy, now);
        memory = decision.memory;
        return forbidden({ snapshot, policy, decision });
      });
    },
    10 * RUNS,
  );
});

describe('purity', () => {
  law(
    'the same input gives the same output, also after a journey through the journal, and is never written to',
    history(),
    (told) =>
      live(told).flatMap(({ snapshot, memory, policy, now, decision }) => {
        const read: Tick = JSON.parse(JSON.stringify({ snapshot, memory, policy, now }));
        const same: readonly Decision[] = [
          decide(snapshot, memory, policy, now),
          decide(read.snapshot, read.memory, read.policy, read.now),
          JSON.parse(JSON.stringify(decision)),
        ];
        return same.every((one) => isDeepStrictEqual(one, decision)) ? [] : [decision, ...same];
      }),
  );
});

/** The gates that come with other issues. */
const LATER = ['not-in-sync', 'leader-slot', 'peer-disagrees', 'paused'];

describe('the histories', () => {
  const ticks = fc.sample(history(), { numRuns: 150, seed: 1 }).flatMap(live);
  const decisions = ticks.map(({ decision }) => decision);

  test('come to every verdict and to every rule of the election', () => {
    const rules = ['E65', 'E20', 'E30', 'E40', 'E50', 'E60', 'E70', 'E80', 'E90', 'E99'];
    const come = decisions.flatMap(({ verdict, election }) => [verdict, election]);
    expect(new Set(come)).toEqual(new Set([...VERDICTS, ...rules]));
  });

  test('come to every gate, and to many a plan', () => {
    const gates = decisions.flatMap((decision) => decision.gates.map(({ gate }) => gate));
    expect(new Set(gates)).toEqual(new Set(GATES.filter((gate) => !LATER.includes(gate))));
    const plans = decisions.map(({ plan }) => plan).filter((plan) => plan !== null);
    expect(plans.length).toBeGreaterThan(50);
    expect(plans.filter((plan) => plan.allOrNothing).length).toBeGreaterThan(0);
    const actions = plans.flatMap((plan) => plan.steps.map((step) => step.action));
    expect(new Set(actions)).toEqual(
      new Set(['close-server', 'close-session', 'reload', 'restart']),
    );
  });
});
