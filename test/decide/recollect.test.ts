// What a restarted supervisor takes up again from its journal.
import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK, cautious, memoryOf } from '../../src/decide/memory.ts';
import { recollect } from '../../src/decide/recollect.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import type { Memory } from '../../src/domain/memory.ts';
import { backup, main, pair, POLICY, proxyPolicy, unseen } from './world.ts';

/** When the journal below ends, on the wall; its monotonic clock said 500 s then. */
const ENDED_MS = 1_700_000_000_000;
const closing: JournalRecord = recordWith({});

/** The record of a tick that begins to close at ha1: all is well but for one session there. */
function recordWith(differs: Partial<Memory>, monoMs = 500_000): JournalRecord {
  const now = { monoMs, wallMs: ENDED_MS + monoMs - 500_000 };
  const astray = [main({ sessions: 3 }), backup({ sessions: 1 })];
  const snapshot = pair(now.monoMs, astray, [main({ sessions: 4 }), backup()]);
  const policy = { ...POLICY, confirm: 1 };
  const memory = { ...BLANK, target: 'main', ...differs };
  const { memory: _, ...decision } = decide(snapshot, memory, policy, now);
  return { v: 1, at: '', kind: 'decision', now, snapshot, memory, policy, decision };
}

function outcome(result: Outcome['result'], differs: Partial<Outcome> = {}): JournalRecord {
  return {
    v: 1,
    at: '',
    kind: 'outcome',
    outcome: {
      atMs: ENDED_MS,
      tookMs: 2_000,
      proxy: 'ha1',
      action: 'close-server',
      pid: 11,
      server: 'backup',
      target: 'main',
      reason: 'split-brain',
      result,
      gate: null,
      listed: 1,
      remaining: 0,
      convergedMs: null,
      returned: null,
      trail: [],
      fault: null,
      ...differs,
    },
  };
}

/** Ten seconds after the journal's end, on a monotonic clock that began anew. */
const later = { monoMs: 90_000, wallMs: ENDED_MS + 10_000 };
const endedMs = 80_000;
const closedAt = (memory: Memory, name: string) => memoryOf(memory, name).closedMs;

