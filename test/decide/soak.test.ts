// Main flaps at every pace, with no failback wait and no cooldown: sessions are closed no more often than docs/closings.md says. `npm run soak` makes hours of it.
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { RISE_MS, soak, type Soak, type Soaked } from './soak.ts';
import { POLICY } from './world.ts';

/** Simulated; without it, minutes, and the hours of flap.within and budget.within are minutes too. */
const HOURS = Number(process.env['SOAK_HOURS'] ?? 0);
const WITHIN_MS = HOURS > 0 ? 3_600_000 : 150_000;
const FOR_MS = HOURS > 0 ? HOURS * 3_600_000 : 300_000;
const TIMEOUT_MS = HOURS > 0 ? 3_600_000 : 30_000;

/** From half the rise time to three times as long. */
const STEPS = HOURS > 0 ? 20 : 5;
const PACES = Array.from({ length: STEPS + 1 }, (_, at) => RISE_MS * (0.5 + (2.5 * at) / STEPS));

const UNHELD: Policy = {
  ...POLICY,
  failbackAfterMs: 0,
  cooldownMs: 0,
  partialAfterMs: 0,
  flapWithinMs: WITHIN_MS,
  budgetWithinMs: WITHIN_MS,
};

/** A used-up budget, then what may still be waited for: flapping, confirm, the checks, relays that redial. */
const restMs = ({ splitAfterMs, budgetWithinMs }: Policy) =>
  budgetWithinMs + 8 * splitAfterMs + 60_000;

const kinds = [
  { steered: true, fault: 'die', cast: 'one', splitAfterMs: 0 },
  { steered: true, fault: 'die', cast: 'sidecars', splitAfterMs: POLICY.splitAfterMs },
  { steered: false, fault: 'die', cast: 'one', splitAfterMs: 0 },
  { steered: false, fault: 'die', cast: 'sidecars', splitAfterMs: POLICY.splitAfterMs },
  { steered: true, fault: 'cut', cast: 'one', splitAfterMs: POLICY.splitAfterMs },
  { steered: true, fault: 'cut', cast: 'sidecars', splitAfterMs: 0 },
] as const;

describe.each(kinds)(
  'main flaps ($fault), steered $steered, supervisors $cast, split.after $splitAfterMs ms',
  ({ splitAfterMs, ...kind }) => {
    const policy = { ...UNHELD, splitAfterMs };
    const soaked = new Map<number, Soaked>();

    test(
      'and more than no session is closed, each plan within the bounds of docs/closings.md',
      () => {
        for (const everyMs of PACES) {
          soaked.set(
            everyMs,
            soak({ ...kind, everyMs, forMs: FOR_MS, policy } satisfies Soak, restMs(policy)),
          );
        }
        const all = [...soaked.values()];
        expect(all.flatMap(({ closings }) => closings).length).toBeGreaterThan(0);
        const { budgetMax, budgetWithinMs, flapMax, flapWithinMs } = policy;
        const plans = (ms: number) => budgetMax * (1 + times(budgetWithinMs, ms));
        const moves = (ms: number) =>
          ms < flapWithinMs ? flapMax + 1 + times(2 * splitAfterMs, flapWithinMs) : Infinity;
        for (const one of all) {
          for (const mind of [0, 1]) {
            const of = (list: Soaked['plans']) =>
              list.filter((at) => at.mind === mind).map(({ atMs }) => atMs);
            expect(tooMany(of(one.plans), plans)).toEqual([]);
            for (const to of ['main', 'backup']) {
              const there = one.moves.filter((move) => move.to === to);
              expect(tooMany(of(there), moves)).toEqual([]);
            }
          }
          for (const name of ['ha1', 'ha2']) {
            const at = one.closings.filter(({ proxy }) => proxy === name).map(({ atMs }) => atMs);
            expect(tooMany(at, plans)).toEqual([]);
          }
        }
      },
      TIMEOUT_MS,
    );

    test.each(PACES)(
      'and when it stays after %s ms each, everybody comes to it, closed once at most, and is left there',
      (everyMs) => {
        const one = soaked.get(everyMs);
        expect(one?.restedMs).not.toBeNull();
        for (const name of ['ha1', 'ha2']) {
          const after = one?.closings.filter(
            ({ proxy, atMs }) => proxy === name && atMs > one.stayedMs,
          );
          expect(after?.length).toBeLessThanOrEqual(1);
        }
      },
    );
  },
);

/** How often a wait fits into a time. */
function times(waitMs: number, ms: number): number {
  return waitMs === 0 ? Infinity : Math.floor(ms / waitMs);
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
