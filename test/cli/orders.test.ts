// Orders to a supervisor: which are taken, what stands then, and that no round sees one twice.
import { expect, test } from 'vitest';
import { makeOrderBook } from '../../src/cli/orders.ts';
import type { Rehearsal } from '../../src/decide/rehearse.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Judgement } from '../../src/domain/decision.ts';
import { judged, NOW, SPLIT, STEP } from '../report/world.ts';
import { CONFIG } from './world.ts';

const HOUR_MS = 3_600_000;
const KEEPS: Config = { ...CONFIG, journal: '/var/lib/mainstay/journal' };
const STANDING = { to: 'main', untilWallMs: NOW.wallMs + 5, givenWallMs: NOW.wallMs - 5 };

const COOLDOWN = {
  gate: 'cooldown',
  proxy: 'ha2',
  untilMs: NOW.monoMs + 70_000,
  reason: 'closed lately',
} as const;
const REHEARSAL: Rehearsal = {
  judgement: judged(),
  snapshot: SPLIT,
  steps: [STEP],
  gates: [COOLDOWN],
};

function book(config = KEEPS, latest: Judgement | null = judged()) {
  const nudges: string[] = [];
  const rehearsed: unknown[][] = [];
  const clock = { now: () => NOW, sleep: async () => {} };
  return {
    nudges,
    rehearsed,
    ...makeOrderBook(
      config,
      clock,
      () => latest,
      () => void nudges.push('now'),
      (...what) => {
        rehearsed.push(what);
        return latest === null ? null : REHEARSAL;
      },
    ),
  };
}

test('an override is taken once, from now on for an hour or as long as it says, and the loop is woken', () => {
  const { orders, take, nudges } = book();
  const given = { to: 'backup', givenWallMs: NOW.wallMs };
  expect(orders.override('backup', null)).toEqual({
    ok: true,
    override: { kind: 'override', ...given, untilWallMs: NOW.wallMs + HOUR_MS },
    paused: null,
  });
  expect(nudges).toEqual(['now']);
  expect(take()).toEqual([{ kind: 'override', ...given, untilWallMs: NOW.wallMs + HOUR_MS }]);
  expect(take()).toEqual([]);
  orders.override('backup', 5000);
  expect(take()).toMatchObject([{ untilWallMs: NOW.wallMs + 5000 }]);
});

test.each([
  ['no-journal', { ...KEEPS, journal: null }, 'backup'],
  ['observe-only', { ...KEEPS, policy: { ...KEEPS.policy, mode: 'observe' as const } }, 'backup'],
  ['unknown-producer', KEEPS, 'bakcup'],
])('%s is refused, with a sentence, and nothing is kept', (error, config, to) => {
  const { orders, take, nudges, rehearsed } = book(config);
  expect(orders.override(to, null)).toEqual({ ok: false, error, message: expect.any(String) });
  expect(orders.rehearse(to, null)).toEqual(orders.override(to, null));
  expect(take()).toEqual([]);
  expect([nudges, rehearsed]).toEqual([[], []]);
});

test('a dry run is told as it would be from now on, its gates on the wall clock, and nothing is kept or woken', () => {
  const { orders, take, nudges, rehearsed } = book();
  const { climbed: _, ...step } = STEP;
  const { gate, proxy, reason } = COOLDOWN;
  const until = '2026-11-24T03:12:10.000Z';
  expect(orders.rehearse('main', 7_200_000)).toEqual({
    ok: true,
    dryRun: {
      to: 'main',
      until: '2026-11-24T05:11:00.000Z',
      steps: [step],
      gates: [{ gate, proxy, until, reason, opens: expect.any(String) }],
    },
  });
  const override = { kind: 'override', to: 'main', givenWallMs: NOW.wallMs };
  const twoHours = { ...override, untilWallMs: NOW.wallMs + 2 * HOUR_MS };
  expect(rehearsed).toEqual([[[], twoHours, NOW]]);
  expect(orders.rehearse('main', null)).toMatchObject({
    dryRun: { until: '2026-11-24T04:11:00.000Z' },
  });
  expect([take(), nudges]).toEqual([[], []]);
});

