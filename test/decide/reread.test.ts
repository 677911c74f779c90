// The last look before acting: one difference from what was decided on, and what it is refused for.
import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../src/decide/reread.ts';
import type { Step } from '../../src/domain/decision.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ServerView, Snapshot, View } from '../../src/domain/view.ts';
import { garbage } from './garbage.ts';
import { forbids, off } from './oracle.ts';
import { backup, main, POLICY, proxyPolicy, seen, server, view, worker } from './world.ts';

const step: Step = {
  action: 'close-server',
  proxy: 'ha1',
  pid: 100,
  server: 'backup',
  sessions: 4,
  climbed: null,
};
const used = backup({ sessions: 4 });

const rows: [
  says: string,
  gate: string | null,
  servers: ServerView[],
  pid?: number,
  uptimeS?: number,
][] = [
  ['as it was decided on', null, [main(), used]],
  ['with fewer sessions', null, [main(), backup({ sessions: 1 })]],
  ['with no session left', null, [main(), backup()]],
  ['with the server gone', null, [main()]],
  ['with another worker', 'unconfirmed', [main(), used], 101],
  ['with a young worker', 'target-not-up', [main(), used], 100, 29],
  ['with main going down', 'target-not-up', [main({ status: 'UP 1/3' }), used]],
  ['with main failing its check', 'target-not-up', [main({ checkPassed: false }), used]],
  ['with main drained', 'target-not-up', [main({ weight: 0 }), used]],
  ['without main', 'target-not-up', [used]],
  ['with another active server', 'not-steerable', [main(), used, server({ name: 'third', id: 3 })]],
  ['with backup drained', 'draining', [main(), backup({ sessions: 4, status: 'DRAIN' })]],
];

describe('a step, looked at again', () => {
  test.each(rows)('%s, is refused for: %s', (_, gate, servers, pid = 100, uptimeS = 86_400) => {
    const why = refusal(view(worker(servers, { pid, uptimeS })), step, 'main', 30_000, 'read-back');
    expect(why?.gate ?? null).toBe(gate);
  });

  const onBackup: Pin = { kind: 'table', serverId: 2, leaseMs: 9_000 };
  const both = [main(), server({ name: 'backup', id: 2, sessions: 4 })];
  test.each<[says: string, gate: string | null, servers: ServerView[], pin: Pin]>([
    ['with a pin elsewhere', 'not-steerable', [main(), used], onBackup],
    ['with one whose lease is over', null, [main(), used], { ...onBackup, leaseMs: 0 }],
    ['with a pin on the target', null, both, { ...onBackup, serverId: 1 }],
    [
      'with a pin on the target that is released',
      'not-steerable',
      both,
      { ...onBackup, serverId: 0 },
    ],
  ])('%s, is refused for: %s; and never while the pin is yet to come', (_, gate, servers, pin) => {
    const again = { ...view(worker(servers)), pin };
    expect(refusal(again, step, 'main', 30_000, 'read-back')?.gate ?? null).toBe(gate);
    expect(refusal(again, step, 'main', 30_000, 'to-come')).toBeNull();
  });

  law.prop([garbage(), fc.constantFrom('main', 'backup')], { numRuns: 500 })(
    'is let through only where the last way out is open, whatever the proxy shows',
    ({ policy, snapshots }, target) =>
      snapshots.every((snapshot) => letThrough(snapshot, target, policy.warmupMs).length === 0),
  );
});

/** Steps that the re-read lets through though the last way out is shut. */
function letThrough(snapshot: Snapshot, target: string, warmupMs: number): readonly Step[] {
  const policy = { ...POLICY, ...LADDER, warmupMs, producers: [] };
  return snapshot.proxies.flatMap(({ name, sight }) => {
    if (sight.kind === 'unseen') return [];
    const shows = { ...sight.value, level: 'admin' } as const;
    const again = { proxies: [seen(name, 0, shows)] };
    return stepsFor(shows, target)
      .map((wanted) => ({ ...wanted, proxy: name }))
      .filter((wanted) => refusal(shows, wanted, target, warmupMs, 'read-back') === null)
      .filter((wanted) => forbids(wanted, target, again, policy) !== null);
  });
}

const LADDER: Partial<Policy> = {
  escalate: ['sessions', 'reload', 'restart'],
  proxies: ['ha1', 'ha2'].map((name) => proxyPolicy(name, { reload: true, restart: true })),
};

/** All that might be wanted there, but for what a drain keeps: that is known before, and a reload cannot tell whose it is. */
function stepsFor({ workers }: View, target: string): readonly Step[] {
  const [{ pid, servers }, ...others] = workers;
  const strays = off(target, workers[0], []);
  const drained = servers.some((row) => row.health === 'drain');
  const whole = strays.length === 0 || drained ? [] : (['reload', 'restart'] as const);
  return [
    ...strays.map((row) => ({ ...step, pid, server: row.name })),
    ...whole.map((action) => ({ ...step, action, pid, server: null })),
    ...others
      .filter((one) => one.pid !== pid)
      .flatMap((one) =>
        off(target, one, []).map((row) => ({
          ...step,
          action: 'close-session' as const,
          pid: one.pid,
          server: row.name,
        })),
      ),
  ];
}
