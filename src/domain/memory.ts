// What a snapshot cannot show: when something began, and what was tried. Losing it may delay an action, never cause one.
import type { Override, Pause } from './order.ts';
import type { Rung } from './policy.ts';
import type { Now } from './time.ts';
import type { Verdict } from './verdict.ts';

/** All times are ms of the monotonic clock. Plain data, so that a journal line holds it whole. */
export interface Memory {
  readonly target: string | null;
  /** The order of preference that was taken from the backend where the configuration names none. */
  readonly producers: readonly string[];
  readonly verdict: { readonly name: Verdict; readonly sinceMs: number } | null;
  /** Since when there have been sessions to close, held back or not. */
  readonly wrongSinceMs: number | null;
  /** A voluntary move of the target of which no session has been closed yet. */
  readonly pendingMove: boolean;
  /** While a voluntary move is pending: where new connections are kept until it begins, and again if it is refused everywhere. Null: on the target. */
  readonly from: string | null;
  /** The operator's will, until it ends. */
  readonly override: Override | null;
  /** The newest override that has ended or was cleared was given at this instant (wall ms): a peer's that is no newer is not taken up again. */
  readonly clearedWallMs: number | null;
  readonly paused: Pause | null;
  /** The target was chosen by rule E30, since another one was up at some proxies only. */
  readonly together: boolean;
  /** Since when the target has been up at some proxies and down at others, without a break. */
  readonly apart: { readonly producer: string; readonly sinceMs: number } | null;
  /** When the target moved by rules E30 to E50, within `flap.within`. */
  readonly moves: readonly number[];
  /** 1, 2, 4 or 8: by how much the failback wait is longer; and when that last changed. */
  readonly flap: { readonly factor: number; readonly changedMs: number };
  /** When plans were begun, within `budget.within`. */
  readonly plans: readonly number[];
  readonly proxies: readonly ProxyMemory[];
  /** Since when each producer has been fit to go to everywhere, without a break. */
  readonly fitSince: readonly { readonly producer: string; readonly sinceMs: number }[];
  readonly lastTick: Now | null;
  /** When the loop was last found to have stood still, or the clock to have jumped. */
  readonly stalledMs: number | null;
}

export interface ProxyMemory {
  readonly name: string;
  /** When it last carried a session to a producer. */
  readonly carriedMs: number | null;
  /** Since when each producer has been seen up here, without a break. */
  readonly upSince: readonly { readonly producer: string; readonly sinceMs: number }[];
  /** How many looks in a row called for the same closing, and the last such look. */
  readonly agreed: { readonly key: string; readonly looks: number; readonly lookMs: number } | null;
  /** Looks since the loop stood still. */
  readonly freshLooks: number;
  readonly lastLookMs: number | null;
  /** Whether the worker does as its pin says; null: no pin has stood yet. */
  readonly heed: Heed | null;
  /** When the last closing ended. */
  readonly closedMs: number | null;
  /** The rungs that were climbed in this incident, which ends once no session is off the target here. */
  readonly climbed: readonly Rung[];
  /** A reload has just moved sessions into an old worker: they may be closed there at once. */
  readonly hid: boolean;
  /** When the plan began that is being carried out here now. */
  readonly actingMs: number | null;
}

/** A pin that has been read back in a worker, and what it came to there. */
export interface Heed {
  readonly pid: number | null;
  readonly serverId: number;
  /** Since when it has stood unbroken, its server up: sessions given elsewhere since then have not followed it. */
  readonly sinceMs: number;
  /** Looks that showed such sessions; none again once the pinned server is found failing, when HAProxy may go elsewhere. */
  readonly missed: number;
}
