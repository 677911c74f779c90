// What is told of holds, partial partitions and overrides, in the model: who is moved, when, and who is not.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { happen, play, raise, second, type Drama, type Happening, type Stage } from './drama.ts';
import { connected } from './model-parts.ts';
import { POLICY, proxyPolicy } from './world.ts';

/** `FUZZ=1 LAW_RUNS=1000` makes a long hunt of it. */
const RUNS = Math.ceil(Number(process.env['LAW_RUNS'] ?? 45) / 3);
const TIMEOUT_MS = RUNS > 15 ? 3_600_000 : 60_000;

function law<T>(
  says: string,
  things: fc.Arbitrary<T>,
  breaches: (thing: T) => readonly unknown[],
): void {
  property.prop([things], { numRuns: RUNS })(
    says,
    (thing) => expectNone(breaches(thing)),
    TIMEOUT_MS,
  );
}

function expectNone(breaches: readonly unknown[]): void {
  expect(breaches.slice(0, 2)).toEqual([]);
}

const FAILBACK_MS = 40_000;
const PARTIAL_MS = 8_000;
/** Confirmed, carried out, and everybody has dialled again. */
const SETTLED_S = 25;

/** Steered everywhere, all on main. */
const pinned: fc.Arbitrary<Drama> = fc
  .record({
    cast: fc.constantFrom('one' as const, 'sidecars' as const),
    proxies: fc.constantFrom(2, 3),
    hangs: fc.boolean(),
    confirm: fc.constantFrom(1, 2),
    cooldownMs: fc.constantFrom(0, 5_000),
    warmupMs: fc.constantFrom(0, 5_000),
  })
  .map(({ cast, proxies, hangs, ...policy }) => ({
    build: {
      producers: ['main', 'backup'],
      proxies: Array.from({ length: proxies }, () => ({ pins: 'heeded' as const, hangs })),
      relaysEach: 3,
      interMs: 1_000,
      rise: 2,
      fall: 2,
      leaseMs: 10_000,
      redialMs: 10_000,
    },
    cast,
    policy: {
      ...POLICY,
      ...policy,
      failbackAfterMs: FAILBACK_MS,
      partialAfterMs: PARTIAL_MS,
      verifyWithinMs: 0,
      verifyReturnMs: 0,
      proxies: Array.from({ length: proxies }, (_, at) => proxyPolicy(`ha${at + 1}`)),
    },
    scenes: [],
  }));

const where = (stage: Stage) => connected(stage.model).on.join();

function wait(stage: Stage, forS: number, after?: () => void): void {
  play(stage, { happens: [], forS, late: 0 }, after);
}

/** Whether everybody comes to be there, and stays for a while. */
function notAllOn(stage: Stage, producer: string): readonly unknown[] {
  wait(stage, SETTLED_S);
  const closed = stage.model.closings.length;
  wait(stage, 20);
  const { on, all } = connected(stage.model);
  const good = all && on.join() === producer && stage.model.closings.length === closed;
  return good
    ? []
    : [{ on, all, closings: stage.model.closings, decision: stage.minds[0]?.decision }];
}

/** What a hold outlasts: a relay that reconnects, a reload, a restart, supervisors that are gone for less than the lease. */
interface Trouble {
  readonly happens: readonly Happening[];
  readonly gone: 'nobody' | 'journal' | 'nothing';
  readonly forS: number;
}
const trouble: fc.Arbitrary<Trouble> = fc.record({
  happens: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('drop' as const), relay: fc.nat(8) }),
      fc.record({ kind: fc.constantFrom('reload' as const, 'restart' as const), proxy: fc.nat(2) }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
  gone: fc.constantFrom('nobody', 'nobody', 'journal', 'nothing'),
  forS: fc.constantFrom(1, 3, 7),
});

describe('a hold', () => {
  law(
    'keeps everybody on one producer at every moment, from the failover to the failback, whatever it outlasts',
    fc.tuple(pinned, fc.array(trouble, { maxLength: 12 })),
    ([told, troubles]) => {
      const stage = raise(told);
      play(stage, { happens: [{ kind: 'die', producer: 0 }], forS: 30, late: 0 });
      if (where(stage) !== 'backup') return ['no failover'];
      const split: unknown[] = [];
      const look = () => {
        if (connected(stage.model).on.length > 1)
          split.push({ atMs: stage.model.nowMs, pins: stage.model.proxies.map(({ pin }) => pin) });
      };
      happen(stage, { kind: 'return', producer: 0 });
      for (const each of troubles) outlast(stage, each, look);
      wait(stage, FAILBACK_MS / 1_000 + 15, look);
      return [...split, ...notAllOn(stage, 'main')];
    },
  );

  law(
    'ends where its producer goes down: everybody is on main as soon as they have dialled, and is left there',
    pinned,
    (told) => {
      const stage = raise(told);
      play(stage, { happens: [{ kind: 'die', producer: 0 }], forS: 30, late: 0 });
      play(stage, { happens: [{ kind: 'return', producer: 0 }], forS: 10, late: 0 });
      const before = where(stage);
      happen(stage, { kind: 'die', producer: 1 });
      // Both supervisors die with it: HAProxy itself falls through the pin.
      stage.minds.forEach((_, mind) => happen(stage, { kind: 'kill', mind }));
      const breaches = notAllOn(stage, 'main');
      return before === 'backup' ? breaches : [before];
    },
  );
});

