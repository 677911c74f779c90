// The healthy world that rows start from: two proxies, main and backup UP for a day; a row names only the difference.
import { DEFAULT_POLICY, type Policy, type ProxyPolicy } from '../../src/domain/policy.ts';
import type {
  Health,
  ProxySight,
  ServerView,
  Snapshot,
  View,
  WorkerView,
} from '../../src/domain/view.ts';

/** A day of quiet, in seconds. */
export const DAY_S = 86_400;

/** Both proxies driven, main before backup, everything else as contract.md has it. */
export const POLICY: Policy = {
  ...DEFAULT_POLICY,
  producers: ['main', 'backup'],
  proxies: [proxyPolicy('ha1'), proxyPolicy('ha2')],
};

/** A proxy that is driven, and neither reloaded nor restarted. */
export function proxyPolicy(name: string, difference: Partial<ProxyPolicy> = {}): ProxyPolicy {
  return { name, drive: true, reload: false, restart: false, ...difference };
}

/** A server in HAProxy's words; `health` and `settled` follow from them unless they are given. */
export function server(difference: Partial<ServerView>): ServerView {
  const status = difference.status ?? 'UP';
  const weight = difference.weight ?? 1;
  return {
    name: 'main',
    id: 1,
    status,
    health: read(status, weight),
    settled: status === 'UP',
    checkPassed: !status.startsWith('DOWN'),
    backup: false,
    weight,
    sessions: 0,
    lastChangeS: DAY_S,
    lastSessionS: null,
    ...difference,
  };
}

export function main(difference: Partial<ServerView> = {}): ServerView {
  return server({ name: 'main', id: 1, ...difference });
}

export function backup(difference: Partial<ServerView> = {}): ServerView {
  return server({ name: 'backup', id: 2, backup: true, ...difference });
}

export function worker(
  servers: readonly ServerView[],
  difference: Partial<WorkerView> = {},
): WorkerView {
  return { pid: 100, old: false, uptimeS: DAY_S, servers, backendWeight: 1, ...difference };
}

export function view(serving: WorkerView, ...old: readonly WorkerView[]): View {
  return {
    way: 'unix',
    version: '2.6.12',
    level: 'admin',
    workers: [serving, ...old],
    pin: { kind: 'no-table' },
    hidden: null,
  };
}

export function seen(name: string, atMs: number, shows: View): ProxySight {
  return { name, sight: { kind: 'seen', atMs, value: shows } };
}

export function unseen(name: string, sinceMs: number): ProxySight {
  const fault = { kind: 'timeout', afterMs: 800, connected: true, address: name } as const;
  return { name, sight: { kind: 'unseen', sinceMs, fault } };
}

/** ha1 and ha2 with these servers each, looked at at `atMs`. */
export function pair(
  atMs: number,
  ha1: readonly ServerView[],
  ha2: readonly ServerView[],
): Snapshot {
  return {
    proxies: [
      seen('ha1', atMs, view(worker(ha1, { pid: 100 }))),
      seen('ha2', atMs, view(worker(ha2, { pid: 200 }))),
    ],
  };
}

/** contract.md: "`UP…` up, `DOWN…` down, `MAINT…` maint, `DRAIN…`, `NOLB`, weight 0 drain, `no check` unknown". */
function read(status: string, weight: number): Health {
  const word = /^(UP|DOWN|MAINT|DRAIN|NOLB)/.exec(status)?.[1];
  if (word === undefined) return 'unknown';
  if (word === 'DOWN') return 'down';
  if (word === 'MAINT') return 'maint';
  return word === 'UP' && weight !== 0 ? 'up' : 'drain';
}
