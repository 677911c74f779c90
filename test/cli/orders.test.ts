// Orders to a supervisor: which are taken, what stands then, and that no round sees one twice.
import { expect, test } from 'vitest';
import { makeOrderBook } from '../../src/cli/orders.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Judgement } from '../../src/domain/decision.ts';
import { judged, NOW } from '../report/world.ts';
import { CONFIG } from './world.ts';

const HOUR_MS = 3_600_000;
const KEEPS: Config = { ...CONFIG, journal: '/var/lib/mainstay/journal' };
const STANDING = { to: 'main', untilWallMs: NOW.wallMs + 5, givenWallMs: NOW.wallMs - 5 };

function book(config = KEEPS, latest: Judgement | null = judged()) {
  const nudges: string[] = [];
  const clock = { now: () => NOW, sleep: async () => {} };
  return {
    nudges,
    ...makeOrderBook(
      config,
      clock,
      () => latest,
      () => void nudges.push('now'),
    ),
  };
}

test('an override is taken once, from now on for an hour or as long as it says, and the loop is woken', () => {
  const { orders, take, nudges } = book();
  const given = { to: 'backup', givenWallMs: NOW.wallMs };
  expect(orders.override('backup', null)).toEqual({
    ok: true,
    override: { kind: 'override', ...given, untilWallMs: NOW.wallMs + HOUR_MS },
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
  const { orders, take, nudges } = book(config);
  expect(orders.override(to, null)).toEqual({ ok: false, error, message: expect.any(String) });
  expect(take()).toEqual([]);
  expect(nudges).toEqual([]);
});

test('there is something to clear while an override stands, or is about to', () => {
  const { orders, take } = book();
  expect(orders.clear()).toMatchObject({ ok: false, error: 'no-override' });
  orders.override('backup', null);
  expect(orders.clear()).toEqual({ ok: true, override: null });
  expect(take()).toEqual([{ kind: 'clear' }]);
  const standing = book(KEEPS, judged({ override: STANDING }));
  expect(standing.orders.clear()).toEqual({ ok: true, override: null });
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
