// The tour's measures on courses of events written by hand: what lasted how long, and what was closed where.
import { expect, test } from 'vitest';
import type { HealthChange } from '../../src/lab/health.ts';
import type { SessionEvent } from '../../src/lab/ledger.ts';
import { closedInPlace, splitMs } from '../../src/lab/tour/measure.ts';

/** `TIME open|close SESSION PROXY/PRODUCER [by WHOM]`, or `TIME up|down PROXY`. */
function courseOf(...lines: readonly string[]) {
  const events: SessionEvent[] = [];
  const health: HealthChange[] = [];
  for (const line of lines) {
    const [at, what, one = '', place = '', , by = 'proxy'] = line.split(' ');
    const atMs = Number(at);
    if (what === 'up' || what === 'down') {
      health.push({ atMs, proxy: one, up: what === 'up' });
      continue;
    }
    const [proxy = '', producer = ''] = place.split('/');
    const kind = what === 'open' ? 'open' : 'close';
    const who = kind === 'open' ? 'relay' : by;
    if (who !== 'relay' && who !== 'proxy' && who !== 'producer') throw new Error(line);
    events.push({ id: one, relay: one, proxy, producer, kind, atMs, by: who, open: 0 });
  }
  return { events, health };
}

const ALL = { fromMs: 0, toMs: 1000 };

test('the brain is split for as long as two producers have sessions, at whatever proxies', () => {
  const course = courseOf(
    '100 open a ha1/main',
    '200 open b ha2/backup',
    '300 open c ha1/backup',
    '450 close b ha2/backup',
    '600 close c ha1/backup',
  );
  expect(splitMs(course, ALL)).toBe(400);
});

test('what goes on at the end counts to the end, what began before counts from the beginning', () => {
  const course = courseOf('100 open a ha1/main', '200 open b ha1/backup');
  expect(splitMs(course, { fromMs: 500, toMs: 900 })).toBe(400);
  expect(splitMs(course, { fromMs: 0, toMs: 150 })).toBe(0);
});

test('all on backup is no split brain', () => {
  expect(splitMs(courseOf('0 open a ha1/backup', '0 open b ha2/backup'), ALL)).toBe(0);
});

test.for([
  ['500 close a ha1/main', 1],
  ['500 close a ha1/main by relay', 0],
  ['500 close a ha1/main by producer', 0],
  ['500 close b ha1/backup', 0],
  ['500 close c ha2/backup', 0],
  ['250 close a ha1/main', 0],
  ['250 close c ha2/backup', 1],
] as const)('closed in the right place: %s: %i', ([closing, count]) => {
  const course = courseOf(
    '0 open a ha1/main',
    '0 open b ha1/backup',
    '0 open c ha2/backup',
    '100 down ha1',
    '100 down ha2',
    '150 up ha1',
    '300 up ha2',
    closing,
  );
  expect(closedInPlace(course, ALL)).toHaveLength(count);
  expect(closedInPlace(course, { fromMs: 0, toMs: 249 })).toEqual([]);
  expect(closedInPlace(course, { fromMs: 501, toMs: 1000 })).toEqual([]);
});
