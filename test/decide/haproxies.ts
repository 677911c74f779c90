// HAProxies for arbitrary histories: what befalls them, what they then show, and where they send who comes.
import type { PinOrder, Plan, Step } from '../../src/domain/decision.ts';
import type { Level, Pin, ServerView, Snapshot, View, WorkerView } from '../../src/domain/view.ts';
import { nextRows } from './oracle.ts';
import { DAY_S, seen, server, unseen, view, worker } from './world.ts';

/** What befalls a proxy; `server` is counted modulo the servers there are. */
export type Event =
  | { readonly kind: 'status'; readonly server: number; readonly status: string }
  | { readonly kind: 'failing' | 'weight' | 'old'; readonly server: number; readonly on: boolean }
  | { readonly kind: 'pin'; readonly server: number; readonly on: boolean }
  | { readonly kind: 'sessions'; readonly server: number; readonly count: number }
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'master'; readonly hidden: View['hidden'] }
  | {
      readonly kind: 'arrive' | 'reconnect' | 'reload' | 'restart' | 'unseen' | 'seen' | 'well';
    };

export interface Proxy {
  readonly name: string;
  pid: number;
  startedMs: number;
  unseenSinceMs: number | null;
  readonly rows: readonly Row[];
  /** The latest first, sessions in the order of the rows; one without a session is gone. */
  old: { readonly pid: number; readonly sessions: number[] }[];
  level: Level;
  hidden: View['hidden'];
  /** Null: no pin table. `serverId` counts until the lease is over. */
  pin: { serverId: number; untilMs: number } | null;
}

/** How long an entry in a pin table lives. */
const LEASE_MS = 10_000;

interface Row {
  readonly name: string;
  readonly backup: boolean;
  status: string;
  weight: number;
  checkPassed: boolean;
  sessions: number;
  changedMs: number;
  lastSessionMs: number | null;
}

/** Proxies that have been well for a day, with two sessions each. */
export function wellProxies(
  count: number,
  servers: readonly Pick<Row, 'name' | 'backup'>[],
  pins: 'all' | 'none' | 'first' = 'none',
): readonly Proxy[] {
  const proxies = Array.from({ length: count }, (_, at) => ({
    name: `ha${at + 1}`,
    pid: 100 * (at + 1),
    startedMs: -DAY_S * 1_000,
    unseenSinceMs: null,
    rows: servers.map(({ name, backup }) => ({
      name,
      backup,
      status: 'UP',
      weight: 1,
      checkPassed: true,
      sessions: 0,
      changedMs: -DAY_S * 1_000,
      lastSessionMs: null,
    })),
    old: [],
    level: 'admin' as const,
    hidden: null,
    pin: pins === 'all' || (pins === 'first' && at === 0) ? { serverId: 0, untilMs: 0 } : null,
  }));
  for (const proxy of proxies) arrive(proxy, 0);
  return proxies;
}

export function befall(proxy: Proxy, event: Event, atMs: number): void {
  const row = 'server' in event ? proxy.rows[event.server % proxy.rows.length] : undefined;
  switch (event.kind) {
    case 'status':
      if (row !== undefined) setStatus(row, event.status, atMs);
      return;
    case 'failing':
      if (row !== undefined) row.checkPassed = !event.on;
      return;
    case 'weight':
      if (row !== undefined) row.weight = event.on ? 1 : 0;
      return;
    case 'old':
      setOld(proxy, event.server % proxy.rows.length, event.on ? 2 : 0);
      return;
    case 'pin':
      writePin(proxy, event.on ? (event.server % proxy.rows.length) + 1 : 0, atMs);
      return;
    case 'level':
      proxy.level = event.level;
      return;
    case 'master':
      proxy.hidden = event.hidden;
      return;
    case 'sessions':
      if (row !== undefined) setSessions(row, event.count, atMs);
      return;
    case 'arrive':
      arrive(proxy, atMs);
      return;
    case 'reconnect':
      if (proxy.rows.every((one) => one.sessions === 0)) arrive(proxy, atMs);
      return;
    case 'reload':
      reload(proxy, atMs);
      return;
    case 'restart':
      proxy.old = [];
      writePin(proxy, 0, atMs);
      begin(proxy, atMs);
      return;
    case 'unseen':
      proxy.unseenSinceMs ??= atMs;
      return;
    case 'seen':
      proxy.unseenSinceMs = null;
      return;
    case 'well':
      recover(proxy, atMs);
      return;
    default:
      event satisfies never;
  }
}

/** Carries out what a plan names, where the worker is still the one that it means. */
export function carryOut(proxies: readonly Proxy[], plan: Plan, atMs: number): void {
  for (const step of plan.steps) {
    for (const proxy of proxies) if (proxy.name === step.proxy) undergo(proxy, step, atMs);
  }
}

function undergo(proxy: Proxy, { action, pid, server: name }: Step, atMs: number): void {
  const index = proxy.rows.findIndex((one) => one.name === name);
  const row = proxy.rows[index];
  const old = proxy.old.find((one) => one.pid === pid);
  if (action === 'close-session' && old !== undefined) old.sessions[index] = 0;
  bury(proxy);
  if (pid !== proxy.pid) return;
  if (action === 'reload' || action === 'restart') befall(proxy, { kind: action }, atMs);
  if (action === 'close-server' && row !== undefined) row.sessions = 0;
}

