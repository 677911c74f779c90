// What `converge` says of each step before it asks: which sessions, in which worker, and what a rung costs.
import { expect, test } from 'vitest';
import { stepLines } from '../../src/cli/step-text.ts';
import type { Strays } from '../../src/cli/strays.ts';
import type { Step } from '../../src/domain/decision.ts';
import { PIPE } from './world.ts';

const STEP: Step = {
  action: 'close-server',
  proxy: 'ha1',
  pid: 31,
  server: 'backup',
  sessions: 4,
  climbed: null,
};

function lines(difference: Partial<Step>, sessions: Strays['sessions'] = null): readonly string[] {
  const all = stepLines(PIPE, 'main', { step: { ...STEP, ...difference }, sessions }, 30_000);
  expect(all.flatMap((text) => text.split('\n')).filter((line) => line.length > 80)).toEqual([]);
  return all;
}

const client = (n: number) => ({ client: `10.0.0.${n}:5000`, ageS: 60 * n });

test('a closing lists its clients, the count as they were found, and no more than five', () => {
  expect(lines({}, [client(2), client(1)])).toEqual([
    'ha1: close 2 sessions on backup, to bring them to main',
    '  10.0.0.2:5000, connected for 2m0s',
    '  10.0.0.1:5000, connected for 1m0s',
  ]);
  expect(lines({}, [1, 2, 3, 4, 5, 6, 7].map(client)).slice(-2)).toEqual([
    '  10.0.0.5:5000, connected for 5m0s',
    '  and 2 more',
  ]);
});

test('an old worker is named', () => {
  expect(lines({ action: 'close-session', pid: 21 }, [client(1)])[0]).toBe(
    'ha1: close 1 session on backup in old worker 21, to bring it to main',
  );
});

test('why no clients are listed is said', () => {
  expect(lines({})).toEqual([
    'ha1: close 4 sessions on backup, to bring them to main',
    '  (HAProxy would not list them)',
  ]);
  expect(lines({ pid: null })[1]).toBe('  (a statistics page does not list them)');
});

test('a reload says why, that it closes nothing, and what is closed after it', () => {
  const climbed = 'closing sessions one by one there has failed';
  expect(lines({ action: 'reload', server: null, climbed })).toEqual([
    'ha1: reload HAProxy, since closing sessions one by one there has failed',
    `  No session is closed by that: those of ha1 go on in an old worker. There the 4
  that are not on main are closed one by one, once the new worker has run for
  30s; the others are left to end.`,
  ]);
});

test('a restart says that it closes every session', () => {
  const climbed = 'a reload has not helped';
  expect(lines({ action: 'restart', server: null, sessions: 1, climbed })).toEqual([
    'ha1: restart HAProxy, since a reload has not helped',
    `  EVERY session of ha1 is closed by that, those on main and those of other
  backends too. 1 is not on main.`,
  ]);
});
