// A journal lived through again with another policy: where it parts from what was, and that it never does without cause.
import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { blankOutcome } from '../../src/decide/outcome.ts';
import { whatIf, type WhatIf } from '../../src/decide/what-if.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { changed } from '../../src/report/announce.ts';
import { history, type History, type Moment } from './history.ts';
import { live, type Tick } from './live.ts';
import { POLICY } from './world.ts';

const iso = (wallMs: number) => new Date(wallMs).toISOString();

/** What the journal holds of these ticks, read back. */
function journalOf(ticks: readonly Tick[]): JournalRecord[] {
  let last: Tick | null = null;
  const records = ticks.flatMap((tick): JournalRecord[] => {
    const { now, snapshot, memory, policy, decision } = tick;
    const { memory: _, ...judgement } = decision;
    const before =
      last === null || tick.lost !== null
        ? null
        : { judgement: last.decision, snapshot: last.snapshot };
    last = tick;
    const told: JournalRecord[] = changed(before, { judgement, snapshot })
      ? [
          {
            v: 1,
            at: iso(now.wallMs),
            kind: 'decision',
            now,
            snapshot,
            memory,
            policy,
            decision: judgement,
          },
        ]
      : [];
    const ended = ticks.filter(({ endedMs }) => endedMs === now.monoMs);
    return [
      ...told,
      ...ended.flatMap(({ decision: { plan }, result }): JournalRecord[] =>
        (plan?.steps ?? []).map((step) => {
          const outcome = { ...blankOutcome(plan!, step, now.wallMs), result: result ?? 'ok' };
          return { v: 1, at: iso(now.wallMs), kind: 'outcome', outcome };
        }),
      ),
    ];
  });
  return JSON.parse(JSON.stringify(records));
}

property.prop([history()], { numRuns: 12 })(
  'with the same policy nothing is ever done otherwise, whatever befalls',
  (told) => expectNoParting(whatIf(journalOf(live(told)), (policy) => policy)),
  30_000,
);

function expectNoParting({ parting }: WhatIf): void {
  expect(parting).toBeNull();
}

type Happens = Readonly<Record<number, Moment['events']>>;

/** Both proxies lose main in the third second, and have it back after a minute, the second one three seconds later. */
const INCIDENT: Happens = {
  1: [{ proxy: 'all', event: { kind: 'sessions', server: 0, count: 4 } }],
  3: [
    { proxy: 'all', event: { kind: 'status', server: 0, status: 'DOWN' } },
    { proxy: 'all', event: { kind: 'sessions', server: 0, count: 0 } },
    { proxy: 'all', event: { kind: 'sessions', server: 1, count: 4 } },
  ],
  60: [{ proxy: 0, event: { kind: 'status', server: 0, status: 'UP' } }],
  63: [{ proxy: 1, event: { kind: 'status', server: 0, status: 'UP' } }],
};

/** So many seconds of an incident, and what the journal held of it. Two seconds behind its last event all is on main. */
function lived(policy: Partial<Policy>, seconds: number, happens: Happens = INCIDENT) {
  const moments = Array.from({ length: seconds }, (_, at): Moment => {
    const events = happens[at] ?? [];
    return { stepMs: 1_000, jumpMs: 0, events, fate: 'ok', delay: 1, loss: null };
  });
  const told: History = {
    proxies: 2,
    servers: [
      { name: 'main', backup: false },
      { name: 'second', backup: true },
    ],
    pins: 'all',
    policy: { ...POLICY, producers: ['main', 'second'], ...policy },
    moments,
  };
  return live(told);
}

/** The second, counted from the first tick, of what is decided otherwise, and of what is recorded. */
function secondsOf({ parting }: WhatIf, ticks: readonly Tick[]) {
  const second = (ms: number | undefined) =>
    ms === undefined ? null : (ms - (ticks[0]?.now.monoMs ?? 0)) / 1_000;
  return {
    recorded: second(parting?.recorded?.now.monoMs),
    changed: second(parting?.changed.now.monoMs),
  };
}

const set = (differs: Partial<Policy>) => (policy: Policy) => ({ ...policy, ...differs });
/** When the target first was main again, having been another. */
const failbackOf = (ticks: readonly Tick[]) =>
  ticks.findIndex(({ decision }) => decision.election === 'E40');

