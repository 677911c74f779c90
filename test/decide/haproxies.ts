// HAProxies for arbitrary histories: what befalls them, what they then show, and where they send who comes.
import type { Plan } from '../../src/domain/decision.ts';
import type { ServerView, Snapshot, WorkerView } from '../../src/domain/view.ts';
import { nextRows } from './oracle.ts';
import { DAY_S, seen, server, unseen, view, worker } from './world.ts';

/** What befalls a proxy; `server` is counted modulo the servers there are. */
export type Event =
  | { readonly kind: 'status'; readonly server: number; readonly status: string }
  | { readonly kind: 'failing' | 'weight' | 'old'; readonly server: number; readonly on: boolean }
  | { readonly kind: 'sessions'; readonly server: number; readonly count: number }
  | { readonly kind: 'arrive' | 'reconnect' | 'restart' | 'unseen' | 'seen' | 'well' };

export interface Proxy {
  readonly name: string;
  pid: number;
  startedMs: number;
  unseenSinceMs: number | null;
  readonly rows: readonly Row[];
}

interface Row {
  readonly name: string;
  readonly backup: boolean;
  status: string;
  weight: number;
  checkPassed: boolean;
  sessions: number;
  oldSessions: number;
  changedMs: number;
  lastSessionMs: number | null;
}

/** Proxies that have been well for a day, with two sessions each. */
export function wellProxies(
  count: number,
  servers: readonly Pick<Row, 'name' | 'backup'>[],
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
      oldSessions: 0,
      changedMs: -DAY_S * 1_000,
      lastSessionMs: null,
    })),
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
      if (row !== undefined) row.oldSessions = event.on ? 2 : 0;
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
    case 'restart':
      restart(proxy, atMs);
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

/** Closes what a plan names, where the worker is still the one that it means. */
export function closeAll(proxies: readonly Proxy[], plan: Plan): void {
  for (const step of plan.steps) {
    const proxy = proxies.find((one) => one.name === step.proxy && one.pid === step.pid);
    for (const row of proxy?.rows ?? []) if (row.name === step.server) row.sessions = 0;
  }
}

export function lookAt(proxies: readonly Proxy[], atMs: number): Snapshot {
  return {
    proxies: proxies.map((proxy) => {
      if (proxy.unseenSinceMs !== null) return unseen(proxy.name, proxy.unseenSinceMs);
      const old = proxy.rows.some((row) => row.oldSessions > 0)
        ? [worker(proxy.rows.map(oldRow), { pid: proxy.pid - 1, old: true })]
        : [];
      return seen(proxy.name, atMs, view(serving(proxy, atMs), ...old));
    }),
  };
}

/** A new worker takes over, shows everything up at first, and leaves the sessions to the old one. */
function restart(proxy: Proxy, atMs: number): void {
  proxy.pid += 1;
  proxy.startedMs = atMs;
  for (const row of proxy.rows) {
    [row.oldSessions, row.sessions] = [row.sessions, 0];
    [row.status, row.checkPassed, row.changedMs] = ['UP', true, atMs];
  }
}

/** All faults at a proxy are over. */
function recover(proxy: Proxy, atMs: number): void {
  proxy.unseenSinceMs = null;
  for (const row of proxy.rows) {
    setStatus(row, 'UP', atMs);
    row.weight = 1;
    row.oldSessions = 0;
  }
}

/** Two sessions come, and go where HAProxy sends them. */
function arrive(proxy: Proxy, atMs: number): void {
  const [next] = nextRows(serving(proxy, atMs));
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

function oldRow(row: Row, at: number): ServerView {
  return server({ name: row.name, id: at + 1, backup: row.backup, sessions: row.oldSessions });
}

/** As HAProxy counts: whole seconds, rounded down. */
function wholeS(ms: number): number {
  return Math.trunc(ms / 1_000);
}
