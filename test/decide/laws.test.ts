// Laws of the judgement under arbitrary histories: design.md's invariants 1 to 3, 5 and 6, and the purity of `decide`.
import { isDeepStrictEqual } from 'node:util';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { GATES, VERDICTS } from '../../src/domain/verdict.ts';
import { garbage } from './garbage.ts';
import { calm, history, live, liveTogether, type History, type Tick } from './history.ts';
import { forbids } from './oracle.ts';

/** LAW_RUNS=5000 makes a long hunt of it. */
const numRuns = Number(process.env['LAW_RUNS'] ?? 60);
const timeout = numRuns > 60 ? 3_600_000 : 30_000;

const stepsOf = ({ decision }: Tick) => decision.plan?.steps ?? [];

function forbidden(tick: Tick): readonly string[] {
  const { snapshot, policy, decision } = tick;
  return stepsOf(tick)
    .map((step) => forbids(step, decision.plan?.target ?? '', snapshot, policy))
    .filter((why) => why !== null);
}

describe('invariant 1, the last way out', () => {
  test.prop([history()], { numRuns: 2 * numRuns })(
    'no step is taken but from a driven proxy that is seen and would send the next session to a fit target, whatever is forgotten',
    (told) => {
      expect(live(told).flatMap(forbidden)).toEqual([]);
    },
    timeout,
  );

  test.prop([history()], { numRuns })(
    'a session off the target is closed, or a gate says why not',
    (told) => {
      expect(live(told).flatMap(unexplained)).toEqual([]);
    },
    timeout,
  );

  test.prop([history()], { numRuns })(
    'all or nothing: such a plan leaves no driven proxy out, and none that is out of sight',
    (told) => {
      expect(live(told).flatMap(leftOut)).toEqual([]);
    },
    timeout,
  );
});

/**
 * Listed sessions off the target in a serving worker that are neither closed now nor spoken of. Those that are left
 * to drain are, unless others at the same proxy are wanted (gates.test.ts).
 */
function unexplained({ decision, snapshot }: Tick): readonly string[] {
  const { target, gates, plan, memory, wanted } = decision;
  if (target === null || (memory.pendingMove && gates.length > 0)) return [];
  return snapshot.proxies.flatMap(({ name, sight }) => {
    if (sight.kind === 'unseen' || gates.some((gate) => (gate.proxy ?? name) === name)) return [];
    return sight.value.workers[0].servers
      .filter((row) => row.name !== target && decision.producers.includes(row.name))
      .filter((row) => row.sessions > 0)
      .filter((row) => row.health !== 'drain' || !wanted.some((step) => step.proxy === name))
      .filter((row) => !plan?.steps.some((s) => s.proxy === name && s.server === row.name))
      .map((row) => `${name}/${row.name}`);
  });
}

function leftOut(tick: Tick): readonly string[] {
  const { plan, wanted } = tick.decision;
  if (plan?.allOrNothing !== true) return [];
  const driven = (name: string) => tick.policy.proxies.some((p) => p.name === name && p.drive);
  const missing = wanted.filter((step) => driven(step.proxy) && !plan.steps.includes(step));
  return [...missing.map((step) => `${step.proxy}/${step.server}`), ...tick.decision.degraded];
}

describe('invariant 2, all sessions on one producer once faults stop', () => {
  test.prop([history().map(steerable)], { numRuns: Math.ceil(numRuns / 4) })(
    'everybody is on main within the sum of all waits, whatever went before',
    (told) => {
      const last = live(calm(told, slowestMs(told.policy))).at(-1);
      expect(last?.decision.target).toBe('main');
      expect(last?.decision.verdict).toBeOneOf(['converged', 'idle']);
    },
    timeout,
  );
});

/** A history whose supervisor may act, and whose HAProxies prefer what it prefers. */
function steerable(told: History): History {
  const { policy } = told;
  const proxies = policy.proxies.map(({ name }) => ({ name, drive: true }));
  const producers = policy.producers[0] === 'second' ? [] : policy.producers;
  const budgetMax = Math.max(1, policy.budgetMax);
  return {
    ...told,
    servers: told.servers.map((server, at) => ({ ...server, backup: at > 0 })),
    policy: { ...policy, mode: 'converge', budgetMax, producers, proxies },
  };
}

/** Every wait there is, one after the other. */
function slowestMs(policy: Policy): number {
  const lostMs = policy.verifyWithinMs + policy.verifyReturnMs + 30_000;
  const flapMs = 8 * Math.max(policy.failbackAfterMs, policy.splitAfterMs);
  return lostMs + flapMs + policy.warmupMs + policy.cooldownMs + policy.budgetWithinMs + 10_000;
}

describe('invariant 3, one will', () => {
  test.prop([history()], { numRuns })(
    'all that is done at a tick serves the one target, and is part of what is wanted',
    (told) => {
      for (const { decision } of live(told)) {
        if (decision.plan === null) continue;
        expect(decision.plan.target).toBe(decision.target);
        expect(decision.wanted).toEqual(expect.arrayContaining([...decision.plan.steps]));
        const places = decision.plan.steps.map((step) => `${step.proxy}/${step.server}`);
        expect(new Set(places).size).toBe(places.length);
      }
    },
    timeout,
  );

  test.prop([history([]), fc.constantFrom([true, false], [true, true], [false, false])], {
    numRuns,
  })(
    'two supervisors that see the same want the same at every tick, and neither closes what the other brings about',
    (told, [first = true, last = true]) => {
      const [one = [], two = []] = liveTogether(told, [
        driving(told.policy, (at) => (at === 0 ? first : last)),
        driving(told.policy, (at) => (at === 0 ? !first : !last)),
      ]);
      expect(one.map(will)).toEqual(two.map(will));
      for (const [at, tick] of one.entries()) {
        const other = two[at];
        const servers = new Set(
          [tick, other].flatMap((t) => (t ? stepsOf(t) : [])).map((s) => s.server),
        );
        expect(servers.has(tick.decision.target ?? '')).toBe(false);
      }
    },
    timeout,
  );
});

