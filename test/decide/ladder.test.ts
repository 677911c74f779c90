// The ladder: which rung is climbed for sessions in the serving worker, why, and when none is left. A row names the difference.
import { describe, expect, test } from 'vitest';
import { decideByHand } from '../../src/decide/by-hand.ts';
import { decide } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { ProxyMemory } from '../../src/domain/memory.ts';
import type { Policy, ProxyPolicy, Rung } from '../../src/domain/policy.ts';
import type { Snapshot, View } from '../../src/domain/view.ts';
import { backup, main, POLICY, proxyPolicy, seen, server, view, worker } from './world.ts';

const NOW_MS = 10_000_000;
const now = { monoMs: NOW_MS, wallMs: NOW_MS };
const astray = [main({ sessions: 3 }), backup({ sessions: 1 })];
const everyRung: readonly Rung[] = ['sessions', 'reload', 'restart'];

interface Differs {
  readonly shows?: Partial<View>;
  readonly servers?: typeof astray;
  readonly climbed?: readonly Rung[];
  readonly ha1?: Partial<ProxyMemory>;
  readonly own?: Partial<ProxyPolicy>;
  readonly escalate?: readonly Rung[];
  readonly policy?: Partial<Policy>;
}

function setUp({ shows, servers = astray, climbed = [], ha1, own, escalate, policy }: Differs) {
  const snapshot: Snapshot = {
    proxies: [seen('ha1', NOW_MS, { ...view(worker(servers)), ...shows })],
  };
  const memory = {
    ...BLANK,
    target: 'main',
    proxies: [{ ...memoryOf(BLANK, 'ha1'), climbed, ...ha1 }],
  };
  const proxies = [proxyPolicy('ha1', { reload: true, restart: true, ...own })];
  const given = { ...POLICY, confirm: 1, escalate: escalate ?? everyRung, ...policy, proxies };
  return { snapshot, memory, policy: given };
}

function judge(differs: Differs) {
  const { snapshot, memory, policy } = setUp(differs);
  return decide(snapshot, memory, policy, now);
}

const failed: readonly Rung[] = ['sessions'];
const low: Partial<View> = { level: 'operator' };
const page: Partial<View> = { way: 'stats', level: 'user' };
const noMaster: Partial<View> = { hidden: { kind: 'no-master' } };
const rows: [says: string, differs: Differs, ...wanted: readonly string[]][] = [
  ['the first is to close sessions', {}, 'close-server backup'],
  ['a reload, where closing has failed', { climbed: failed }, 'reload'],
  ['a reload, where the level is too low', { shows: low }, 'reload'],
  ['a reload, where the page is read without a name', { shows: page }, 'reload'],
  ['a restart, where the reload was climbed', { climbed: ['sessions', 'reload'] }, 'restart'],
  ['closing again, where all were', { climbed: everyRung }, 'close-server backup'],
  ['nothing, where all were and the level is too low', { climbed: everyRung, shows: low }],
  [
    'not a reload that is not listed',
    { climbed: failed, escalate: ['sessions'] },
    'close-server backup',
  ],
  [
    'nor a restart that is not',
    { climbed: ['sessions', 'reload'], escalate: ['sessions', 'reload'] },
    'close-server backup',
  ],
  [
    'not a reload that there is no way to',
    { climbed: failed, own: { reload: false, restart: false } },
    'close-server backup',
  ],
  ['but a restart instead', { climbed: failed, own: { reload: false } }, 'restart'],
  ['not a reload that would hide sessions for good', { shows: { ...low, ...noMaster } }, 'restart'],
  [
    'nor one while the master cannot be read',
    { climbed: failed, shows: { hidden: { kind: 'refused', address: 'm' } } },
    'restart',
  ],
  [
    'neither where another server is being drained',
    {
      climbed: failed,
      servers: [...astray, server({ name: 'third', id: 3, sessions: 2, status: 'DRAIN' })],
      policy: { producers: ['main', 'backup', 'third'] },
    },
    'close-server backup',
  ],
  [
    'both where a server that is not listed is',
    {
      climbed: failed,
      servers: [...astray, server({ name: 'third', id: 3, sessions: 2, status: 'DRAIN' })],
    },
    'reload',
  ],
  [
    "none at others' proxies: they have their own means",
    { climbed: failed, own: { drive: false } },
    'close-server backup',
  ],
  [
    "where the level of others' socket says nothing either",
    { shows: low, own: { drive: false, reload: false } },
    'close-server backup',
  ],
  [
    'none for a server that is drained',
    { climbed: failed, servers: [main(), backup({ sessions: 2, status: 'DRAIN' })] },
  ],
  [
    'none where the target is not fit to go to',
    { climbed: failed, servers: [main({ status: 'UP 1/3' }), backup({ sessions: 2 })] },
  ],
];