test('a dry run comes after what no round has had yet, in the place of an override among that', () => {
  const { orders, take, rehearsed } = book();
  orders.override('backup', null);
  orders.pause(null);
  orders.rehearse('main', null);
  expect(rehearsed).toMatchObject([[[{ kind: 'pause' }], { kind: 'override', to: 'main' }, NOW]]);
  expect(take()).toMatchObject([{ kind: 'override', to: 'backup' }, { kind: 'pause' }]);
});

test('before the first round there is no dry run', () => {
  const config = { ...KEEPS, policy: { ...KEEPS.policy, producers: ['main', 'backup'] } };
  const { orders } = book(config, null);
  expect(orders.rehearse('backup', null)).toMatchObject({ ok: false, error: 'not-ready' });
});

test('there is something to clear while an override stands, or is about to', () => {
  const { orders, take } = book();
  expect(orders.clear()).toMatchObject({ ok: false, error: 'no-override' });
  orders.override('backup', null);
  expect(orders.clear()).toEqual({ ok: true, override: null, paused: null });
  expect(take()).toEqual([{ kind: 'clear' }]);
  const standing = book(KEEPS, judged({ override: STANDING }));
  expect(standing.orders.clear()).toEqual({ ok: true, override: null, paused: null });
  expect(standing.orders.clear()).toMatchObject({ error: 'no-override' });
});

test('of many orders between two rounds the last of each kind is kept', () => {
  const { orders, take } = book(KEEPS, judged({ override: STANDING }));
  for (let i = 1; i <= 100; i += 1) orders.override('backup', i);
  expect(orders.resume()).toMatchObject({ ok: true, override: { to: 'backup' } });
  orders.resume();
  expect(take()).toMatchObject([
    { kind: 'override', untilWallMs: NOW.wallMs + 100 },
    { kind: 'resume' },
  ]);
});

test('a pause lasts until somebody resumes or as long as it says, and the loop is woken', () => {
  const { orders, take, nudges } = book();
  const paused = { untilWallMs: null };
  expect(orders.pause(null)).toEqual({ ok: true, override: null, paused });
  expect(nudges).toEqual(['now']);
  expect(take()).toEqual([{ kind: 'pause', ...paused }]);
  expect(orders.pause(5000)).toMatchObject({ paused: { untilWallMs: NOW.wallMs + 5000 } });
  expect(take()).toEqual([{ kind: 'pause', untilWallMs: NOW.wallMs + 5000 }]);
});

test.each([
  ['without a journal', { ...KEEPS, journal: null }],
  ['in mode observe', { ...KEEPS, policy: { ...KEEPS.policy, mode: 'observe' as const } }],
])('a pause is taken %s too', (_, config) => {
  const { orders, take } = book(config);
  expect(orders.pause(null)).toMatchObject({ ok: true });
  expect(take()).toHaveLength(1);
});

test('what holds already stays said: an override through a pause, a pause through an override', () => {
  const standing = judged({ override: STANDING, paused: { untilWallMs: null } });
  const { orders } = book(KEEPS, standing);
  expect(orders.pause(5000)).toMatchObject({ override: { to: 'main' } });
  expect(orders.override('backup', null)).toMatchObject({
    paused: { untilWallMs: NOW.wallMs + 5000 },
  });
  expect(orders.resume()).toMatchObject({ override: { to: 'backup' }, paused: null });
});

test('a resume ends the pause before it and not the one after, and forgets flapping all the same', () => {
  const { orders, take } = book(KEEPS, judged({ paused: { untilWallMs: null } }));
  for (let i = 0; i < 100; i += 1) {
    orders.pause(null);
    expect(orders.resume()).toMatchObject({ paused: null });
  }
  expect(take().map(({ kind }) => kind)).toEqual(['pause', 'resume']);
  orders.resume();
  expect(orders.pause(1)).toMatchObject({ paused: { untilWallMs: NOW.wallMs + 1 } });
  expect(take().map(({ kind }) => kind)).toEqual(['resume', 'pause']);
});
