// Each gate that is shut, where, and when it opens by itself: ha1 has sessions on backup, main is the target; a row names the difference.
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Memory, ProxyMemory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { GateName } from '../../src/domain/verdict.ts';
import type { ServerView, Snapshot, WorkerView } from '../../src/domain/view.ts';
import { backup, main, POLICY, proxyPolicy, seen, server, unseen, view, worker } from './world.ts';

const NOW_MS = 10_000_000;
const now = { monoMs: NOW_MS, wallMs: NOW_MS };
const astray = [main(), backup({ sessions: 4 })];
const well = [main({ sessions: 4 }), backup()];

interface Differs {
  readonly policy?: Partial<Policy>;
  readonly memory?: Partial<Memory>;
  readonly ha1?: Partial<ProxyMemory>;
  readonly servers?: readonly ServerView[];
  readonly worker?: Partial<WorkerView>;
  readonly ha2?: 'unseen' | readonly ServerView[];
}

/** One look had agreed a second ago, so that the second one, now, would act. */
function judge(differs: Differs) {
  const servers = differs.servers ?? astray;
  const snapshot: Snapshot = {
    proxies: [
      seen('ha1', NOW_MS, view(worker(servers, differs.worker))),
      differs.ha2 === 'unseen'
        ? unseen('ha2', NOW_MS - 60_000)
        : seen('ha2', NOW_MS, view(worker(differs.ha2 ?? well, { pid: 200 }))),
    ],
  };
  const agreed = { key: 'main close-server/100/backup', looks: 1, lookMs: NOW_MS - 1_000 };
  const ha1 = { ...memoryOf(BLANK, 'ha1'), agreed, freshLooks: 9, ...differs.ha1 };
  const memory = { ...BLANK, target: 'main', proxies: [ha1], ...differs.memory };
  return decide(snapshot, memory, { ...POLICY, ...differs.policy }, now);
}

