// Snapshots of nonsense: numbers that are none, names that mean something to JavaScript, words that HAProxy never says.
import { fc } from '@fast-check/vitest';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ServerView, Snapshot, View } from '../../src/domain/view.ts';
import { POLICY, seen, server, unseen, view, worker } from './world.ts';

const number = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 4, 30, 86_400) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -1, -0, 0.5, 1e308, -1e15, 2 ** 53),
  },
);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('main', 'backup') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '', ' ', 'main backup', 'é'),
  },
);
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('UP', 'UP', 'DOWN') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'up',
      'UPSIDE',
      'UP -1/3',
      'DRAIN',
      'NOLB',
      'no check',
      'MAINT (via)',
      '__proto__',
    ),
  },
);

const row: fc.Arbitrary<ServerView> = fc
  .record(
    {
      name,
      status,
      id: number,
      weight: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, number),
      sessions: number,
      lastChangeS: number,
      lastSessionS: fc.option(number),
      backup: fc.boolean(),
      checkPassed: fc.boolean(),
    },
    { requiredKeys: ['name', 'status', 'sessions'] },
  )
  .map((words) => server({ backup: words.name === 'backup', ...words }));

const pin: fc.Arbitrary<Pin> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('no-table', 'denied').map((kind) => ({ kind })) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('table'),
      serverId: fc.oneof(fc.constantFrom(1, 2), number),
      leaseMs: fc.oneof(fc.constant(9_000), number),
    }),
  },
);

const shows: fc.Arbitrary<View> = fc
  .record({
    // HAProxy takes no name twice, nor an id, and src/haproxy no answer that has a name twice.
    rows: fc
      .uniqueArray(row, { maxLength: 5, selector: (one) => one.name })
      .map((rows) => rows.map((one, at) => ({ ...one, id: at + 1 }))),
    pin,
    old: fc.array(fc.tuple(fc.array(row, { maxLength: 2 }), fc.option(number)), { maxLength: 2 }),
    uptimeS: number,
    pid: fc.option(number, { freq: 9 }),
    backendWeight: number,
    way: fc.constantFrom('unix', 'stats'),
    level: fc.constantFrom('admin', 'admin', 'operator', 'user'),
    hidden: fc.constantFrom(
      null,
      null,
      { kind: 'no-master' },
      { kind: 'no-worker', pid: 1, address: '' },
    ),
  })
  .map(({ rows, old, pin: pinned, way, level, hidden, ...rest }) => ({
    ...view(worker(rows, rest), ...old.map(([left, pid]) => worker(left, { pid, old: true }))),
    way,
    level,
    pin: pinned,
    hidden,
  }));

export interface Garbage {
  readonly policy: Policy;
  readonly snapshots: readonly Snapshot[];
}

/** A few looks of nonsense, each shown for some ticks, at `atMs` of its tick. */
export function garbage(): fc.Arbitrary<Garbage> {
  const policy = fc
    .record({
      producers: fc.constantFrom(['main', 'backup'], [], ['__proto__', 'main', 'backup']),
      confirm: fc.constantFrom(1, 2),
      warmupMs: fc.constantFrom(0, 30_000),
      splitAfterMs: fc.constantFrom(0, 2_000),
      failbackAfterMs: fc.constantFrom(0, 2_000),
      escalate: fc.constantFrom<Policy['escalate'][number][]>(['sessions'], ['reload', 'restart']),
    })
    .map((difference) => ({
      ...POLICY,
      proxies: POLICY.proxies.map((own) => ({ ...own, reload: true, restart: true })),
      ...difference,
      cooldownMs: 0,
      budgetMax: 99,
    }));
  const look = fc.record({
    ticks: fc.constantFrom(1, 2, 4),
    sights: fc.tuple(fc.option(shows, { freq: 8 }), fc.option(shows, { freq: 8 })),
  });
  return fc
    .record({ policy, looks: fc.array(look, { minLength: 1, maxLength: 3 }) })
    .map(({ policy: given, looks }) => ({
      policy: given,
      snapshots: looks
        .flatMap(({ ticks, sights }) => Array.from({ length: ticks }, () => sights))
        .map((sights, at) => ({
          proxies: sights.map((sight, index) =>
            sight === null
              ? unseen(`ha${index + 1}`, at * 1_000)
              : seen(`ha${index + 1}`, at * 1_000, sight),
          ),
        })),
    }));
}
