// Arbitrary histories: two or three HAProxies, what befalls them, and what becomes of the plans that are made.
import { fc } from '@fast-check/vitest';
import type { Policy } from '../../src/domain/policy.ts';
import type { Event } from './haproxies.ts';
import { POLICY, proxyPolicy } from './world.ts';

/** One tick. */
export interface Moment {
  readonly stepMs: number;
  /** By how much more the wall clock advances. */
  readonly jumpMs: number;
  /** Proxies are counted modulo those there are. */
  readonly events: readonly { readonly proxy: number | 'all'; readonly event: Event }[];
  /** What becomes of a plan that is made now, and after how many more ticks; `never`: nothing is heard of it. */
  readonly fate: 'ok' | 'refused' | 'failed' | 'never';
  readonly delay: number;
  readonly loss: Loss | null;
}

/** The supervisor starts anew: with nothing, as without a readable journal, or from its journal. */
export type Loss = 'blank' | 'cautious' | 'journal';

export interface History {
  readonly proxies: number;
  readonly servers: readonly { readonly name: string; readonly backup: boolean }[];
  /** Which proxies have a pin table. */
  readonly pins: 'all' | 'none' | 'first';
  readonly policy: Policy;
  readonly moments: readonly Moment[];
}

const STATUSES = ['UP', 'UP 1/3', 'DOWN', 'DOWN 1/3', 'MAINT', 'DRAIN', 'NOLB', 'no check', 'HUH?'];

const index = fc.constantFrom(0, 0, 1, 2);
const where = fc.constantFrom<number | 'all'>(0, 1, 2, 'all', 'all', 'all');
const anyStatus = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('UP', 'DOWN') },
  { weight: 1, arbitrary: fc.constantFrom(...STATUSES) },
);
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('status'), server: index, status: anyStatus }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('failing', 'weight', 'old', 'pin'),
      server: index,
      on: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sessions'),
      server: index,
      count: fc.constantFrom(0, 0, 1, 4),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('arrive', 'seen', 'well', 'well') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('reload', 'restart', 'unseen') }) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant('level'),
        level: fc.constantFrom('admin', 'operator', 'user'),
      }),
      fc.record({
        kind: fc.constant('master'),
        hidden: fc.constantFrom(
          null,
          { kind: 'no-master' },
          { kind: 'refused', address: 'master' },
        ),
      }),
    ),
  },
);

/** Mostly the poll; at times a burst, a stall, or as much as the patience for a late tick and a moment more. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.constant(1_000) },
  { weight: 1, arbitrary: fc.constantFrom(200, 3_600, 3_601, 5_000, 20_000, 150_000) },
);

function anyMoment(losses: readonly Loss[], jumps: readonly number[]): fc.Arbitrary<Moment> {
  return fc.record({
    stepMs: step,
    jumpMs: fc.oneof(
      { weight: 15, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(0, ...jumps) },
    ),
    events: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(fc.record({ proxy: where, event: anyEvent }), { maxLength: 4 }),
      },
    ),
    fate: fc.constantFrom('ok', 'ok', 'ok', 'refused', 'failed', 'never'),
    delay: fc.constantFrom(0, 0, 1, 4),
    loss: fc.oneof(
      { weight: 20, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(null, ...losses) },
    ),
  });
}

const ms = (...seconds: readonly number[]) => fc.constantFrom(...seconds.map((s) => s * 1_000));

/** Short durations, so that every wait begins and ends within a history. */
const anyPolicy: fc.Arbitrary<Partial<Policy>> = fc.record({
  producers: fc.constantFrom([], ['main', 'second'], ['main', 'second'], ['second', 'main']),
  mode: fc.constantFrom('converge', 'converge', 'converge', 'converge', 'observe'),
  confirm: fc.constantFrom(1, 2, 2, 3),
  warmupMs: ms(0, 3, 30),
  failbackAfterMs: ms(0, 5, 15),
  failbackUnseenMs: ms(4, 60),
  splitAfterMs: ms(0, 2),
  partialPolicy: fc.constantFrom('together', 'together', 'tolerate'),
  partialAfterMs: ms(0, 4),
  steer: fc.constantFrom('auto', 'auto', 'pin', 'none'),
  cooldownMs: ms(0, 4, 12),
  flapMax: fc.constantFrom(0, 1, 3),
  flapWithinMs: ms(10, 60),
  budgetMax: fc.constantFrom(0, 1, 2, 3, 12),
  budgetWithinMs: ms(8, 40),
  escalate: fc.constantFrom(
    ['sessions'],
    ['sessions', 'reload'],
    ['sessions', 'reload', 'restart'],
    ['sessions', 'restart'],
  ),
  verifyWithinMs: ms(0, 5),
  verifyReturnMs: ms(0, 5),
});

/** Which memory losses and which jumps of the wall clock (ms) may come to pass. */
export function history(
  losses: readonly Loss[] = ['blank', 'cautious', 'journal'],
  jumps: readonly number[] = [-3_600_000, -2_001, -2_000, 1_500, 3_600_000],
): fc.Arbitrary<History> {
  return fc
    .record({
      proxies: fc.constantFrom(1, 2, 2, 2, 3),
      servers: fc.constantFrom(
        ['main', 'second:backup'],
        ['main', 'second:backup'],
        ['main', 'second:backup', 'third:backup'],
        ['main', 'second', 'third:backup'],
      ),
      pins: fc.constantFrom('all', 'all', 'none', 'first'),
      policy: anyPolicy,
      means: fc.record({ reload: fc.boolean(), restart: fc.boolean() }),
      undriven: fc.constantFrom('', '', '', 'ha1'),
      moments: fc.array(anyMoment(losses, jumps), { minLength: 8, maxLength: 60, size: 'max' }),
    })
    .map(({ servers, undriven, means, ...rest }) => ({
      ...rest,
      servers: servers.map((name) => ({
        name: name.replace(':backup', ''),
        backup: name.endsWith(':backup'),
      })),
      policy: {
        ...POLICY,
        ...rest.policy,
        proxies: ['ha1', 'ha2', 'ha3']
          .slice(0, rest.proxies)
          .map((name) => proxyPolicy(name, { drive: name !== undriven, ...means })),
      },
    }));
}

/**
 * The world left to itself: every fault is over but the last ones given, who has no session reconnects, all that is
 * tried succeeds.
 */
export function calmed(told: History, forMs: number, but: Moment['events'] = []): History {
  const well = calm([{ proxy: 'all', event: { kind: 'well' } }, ...but]);
  const quiet = calm([{ proxy: 'all', event: { kind: 'reconnect' } }]);
  const seconds = Array.from({ length: Math.ceil(forMs / 1_000) }, () => quiet);
  return { ...told, moments: [...told.moments, well, ...seconds] };
}

function calm(events: Moment['events']): Moment {
  return { stepMs: 1_000, jumpMs: 0, events, fate: 'ok', delay: 0, loss: null };
}
