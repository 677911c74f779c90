// A daemon's status for these tests: converged on main, and proxies as they stand in one.
import type { Status, StatusPeer, StatusProxy } from '../../src/domain/status.ts';

export const STATUS: Status = {
  source: 'daemon',
  at: '2026-11-24T08:00:00.000Z',
  cluster: 'ADA1',
  backend: 'bp',
  says: 'All 8 sessions are on main, through both proxies. Nothing is to be done.',
  verdict: 'converged',
  rule: 'R70',
  hold: null,
  target: 'main',
  election: 'E60',
  why: 'the target stays',
  producers: ['main', 'backup'],
  since: null,
  mode: 'converge',
  degraded: [],
  gates: [],
  override: null,
  paused: null,
  proxies: [],
  peers: [],
};

const producer = (name: string, sessions: number) =>
  ({ name, health: 'up', status: 'UP', sessions, lastChangeS: 7 }) as const;

export type Worker = StatusProxy['workers'][number];

export function worker(pid: number | null, old: boolean, main: number, backup: number): Worker {
  return { pid, old, producers: [producer('main', main), producer('backup', backup)] };
}

export function proxy(name: string, difference: Partial<StatusProxy> = {}): StatusProxy {
  return {
    name,
    driven: true,
    reachable: true,
    error: null,
    version: '2.6.12',
    level: 'admin',
    transport: 'unix',
    oldWorkers: { seen: true, message: null },
    pin: { server: null, leaseMs: 0, message: null },
    ageMs: 40,
    workers: [worker(11, false, 4, 0)],
    ...difference,
  };
}

export function peer(name: string, difference: Partial<StatusPeer> = {}): StatusPeer {
  return {
    name,
    reachable: true,
    error: null,
    version: '0.1.0',
    mode: 'converge',
    target: 'main',
    ageMs: 200,
    ...difference,
  };
}

export function pinnedTo(server: string, leaseMs = 9000, name = 'ha1'): StatusProxy {
  return proxy(name, { pin: { server, leaseMs, message: null } });
}
