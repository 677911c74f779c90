// What mainstay can see of a HAProxy at one look. Not seen is a value, never 0 or DOWN.
import type { Fault } from './fault.ts';
import type { PeerSight } from './peer.ts';

/** contract.md's reading of HAProxy's status: NOLB and weight 0 are `drain`, `no check` is `unknown`. */
export type Health = 'up' | 'down' | 'maint' | 'drain' | 'unknown';

/** What the Runtime API connection may do (management.txt 9.3, "level"). */
export type Level = 'user' | 'operator' | 'admin';

/** One server of the watched backend, in one worker (`show stat`, management.txt 9.1). */
export interface ServerView {
  readonly name: string;
  /** HAProxy's numeric id of the server (column `sid`), never its place in the list. */
  readonly id: number;
  /** HAProxy's own words: `UP`, `UP 1/3`, `DOWN (agent)`, … */
  readonly status: string;
  readonly health: Health;
  /** The status is exactly `UP`: no rise or fall under way. */
  readonly settled: boolean;
  /** The last finished health check passed, here or at the server that this one tracks. */
  readonly checkPassed: boolean;
  /** Configured with the `backup` keyword. */
  readonly backup: boolean;
  readonly weight: number;
  /** Established and connecting streams (column `scur`). */
  readonly sessions: number;
  /** Seconds since the last change between up and down (column `lastchg`). */
  readonly lastChangeS: number;
  /** Seconds since a session was last given to this server (column `lastsess`); null: never in this worker. */
  readonly lastSessionS: number | null;
}

/** One process of a HAProxy, serving or left over from before a reload. */
export interface WorkerView {
  /** Null: seen on the statistics page, which names no process. */
  readonly pid: number | null;
  /** `Stopping: 1`: its health is frozen, it only holds sessions. */
  readonly old: boolean;
  /** Seconds since it started; by the statistics page since its backend last went up or down, which is never more. */
  readonly uptimeS: number;
  readonly servers: readonly ServerView[];
  /** Weight of the BACKEND row: with no active server up, one backup's or, with `allbackups`, the sum. */
  readonly backendWeight: number;
}

/** What one look at one proxy showed. Exactly one worker is not old, and it stands first. */
export interface View {
  /** The way that it was seen by. */
  readonly way: Way;
  /** Null: seen on the statistics page, whose table does not tell. */
  readonly version: string | null;
  /** What that way may do. By the statistics page: `admin` where there is a name and a password for it, else `user`. */
  readonly level: Level;
  readonly workers: readonly [WorkerView, ...WorkerView[]];
  /** Where the serving worker's pin sends new connections, or why that is not to be had. */
  readonly pin: Pin;
  /** Why old workers are not among `workers`, if there are any; null: all there are have been seen. */
  readonly hidden: Hidden | null;
}

/**
 * The pin (design.md, "Steering new connections"): `gpt0` of key 1 in the pin table (management.txt 9.3, `show table`).
 * `off`: not asked for (`steer: none`). `no-table`: the worker has no table of that name. `unfit`: its keys are no
 * integers, or it stores no `gpt0`. `denied`: the socket's level shows no entries (operator does). `page`: the statistics page shows no tables.
 */
export type Pin =
  | {
      readonly kind: 'table';
      /** HAProxy's id of the server that new connections are sent to; 0: none, or no entry. */
      readonly serverId: number;
      /** How long the entry lives on if nobody renews it, in ms; 0: there is none. */
      readonly leaseMs: number;
      /** How long the heartbeat of the proxy's own supervisor (key 2) lives on, in ms; absent or 0: there is none. */
      readonly heartbeatMs?: number;
    }
  | { readonly kind: 'off' | 'no-table' | 'unfit' | 'denied' | 'page' };

/** How a proxy is reached; `peer`: not at all, its own supervisor tells of it. */
export type Way = 'unix' | 'tcp' | 'tls' | 'ssh' | 'stats' | 'peer';

/** `no-master`: the configuration names no master socket. */
export type Hidden = { readonly kind: 'no-master' } | Fault;

/**
 * A value with the instant at which it was asked for, or since when and why it is not seen (monotonic ms).
 * Asked for, not answered: an answer that a stopped process reads late must count as old.
 */
export type Observed<T> =
  | { readonly kind: 'seen'; readonly atMs: number; readonly value: T }
  | { readonly kind: 'unseen'; readonly sinceMs: number; readonly fault: Fault };

export interface ProxySight {
  readonly name: string;
  readonly sight: Observed<View>;
}

/** All that a decision is made from: one entry a configured proxy, in the configuration's order. */
export interface Snapshot {
  readonly proxies: readonly ProxySight[];
  /** One entry a configured peer; absent where there is none, as in an older journal. */
  readonly peers?: readonly PeerSight[];
}
