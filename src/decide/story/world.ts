// The small world that a story is told in: what each proxy shows, and how it changes by one word.
import type { ServerView, Snapshot, View } from '../../domain/view.ts';

export interface Server {
  readonly name: string;
  readonly backup: boolean;
  status: string;
  weight: number;
  checkPassed: boolean;
  sessions: number;
  /** When up and down last changed, in story seconds. */
  changedS: number;
  absent: boolean;
}

export interface Proxy {
  readonly name: string;
  pid: number;
  startedS: number;
  unseenSinceS: number | null;
  readonly servers: Server[];
}

/** A day of quiet before the story begins. */
const BEFORE_S = -86_400;

/** Proxies that have all been up for a day, every server `UP` and without a session. */
export function quietWorld(proxies: readonly string[], servers: readonly string[]): Proxy[] {
  return proxies.map((name, index) => ({
    name,
    pid: 100 * (index + 1),
    startedS: BEFORE_S,
    unseenSinceS: null,
    servers: servers.map((server) => ({
      name: server.replace(':backup', ''),
      backup: server.endsWith(':backup'),
      status: 'UP',
      weight: 1,
      checkPassed: true,
      sessions: 0,
      changedS: BEFORE_S,
      absent: false,
    })),
  }));
}

/** Changes one proxy by one word of a story; false: the word is not understood. */
export function change(proxy: Proxy, word: string, atS: number): boolean {
  switch (word) {
    case 'unseen':
      proxy.unseenSinceS ??= atS;
      return true;
    case 'seen':
      proxy.unseenSinceS = null;
      return true;
    case 'restart':
      proxy.pid += 1;
      proxy.startedS = atS;
      for (const server of proxy.servers) [server.changedS, server.sessions] = [atS, 0];
      return true;
    default:
      return changeServer(proxy, word, atS);
  }
}

/** `main=4`, `main:DOWN`, `main:UP_1/3=2`, `main:failing`, `main:absent`, `main.weight=0`. */
function changeServer(proxy: Proxy, word: string, atS: number): boolean {
  const match = /^([\w-]+)(\.weight)?(?::([^=]+))?(?:=(\d{1,6}))?$/.exec(word);
  const [, name, weight, status, number] = match ?? [];
  const server = proxy.servers.find((one) => one.name === name);
  if (server === undefined) return false;
  if (weight !== undefined) {
    if (number === undefined || status !== undefined) return false;
    server.weight = Number(number);
    return true;
  }
  if (status === undefined && number === undefined) return false;
  if (status !== undefined) setStatus(server, status, atS);
  if (number !== undefined) server.sessions = Number(number);
  return true;
}

function setStatus(server: Server, word: string, atS: number): void {
  const status = word === 'failing' ? server.status : word.replaceAll('_', ' ');
  if (isUp(status) !== isUp(server.status)) server.changedS = atS;
  server.absent = word === 'absent';
  server.checkPassed = word !== 'failing' && !status.startsWith('DOWN');
  server.status = status;
}

function isUp(status: string): boolean {
  return /^(UP|DRAIN|NOLB)/.test(status);
}

/** What mainstay would see of this world. */
export function lookAt(world: readonly Proxy[], atS: number): Snapshot {
  return {
    proxies: world.map((proxy) => ({
      name: proxy.name,
      sight:
        proxy.unseenSinceS === null
          ? { kind: 'seen', atMs: atS * 1000, value: viewOf(proxy, atS) }
          : {
              kind: 'unseen',
              sinceMs: proxy.unseenSinceS * 1000,
              fault: { kind: 'timeout', afterMs: 800, connected: true, address: proxy.name },
            },
    })),
  };
}

function viewOf(proxy: Proxy, atS: number): View {
  const present = proxy.servers.filter((server) => !server.absent);
  const servers = present.map((server, index) => serverView(server, index + 1, atS));
  const active = servers.filter((one) => !one.backup && usable(one));
  const weighing = active.length > 0 ? active : servers.filter(usable).slice(0, 1);
  return {
    version: '2.6.12',
    level: 'admin',
    workers: [
      {
        pid: proxy.pid,
        old: false,
        uptimeS: atS - proxy.startedS,
        servers,
        backendWeight: weighing.reduce((sum, one) => sum + one.weight, 0),
      },
    ],
  };
}

function usable(server: ServerView): boolean {
  return server.health === 'up' && server.weight > 0;
}

function serverView(server: Server, id: number, atS: number): ServerView {
  return {
    name: server.name,
    id,
    status: server.status,
    health: healthOf(server),
    settled: server.status === 'UP',
    checkPassed: server.checkPassed,
    backup: server.backup,
    weight: server.weight,
    sessions: server.sessions,
    lastChangeS: Math.trunc(atS - server.changedS),
    lastSessionS: null,
  };
}

function healthOf({ status, weight }: Server): ServerView['health'] {
  if (status.startsWith('DOWN')) return 'down';
  if (status.startsWith('MAINT')) return 'maint';
  if (/^(DRAIN|NOLB)/.test(status)) return 'drain';
  if (!status.startsWith('UP')) return 'unknown';
  return weight === 0 ? 'drain' : 'up';
}

/** The world in the words that would make it, for one line: `ha1 main=4 backup:DOWN=0`. */
export function describe(proxy: Proxy): string {
  if (proxy.unseenSinceS !== null) return `${proxy.name} unseen`;
  const servers = proxy.servers.map((server) => {
    const status = server.absent ? 'absent' : server.status.replaceAll(' ', '_');
    const shown = server.absent || status !== 'UP' ? `:${status}` : '';
    const failing = server.status === 'UP' && !server.checkPassed ? ':failing' : shown;
    const weight = server.weight === 1 ? '' : `(weight ${server.weight})`;
    return `${server.name}${failing}${weight}=${server.sessions}`;
  });
  return `${proxy.name} ${servers.join(' ')}`;
}
