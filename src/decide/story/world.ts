// The small world that a story is told in, and how it changes: by one word, or by what is done to it.
import type { Step } from '../../domain/decision.ts';
import type { Level } from '../../domain/view.ts';

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
  /** Workers from before a reload, the latest first; each ends with its last session. */
  old: OldWorker[];
  level: Level;
  /** Whether old workers are seen; `hidden`: their master cannot be read. */
  master: 'seen' | 'hidden' | 'no-master';
}

export interface OldWorker {
  readonly pid: number;
  readonly startedS: number;
  /** Frozen but for their sessions. */
  readonly servers: readonly Server[];
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
    old: [],
    level: 'admin',
    master: 'seen',
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
      proxy.old = [];
      begin(proxy, atS);
      return true;
    case 'reload':
      proxy.old.unshift({
        pid: proxy.pid,
        startedS: proxy.startedS,
        servers: proxy.servers.map((server) => ({ ...server })),
      });
      begin(proxy, atS);
      return true;
    case 'level=user':
    case 'level=operator':
    case 'level=admin':
      proxy.level = word === 'level=user' ? 'user' : word === 'level=admin' ? 'admin' : 'operator';
      return true;
    case 'hidden':
    case 'no-master':
      proxy.master = word;
      return true;
    case 'shown':
      proxy.master = 'seen';
      return true;
    default:
      return changeOld(proxy, word) || changeServer(proxy, word, atS);
  }
}

/** A new worker serves, which has seen nothing yet; old ones without a session end. */
function begin(proxy: Proxy, atS: number): void {
  proxy.pid += 1;
  proxy.startedS = atS;
  for (const server of proxy.servers) [server.changedS, server.sessions] = [atS, 0];
  bury(proxy);
}

function bury(proxy: Proxy): void {
  proxy.old = proxy.old.filter((worker) => worker.servers.some((server) => server.sessions > 0));
}

/** What a step that succeeds does to its proxy. */
export function undergo(proxy: Proxy, step: Step, atS: number): void {
  if (step.action === 'reload' || step.action === 'restart') {
    change(proxy, step.action, atS);
    return;
  }
  const servers =
    step.action === 'close-server'
      ? proxy.servers
      : (proxy.old.find((worker) => worker.pid === step.pid)?.servers ?? []);
  for (const server of servers) if (server.name === step.server) server.sessions = 0;
  bury(proxy);
}

/** `old.backup=2`: sessions in the latest old worker. */
function changeOld(proxy: Proxy, word: string): boolean {
  const [, name, number] = /^old\.([\w-]+)=(\d{1,6})$/.exec(word) ?? [];
  const server = proxy.old[0]?.servers.find((one) => one.name === name);
  if (server === undefined) return false;
  server.sessions = Number(number);
  bury(proxy);
  return true;
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