/** Carries out the orders of a tick. */
export function writePins(
  proxies: readonly Proxy[],
  orders: readonly PinOrder[],
  atMs: number,
): void {
  for (const { proxy: name, serverId } of orders) {
    for (const proxy of proxies) if (proxy.name === name) writePin(proxy, serverId, atMs);
  }
}

function writePin({ pin }: Proxy, serverId: number, atMs: number): void {
  if (pin !== null) [pin.serverId, pin.untilMs] = [serverId, atMs + LEASE_MS];
}

function pinOf({ level, pin }: Proxy, atMs: number): Pin {
  if (pin === null) return { kind: 'no-table' };
  if (level === 'user') return { kind: 'denied' };
  const leaseMs = Math.max(0, pin.untilMs - atMs);
  return { kind: 'table', serverId: leaseMs > 0 ? pin.serverId : 0, leaseMs };
}

export function lookAt(proxies: readonly Proxy[], atMs: number): Snapshot {
  return {
    proxies: proxies.map((proxy) => {
      if (proxy.unseenSinceMs !== null) return unseen(proxy.name, proxy.unseenSinceMs);
      const { hidden, level } = proxy;
      const old = (hidden === null ? proxy.old : []).map(({ pid, sessions }) =>
        worker(
          proxy.rows.map((row, at) => oldRow(row, at, sessions[at] ?? 0)),
          { pid, old: true },
        ),
      );
      return seen(proxy.name, atMs, {
        ...view(serving(proxy, atMs), ...old),
        pin: pinOf(proxy, atMs),
        hidden,
        level,
      });
    }),
  };
}

/** A new worker takes over, and leaves the sessions to the old one; of more than two old ones the oldest ends. */
function reload(proxy: Proxy, atMs: number): void {
  proxy.old.unshift({ pid: proxy.pid, sessions: proxy.rows.map((row) => row.sessions) });
  bury(proxy);
  proxy.old.splice(2);
  begin(proxy, atMs);
}

/** A worker without a session, which shows everything up at first. */
function begin(proxy: Proxy, atMs: number): void {
  proxy.pid += 1;
  proxy.startedMs = atMs;
  for (const row of proxy.rows) {
    row.sessions = 0;
    [row.status, row.checkPassed, row.changedMs] = ['UP', true, atMs];
  }
}

/** Sessions come to be in the latest old worker, or end there; where there is none, there was a reload. */
function setOld(proxy: Proxy, index: number, count: number): void {
  if (proxy.old.length === 0) {
    proxy.old = [{ pid: proxy.pid, sessions: proxy.rows.map(() => 0) }];
    proxy.pid += 1;
  }
  const [latest] = proxy.old;
  if (latest !== undefined) latest.sessions[index] = count;
  bury(proxy);
}

/** An old worker ends with its last session. */
function bury(proxy: Proxy): void {
  proxy.old = proxy.old.filter(({ sessions }) => sessions.some((count) => count > 0));
}

/** All faults at a proxy are over; what its old workers hold is nobody's to end but mainstay's. */
function recover(proxy: Proxy, atMs: number): void {
  proxy.unseenSinceMs = null;
  proxy.hidden = null;
  proxy.level = 'admin';
  for (const row of proxy.rows) {
    setStatus(row, 'UP', atMs);
    row.weight = 1;
  }
}

/** Two sessions come, and go where HAProxy sends them. */
function arrive(proxy: Proxy, atMs: number): void {
  const [next] = nextRows(serving(proxy, atMs), pinOf({ ...proxy, level: 'admin' }, atMs));
  const row = proxy.rows.find((one) => one.name === next?.name);
  if (row !== undefined) setSessions(row, row.sessions + 2, atMs);
}

function setSessions(row: Row, count: number, atMs: number): void {
  row.sessions = count;
  if (count > 0) row.lastSessionMs = atMs;
}

function setStatus(row: Row, status: string, atMs: number): void {
  if (isUp(status) !== isUp(row.status)) row.changedMs = atMs;
  row.status = status;
  row.checkPassed = !status.startsWith('DOWN');
}

function isUp(status: string): boolean {
  return /^(UP|DRAIN|NOLB)/.test(status);
}

function serving(proxy: Proxy, atMs: number): WorkerView {
  const uptimeS = wholeS(atMs - proxy.startedMs);
  return worker(
    proxy.rows.map((row, at) => asSeen(row, at, atMs)),
    { pid: proxy.pid, uptimeS },
  );
}

function asSeen(row: Row, at: number, atMs: number): ServerView {
  const { name, backup, status, weight, checkPassed, sessions } = row;
  return server({
    name,
    id: at + 1,
    backup,
    status,
    weight,
    checkPassed,
    sessions,
    lastChangeS: wholeS(atMs - row.changedMs),
    lastSessionS: row.lastSessionMs === null ? null : wholeS(atMs - row.lastSessionMs),
  });
}

function oldRow({ name, backup }: Row, at: number, sessions: number): ServerView {
  return server({ name, id: at + 1, backup, sessions });
}

/** As HAProxy counts: whole seconds, rounded down. */
function wholeS(ms: number): number {
  return Math.trunc(ms / 1_000);
}
