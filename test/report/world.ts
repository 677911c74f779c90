// A small world for the reports: two proxies, and what was judged of them; a test names only what differs.
import { BLANK } from '../../src/decide/memory.ts';
import type { Judgement, Outcome, PinOrder } from '../../src/domain/decision.ts';
import type { DecisionRecord } from '../../src/domain/journal.ts';
import type { Override } from '../../src/domain/order.ts';
import type { PeerFault, PeerSight, PeerView } from '../../src/domain/peer.ts';
import type { Log } from '../../src/domain/ports.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Clock, Now } from '../../src/domain/time.ts';
import type {
  Health,
  ProxySight,
  ServerView,
  Snapshot,
  View,
  WorkerView,
} from '../../src/domain/view.ts';
import { peerViewOf } from '../support/peer-view.ts';

/** 03:11:00 UTC, 100 s after the monotonic clock began. */
export const NOW: Now = { monoMs: 100_000, wallMs: Date.UTC(2026, 10, 24, 3, 11) };

export function later(seconds: number): Now {
  return { monoMs: NOW.monoMs + seconds * 1000, wallMs: NOW.wallMs + seconds * 1000 };
}

export const POLICY = {
  ...DEFAULT_POLICY,
  producers: ['main', 'backup'],
  proxies: [
    { name: 'ha1', drive: true, reload: false, restart: false },
    { name: 'ha2', drive: true, reload: false, restart: false },
  ],
};

const STATUS: Record<Health, string> = {
  up: 'UP',
  down: 'DOWN',
  maint: 'MAINT',
  drain: 'DRAIN',
  unknown: 'no check',
};

export function server(name: string, sessions: number, health: Health = 'up'): ServerView {
  return {
    name,
    id: name === 'backup' ? 2 : 1,
    status: STATUS[health],
    health,
    settled: health === 'up',
    checkPassed: health === 'up',
    backup: name === 'backup',
    weight: 1,
    sessions,
    lastChangeS: 7,
    lastSessionS: 3,
  };
}

export function worker(pid: number | null, old: boolean, ...servers: ServerView[]): WorkerView {
  return { pid, old, uptimeS: 3600, servers, backendWeight: 1 };
}

/** Seen 40 ms before `at`, old workers and all, over a unix socket of level admin. */
export function seen(
  name: string,
  workers: WorkerView | [WorkerView, ...WorkerView[]],
  at = NOW,
  difference: Partial<View> = {},
): ProxySight {
  const all: [WorkerView, ...WorkerView[]] = Array.isArray(workers) ? workers : [workers];
  const value: View = {
    way: 'unix',
    version: '2.6.12',
    level: 'admin',
    workers: all,
    pin: { kind: 'table', serverId: 0, leaseMs: 0 },
    hidden: null,
    ...difference,
  };
  return { name, sight: { kind: 'seen', atMs: at.monoMs - 40, value } };
}

export function unseen(name: string): ProxySight {
  const fault = { kind: 'refused', address: `unix:/run/${name}.sock` } as const;
  return { name, sight: { kind: 'unseen', sinceMs: 99_000, fault } };
}

/** What the supervisor beside ha2 tells, heard 60 ms before `NOW`; it wants main. */
export function peerSeen(difference: Partial<PeerView> = {}): PeerSight {
  const value = peerViewOf({ version: '0.2.0', ...difference });
  return { name: 'ha2', sight: { kind: 'seen', atMs: NOW.monoMs - 60, value } };
}

export function peerUnseen(kind: PeerFault['kind'], message = 'nobody listens'): PeerSight {
  return { name: 'ha2', sight: { kind: 'unseen', sinceMs: 99_000, fault: { kind, message } } };
}

export const ON_MAIN = seen('ha1', worker(11, false, server('main', 4), server('backup', 0)));
export const ON_BACKUP = seen('ha2', worker(21, false, server('main', 0), server('backup', 4)));
export const SPLIT: Snapshot = { proxies: [ON_MAIN, ON_BACKUP] };

export function judged(difference: Partial<Judgement> = {}): Judgement {
  return {
    verdict: 'converged',
    rule: 'R70',
    hold: null,
    sinceMs: 98_000,
    target: 'main',
    election: 'E10',
    why: 'main is fit to stay',
    producers: ['main', 'backup'],
    degraded: [],
    gates: [],
    pins: [],
    beats: [],
    drives: ['ha1', 'ha2'],
    move: null,
    paused: null,
    clearedWallMs: null,
    unheeded: [],
    override: null,
    wanted: [],
    plan: null,
    ...difference,
  };
}

export const STEP = {
  action: 'close-server',
  proxy: 'ha2',
  pid: 21,
  server: 'backup',
  sessions: 4,
  climbed: null,
} as const;

export const PLAN = {
  target: 'main',
  reason: 'split-brain',
  allOrNothing: false,
  steps: [STEP],
  sinceMs: 98_000,
} as const;

/** An hour from now. */
export const OVERRIDE: Override = {
  to: 'backup',
  untilWallMs: NOW.wallMs + 3_600_000,
  givenWallMs: NOW.wallMs,
};

export const PIN: PinOrder = { proxy: 'ha1', server: 'backup', serverId: 2, renews: false };
export const RELEASE: PinOrder = { proxy: 'ha1', server: null, serverId: 0, renews: false };

export function done(difference: Partial<Outcome> = {}): Outcome {
  return {
    atMs: NOW.wallMs,
    tookMs: 12.4,
    proxy: 'ha2',
    action: 'close-server',
    pid: 21,
    server: 'backup',
    target: 'main',
    reason: 'split-brain',
    result: 'ok',
    gate: null,
    listed: 4,
    remaining: 0,
    convergedMs: 2100,
    returned: null,
    trail: [],
    fault: null,
    ...difference,
  };
}

/** Told from others by its reason. */
export function decision(why: string): DecisionRecord {
  return {
    v: 1,
    at: new Date(NOW.wallMs).toISOString(),
    kind: 'decision',
    now: NOW,
    snapshot: SPLIT,
    memory: BLANK,
    policy: POLICY,
    decision: judged({ why }),
  };
}

/** Keeps what was logged: level, message, fields. */
export function logBook(): { log: Log; said: string[]; fields: object[] } {
  const said: string[] = [];
  const fields: object[] = [];
  const at = (level: string) => (facts: object, message: string) => {
    said.push(`${level} ${message}`);
    fields.push(facts);
  };
  return {
    log: { info: at('info'), warn: at('warn'), error: at('error'), debug: at('debug') },
    said,
    fields,
  };
}

/** Waits no longer than it is told to, and really waits. */
export const clock: Clock = {
  now: () => NOW,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
