// The history tells what the log told, a line a record, and never throws at what another version wrote.
import { expect, test } from 'vitest';
import { BLANK } from '../../src/decide/memory.ts';
import type { Fault } from '../../src/domain/fault.ts';
import type { DecisionRecord, JournalRecord } from '../../src/domain/journal.ts';
import { toHistory } from '../../src/report/history.ts';
import { decision, done, judged, later, NOW } from './world.ts';

const faultText = ({ kind, address }: Fault) => `${kind} at ${address}`;
const AT = '2026-11-24T03:11:00.000Z';

function decided(seconds: number, difference: Parameters<typeof judged>[0] = {}): DecisionRecord {
  const memory = { ...BLANK, lastTick: NOW };
  return { ...decision(''), now: later(seconds), memory, decision: judged(difference) };
}

const outcome = (difference: Parameters<typeof done>[0]): JournalRecord => ({
  v: 1,
  at: AT,
  kind: 'outcome',
  outcome: done(difference),
});

test('each record is one line, in the words of the log, an outcome that is told again included', () => {
  const hook = { v: 1, at: AT, kind: 'hook', hook: 'webhook h', event: 'gate' } as const;
  const records: JournalRecord[] = [
    decided(0),
    decided(1, { target: 'backup', why: 'main is down' }),
    outcome({}),
    outcome({ returned: true }),
    { ...hook, result: 'ok', message: null },
    { ...hook, result: 'failed', message: '500' },
  ];
  expect(toHistory(records, faultText)).toEqual([
    {
      at: AT,
      kind: 'decision',
      verdict: 'converged',
      result: null,
      says: 'converged (R70): ha1 main=4 backup=0, ha2 main=0 backup=4; target main (E10: main is fit to stay)',
    },
    {
      at: AT,
      kind: 'decision',
      verdict: 'converged',
      result: null,
      says: 'converged (R70): ha1 main=4 backup=0, ha2 main=0 backup=4; target backup (E10, was main: main is down)',
    },
    {
      at: AT,
      kind: 'outcome',
      verdict: null,
      result: 'ok',
      says: 'close-server ha2/backup ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain',
    },
    {
      at: AT,
      kind: 'outcome',
      verdict: null,
      result: 'ok',
      says: 'ha2: sessions have come to main after close-server ha2/backup',
    },
    {
      at: AT,
      kind: 'hook',
      verdict: null,
      result: 'ok',
      says: 'hook webhook h has been told of gate',
    },
    {
      at: AT,
      kind: 'hook',
      verdict: null,
      result: 'failed',
      says: 'hook webhook h was not told of gate: 500',
    },
  ]);
});

test('a supervisor that starts, or reads its configuration anew, tells its target in full', () => {
  const first = { ...decided(5), memory: BLANK };
  const policy = { ...first.policy, confirm: 3 };
  const says = toHistory([decided(0), decided(1), first, { ...decided(6), policy }], faultText).map(
    (entry) => entry.says.includes('main is fit to stay'),
  );
  expect(says).toEqual([true, false, true, true]);
});

test('what an older version did not write is missing, and what cannot be told is said to be so', () => {
  const { paused: _, unheeded: __, pins: ___, ...old } = judged();
  const older: DecisionRecord = JSON.parse(JSON.stringify({ ...decided(1), decision: old }));
  const broken: DecisionRecord = JSON.parse(
    JSON.stringify({ ...decided(2), snapshot: { proxies: [{ name: 'ha1' }] } }),
  );
  const said = toHistory([decided(0), older, broken, decided(3)], faultText);
  expect(said[1]?.says).toMatch(/^converged \(R70\): .*; target main$/);
  expect(said[2]).toEqual({
    at: AT,
    kind: 'decision',
    verdict: null,
    result: null,
    says: 'another version of mainstay wrote this, and this one cannot tell it',
  });
  expect(said[3]?.says).not.toContain('another version');
});
