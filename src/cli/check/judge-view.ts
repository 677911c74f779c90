// What one look at a proxy tells: what mainstay may do there, its version, and where HAProxy sends new connections.
import { nextServers } from '../../decide/steering.ts';
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { View, WorkerView } from '../../domain/view.ts';
import { isTooOld, knownBugs } from '../../haproxy/version-bugs.ts';
import type { Here } from './finding.ts';
import { judgePin } from './judge-pin.ts';

/** `producers`: in order of preference, as the decision would take them. */
export function judgeView(
  config: Config,
  proxy: ProxyConfig,
  view: View,
  producers: readonly string[],
): readonly Here[] {
  const { backend } = config;
  const [worker] = view.workers;
  return [
    ...levelOf(config, proxy, view),
    ...versionOf(view),
    ...judgePin(config, proxy, view, producers),
    ...checksOf(backend, producers, worker),
    ...orderOf(backend, producers, worker),
    ...unlistedOf(producers, worker),
  ];
}

function levelOf(config: Config, { runtime, stats, drive }: ProxyConfig, view: View): Here[] {
  const { level, way } = view;
  // The mainstay beside it is told of what it may do there.
  if (level === 'admin' || way === 'peer') return [];
  const acts = drive && config.policy.mode === 'converge';
  const found = { id: 'level-too-low', level: acts ? 'error' : 'info', exit: 4 } as const;
  if (way === 'stats' || runtime === null) {
    const message = `${stats?.url} is a page to look at: nothing can be closed by it without "auth"`;
    const cure =
      'where HAProxy has "stats admin" for it, name who may use that; else give the proxy a "runtime", or drive: false\n    auth: { username: NAME, passwordFile: FILE }';
    return [{ ...found, message, cure }];
  }
  const path = /(?<=^unix:|^ssh:[^/]*)\/.*/.exec(runtime.text)?.[0] ?? '/run/haproxy/admin.sock';
  const message = acts
    ? `${runtime.text} is at level ${level}: HAProxy will refuse to close sessions`
    : `${runtime.text} is at level ${level}: enough to watch; to close sessions it must be admin`;
  const cure = `in HAProxy's global section, give the socket level admin, and reload HAProxy\n    stats socket ${path} mode 660 group haproxy level admin`;
  return [{ ...found, message, cure }];
}

function versionOf({ version }: View): Here[] {
  if (version === null) return [];
  const bugs = knownBugs(version).map(({ id, says, cure }): Here => {
    return { id, level: 'info', message: `HAProxy ${version}: ${says}`, cure };
  });
  if (!isTooOld(version)) return bugs;
  const message = `HAProxy ${version} is older than any that mainstay is tested with`;
  const cure = 'update to 2.6 or later';
  return [{ id: 'version-too-old', level: 'warning', message, cure }, ...bugs];
}

function checksOf(backend: string, producers: readonly string[], worker: WorkerView): Here[] {
  return worker.servers
    .filter(({ name, health }) => health === 'unknown' && producers.includes(name))
    .map(({ name }) => ({
      id: 'health-check-off',
      level: 'error',
      message: `${name} has no health check: HAProxy takes it to be up whatever befalls it, and mainstay never moves anybody to it`,
      cure: `add "check" to its line in section ${backend} and reload HAProxy; if it has one, it was switched off by hand: enable health ${backend}/${name}\n    server ${name} ... check inter 2s fastinter 500ms fall 3 rise 2`,
    }));
}

/** With all up, then without main, and so on: does the next connection go to the producer whose turn it is, and to no other? */
function orderOf(backend: string, producers: readonly string[], worker: WorkerView): Here[] {
  const gone: string[] = [];
  for (const due of producers) {
    const next = nextServers(withUp(worker, producers, gone));
    const others = next.filter((name) => name !== due);
    if (others.length > 0) return [misled(backend, worker, { due, next, others, gone })];
    gone.push(due);
  }
  return [];
}

interface Choice {
  readonly due: string;
  readonly next: readonly string[];
  readonly others: readonly string[];
  readonly gone: readonly string[];
}

function misled(backend: string, worker: WorkerView, { due, next, others, gone }: Choice): Here {
  const when = gone.length === 0 ? 'with all servers up' : `with ${gone.join(', ')} down`;
  if (next.length === 1) {
    return {
      id: 'order-differs',
      level: 'warning',
      message: `${when}, HAProxy sends new connections to ${next.join()}, where mainstay prefers ${due}`,
      cure: `give both the same order: that of the server lines in section ${backend}, those without "backup" first, and that of "producers" in mainstay.yaml`,
    };
  }
  const unmarked = worker.servers.every((server) => !server.backup);
  const lines = others.map((name) => `\n    server ${name} ... backup`);
  return {
    id: unmarked ? 'no-backup-server' : 'several-active-servers',
    level: 'error',
    message: `${unmarked ? 'no server has the word "backup": ' : ''}${when}, HAProxy spreads new connections over ${next.join(', ')}; they cannot be kept on ${due}, and mainstay closes none (gate not-steerable)`,
    cure: `in section ${backend}, append the word "backup" to the lines of all servers but ${due}${lines.join('')}`,
  };
}

/** The worker with all servers up but those that are gone, and those that are no producers and were taken out by hand. */
function withUp(
  worker: WorkerView,
  producers: readonly string[],
  gone: readonly string[],
): WorkerView {
  const servers = worker.servers.map((server) => {
    if (gone.includes(server.name)) return { ...server, health: 'down' as const };
    if (producers.includes(server.name)) return { ...server, health: 'up' as const, weight: 1 };
    return server.health === 'down' ? { ...server, health: 'up' as const } : server;
  });
  // `option allbackups` shows in no row while main is up; the file tells of it.
  return { ...worker, servers, backendWeight: 0 };
}

function unlistedOf(producers: readonly string[], worker: WorkerView): Here[] {
  const names = worker.servers.map(({ name }) => name).filter((name) => !producers.includes(name));
  if (names.length === 0) return [];
  const message = `not listed under "producers": ${names.join(', ')}; their sessions are counted, and never closed or brought back`;
  const cure = 'list them where they are preferred, if they do the same work as the others';
  return [{ id: 'server-unlisted', level: 'info', message, cure }];
}
