// `status --json` and `/v1/status`: the whole document.
import { expect, test } from 'vitest';
import type { ProxySight } from '../../src/domain/view.ts';
import { toStatus } from '../../src/report/status.ts';
import { judged, NOW, seen, server, unseen, worker } from './world.ts';

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
    [seen('ha1', [serving, old]), unseen('ha2')],
    judged({
      verdict: 'holding',
      rule: 'R80',
      hold: 'wait',
      target: 'backup',
      degraded: ['ha2'],
      gates: [
        { gate: 'cooldown', proxy: 'ha1', untilMs: 160_500, reason: 'closed lately' },
        { gate: 'blind', proxy: 'ha2', untilMs: null, reason: 'ha2 is not seen' },
      ],
    }),
  );
  expect(status).toEqual({
    source: 'daemon',
    at: '2026-11-24T03:11:00.000Z',
    cluster: 'ADA1',
    backend: 'bp',
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
      },
      { gate: 'blind', proxy: 'ha2', until: null, reason: 'ha2 is not seen' },
    ],
    proxies: [
      {
        name: 'ha1',
        reachable: true,
        error: null,
        version: '2.6.12',
        level: 'admin',
        transport: 'unix',
        oldWorkers: { seen: true, message: null },
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
        reachable: false,
        error: { kind: 'refused', message: 'refused at unix:/run/ha2.sock' },
        version: null,
        level: null,
        transport: null,
        oldWorkers: { seen: false, message: null },
        ageMs: null,
        workers: [],
      },
    ],
  });
});

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

function statusOf(proxies: readonly ProxySight[], judgement = judged()) {
  return toStatus({
    source: 'daemon',
    cluster: 'ADA1',
    backend: 'bp',
    mode: 'converge',
    snapshot: { proxies },
    judgement,
    now: NOW,
    faultText: ({ kind, address }) => `${kind} at ${address}`,
  });
}
