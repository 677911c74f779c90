// Statuses to show: a healthy pair, and what differs from it, proxy by proxy.
import type { Status, StatusProxy } from '../../src/domain/status.ts';
import type { Health } from '../../src/domain/view.ts';
import { peer, proxy as plainProxy, STATUS } from '../cli/status.ts';

/** Two proxies, all of four sessions each on main; a test names what differs. */
export function status(difference: Partial<Status> = {}): Status {
  return {
    ...STATUS,
    at: '2026-11-24T03:11:00.000Z',
    says: 'Every session is on main.',
    since: '2026-11-24T03:00:00.000Z',
    proxies: [proxy('ha1', { main: 4, backup: 0 }), proxy('ha2', { main: 4, backup: 0 })],
    ...difference,
  };
}

/** Seen and driven, with these sessions on each producer. */
export function proxy(
  name: string,
  sessions: Readonly<Record<string, number>>,
  difference: Partial<StatusProxy> = {},
): StatusProxy {
  return plainProxy(name, { workers: [worker(11, sessions)], ...difference });
}

export function worker(
  pid: number,
  sessions: Readonly<Record<string, number>>,
  { old = false, health = 'up' }: { old?: boolean; health?: Health } = {},
): StatusProxy['workers'][number] {
  const producers = Object.entries(sessions).map(([name, count]) => ({
    name,
    health,
    status: health === 'up' ? 'UP' : health.toUpperCase(),
    sessions: count,
    lastChangeS: 7,
  }));
  return { pid, old, producers };
}

export function unseen(name: string, message: string): StatusProxy {
  return proxy(
    name,
    {},
    {
      reachable: false,
      error: { kind: 'refused', message },
      version: null,
      level: null,
      transport: null,
      ageMs: null,
      workers: [],
    },
  );
}

/** Backup holds sessions at ha2, in its serving worker and in an old one; ha3 is not seen. */
export function splitBrain(): Status {
  return status({
    verdict: 'split-brain',
    rule: 'R30',
    since: new Date(Date.now() - 73_000).toISOString(),
    says: 'Sessions are on main and on backup. mainstay will bring 3 sessions at ha2 to main; ha2 is held back for another minute.',
    degraded: ['ha3'],
    proxies: [
      proxy(
        'ha1',
        { main: 4, backup: 0 },
        { pin: { server: 'main', leaseMs: 8000, message: null } },
      ),
      proxy(
        'ha2',
        {},
        {
          version: '3.2.4',
          workers: [
            worker(21, { main: 1, backup: 2 }),
            worker(20, { main: 0, backup: 1 }, { old: true }),
          ],
        },
      ),
      unseen('ha3', 'nobody listens at unix:/run/haproxy/admin.sock'),
    ],
    gates: [
      {
        gate: 'cooldown',
        proxy: 'ha2',
        until: new Date(Date.now() + 62_000).toISOString(),
        reason: 'sessions were closed at ha2 88s ago, and relays need time to settle',
        opens: 'it opens by itself',
      },
      {
        gate: 'blind',
        proxy: 'ha3',
        until: null,
        reason: 'ha3 is not seen: nothing is closed there',
        opens: 'start HAProxy there, or mend its socket',
      },
    ],
    peers: [peer('ha2')],
  });
}