function driving(policy: Policy, drive: (at: number) => boolean): Policy {
  return { ...policy, proxies: policy.proxies.map(({ name }, at) => ({ name, drive: drive(at) })) };
}

function will({ decision }: Tick) {
  const { target, verdict, rule, election, hold, wanted, sinceMs } = decision;
  return { target, verdict, rule, election, hold, wanted, sinceMs };
}

describe('invariant 5, docs/closings.md', () => {
  test.prop([history(['journal', 'cautious'], [])], { numRuns: 2 * numRuns })(
    'at one proxy no more than 1 + floor(T / cooldown) closings in any time T, over every restart but a blank one',
    (told) => {
      const ticks = live(told);
      for (const { name } of told.policy.proxies) {
        const closings = ticks
          .filter((tick) => !tick.refused && stepsOf(tick).some((step) => step.proxy === name))
          .map((tick) => tick.now.monoMs);
        bounded(closings, (ms) => 1 + times(told.policy.cooldownMs, ms));
      }
    },
    timeout,
  );

  test.prop([history(['journal'], [])], { numRuns: 2 * numRuns })(
    'no more than budget.max plans in any budget.within, over every restart with a journal',
    (told) => {
      const { budgetMax, budgetWithinMs } = told.policy;
      bounded(plansOf(live(told)), (ms) => budgetMax * (1 + times(budgetWithinMs, ms)));
    },
    timeout,
  );

  test.prop([history(['cautious'], [])], { numRuns })(
    'a start without a journal adds no more than half the budget',
    (told) => {
      const { budgetMax, budgetWithinMs } = told.policy;
      const ticks = live(told);
      const starts = ticks.filter((tick) => tick.lost !== null).length;
      bounded(
        plansOf(ticks),
        (ms) => budgetMax * (1 + times(budgetWithinMs, ms)) + starts * Math.floor(budgetMax / 2),
      );
    },
    timeout,
  );
});

/** How often a wait fits into a time. */
function times(waitMs: number, ms: number): number {
  return waitMs === 0 ? Infinity : Math.floor(ms / waitMs);
}

function plansOf(ticks: readonly Tick[]): readonly number[] {
  return ticks.filter((tick) => tick.decision.plan !== null).map((tick) => tick.now.monoMs);
}

/** Between any two of these moments, both counted, lie no more of them than `most` says for that time. */
function bounded(moments: readonly number[], most: (ms: number) => number): void {
  for (const [first, from] of moments.entries()) {
    for (const [last, to] of moments.entries()) {
      if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(most(to - from));
    }
  }
}

describe('invariant 6, garbage', () => {
  test.prop([garbage()], { numRuns: 10 * numRuns })(
    'no number, name or word that HAProxy may say makes it throw, or take a step that the last way out forbids',
    ({ policy, snapshots }) => {
      let memory = BLANK;
      for (const [at, snapshot] of snapshots.entries()) {
        const now = { monoMs: at * 1_000, wallMs: at * 1_000 };
        const decision = decide(snapshot, memory, policy, now);
        memory = decision.memory;
        const tick = { now, snapshot, memory, policy, decision, refused: false, lost: null };
        expect(forbidden(tick)).toEqual([]);
      }
    },
    timeout,
  );
});

describe('purity', () => {
  test.prop([history()], { numRuns })(
    'the same input gives the same output, also after a journey through the journal; what is given is never written to',
    (told) => {
      for (const { snapshot, memory, policy, now, decision } of live(told)) {
        const stored = JSON.parse(JSON.stringify({ snapshot, memory, policy, now })) as Tick;
        const same = [
          decide(snapshot, memory, policy, now),
          decide(stored.snapshot, stored.memory, stored.policy, stored.now),
          JSON.parse(JSON.stringify(decision)) as Decision,
        ];
        for (const one of same)
          if (!isDeepStrictEqual(one, decision)) expect(one).toEqual(decision);
      }
    },
    timeout,
  );
});

describe('the histories', () => {
  test(
    'come to every verdict, every rule of the election, every gate, and to many a plan',
    () => {
      const ticks = fc.sample(history(), { numRuns: 150, seed: 1 }).flatMap(live);
      const seen = new Set(
        ticks.flatMap(({ decision }) => [
          decision.verdict,
          decision.election,
          ...decision.gates.map(({ gate }) => gate),
        ]),
      );
      const elections = ['E20', 'E30', 'E40', 'E50', 'E60', 'E70', 'E80', 'E90', 'E99'];
      const later = ['not-in-sync', 'leader-slot', 'peer-disagrees', 'paused'];
      const gates = GATES.filter((gate) => !later.includes(gate));
      expect([...seen]).toEqual(expect.arrayContaining([...VERDICTS, ...elections, ...gates]));
      expect(ticks.filter(({ decision }) => decision.plan !== null).length).toBeGreaterThan(50);
      expect(
        ticks.filter(({ decision }) => decision.plan?.allOrNothing === true).length,
      ).toBeGreaterThan(2);
    },
    timeout,
  );
});