describe('the rung that is climbed is', () => {
  test.each(rows)('%s', (_, differs, ...wanted) => {
    const said = judge(differs).wanted.map((step) =>
      step.server === null ? step.action : `${step.action} ${step.server}`,
    );
    expect(said).toEqual(wanted);
  });

  test('one step for the whole proxy, which nothing else is done beside', () => {
    const old = worker(astray, { pid: 99, old: true });
    const servers = [...astray, server({ name: 'third', id: 3, sessions: 5, backup: true })];
    const { plan } = judge({
      shows: { ...view(worker(servers), old), ...low },
      policy: { producers: ['main', 'backup', 'third'] },
    });
    expect(plan?.steps).toEqual([
      {
        action: 'reload',
        proxy: 'ha1',
        pid: 100,
        server: null,
        sessions: 6,
        climbed: 'the socket of ha1 has level operator, which may not close sessions',
      },
    ]);
  });

  const reasons: [differs: Differs, why: string | null][] = [
    [{}, null],
    [{ climbed: failed }, 'closing sessions one by one there has failed'],
    [
      { climbed: ['sessions', 'reload'] },
      'closing sessions one by one there has failed; a reload has not helped',
    ],
    [
      { shows: page },
      'the statistics page of ha1 is read without a name and a password, and may not close sessions',
    ],
  ];
  test.each(reasons)('with its reason: %j', (differs, why) => {
    expect(judge(differs).wanted.map(({ climbed }) => climbed)).toEqual([why]);
  });
});

describe('where no rung is left, level-too-low', () => {
  const none = { own: { reload: false, restart: false } };
  test.each([
    [low, 'the socket of ha1 has level operator, which may not close sessions', 'level admin'],
    [page, 'the statistics page of ha1', 'stats admin'],
  ])('says what there is, and the cure: %j', (shows, what, cure) => {
    const { gates, plan } = judge({ shows, ...none });
    expect(plan).toBeNull();
    expect(gates).toMatchObject([{ gate: 'level-too-low', proxy: 'ha1', untilMs: null }]);
    expect(gates[0]?.reason).toContain(what);
    expect(gates[0]?.reason).toContain(cure);
  });

  test('is not said where there is nothing to close, or nothing that may be', () => {
    const well = [main({ sessions: 4 }), backup()];
    const draining = [main(), backup({ sessions: 2, status: 'DRAIN' })];
    const said = [well, draining].map((servers) => judge({ shows: low, servers, ...none }).gates);
    expect(said.flat().map(({ gate }) => gate)).toEqual(['draining']);
  });

  test('stops a person too, and cannot be forced', () => {
    const { snapshot, memory, policy } = setUp({ shows: low, ...none });
    const wish = { to: null, proxy: null, force: true };
    const { held, plan } = decideByHand([{ snapshot, now }], memory, policy, wish);
    expect(held.map(({ gate }) => gate)).toEqual(['level-too-low']);
    expect(plan).toBeNull();
  });

  test("stops a person at others' proxies as well: by hand there are no others", () => {
    const { snapshot, memory, policy } = setUp({ shows: low, own: { ...none.own, drive: false } });
    const wish = { to: null, proxy: null, force: false };
    const { held } = decideByHand([{ snapshot, now }], memory, policy, wish);
    expect(held.map(({ gate }) => gate)).toEqual(['level-too-low']);
  });
});

