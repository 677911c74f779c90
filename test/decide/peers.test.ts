// What a peer's words do to a decision: the rules E25 and E62, the gate peer-disagrees, overrides that are taken over, a proxy stood in for.
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { PeerFault, PeerSight, PeerView } from '../../src/domain/peer.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ServerView, Snapshot, View, WorkerView } from '../../src/domain/view.ts';
import { backup, main, POLICY, proxyPolicy, seen, unseen, view, worker } from './world.ts';
import { peerViewOf } from '../support/peer-view.ts';

const NOW_MS = 10_000_000;
const WALL_MS = 1_800_000_000_000;
const now = { monoMs: NOW_MS, wallMs: WALL_MS };
const onMain = [main({ sessions: 4 }), backup()];
const onBackup = [main(), backup({ sessions: 4 })];
const cutOff = [main({ status: 'DOWN' }), backup({ sessions: 4 })];
const SIDECAR: Policy = {
  ...POLICY,
  proxies: [proxyPolicy('ha1'), proxyPolicy('ha2', { drive: false })],
};

function peer(differs: Partial<PeerView> = {}, name = 'ha2'): PeerSight {
  const value = peerViewOf({ version: '0.0.0', cluster: 'test', self: name, ...differs });
  return { name, sight: { kind: 'seen', atMs: NOW_MS, value } };
}

function gone(beforeMs = 60_000, kind: PeerFault['kind'] = 'unreachable'): PeerSight {
  return {
    name: 'ha2',
    sight: { kind: 'unseen', sinceMs: NOW_MS - beforeMs, fault: { kind, message: 'no' } },
  };
}

interface Differs {
  readonly ha1?: readonly ServerView[];
  readonly ha2?: readonly ServerView[] | 'unseen';
  readonly pin?: Pin;
  readonly worker?: Partial<WorkerView>;
  readonly view2?: Partial<View>;
  readonly memory?: Partial<Memory>;
  readonly policy?: Partial<Policy>;
}

function judge(peers: readonly PeerSight[], differs: Differs = {}): Decision {
  const { ha1 = onMain, ha2 = ha1, pin = { kind: 'no-table' }, memory = {}, policy = {} } = differs;
  const looks = (servers: readonly ServerView[], pid: number) => ({
    ...view(worker(servers, { pid })),
    pin,
  });
  const second = ha2 === 'unseen' ? null : { ...looks(ha2, 200), ...differs.view2 };
  const snapshot: Snapshot = {
    proxies: [
      seen('ha1', NOW_MS, looks(ha1, 100)),
      second === null
        ? unseen('ha2', NOW_MS - 60_000)
        : seen('ha2', NOW_MS, {
            ...second,
            workers: [{ ...second.workers[0], ...differs.worker }],
          }),
    ],
    peers,
  };
  return decide(snapshot, { ...BLANK, ...memory }, { ...SIDECAR, ...policy }, now);
}