describe('a start', () => {
  test('without a readable journal counts as a closing just done everywhere, and half the budget spent', () => {
    const memory = recollect(null, { ...POLICY, budgetMax: 5 }, later);
    expect(memory).toEqual(cautious({ ...POLICY, budgetMax: 5 }, later));
    expect(memory.plans).toEqual([90_000, 90_000, 90_000]);
    expect([closedAt(memory, 'ha1'), closedAt(memory, 'ha2')]).toEqual([90_000, 90_000]);
  });

  test('takes up the target and what was tried, and no more', () => {
    const since = [{ producer: 'main', sinceMs: 1_000 }];
    const memory = recollect([recordWith({ fitSince: since, stalledMs: 499_000 })], POLICY, later);
    const { target, fitSince, lastTick, stalledMs, verdict, wrongSinceMs } = memory;
    expect({ target, fitSince, lastTick, stalledMs, verdict, wrongSinceMs }).toEqual({
      target: 'main',
      fitSince: [],
      lastTick: null,
      stalledMs: null,
      verdict: null,
      wrongSinceMs: null,
    });
    expect(
      memory.proxies.map(({ agreed, freshLooks, actingMs }) => [agreed, freshLooks, actingMs]),
    ).toEqual([
      [null, 0, null],
      [null, 0, null],
    ]);
  });

  test('takes up a pause, and when the last override ended, unless they are no instants', () => {
    const told = { paused: { untilWallMs: null }, clearedWallMs: ENDED_MS - 1 };
    expect(recollect([recordWith(told)], POLICY, later)).toMatchObject(told);
    for (const wrong of [{ paused: { untilWallMs: NaN } }, { clearedWallMs: 9e15 }]) {
      const record = closing.kind === 'decision' ? closing : null;
      if (record === null) throw new Error('it is a decision');
      const records = [{ ...record, memory: { ...record.memory, ...wrong } }];
      const { target, paused, clearedWallMs } = recollect(records, POLICY, later);
      expect([target, paused ?? null, clearedWallMs]).not.toContain(9e15);
      expect(paused?.untilWallMs ?? 0).not.toBeNaN();
      expect(target === null || paused === null).toBe(true);
    }
  });

  test('takes up moves, flapping, plans and closings by the wall clock', () => {
    const memory = recollect(
      [
        recordWith({
          moves: [440_000, 490_000],
          flap: { factor: 4, changedMs: 490_000 },
          plans: [400_000],
          proxies: [{ ...memoryOf(BLANK, 'ha2'), closedMs: 450_000 }],
        }),
      ],
      POLICY,
      later,
    );
    expect(memory.moves).toEqual([endedMs - 60_000, endedMs - 10_000]);
    expect(memory.flap).toEqual({ factor: 4, changedMs: endedMs - 10_000 });
    expect(memory.plans).toEqual([endedMs - 100_000, endedMs]);
    expect(closedAt(memory, 'ha2')).toBe(endedMs - 50_000);
  });

  test('takes a plan without an outcome for a closing when it was announced', () => {
    expect(closedAt(recollect([closing], POLICY, later), 'ha1')).toBe(endedMs);
    expect(closedAt(recollect([closing], POLICY, later), 'ha2')).toBeNull();
  });

  test.each(['ok', 'failed', 'abandoned'] as const)(
    'takes a plan that came to %s for a closing when it ended',
    (result) => {
      const memory = recollect([closing, outcome(result)], POLICY, later);
      expect(closedAt(memory, 'ha1')).toBe(endedMs + 2_000);
      expect(closedAt(memory, 'ha2')).toBeNull();
    },
  );

  test('takes the last of several outcomes, and each for its own proxy', () => {
    const records = [
      closing,
      outcome('ok', { tookMs: 1_000 }),
      outcome('ok', { proxy: 'ha2', tookMs: 4_000 }),
      outcome('ok', { tookMs: 3_000 }),
    ];
    const memory = recollect(records, POLICY, later);
    expect(closedAt(memory, 'ha1')).toBe(endedMs + 3_000);
    expect(closedAt(memory, 'ha2')).toBe(endedMs + 4_000);
  });

  test('takes a pin that was written for no closing, and for no sign of one', () => {
    const pinned = outcome('ok', { action: 'pin', pid: null, tookMs: 1 });
    expect(closedAt(recollect([closing, pinned], POLICY, later), 'ha1')).toBe(
      closedAt(recollect([closing], POLICY, later), 'ha1'),
    );
    const quiet = { ...closing, policy: { ...POLICY, confirm: 9 } };
    expect(closedAt(recollect([quiet, pinned], POLICY, later), 'ha1')).toBeNull();
  });

  test('goes by the last decision, and leaves the outcomes before it to its memory', () => {
    const memory = recollect(
      [closing, outcome('ok', { tookMs: 90_000 }), recordWith({}, 505_000)],
      POLICY,
      later,
    );
    expect(closedAt(memory, 'ha1')).toBe(endedMs + 5_000);
  });

  test('knows only the proxies of its own configuration', () => {
    const policy = { ...POLICY, proxies: [proxyPolicy('ha9')] };
    const memory = recollect([closing, outcome('ok')], policy, later);
    expect(memory.proxies).toEqual([memoryOf(BLANK, 'ha9')]);
  });

  test('begins the ladder anew, wherever it stood', () => {
    const ha1 = { ...memoryOf(BLANK, 'ha1'), climbed: ['sessions', 'reload'] as const, hid: true };
    const memory = recollect([recordWith({ proxies: [ha1] })], POLICY, later);
    expect(memoryOf(memory, 'ha1')).toMatchObject({ climbed: [], hid: false });
  });

  test('reads a journal from before old workers were seen', () => {
    const words = ['way', 'hidden', 'climbed', 'hid', 'reload', 'restart', 'escalate'];
    const before = JSON.stringify(
      recordWith({ proxies: [{ ...memoryOf(BLANK, 'ha2'), closedMs: 450_000 }] }),
      (key, value: unknown) => (words.includes(key) ? undefined : value),
    );
    const record: JournalRecord = JSON.parse(before);
    const memory = recollect([record], POLICY, later);
    expect(memory.target).toBe('main');
    expect(closedAt(memory, 'ha1')).toBe(endedMs);
    expect(closedAt(memory, 'ha2')).toBe(endedMs - 50_000);
  });

  test('reads a journal from before there were pins', () => {
    const words = ['pin', 'heed', 'from', 'override', 'together', 'apart', 'steer', 'pins'];
    const before = JSON.stringify(
      recordWith({ proxies: [{ ...memoryOf(BLANK, 'ha2'), closedMs: 450_000 }] }),
      (key, value: unknown) =>
        words.includes(key) || key.startsWith('partial') ? undefined : value,
    );
    const memory = recollect([JSON.parse(before)], POLICY, later);
    expect(memory).toMatchObject({
      target: 'main',
      from: null,
      override: null,
      together: false,
      apart: null,
    });
    expect(closedAt(memory, 'ha2')).toBe(endedMs - 50_000);
  });

  test('takes up an override, and where a move that has not begun comes from', () => {
    const override = { to: 'main', untilWallMs: ENDED_MS + 60_000, givenWallMs: ENDED_MS - 60_000 };
    const pending = recordWith({ override, pendingMove: true, from: 'backup', together: true });
    expect(recollect([pending], POLICY, later)).toMatchObject({ override, together: true });
    const onBackup = [main(), backup({ sessions: 4 })];
    const held = {
      ...pending,
      snapshot: pair(500_000, onBackup, onBackup),
      policy: { ...POLICY, confirm: 9 },
    };
    const { from, pendingMove, together } = recollect([held], POLICY, later);
    expect({ from, pendingMove, together }).toEqual({
      from: 'backup',
      pendingMove: true,
      together: true,
    });
  });

  test('takes up where a move comes from that was refused everywhere', () => {
    const onBackup = [main(), backup({ sessions: 4 })];
    const begun = {
      ...recordWith({ pendingMove: true, from: 'backup' }),
      snapshot: pair(500_000, onBackup, onBackup),
    };
    const memory = recollect([begun, outcome('refused')], POLICY, later);
    expect([memory.pendingMove, memory.from]).toEqual([true, 'backup']);
    const done = recollect([begun, outcome('ok')], POLICY, later);
    expect([done.pendingMove, done.from]).toEqual([false, null]);
  });

  test('takes a plan that was refused for none: nothing was closed', () => {
    expect(closedAt(recollect([closing, outcome('refused')], POLICY, later), 'ha1')).toBeNull();
  });

  test('keeps the target when its first look is blind and the configuration names no producers', () => {
    const policy = { ...POLICY, producers: [] };
    const record = { ...recordWith({ producers: ['main', 'backup'] }), policy };
    const memory = recollect([record], policy, later);
    expect(memory.target).toBe('main');
    const blind = { proxies: [unseen('ha1', 0), unseen('ha2', 0)] };
    expect(decide(blind, memory, policy, later).memory.target).toBe('main');
  });
});