function outlast(stage: Stage, { happens, gone, forS }: Trouble, look: () => void): void {
  // A restart loses the pin until the next look: who dials in that second, since it was cut off before, may land anywhere.
  const calm = connected(stage.model).all;
  const each = happens.filter(({ kind }) => calm || kind !== 'restart');
  if (gone !== 'nobody') stage.minds.forEach((_, mind) => happen(stage, { kind: 'kill', mind }));
  play(stage, { happens: each, forS, late: 0 }, look);
  if (gone === 'nobody') return;
  stage.minds.forEach((_, mind) => happen(stage, { kind: 'start', mind, from: gone }));
  wait(stage, 1, look);
}

describe('a partial partition', () => {
  const cutAt = fc.tuple(pinned, fc.nat(1), fc.constantFrom(1, 3, 5, 20, 60));
  law(
    'that is short moves nobody elsewhere; a longer one brings everybody to backup, closed once; mended, all come back, closed once more',
    cutAt,
    ([told, proxy, forS]) => {
      const stage = raise(told);
      play(stage, { happens: [{ kind: 'cut', producer: 0, proxy }], forS, late: 0 });
      const { closings } = stage.model;
      const short = forS * 1_000 < PARTIAL_MS;
      const there = `ha${proxy + 1}`;
      const early = closings.filter((one) => one.proxy !== there);
      const together = forS < 60 || where(stage) === 'backup';
      happen(stage, { kind: 'mend', producer: 0, proxy });
      wait(stage, FAILBACK_MS / 1_000 + 15);
      const breaches = notAllOn(stage, 'main');
      const most = told.build.proxies.map(
        (_, at) => closings.filter((one) => one.proxy === `ha${at + 1}`).length,
      );
      return [
        ...breaches,
        ...(short ? closings.filter((one) => one.proxy !== there) : []),
        ...(together ? [] : [{ where: where(stage), early }]),
        ...(Math.max(...most) > 2 ? [closings] : []),
      ];
    },
  );

  law(
    'that is tolerated, or where one proxy has no pins, closes nothing at the proxies that see main',
    fc.tuple(cutAt, fc.boolean()),
    ([[told, proxy, forS], tolerate]) => {
      const proxies = told.build.proxies.map((one, at) => ({
        ...one,
        pins: !tolerate && at === proxy ? ('none' as const) : one.pins,
      }));
      const policy = {
        ...told.policy,
        partialPolicy: tolerate ? ('tolerate' as const) : ('together' as const),
      };
      const stage = raise({ ...told, policy, build: { ...told.build, proxies } });
      play(stage, { happens: [{ kind: 'cut', producer: 0, proxy }], forS, late: 0 });
      happen(stage, { kind: 'mend', producer: 0, proxy });
      wait(stage, FAILBACK_MS / 1_000 + 15);
      const elsewhere = stage.model.closings.filter((one) => one.proxy !== `ha${proxy + 1}`);
      return [...elsewhere, ...notAllOn(stage, 'main')];
    },
  );
});

describe('an override', () => {
  const forS = fc.constantFrom(60, 120);
  law(
    'brings everybody to its producer, holds over a restart with the journal, and ends by itself',
    fc.tuple(pinned, forS, fc.boolean()),
    ([told, s, restarts]) => {
      const stage = raise(told);
      wait(stage, 3);
      happen(stage, { kind: 'override', to: 1, forS: s });
      const breaches: unknown[] = [];
      wait(stage, SETTLED_S);
      if (restarts) {
        stage.minds.forEach((_, mind) => happen(stage, { kind: 'kill', mind }));
        wait(stage, 5);
        stage.minds.forEach((_, mind) => happen(stage, { kind: 'start', mind, from: 'journal' }));
      }
      const look = () => {
        if (where(stage) !== 'backup') breaches.push({ atMs: stage.model.nowMs, on: where(stage) });
      };
      while (stage.model.nowMs < stage.overriddenMs - 1_000) second(stage, 0, look);
      // Main has been up all the time: its age lets it be the target again once the override is over.
      wait(stage, FAILBACK_MS / 1_000 + 5);
      return [...breaches, ...notAllOn(stage, 'main')];
    },
  );

  law('yields when its producer goes down, for good', pinned, (told) => {
    const stage = raise(told);
    wait(stage, 3);
    happen(stage, { kind: 'override', to: 1, forS: 3_600 });
    wait(stage, SETTLED_S);
    const before = where(stage);
    play(stage, { happens: [{ kind: 'die', producer: 1 }], forS: 10, late: 0 });
    happen(stage, { kind: 'return', producer: 1 });
    return before === 'backup' ? notAllOn(stage, 'main') : [before];
  });
});