describe('E25, peers that have settled elsewhere', () => {
  const rows: [says: string, peers: readonly PeerSight[], differs: Differs, will: string][] = [
    [
      'main, where it is fit everywhere: backup gives way',
      [peer()],
      { memory: { target: 'backup' } },
      'E25 main',
    ],
    [
      'main, seen from the other side: it stays',
      [peer({ target: 'backup' })],
      { memory: { target: 'main' } },
      'E60 main',
    ],
    [
      'backup, where main is down at one',
      [peer({ target: 'backup' })],
      { ha2: cutOff, memory: { target: 'main' } },
      'E25 backup',
    ],
    [
      'backup, seen from the other side',
      [peer()],
      { ha2: cutOff, memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'the one that is up at most proxies, where none is fit everywhere',
      [peer({ target: 'backup' })],
      {
        ha1: [main({ status: 'DOWN' }), backup({ checkPassed: false })],
        ha2: [main(), backup({ checkPassed: false })],
        memory: { target: 'main' },
      },
      'E25 backup',
    ],
    [
      'the preferred one of two that are up at as many',
      [peer()],
      {
        ha1: [main({ checkPassed: false }), backup()],
        ha2: [main(), backup({ checkPassed: false })],
        memory: { target: 'backup' },
      },
      'E25 main',
    ],
    [
      'nothing, where the peer only observes',
      [peer({ mode: 'observe' })],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing, where the peer is paused',
      [peer({ paused: true })],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing, where the peer has main only in mind',
      [peer({ move: { from: 'backup', ready: true } })],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing, where the peer only assumes main',
      [peer({ move: { from: null, ready: false } })],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing, where the peer wants a server that is no producer',
      [peer({ target: 'third' })],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing, where the peer is not seen',
      [gone()],
      { memory: { target: 'backup' } },
      'E60 backup',
    ],
    [
      'nothing while an override holds',
      [peer()],
      {
        memory: {
          target: 'backup',
          override: { to: 'backup', givenWallMs: WALL_MS, untilWallMs: WALL_MS + 9 },
        },
      },
      'E10 backup',
    ],
    [
      'no pull back of a failback that we have begun, its peer still on backup',
      [peer({ move: { from: 'backup', ready: true } })],
      { ha1: onBackup, memory: { target: 'main' } },
      'E60 main',
    ],
    [
      'no pull back of a move together that we have begun, its peer still on main',
      [peer({ target: 'backup', move: { from: 'main', ready: true } })],
      { ha2: cutOff, memory: { target: 'backup', together: true } },
      'E60 backup',
    ],
  ];
  // Main has not been fit for long enough for E40.
  test.each(rows)('%s', (_, peers, differs, will) => {
    const { election, target, memory } = judge(peers, differs);
    expect(`${election} ${target}`).toBe(will);
    expect([memory.moves, memory.pendingMove]).toEqual([[], false]);
  });

  test('heals: what is wrong at the own proxy is closed as soon as two looks agree', () => {
    const first = judge([peer()], { ha1: onBackup, ha2: onMain, memory: { target: 'backup' } });
    expect(first.plan).toBeNull();
    expect(first.gates.map(({ gate }) => gate)).toEqual(['unconfirmed']);
  });
});

describe('E62, nothing is remembered', () => {
  const rows: [says: string, peers: readonly PeerSight[], differs: Differs, will: string][] = [
    ['goes where the peer has settled', [peer({ target: 'backup' })], {}, 'E62 backup'],
    [
      'goes by itself where the peer only assumes',
      [peer({ target: 'backup', move: { from: null, ready: false } })],
      {},
      'E70 main',
    ],
    [
      'goes where the peer still is, not where it would go',
      [peer({ move: { from: 'backup', ready: false } })],
      {},
      'E62 backup',
    ],
    [
      'goes by itself where two peers differ',
      [peer({ target: 'backup' }), peer({}, 'ha3')],
      { ha1: [main(), backup()] },
      'E80 main',
    ],
    [
      'goes by itself where that producer is up nowhere',
      [peer({ target: 'backup' })],
      { ha1: [main(), backup({ status: 'DOWN' })] },
      'E80 main',
    ],
  ];
  test.each(rows)('%s', (_, peers, differs, will) => {
    const { election, target } = judge(peers, differs);
    expect(`${election} ${target}`).toBe(will);
  });

  test('assumes only, and tells so, while a peer has not been asked for split.after', () => {
    const early = judge([gone(2_999, 'not-yet')]);
    expect([early.target, early.memory.target, early.move]).toEqual([
      'main',
      null,
      { from: null, ready: false },
    ]);
    const late = judge([gone(3_000, 'not-yet')]);
    expect([late.target, late.memory.target, late.move]).toEqual(['main', 'main', null]);
    expect(judge([gone(1, 'unreachable')]).memory.target).toBe('main');
  });
});

/** A failback that is pending and would begin: all on backup, main is the target, two looks agree. */
const agreed = { key: 'main close-server/100/backup', looks: 9, lookMs: NOW_MS - 1_000 };
const pending: Partial<Memory> = {
  target: 'main',
  pendingMove: true,
  from: 'backup',
  proxies: [{ ...memoryOf(BLANK, 'ha1'), agreed }],
};
const ready = peer({ move: { from: 'backup', ready: true } });

describe('peer-disagrees', () => {
  const rows: [says: string, peer: PeerSight, untilMs: number | null, reason: string | null][] = [
    ['is open where the peer is ready', ready, null, null],
    [
      'is shut where it is not seen, until failback.unseen',
      gone(),
      43_200_000 - 60_000,
      'peer ha2 is not seen; a voluntary move waits for it',
    ],
    [
      'is shut to the last moment of that',
      gone(43_199_999),
      1,
      'peer ha2 is not seen; a voluntary move waits for it',
    ],
    ['is open after it', gone(43_200_000), null, null],
    [
      'is shut where it observes',
      peer({ mode: 'observe', move: { from: 'backup', ready: true } }),
      null,
      'peer ha2 only observes: set mode: converge there',
    ],
    [
      'is shut where it is paused',
      peer({ paused: true, move: { from: 'backup', ready: true } }),
      null,
      'peer ha2 is paused: mainstay resume there lets it go on',
    ],
    [
      'is shut where it wants another one',
      peer({ target: 'backup', move: null }),
      null,
      'peer ha2 wants backup',
    ],
    ['is shut where it wants nobody yet', peer({ target: null }), null, 'peer ha2 wants nobody'],
    [
      'is shut where it is not ready',
      peer({ move: { from: 'backup', ready: false } }),
      null,
      'peer ha2 is not ready: its own gates say what it waits for',
    ],
  ];
  test.each(rows)('%s', (_, sight, untilMs, reason) => {
    const { gates, plan, move } = judge([sight], { ha1: onBackup, memory: pending });
    const shut = gates.filter(({ gate }) => gate === 'peer-disagrees');
    expect(shut).toEqual(
      reason === null
        ? []
        : [
            {
              gate: 'peer-disagrees',
              proxy: null,
              untilMs: untilMs === null ? null : NOW_MS + untilMs,
              reason,
            },
          ],
    );
    expect(plan?.steps.map(({ proxy, server }) => `${proxy}/${server}`) ?? []).toEqual(
      reason === null ? ['ha1/backup'] : [],
    );
    // It does not count for our own readiness: two that wait for each other would wait for ever.
    expect(move).toEqual(reason === null ? null : { from: 'backup', ready: true });
  });

  test('holds no healing, and no override', () => {
    const healing = judge([gone()], {
      ha1: onBackup,
      memory: { ...pending, pendingMove: false, from: null },
    });
    expect(healing.plan?.allOrNothing).toBe(false);
    const override = { to: 'main', givenWallMs: WALL_MS, untilWallMs: WALL_MS + 1_000 };
    expect(
      judge([gone()], { ha1: onBackup, memory: { ...pending, override } }).plan?.allOrNothing,
    ).toBe(true);
  });

  test('ends with the move: where a peer has begun it the rest is healing', () => {
    const { plan, move, memory } = judge([peer()], { ha1: onBackup, memory: pending });
    expect([plan?.allOrNothing, move, memory.from]).toEqual([false, null, null]);
  });

  const unready: [says: string, differs: Differs][] = [
    ['its own proxy is not confirmed', { ha1: onBackup, memory: { ...pending, proxies: [] } }],
    [
      'its own proxy shows main failing',
      { ha1: [main({ checkPassed: false }), backup({ sessions: 4 })], memory: pending },
    ],
    ['it is paused', { ha1: onBackup, memory: { ...pending, paused: { untilWallMs: null } } }],
    ['its budget is used up', { ha1: onBackup, memory: pending, policy: { budgetMax: 0 } }],
    ['a proxy is not seen', { ha1: onBackup, ha2: 'unseen', memory: pending }],
  ];
  test.each(unready)('a sidecar tells that it is not ready where %s', (_, differs) => {
    expect(judge([gone()], differs).move).toEqual({ from: 'backup', ready: false });
  });

  test('a sidecar with nothing to close is ready', () => {
    const { move } = judge([gone()], {
      ha1: onMain,
      ha2: onBackup,
      memory: pending,
      pin: { kind: 'table', serverId: 0, leaseMs: 0 },
    });
    expect(move).toEqual({ from: 'backup', ready: true });
  });
});

const table = (heartbeatMs?: number): Pin => ({
  kind: 'table',
  serverId: 0,
  leaseMs: 0,
  ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
});

describe('a proxy that is stood in for', () => {
  const standby: Partial<Policy> = {
    proxies: [proxyPolicy('ha1'), proxyPolicy('ha2', { drive: 'standby' })],
  };
  const says = 'this supervisor stands by for ha2';
  const rows: [says: string, peer: PeerSight, differs: Differs, why: string | null][] = [
    ['while its supervisor and its heartbeat are gone', gone(), { pin: table(0) }, null],
    ['where no heartbeat was ever there', gone(), { pin: table() }, null],
    [
      'not while there is a heartbeat',
      gone(),
      { pin: table(1) },
      `${says}, whose own supervisor has left a heartbeat there`,
    ],
    [
      'not where the heartbeat is no number',
      gone(),
      { pin: table(Number.NaN) },
      `${says}, whose own supervisor has left a heartbeat there`,
    ],
    [
      'not while its supervisor answers',
      ready,
      { pin: table(0) },
      `${says}, whose own supervisor answers`,
    ],
    [
      'not without a table',
      gone(),
      {},
      `${says}, where there is no pin table to read a heartbeat in`,
    ],
    [
      'not where the table may not be read',
      gone(),
      { pin: { kind: 'denied' } },
      `${says}, where there is no pin table to read a heartbeat in`,
    ],
    [
      'not where it is seen through a peer',
      gone(),
      { pin: table(0), view2: { way: 'peer' } },
      `${says}, which it does not see itself`,
    ],
    [
      'not where its worker is young',
      gone(),
      { pin: table(0), worker: { uptimeS: 9 }, policy: { ...standby, warmupMs: 0 } },
      `${says}, whose worker is younger than 10s`,
    ],
    [
      'where its worker is just old enough',
      gone(),
      { pin: table(0), worker: { uptimeS: 10 }, policy: { ...standby, warmupMs: 0 } },
      null,
    ],
    [
      'not where it is another one to drive',
      gone(),
      { pin: table(0), policy: SIDECAR },
      'this supervisor does not drive ha2',
    ],
  ];
  test.each(rows)('%s', (_, sight, differs, why) => {
    const decision = judge([sight], {
      ha1: onMain,
      ha2: onBackup,
      policy: standby,
      memory: { target: 'main' },
      ...differs,
    });
    expect(decision.drives).toEqual(why === null ? ['ha1', 'ha2'] : ['ha1']);
    const reasons = decision.gates
      .filter(({ gate }) => gate === 'not-driver')
      .map(({ reason }) => reason);
    expect(reasons).toEqual(why === null ? [] : [why]);
  });

  test('does not wait for its own supervisor, and waits for both proxies', () => {
    const proxies = [
      { ...memoryOf(BLANK, 'ha1'), agreed },
      { ...memoryOf(BLANK, 'ha2'), agreed: { ...agreed, key: 'main close-server/200/backup' } },
    ];
    const { plan } = judge([gone()], {
      ha1: onBackup,
      policy: standby,
      pin: table(0),
      memory: { ...pending, proxies },
    });
    expect(plan?.steps.map(({ proxy }) => proxy)).toEqual(['ha1', 'ha2']);
    expect(
      judge([gone()], { ha1: onBackup, policy: standby, pin: table(0), memory: pending }).plan,
    ).toBeNull();
  });

  const beating: [
    says: string,
    peers: readonly PeerSight[],
    differs: Differs,
    beats: readonly string[],
  ][] = [
    ['at the own proxy, where there are peers', [gone()], { pin: table(0) }, ['ha1']],
    ['not at one that is stood in for', [gone()], { pin: table(0), policy: standby }, ['ha1']],
    ['not without peers', [], { pin: table(0) }, []],
    ['not without a table', [gone()], {}, []],
    ['not in observe mode', [gone()], { pin: table(0), policy: { mode: 'observe' } }, []],
    [
      'also while paused',
      [gone()],
      { pin: table(0), memory: { paused: { untilWallMs: null } } },
      ['ha1'],
    ],
    [
      'nowhere but at what it sees itself',
      [ready],
      { pin: table(0), view2: { way: 'peer' }, policy: { proxies: POLICY.proxies } },
      ['ha1'],
    ],
    [
      'not where the level is too low',
      [gone()],
      { pin: table(0), view2: { level: 'user' }, policy: { proxies: POLICY.proxies } },
      ['ha1'],
    ],
    [
      'at every proxy that is driven for good',
      [gone()],
      { pin: table(0), policy: { proxies: POLICY.proxies } },
      ['ha1', 'ha2'],
    ],
  ];
  test.each(beating)('a heartbeat is left %s', (_, peers, differs, beats) => {
    expect(judge(peers, differs).beats).toEqual(beats);
  });
});

test('a driven proxy that is seen through a peer alone is not touched, and no pin is written there', () => {
  const both: Differs = {
    ha1: onMain,
    ha2: onBackup,
    view2: { way: 'peer', pin: { kind: 'table', serverId: 2, leaseMs: 9_000 } },
    memory: {
      target: 'main',
      proxies: [
        { ...memoryOf(BLANK, 'ha2'), agreed: { ...agreed, key: 'main close-server/200/backup' } },
      ],
    },
    policy: { proxies: POLICY.proxies },
  };
  const { gates, pins, plan } = judge([ready], both);
  expect([pins, plan]).toEqual([[], null]);
  expect(gates).toContainEqual({
    gate: 'blind',
    proxy: 'ha2',
    untilMs: null,
    reason: 'ha2 is seen through a peer alone: nothing is closed there',
  });
});

describe("a peer's override", () => {
  const given = (agoMs: number, to = 'backup', forMs = 3_600_000) => ({
    to,
    givenWallMs: WALL_MS - agoMs,
    untilWallMs: WALL_MS + forMs,
  });
  const rows: [
    says: string,
    theirs: Partial<PeerView>,
    ours: Partial<Memory>,
    left: string,
    cleared: number | null,
  ][] = [
    ['is taken', { override: given(9) }, {}, 'backup', null],
    [
      'is taken where it is newer than ours',
      { override: given(9) },
      { override: given(10, 'main') },
      'backup',
      null,
    ],
    [
      'is not where it is as old',
      { override: given(9) },
      { override: given(9, 'main') },
      'main',
      null,
    ],
    [
      'is not where it is older',
      { override: given(9) },
      { override: given(8, 'main') },
      'main',
      null,
    ],
    [
      'is taken where it is newer than the last one cleared',
      { override: given(9) },
      { clearedWallMs: WALL_MS - 10 },
      'backup',
      WALL_MS - 10,
    ],
    [
      'is not where it was cleared',
      { override: given(9) },
      { clearedWallMs: WALL_MS - 9 },
      'none',
      WALL_MS - 9,
    ],
    ['is taken from five minutes ahead', { override: given(-300_000) }, {}, 'backup', null],
    ['is not from further ahead', { override: given(-300_001) }, {}, 'none', null],
    [
      'is not where it lasts longer than any may',
      { override: given(9, 'backup', 366 * 86_400_000) },
      {},
      'none',
      null,
    ],
    [
      'is not where its times are no numbers',
      { override: { ...given(9), untilWallMs: Number.NaN } },
      {},
      'none',
      null,
    ],
    [
      'is taken and over at once where its time is',
      { override: given(9, 'backup', 0) },
      {},
      'none',
      WALL_MS - 9,
    ],
    [
      'is taken and over at once where its producer is none',
      { override: given(9, 'third') },
      {},
      'none',
      WALL_MS - 9,
    ],
    [
      'ends ours where it was cleared there',
      { clearedWallMs: WALL_MS - 9 },
      { override: given(9) },
      'none',
      WALL_MS - 9,
    ],
    [
      'leaves ours where only an older one was cleared there',
      { clearedWallMs: WALL_MS - 10 },
      { override: given(9) },
      'backup',
      null,
    ],
    [
      'leaves ours where it is said to be cleared in the future',
      { clearedWallMs: WALL_MS + 300_001 },
      { override: given(9) },
      'backup',
      null,
    ],
  ];
  test.each(rows)('%s', (_, theirs, ours, left, cleared) => {
    const { override, clearedWallMs, memory } = judge([peer(theirs)], {
      memory: { target: 'main', ...ours },
    });
    expect([override?.to ?? 'none', clearedWallMs]).toEqual([left, cleared]);
    expect([memory.override, memory.clearedWallMs]).toEqual([override, clearedWallMs]);
  });
});

const paused = (untilWallMs: number | null): Differs => ({
  ha1: onBackup,
  ha2: onMain,
  memory: { ...pending, pendingMove: false, from: null, paused: { untilWallMs } },
});

describe('a pause', () => {
  test('holds all that would be closed, for good or until its time is over', () => {
    const reason = 'an operator has paused mainstay: nothing is closed';
    for (const [untilWallMs, untilMs] of [
      [null, null],
      [WALL_MS + 1, NOW_MS + 1],
    ] as const) {
      const { gates, plan, paused: left } = judge([], paused(untilWallMs));
      expect(gates[0]).toEqual({ gate: 'paused', proxy: null, untilMs, reason });
      expect([plan, left]).toEqual([null, { untilWallMs }]);
    }
    const over = judge([], paused(WALL_MS));
    expect([over.paused, over.memory.paused]).toEqual([null, null]);
    expect(over.plan?.steps).toHaveLength(1);
  });

  test('shuts no gate where there is nothing to close', () => {
    expect(judge([], { ...paused(null), ha1: onMain }).gates).toEqual([]);
  });

  const pins: [says: string, pin: Pin, orders: string][] = [
    [
      'renews what stands, be it wrong',
      { kind: 'table', serverId: 2, leaseMs: 1 },
      'ha1/backup/2 again',
    ],
    ['writes none where none stands', { kind: 'table', serverId: 0, leaseMs: 0 }, ''],
    ['renews none whose server is not there', { kind: 'table', serverId: 7, leaseMs: 1 }, ''],
  ];
  test.each(pins)('%s', (_, pin, orders) => {
    const said = judge([], { ...paused(null), pin }).pins;
    expect(
      said
        .map(
          ({ proxy, server, serverId, renews }) =>
            `${proxy}/${server}/${serverId}${renews ? ' again' : ''}`,
        )
        .join(),
    ).toBe(orders);
  });
});
