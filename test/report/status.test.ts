// `status --json` and `/v1/status`: the whole document.
import { expect, test } from 'vitest';
import type { PeerSight } from '../../src/domain/peer.ts';
import type { Pin, ProxySight } from '../../src/domain/view.ts';
import { toStatus } from '../../src/report/status.ts';
import {
  judged,
  NOW,
  OVERRIDE,
  peerSeen,
  peerUnseen,
  seen,
  server,
  unseen,
  worker,
} from './world.ts';

test('a status holds the verdict, the gates with their times, and producers only, worker by worker', () => {
  const serving = worker(
    11,
    false,
    server('canary', 9),
    server('backup', 4, 'drain'),
    server('main', 0, 'down'),
  );
  const old = worker(10, true, server('main', 2));
  const status = statusOf(
    [seen('ha1', [serving, old], NOW, { pin: pinTo(2) }), unseen('ha2')],
    judged({
      verdict: 'holding',
      rule: 'R80',
      hold: 'wait',
      target: 'backup',
      degraded: ['ha2'],
      override: OVERRIDE,
      gates: [
        { gate: 'cooldown', proxy: 'ha1', untilMs: 160_500, reason: 'closed lately' },
        { gate: 'blind', proxy: 'ha2', untilMs: null, reason: 'ha2 is not seen' },
      ],
      drives: ['ha1'],
      paused: { untilWallMs: NOW.wallMs + 60_000 },
    }),
    [peerSeen(), { ...peerUnseen('unauthorized', 'it does not take our token'), name: 'ha3' }],
  );
  expect(status).toEqual({
    source: 'daemon',
    at: '2026-11-24T03:11:00.000Z',
    cluster: 'ADA1',
    backend: 'bp',
    says: '6 sessions are on main and backup, while main is down everywhere. mainstay is paused and does nothing until 03:12:00Z; mainstay resume ends that. Not seen: ha2; mainstay check says why.',
    verdict: 'holding',
    rule: 'R80',
    hold: 'wait',
    target: 'backup',
    election: 'E10',
    why: 'main is fit to stay',
    producers: ['main', 'backup'],
    since: '2026-11-24T03:10:58.000Z',
    mode: 'converge',
    degraded: ['ha2'],
    gates: [
      {
        gate: 'cooldown',
        proxy: 'ha1',
        until: '2026-11-24T03:12:00.500Z',
        reason: 'closed lately',
        opens: 'by itself; nothing is to be done',
      },
      {
        gate: 'blind',
        proxy: 'ha2',
        until: null,
        reason: 'ha2 is not seen',
        opens: 'when ha2 can be seen again: mainstay check says what is in the way',
      },
    ],
    override: { to: 'backup', until: '2026-11-24T04:11:00.000Z' },
    paused: { until: '2026-11-24T03:12:00.000Z' },
    proxies: [
      {
        name: 'ha1',
        driven: true,
        reachable: true,
        error: null,
        version: '2.6.12',
        level: 'admin',
        transport: 'unix',
        oldWorkers: { seen: true, message: null },
        pin: { server: 'backup', leaseMs: 9_800, message: null },
        ageMs: 40,
        workers: [
          {
            pid: 11,
            old: false,
            producers: [
              { name: 'main', health: 'down', status: 'DOWN', sessions: 0, lastChangeS: 7 },
              { name: 'backup', health: 'drain', status: 'DRAIN', sessions: 4, lastChangeS: 7 },
            ],
          },
          {
            pid: 10,
            old: true,
            producers: [{ name: 'main', health: 'up', status: 'UP', sessions: 2, lastChangeS: 7 }],
          },
        ],
      },
      {
        name: 'ha2',
        driven: false,
        reachable: false,
        error: { kind: 'refused', message: 'refused at unix:/run/ha2.sock' },
        version: null,
        level: null,
        transport: null,
        oldWorkers: { seen: false, message: null },
        pin: { server: null, leaseMs: 0, message: null },
        ageMs: null,
        workers: [],
      },
    ],
    peers: [
      {
        name: 'ha2',
        reachable: true,
        error: null,
        version: '0.2.0',
        mode: 'converge',
        target: 'main',
        ageMs: 60,
      },
      {
        name: 'ha3',
        reachable: false,
        error: { kind: 'unauthorized', message: 'it does not take our token' },
        version: null,
        mode: null,
        target: null,
        ageMs: null,
      },
    ],
  });
});