type Shut = readonly [gate: GateName, proxy: string | null, opensInMs: number | null];
const closedBefore = (ms: number) => ({ closedMs: NOW_MS - ms });
const plansBefore = (...ms: readonly number[]) => ({ plans: ms.map((at) => NOW_MS - at) });
const rows: [says: string, differs: Differs, ...shut: readonly Shut[]][] = [
  ['none', {}],
  ['observe-only, for good', { policy: { mode: 'observe' } }, ['observe-only', null, null]],
  [
    'not-driver, for good',
    { policy: { proxies: [proxyPolicy('ha1', { drive: false })] } },
    ['not-driver', 'ha1', null],
  ],
  ['cooldown, until it has passed', { ha1: closedBefore(100_000) }, ['cooldown', 'ha1', 50_000]],
  ['cooldown, to its last moment', { ha1: closedBefore(149_999) }, ['cooldown', 'ha1', 1]],
  ['none, once the cooldown has passed', { ha1: closedBefore(150_000) }],
  [
    'cooldown, while a closing is being carried out',
    { ha1: { actingMs: NOW_MS - 1 } },
    ['cooldown', 'ha1', null],
  ],
  [
    'cooldown, where a closing was not heard of again: as if it had ended now',
    { ha1: { actingMs: NOW_MS - 95_001 } },
    ['cooldown', 'ha1', 150_000],
  ],
  [
    'budget, until its oldest plan is an hour old',
    { policy: { budgetMax: 2 }, memory: plansBefore(3_000_000, 60_000) },
    ['budget', null, 600_000],
  ],
  ['none, with a plan to spare', { policy: { budgetMax: 3 }, memory: plansBefore(2, 1) }],
  [
    'none, when the oldest plan is an hour old',
    { policy: { budgetMax: 2 }, memory: plansBefore(3_600_000, 60_000) },
  ],
  ['budget, for good, where it is none', { policy: { budgetMax: 0 } }, ['budget', null, null]],
  ['unconfirmed', { policy: { confirm: 3 } }, ['unconfirmed', 'ha1', null]],
  ['unconfirmed, of no look', { ha1: { agreed: null } }, ['unconfirmed', 'ha1', null]],
  [
    'unconfirmed, where the look is the one that was counted already',
    { ha1: { agreed: { key: 'main close-server/100/backup', looks: 1, lookMs: NOW_MS } } },
    ['unconfirmed', 'ha1', null],
  ],
  [
    'unconfirmed, where the look that was counted is less than half a poll old',
    { ha1: { agreed: { key: 'main close-server/100/backup', looks: 1, lookMs: NOW_MS - 499 } } },
    ['unconfirmed', 'ha1', null],
  ],
  [
    'none, where it is half a poll old',
    { ha1: { agreed: { key: 'main close-server/100/backup', looks: 1, lookMs: NOW_MS - 500 } } },
  ],
  [
    'unconfirmed, where another worker was looked at',
    { worker: { pid: 101 } },
    ['unconfirmed', 'ha1', null],
  ],
  [
    'stalled, with one fresh look',
    { memory: { stalledMs: NOW_MS - 1_000 }, ha1: { freshLooks: 0 } },
    ['stalled', 'ha1', null],
  ],
  ['none, with two fresh looks', { memory: { stalledMs: NOW_MS - 2_000 }, ha1: { freshLooks: 1 } }],
  [
    'stalled, where the fresh look is the one that was counted already',
    { memory: { stalledMs: NOW_MS - 1_000 }, ha1: { freshLooks: 1, lastLookMs: NOW_MS } },
    ['stalled', 'ha1', null],
  ],
  [
    'stalled and unconfirmed, when the last tick was too long ago',
    { memory: { lastTick: { monoMs: NOW_MS - 3_601, wallMs: NOW_MS - 3_601 } } },
    ['unconfirmed', 'ha1', null],
    ['stalled', 'ha1', null],
  ],
  [
    'none, when it was as long ago as may be',
    { memory: { lastTick: { monoMs: NOW_MS - 3_600, wallMs: NOW_MS - 3_600 } } },
  ],
  [
    'stalled and unconfirmed, when the wall clock jumped',
    { memory: { lastTick: { monoMs: NOW_MS - 1_000, wallMs: NOW_MS - 3_001 } } },
    ['unconfirmed', 'ha1', null],
    ['stalled', 'ha1', null],
  ],
  [
    'stalled and unconfirmed, when the wall clock was set back',
    { memory: { lastTick: { monoMs: NOW_MS - 1_000, wallMs: NOW_MS + 1_001 } } },
    ['unconfirmed', 'ha1', null],
    ['stalled', 'ha1', null],
  ],
  [
    'none, when the wall clock drifts',
    { memory: { lastTick: { monoMs: NOW_MS - 1_000, wallMs: NOW_MS - 3_000 } } },
  ],
  [
    'not-steerable, where another active server is up',
    { servers: [...astray, server({ name: 'third', id: 3 })] },
    ['not-steerable', 'ha1', null],
  ],
  [
    'target-not-up, until the worker is old enough',
    { worker: { uptimeS: 12 } },
    ['target-not-up', 'ha1', 18_000],
  ],
  [
    'target-not-up, for nobody knows how long',
    { servers: [main({ status: 'UP 1/3' }), backup({ sessions: 4 })] },
    ['target-not-up', 'ha1', null],
  ],
  [
    'draining',
    { servers: [main(), backup({ sessions: 4, status: 'DRAIN' })] },
    ['draining', 'ha1', null],
  ],
  ['blind of the other, which is not closed', { ha2: 'unseen' }, ['blind', 'ha2', null]],
];

describe('with something to close, the gates that are shut are', () => {
  test.each(rows)('%s', (_, differs, ...shut) => {
    const { gates, plan, wanted } = judge(differs);
    expect(
      gates.map(({ gate, proxy, untilMs }) => [gate, proxy, untilMs && untilMs - NOW_MS]),
    ).toEqual(shut);
    const held = gates.filter((gate) => gate.gate !== 'blind').length > 0;
    expect(plan?.steps ?? []).toEqual(held ? [] : wanted);
    for (const { reason } of gates) expect(reason).not.toBe('');
  });

  const third = server({ name: 'third', id: 3, backup: true, sessions: 1, status: 'DRAIN' });
  test('draining, also where other sessions at the same proxy are closed', () => {
    const policy = { producers: ['main', 'backup', 'third'] };
    expect(judge({ servers: [...astray, third], policy }).gates).toMatchObject([
      { gate: 'draining', proxy: 'ha1' },
    ]);
  });
});

/** backup is the target, all are on it, main has been fit everywhere for `fitMs`. */
function waiting(fitMs: number, differs: Differs) {
  const servers = [main({ lastChangeS: fitMs / 1_000 }), backup({ sessions: 4 })];
  const fitSince = [{ producer: 'main', sinceMs: NOW_MS - fitMs }];
  return judge({
    servers,
    ha2: servers,
    ...differs,
    memory: { target: 'backup', fitSince, ...differs.memory },
  });
}

