// The small world that a story is told in, and how it changes: by one word, or by what is done to it.
import type { PinOrder, Step } from '../../domain/decision.ts';
import type { Level } from '../../domain/view.ts';
import { peerSays, type Peer } from './peer.ts';

export interface Server {
  readonly name: string;
  readonly backup: boolean;
  status: string;
  weight: number;
  checkPassed: boolean;
  sessions: number;
  /** When up and down last changed, and when its sessions last grew in number, in story seconds. */
  changedS: number;
  lastSessionS: number | null;
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
  pin: PinTable;
  /** Until when the heartbeat of its own supervisor stands in that table. */
  beatUntilS: number;
  /** Its own supervisor, where that is a peer; null: nobody asks it. */
  peer: Peer | null;
}

/** A worker's pin table, whether there is one, whether it is shown, and what it says. */
export interface PinTable {
  kind: 'table' | 'no-table' | 'denied';
  readonly leaseS: number;
  /** Null: no entry. */
  server: string | null;
  untilS: number;
}

export interface OldWorker {
  readonly pid: number;
  readonly startedS: number;
  /** Frozen but for their sessions. */
  readonly servers: readonly Server[];
}

/** A day of quiet before the story begins. */
const BEFORE_S = -86_400;

/**
 * Proxies that have all been up for a day, every server `UP` and without a session; with a pin table where an entry in
 * it has a lease.
 */
export function quietWorld(
  proxies: readonly string[],
  servers: readonly string[],
  leaseS: number | null,
): Proxy[] {
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
      lastSessionS: null,
      absent: false,
    })),
    old: [],
    level: 'admin',
    master: 'seen',
    pin: {
      kind: leaseS === null ? 'no-table' : 'table',
      leaseS: leaseS ?? 0,
      server: null,
      untilS: BEFORE_S,
    },
    beatUntilS: BEFORE_S,
    peer: null,
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
      proxy.pin.server = null;
      proxy.beatUntilS = atS;
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
    case 'no-table':
      proxy.pin.kind = 'no-table';
      return true;
    case 'pin-denied':
      proxy.pin.kind = 'denied';
      return true;
    case 'beat':
      proxy.pin.kind = 'table';
      proxy.beatUntilS = atS + proxy.pin.leaseS;
      return true;
    default:
      return (
        changePeer(proxy, word, atS) ||
        changePin(proxy, word, atS) ||
        changeOld(proxy, word) ||
        changeServer(proxy, word, atS)
      );
  }
}

function changePeer(proxy: Proxy, word: string, atS: number): boolean {
  const peer = peerSays(word, proxy.servers, atS);
  // What lasts has begun when it began.
  if (peer?.kind === 'seen' || peer?.kind !== proxy.peer?.kind) proxy.peer = peer ?? proxy.peer;
  return peer !== null;
}

/** `pin=backup`: somebody wrote it just now; `pin=0` releases it. Both show that there is a table. */
function changePin({ pin, servers }: Proxy, word: string, atS: number): boolean {
  const [, name] = /^pin=([\w-]+)$/.exec(word) ?? [];
  if (name === undefined || !(name === '0' || servers.some((one) => one.name === name)))
    return false;
  pin.kind = 'table';
  writePin(pin, name === '0' ? null : name, atS);
  return true;
}

/** What an order does to its proxy. */
export function obeyPin({ pin }: Proxy, { server }: PinOrder, atS: number): void {
  writePin(pin, server, atS);
}

function writePin(pin: PinTable, server: string | null, atS: number): void {
  pin.server = server;
  pin.untilS = atS + pin.leaseS;
}

/** The server that the entry names while it lives. */
export function livePin({ kind, server, untilS }: PinTable, atS: number): string | null {
  return kind === 'table' && atS < untilS ? server : null;
}

/** A new worker serves, which has seen nothing yet; old ones without a session end. */
function begin(proxy: Proxy, atS: number): void {
  proxy.pid += 1;
  proxy.startedS = atS;
  for (const server of proxy.servers) {
    [server.changedS, server.sessions, server.lastSessionS] = [atS, 0, null];
  }
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
  if (number !== undefined) {
    if (Number(number) > server.sessions) server.lastSessionS = atS;
    server.sessions = Number(number);
  }
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