describe('cooldown', () => {
  const closedMs = NOW_MS - 1_000;
  const old = worker(astray, { pid: 99, old: true });
  const hidden = view(worker([main(), backup()]), old);
  const waits: [says: string, differs: Differs, held: boolean][] = [
    ['holds the first rung', { ha1: { closedMs } }, true],
    ['holds it where it is a reload', { ha1: { closedMs }, shows: low }, true],
    ['does not hold the next rung', { ha1: { closedMs }, climbed: failed }, false],
    ['does not hold the last', { ha1: { closedMs }, climbed: ['sessions', 'reload'] }, false],
    ['holds the first, tried again', { ha1: { closedMs }, climbed: everyRung }, true],
    [
      'holds any while the one before is under way',
      { ha1: { actingMs: NOW_MS - 1 }, climbed: failed },
      true,
    ],
    ['holds what is in an old worker', { ha1: { closedMs }, shows: hidden }, true],
    [
      'does not hold what a reload has just hidden there',
      { ha1: { closedMs, hid: true }, shows: hidden },
      false,
    ],
    [
      'holds it while something is under way',
      { ha1: { actingMs: NOW_MS - 1, hid: true }, shows: hidden },
      true,
    ],
  ];
  test.each(waits)('%s', (_, differs, held) => {
    const { gates, plan, wanted } = judge(differs);
    expect(wanted).toHaveLength(1);
    expect(gates.map(({ gate }) => gate)).toEqual(held ? ['cooldown'] : []);
    expect(plan?.steps ?? []).toEqual(held ? [] : wanted);
  });

  test('holds only what is in the serving worker, where a reload has hidden the rest', () => {
    const shows = view(worker(astray), old);
    const ha1 = { closedMs, hid: true };
    const { gates, plan, memory } = judge({ shows, ha1, climbed: everyRung });
    expect(gates.map(({ gate }) => gate)).toEqual(['cooldown']);
    expect(plan?.steps).toMatchObject([{ action: 'close-session', pid: 99 }]);
    expect(memoryOf(memory, 'ha1').hid).toBe(false);
  });
});

describe('an incident', () => {
  const well = [main({ sessions: 4 }), backup()];
  const tried: Differs = { climbed: everyRung, ha1: { hid: true } };
  const after = (differs: Differs) => {
    const { climbed, hid } = memoryOf(judge({ ...tried, ...differs }).memory, 'ha1');
    return hid && climbed.length === 3;
  };
  const ends: [says: string, differs: Differs, goesOn: boolean][] = [
    ['goes on while a session is off the target', {}, true],
    [
      'goes on while an old worker has one',
      { shows: view(worker(well), worker(astray, { pid: 99, old: true })) },
      // A plan to close it is begun: what was hidden is closed.
      false,
    ],
    [
      'goes on while that cannot be seen',
      { servers: well, shows: { hidden: { kind: 'refused', address: 'm' } } },
      true,
    ],
    ['ends once none is seen', { servers: well }, false],
    ['ends where there is no master to see more by', { servers: well, shows: noMaster }, false],
  ];
  test.each(ends)('%s', (_, differs, goesOn) => {
    expect(after(differs)).toBe(goesOn);
  });

  test('goes on while the proxy is out of sight', () => {
    const { memory, policy } = setUp(tried);
    const fault = { kind: 'not-yet', address: 'a' } as const;
    const snapshot: Snapshot = {
      proxies: [{ name: 'ha1', sight: { kind: 'unseen', sinceMs: 0, fault } }],
    };
    const next = decide(snapshot, memory, policy, now).memory;
    expect(memoryOf(next, 'ha1').climbed).toEqual(everyRung);
  });
});