describe('an incident with a failback after ten minutes', () => {
  const slow = { failbackAfterMs: 600_000 };
  const fast = { failbackAfterMs: 120_000 };
  const ticks = lived(slow, 700);
  const records = journalOf(ticks);

  test('is told in few records: the look at which main was fit everywhere is none of them', () => {
    expect(records.length).toBeLessThan(20);
    expect(records.some(({ kind }) => kind === 'outcome')).toBe(true);
  });

  test('is known to fail back earlier with a shorter wait, at the second at which it really would', () => {
    const truth = failbackOf(lived(fast, 700));
    expect(truth).toBeGreaterThan(100);
    const imagined = whatIf(records, set(fast));
    expect(secondsOf(imagined, ticks)).toEqual({ recorded: failbackOf(ticks), changed: truth });
    expect(imagined.parting?.changed.judgement.target).toBe('main');
  });

  test('is known to fail back later with a longer one: what is decided instead says until when', () => {
    const { parting, ...rest } = whatIf(records, set({ failbackAfterMs: 3_600_000 }));
    expect(secondsOf({ parting, ...rest }, ticks).changed).toBe(failbackOf(ticks));
    expect(parting?.changed.judgement).toMatchObject({ target: 'second', plan: null });
    expect(parting?.changed.judgement.gates).toMatchObject([{ gate: 'failback-wait' }]);
  });

  test('is not otherwise with a setting that no decision hung on', () => {
    const { common, cut, parting, upTo } = whatIf(
      records,
      set({ failbackUnseenMs: 1, confirm: 2 }),
    );
    expect({ parting, cut }).toEqual({ parting: null, cut: false });
    // To second, and back.
    expect(common.map(({ judgement }) => judgement.target)).toContain('second');
    expect(upTo?.monoMs).toBe(records.findLast((record) => record.kind === 'decision')?.now.monoMs);
  });

  test('a break of main at one proxy, of which no record tells, is known from what was remembered', () => {
    const broken = lived(slow, 900, {
      ...INCIDENT,
      100: [{ proxy: 1, event: { kind: 'status', server: 0, status: 'DOWN' } }],
      110: [{ proxy: 1, event: { kind: 'status', server: 0, status: 'UP' } }],
    });
    const told = journalOf(broken);
    expect(told.filter(({ kind }) => kind === 'decision').length).toBeLessThan(15);
    const patient = { splitAfterMs: 90_000 };
    const imagined = whatIf(told, set({ ...fast, ...patient }));
    const parted = secondsOf(imagined, broken).changed ?? 0;
    // Fit everywhere again from second 110 on, and by HAProxy's word.
    expect(parted).toBeGreaterThanOrEqual(200);
    expect(parted).toBeLessThanOrEqual(202);
  });

  test('what an operator ordered meanwhile is ordered in both', () => {
    const override = { to: 'second', untilWallMs: Number.MAX_SAFE_INTEGER, givenWallMs: 1 };
    const held = records.map((record) => {
      if (record.kind !== 'decision' || record.now.monoMs < 1_000_000 + 50_000) return record;
      return { ...record, memory: { ...record.memory, override } };
    });
    // From the first record behind the order on nobody would fail back, however short the wait.
    const { parting } = whatIf(held, set(fast));
    expect(parting).toBeNull();
  });
});

test('a restart takes up what is recorded, and what is too long is cut', () => {
  const ticks = lived({ failbackAfterMs: 600_000 }, 700);
  const [first, ...rest] = journalOf(ticks);
  if (first?.kind !== 'decision') throw new Error('the first record is a decision');
  const anew = { ...first, memory: { ...first.memory, lastTick: null } };
  const rebooted = { ...anew, now: { monoMs: 5, wallMs: first.now.wallMs + 9e6 } };
  expect(whatIf([first, ...rest, rebooted], (policy) => policy)).toMatchObject({
    parting: null,
    upTo: { monoMs: 5 },
  });
  const waiting = journalOf(ticks.slice(0, 100)).at(-1);
  if (waiting?.kind !== 'decision') throw new Error('the last record is a decision');
  const lastTick = { monoMs: waiting.now.monoMs + 1e12, wallMs: waiting.now.wallMs + 1e12 };
  const muchLater = {
    ...waiting,
    memory: { ...waiting.memory, lastTick },
    now: { monoMs: lastTick.monoMs + 1, wallMs: lastTick.wallMs + 1 },
  };
  const long = whatIf([waiting, muchLater], set({ failbackAfterMs: 1e13 }));
  expect(long).toMatchObject({ cut: true, parting: null, upTo: waiting.now });
  expect(whatIf([], (policy) => policy)).toEqual({
    common: [],
    parting: null,
    upTo: null,
    cut: false,
  });
});