const waitedFor = [main(), backup({ sessions: 4 })];
const flapping = { flap: { factor: 4, changedMs: NOW_MS - 1 } };
const waits: [says: string, fitMs: number, differs: Differs, ...shut: readonly Shut[]][] = [
  ['failback-wait, until main is old enough', 600_000, {}, ['failback-wait', null, 1_200_000]],
  ['failback-wait, to its last moment', 1_799_000, {}, ['failback-wait', null, 1_000]],
  ['none, when main is old enough', 1_800_000, {}],
  [
    'failback-wait, until main has been fit for split.after',
    2_000,
    { policy: { failbackAfterMs: 0 } },
    ['failback-wait', null, 1_000],
  ],
  ['none, when it has been', 3_000, { policy: { failbackAfterMs: 0 } }],
  [
    'failback-wait, until a worker is believed',
    1_800_000,
    { worker: { uptimeS: 20 } },
    ['failback-wait', null, 10_000],
  ],
  [
    'failback-wait, for nobody knows how long',
    1_800_000,
    { ha2: [main({ checkPassed: false }), backup({ sessions: 4 })] },
    ['failback-wait', null, null],
  ],
  [
    'blind, until failback.unseen',
    1_800_000,
    { ha2: 'unseen' },
    ['blind', 'ha2', 43_200_000 - 60_000],
  ],
  [
    'blind, to its last moment',
    1_800_000,
    { ha2: 'unseen', policy: { failbackUnseenMs: 60_001 } },
    ['blind', 'ha2', 1],
  ],
  [
    'none, once failback.unseen has passed',
    1_800_000,
    { ha2: 'unseen', policy: { failbackUnseenMs: 60_000 } },
  ],
  [
    'flapping, until main has been fit for four times the wait',
    7_000_000,
    { memory: flapping },
    ['flapping', null, 200_000],
  ],
  [
    "flapping, however old main is by HAProxy's word",
    7_000_000,
    { memory: flapping, servers: waitedFor, ha2: waitedFor },
    ['flapping', null, 200_000],
  ],
  ['none, when it has been', 7_200_000, { memory: flapping }],
  [
    'flapping, for four times split.after, where there is no wait',
    11_000,
    { memory: flapping, policy: { failbackAfterMs: 0 } },
    ['flapping', null, 1_000],
  ],
];

describe('with a failback to come, the gates that hold the target are', () => {
  test.each(waits)('%s', (_, fitMs, differs, ...shut) => {
    const { gates, target, election } = waiting(fitMs, differs);
    const own = gates.filter(({ gate }) => gate !== 'unconfirmed' && gate !== 'not-steerable');
    const held = own.map(({ gate, proxy, untilMs }) => [gate, proxy, untilMs && untilMs - NOW_MS]);
    expect([target, election]).toEqual(shut.length === 0 ? ['main', 'E40'] : ['backup', 'E60']);
    expect(target === 'main' ? [] : held).toEqual(shut);
  });

  test('named once, where the election and the closing are both blind', () => {
    const split = [main({ sessions: 1 }), backup({ sessions: 4 })];
    const { gates } = waiting(1_000, { servers: split, ha2: 'unseen' });
    expect(gates.filter(({ gate }) => gate === 'blind')).toHaveLength(1);
  });
});

/** What is left of it, where main becomes the target now or does not, after these moves so many ms ago. */
function after(moves: readonly number[], becomes: boolean, factor = 1, changedBeforeMs = 0) {
  return waiting(becomes ? 1_800_000 : 0, {
    policy: { flapMax: 2, failbackAfterMs: 1_000 },
    memory: {
      moves: moves.map((ms) => NOW_MS - ms),
      flap: { factor, changedMs: NOW_MS - changedBeforeMs },
    },
  }).memory;
}

describe('flapping', () => {
  const flaps: [says: string, memory: Memory, factor: number, moves: number][] = [
    ['does not begin with as many moves as may be', after([9], true), 1, 2],
    ['begins with one more', after([9, 8], true), 2, 3],
    ['does not begin where the first is an hour old', after([3_600_000, 8], true), 1, 2],
    ['begins where it is not yet', after([3_599_999, 8], true), 2, 3],
    ['doubles with the next', after([9, 8, 7], true, 2), 4, 4],
    ['doubles eight-fold at most', after([9, 8, 7], true, 8), 8, 4],
    ['stays while nothing moves', after([], false, 8, 3_599_999), 8, 0],
    ['halves when nothing has for an hour', after([], false, 8, 3_600_000), 4, 0],
    ['stays while a move is not an hour old', after([3_599_999], false, 8, 3_600_000), 8, 1],
    ['ends with the last halving', after([], false, 2, 3_600_000), 1, 0],
  ];
  test.each(flaps)('%s', (_, memory, factor, moves) => {
    expect([memory.flap.factor, memory.moves.length]).toEqual([factor, moves]);
  });
});