test('a failback of which nothing was closed yet is still all or nothing after a restart', () => {
  const policy = { ...POLICY, failbackAfterMs: 0 };
  const servers = [main(), backup({ sessions: 4 })];
  const failing = [main({ checkPassed: false }), backup({ sessions: 4 })];
  const journal: JournalRecord[] = [];
  let memory = BLANK;
  for (let s = 0; memory.target !== 'main'; s += 1) {
    const now = { monoMs: s * 1000, wallMs: s * 1000 };
    const snapshot = pair(s * 1000, servers, servers);
    const { memory: next, ...decision } = decide(snapshot, memory, policy, now);
    journal.push({ v: 1, at: '', kind: 'decision', now, snapshot, memory, policy, decision });
    memory = next;
  }
  memory = recollect(journal, policy, { monoMs: 10_000, wallMs: 10_000 });
  for (let s = 10; s < 20; s += 1) {
    const now = { monoMs: s * 1000, wallMs: s * 1000 };
    const decision = decide(pair(s * 1000, servers, failing), memory, policy, now);
    expect(decision.plan).toBeNull();
    memory = decision.memory;
  }
});

/** All instants that a memory holds. */
function instants(memory: Memory): readonly number[] {
  return [
    ...memory.moves,
    ...memory.plans,
    memory.flap.changedMs,
    ...memory.proxies.map(({ closedMs }) => closedMs).filter((at) => at !== null),
  ];
}

