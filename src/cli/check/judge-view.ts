// What one look at a proxy tells: whether it can be seen, what mainstay may do there, and where HAProxy sends new connections.
import { nextServers } from '../../decide/steering.ts';
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { ProxySight, View, WorkerView } from '../../domain/view.ts';
import { faultWords } from '../../haproxy/fault-text.ts';
import { isTooOld } from '../../haproxy/version-bugs.ts';
import type { Found } from './finding.ts';

/** `producers`: in order of preference, as the decision would take them. */
export function judgeSight(
  config: Config,
  proxy: ProxyConfig,
  { sight }: ProxySight,
  producers: readonly string[],
): readonly Found[] {
  const here = { proxies: [proxy.name], spot: null };
  if (sight.kind === 'unseen') {
    const { what, cure } = faultWords(sight.fault);
    return [{ ...here, id: sight.fault.kind, level: 'error', message: what, cure }];
  }
  const { backend } = config;
  const [worker] = sight.value.workers;
  const found = [
    ...levelOf(config, proxy, sight.value),
    ...versionOf(sight.value),
    ...checksOf(backend, producers, worker),
    ...orderOf(backend, producers, worker),
    ...unlistedOf(producers, worker),
  ];
  return found.map((one) => ({ ...here, ...one }));
}

type Here = Omit<Found, 'proxies' | 'spot'>;

function levelOf({ policy }: Config, { runtime, drive }: ProxyConfig, { level }: View): Here[] {
  if (level === 'admin') return [];
  const acts = drive && policy.mode === 'converge';
  const path = runtime.kind === 'unix' ? runtime.path : '/run/haproxy/admin.sock';
  return [
    {
      id: 'level-too-low',
      level: acts ? 'error' : 'info',
      message: acts
        ? `${runtime.text} is at level ${level}: HAProxy will refuse to close sessions`
        : `${runtime.text} is at level ${level}: enough to watch; to close sessions it must be admin`,
      cure: `in HAProxy's global section, give the socket level admin, and reload HAProxy\n    stats socket ${path} mode 660 group haproxy level admin`,
    },
  ];
}

function versionOf({ version }: View): Here[] {
  if (!isTooOld(version)) return [];
  const message = `HAProxy ${version} is older than any that mainstay is tested with`;
  return [{ id: 'version-too-old', level: 'warning', message, cure: 'update to 2.6 or later' }];
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
