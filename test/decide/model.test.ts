// Laws of the real judgement in the model of the world: design.md's invariants 1 to 4, whatever befalls.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { drama, happen, play, raise, second, type Drama, type Stage } from './drama.ts';
import { connected, livePin, nextAt, ownChoice } from './model-parts.ts';
import { calm } from './model.ts';

/** `FUZZ=1 LAW_RUNS=1000` makes a long hunt of it. */
const RUNS = Number(process.env['LAW_RUNS'] ?? 45);
const TIMEOUT_MS = RUNS > 45 ? 3_600_000 : 60_000;

function law<T>(
  says: string,
  things: fc.Arbitrary<T>,
  breaches: (thing: T) => readonly unknown[],
  numRuns = RUNS,
): void {
  property.prop([things], { numRuns })(says, (thing) => expectNone(breaches(thing)), TIMEOUT_MS);
}

function expectNone(breaches: readonly unknown[]): void {
  expect(breaches).toEqual([]);
}

/** Which producers are dead at the end: never all of them. */
const ending = fc.constantFrom<readonly number[]>([], [], [], [0], [1]);

describe('invariant 1, the last way out', () => {
  law(
    'nothing is closed where the next connection would not go to the target',
    drama(['heeded', 'heeded', 'none']),
    (told) => {
      const stage = raise(told);
      for (const scene of told.scenes) play(stage, scene);
      return stage.model.closings.filter(({ next, target }) => next !== target);
    },
    2 * RUNS,
  );
});

describe('invariant 2, one producer once faults stop', () => {
  law(
    'all are on the most preferred producer that is alive within the sum of all waits, and are left in peace there',
    fc.tuple(drama(), ending),
    ([told, dead]) => {
      const stage = raise(told);
      for (const scene of told.scenes) play(stage, scene);
      const { model, minds } = stage;
      calm(model, dead);
      minds.forEach((_, mind) => happen(stage, { kind: 'start', mind, from: 'journal' }));
      stage.frozenMs.clear();
      const best = told.build.producers[dead.includes(0) ? 1 : 0];
      waitOut(stage, boundMs(told, stage));
      const before = model.closings.length;
      const breaches: unknown[] = [];
      for (let s = 0; s < 30; s += 1) {
        second(stage, 0, () => {
          const { on, all } = connected(model);
          if (!all || on.length !== 1 || on[0] !== best)
            breaches.push({ s, on, all, seen: minds.map(({ decision }) => decision) });
        });
      }
      return [...breaches.slice(0, 1), ...model.closings.slice(before)];
    },
  );
});

/**
 * The sum of every wait that a policy knows, one after the other: a plan that is never heard of, a warm-up, an override,
 * the failback wait while flapping, together, then twice the cooldown, the budget and the looks that must agree; and of
 * what is the world's: the checks' rise, and relays that redial.
 */
function boundMs({ build, policy }: Drama, stage: Stage): number {
  const { failbackAfterMs, splitAfterMs, cooldownMs, budgetWithinMs } = policy;
  const lostMs = policy.verifyWithinMs + policy.verifyReturnMs + 30_000;
  const overrideMs = Math.max(0, stage.overriddenMs - stage.model.nowMs);
  const flapMs = 8 * Math.max(failbackAfterMs, splitAfterMs);
  const planMs = cooldownMs + budgetWithinMs + (policy.confirm + 1) * policy.pollIntervalMs;
  const worldMs = (build.rise + build.fall + 1) * build.interMs + 3 * (build.redialMs + 5_000);
  return (
    lostMs +
    policy.warmupMs +
    overrideMs +
    policy.partialAfterMs +
    splitAfterMs +
    flapMs +
    2 * planMs +
    worldMs
  );
}

function waitOut(stage: Stage, ms: number): void {
  const endMs = stage.model.nowMs + ms;
  while (stage.model.nowMs < endMs) second(stage, 0);
}

describe('invariant 3, one will', () => {
  law(
    'sidecars that have seen the same, each in its own order, want the same target and pins at every moment',
    drama().map((told) => ({ ...told, cast: 'sidecars' as const })),
    (told) => {
      const stage = raise(told);
      const breaches: unknown[] = [];
      for (const scene of told.scenes) {
        play(stage, scene, () => {
          const sound = stage.minds.filter(
            ({ unbroken, decision }) => unbroken && decision !== null,
          );
          const wills = sound.map(({ decision }) =>
            [decision?.target, decision?.election, decision?.verdict].join(),
          );
          const pinned = sound.flatMap(
            ({ decision }) => decision?.pins.flatMap(({ server }) => server ?? []) ?? [],
          );
          if (new Set(wills).size > 1 || new Set(pinned).size > 1)
            breaches.push({ atMs: stage.model.nowMs, wills, pinned });
        });
      }
      return breaches.slice(0, 1);
    },
  );

  law(
    'what one does in a tick serves its target; all pins are on it, but on the one before while a voluntary move has not begun',
    drama(),
    (told) => {
      const stage = raise(told);
      const breaches: unknown[] = [];
      for (const scene of told.scenes) {
        play(stage, scene, () => {
          for (const { decision } of stage.minds) {
            if (decision === null) continue;
            const { plan, pins, target, memory } = decision;
            const pinned = [...new Set(pins.flatMap(({ server }) => server ?? []))];
            // Until a voluntary move begins new connections are kept where they were.
            const due = memory.pendingMove && memory.from !== null ? memory.from : target;
            if (plan !== null && (plan.target !== target || pinned.some((one) => one !== target)))
              breaches.push(decision);
            if (pinned.length > 1 || pinned.some((one) => one !== due)) breaches.push(decision);
          }
        });
      }
      return breaches.slice(0, 1);
    },
  );
});

describe('invariant 4, a death leaves HAProxy to itself', () => {
  law(
    'within the lease every pin is gone, new connections go where HAProxy alone sends them, and nothing more is closed',
    drama(),
    (told) => {
      const stage = raise(told);
      for (const scene of told.scenes) play(stage, scene);
      const { model, minds } = stage;
      minds.forEach((_, mind) => happen(stage, { kind: 'kill', mind }));
      const before = model.closings.length;
      waitOut(stage, told.build.leaseMs);
      const astray = model.proxies.filter(
        (proxy) => livePin(model, proxy) !== 0 || nextAt(model, proxy) !== ownChoice(proxy),
      );
      return [...astray, ...model.closings.slice(before)];
    },
  );
});