describe('a clock that jumped between two runs', () => {
  const records = [
    recordWith({
      moves: [490_000],
      flap: { factor: 2, changedMs: 490_000 },
      plans: [490_000],
      proxies: [{ ...memoryOf(BLANK, 'ha2'), closedMs: 490_000 }],
    }),
    outcome('ok'),
  ];

  test('back brings nothing into the future: it all counts as just done', () => {
    const memory = recollect(records, POLICY, { monoMs: 90_000, wallMs: ENDED_MS - 3_600_000 });
    for (const at of instants(memory)) expect(at).toBe(90_000);
  });

  law.prop([fc.maxSafeInteger(), fc.maxSafeInteger()], { numRuns: 200 })(
    'to wherever it likes brings nothing into the future',
    (monoMs, wallMs) =>
      instants(recollect(records, POLICY, { monoMs, wallMs })).every((at) => at <= monoMs),
  );
});

/** What a file may hold, whatever its lines should be. */
function asRead(records: readonly unknown[]): JournalRecord[] {
  return JSON.parse(JSON.stringify(records));
}

describe('a journal that is not one', () => {
  const decision = { v: 1, at: '', kind: 'decision' };
  const bad: [says: string, records: unknown[]][] = [
    ['a null', [null]],
    ['a decision without anything', [decision]],
    [
      'a decision of empty things',
      [{ ...decision, snapshot: {}, memory: {}, policy: {}, now: {} }],
    ],
    ['a decision with half a memory', [{ ...closing, memory: { target: 'main' } }]],
    ['a decision with half a snapshot', [{ ...closing, snapshot: { proxies: [null] } }]],
    ['an outcome without anything', [closing, { v: 1, at: '', kind: 'outcome' }]],
  ];
  test.each(bad)('%s, is as good as none', (_, records) => {
    expect(recollect(asRead(records), POLICY, later)).toEqual(cautious(POLICY, later));
  });

  const anyPolicy = fc.constantFrom(POLICY, { ...POLICY, producers: [] });
  const rubbish = fc.jsonValue({ maxDepth: 3 });
  const almost = fc
    .tuple(
      fc.constantFrom('now', 'snapshot', 'memory', 'policy', 'decision', 'outcome', 'kind'),
      rubbish,
    )
    .map(([field, value]) => ({ ...closing, [field]: value }));
  law.prop([fc.array(fc.oneof(rubbish, almost), { maxLength: 3 }), anyPolicy], { numRuns: 500 })(
    'never throws, and what is made of it can be decided with',
    (records, policy) => {
      const memory = recollect(asRead([closing, ...records]), policy, later);
      decide(pair(later.monoMs, [main()], [main()]), memory, policy, later);
    },
  );

  test.each([
    ['an override without an end', { override: { to: 'main', givenWallMs: 1 } }],
    [
      'an override that ends beyond all dates',
      { override: { to: 'main', untilWallMs: 9e15, givenWallMs: 1 } },
    ],
    [
      'an override given at no time',
      { override: { to: 'main', untilWallMs: 9e15, givenWallMs: 'x' } },
    ],
    ['a move from nowhere that is a name', { pendingMove: true, from: 5 }],
    ['a word that is no yes or no', { together: 'yes' }],
  ])('%s, is as good as none, or drops it', (_, differs) => {
    const record = { ...recordWith({}), memory: { ...BLANK, target: 'main', ...differs } };
    const { from, override, together } = recollect(asRead([record]), POLICY, later);
    expect({ from, override, together }).toEqual({ from: null, override: null, together: false });
  });

  test('its times being no numbers, is as good as none: no gate is shut for ever', () => {
    const proxies = [{ ...memoryOf(BLANK, 'ha2'), closedMs: 'yesterday' }];
    const record = { ...recordWith({}), memory: { ...BLANK, target: 'main', proxies } };
    const memory = recollect(asRead([record]), POLICY, later);
    expect(memory).toEqual(cautious(POLICY, later));
  });
});