test('a pause without an end has none, and where nobody has paused there is none', () => {
  expect(statusOf([], judged({ paused: { untilWallMs: null } })).paused).toEqual({ until: null });
  expect(statusOf([]).paused).toBeNull();
});

test('without peers there are none', () => expect(statusOf([]).peers).toEqual([]));

test('what hides old workers is said as a sentence, and a page names neither version nor worker', () => {
  const serving = worker(11, false, server('main', 4));
  const paged = worker(null, false, server('main', 2));
  const denied = { kind: 'permission', address: 'unix:/run/master.sock' } as const;
  const { proxies } = statusOf([
    seen('ha1', serving, NOW, { way: 'ssh', hidden: { kind: 'no-master' } }),
    seen('ha2', serving, NOW, { way: 'tls', hidden: denied }),
    seen('ha3', paged, NOW, { way: 'stats', version: null, level: 'user' }),
  ]);
  expect(
    proxies.map(({ transport, version, level, oldWorkers, workers }) => [
      transport,
      version,
      level,
      oldWorkers,
      workers.map(({ pid }) => pid),
    ]),
  ).toEqual([
    [
      'ssh',
      '2.6.12',
      'admin',
      {
        seen: false,
        message:
          'mainstay.yaml names no master socket; start HAProxy with -S SOCKET, and give its address as "master"',
      },
      [11],
    ],
    [
      'tls',
      '2.6.12',
      'admin',
      { seen: false, message: 'permission at unix:/run/master.sock' },
      [11],
    ],
    ['stats', null, 'user', { seen: true, message: null }, [null]],
  ]);
});

const pinTo = (serverId: number): Pin => ({ kind: 'table', serverId, leaseMs: 9_800 });

test('a pin is shown by the name of its server in the worker that serves', () => {
  const renumbered = { ...server('main', 0), id: 2 };
  const old = worker(10, true, renumbered);
  const pinsOf = (pin: Pin) =>
    statusOf([
      seen('ha1', [worker(11, false, server('main', 4), server('backup', 0)), old], NOW, { pin }),
    ]).proxies.map((proxy) => proxy.pin);
  expect(pinsOf(pinTo(2))).toEqual([{ server: 'backup', leaseMs: 9_800, message: null }]);
  expect(pinsOf(pinTo(0))).toEqual([{ server: null, leaseMs: 0, message: null }]);
  expect(pinsOf(pinTo(7)), 'an id that is nobody’s').toEqual(pinsOf(pinTo(0)));
});

test.for([
  ['off', 'mainstay.yaml says "steer: none"'],
  ['no-table', 'HAProxy has no stick table of the name that "pin.table" gives'],
  ['unfit', 'the stick table is not one of integer keys with gpt0'],
  ['denied', 'the socket may not show stick tables'],
  ['page', 'the statistics page shows no stick tables'],
] as const)('without pins (%s) it says what is lost, and the cure', ([kind, why]) => {
  const { proxies } = statusOf([seen('ha1', worker(11, false), NOW, { pin: { kind } })]);
  const message = expect.stringContaining(`new connections cannot be held: ${why}; `);
  expect(proxies[0]?.pin).toEqual({ server: null, leaseMs: 0, message });
});

test('a pin that its worker does not follow holds nothing, and that is said', () => {
  const shown = seen('ha1', worker(11, false, server('main', 4), server('backup', 0)), NOW, {
    pin: pinTo(2),
  });
  const [proxy] = statusOf([shown], judged({ unheeded: ['ha1'] })).proxies;
  expect(proxy?.pin.message).toContain(
    'its worker does not do as its pin says; take "backend pin"',
  );
});

function statusOf(
  proxies: readonly ProxySight[],
  judgement = judged(),
  peers?: readonly PeerSight[],
) {
  return toStatus({
    source: 'daemon',
    cluster: 'ADA1',
    backend: 'bp',
    mode: 'converge',
    snapshot: peers === undefined ? { proxies } : { proxies, peers },
    judgement,
    now: NOW,
    faultText: ({ kind, address }) => `${kind} at ${address}`,
  });
}
