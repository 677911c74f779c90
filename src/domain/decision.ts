// What `decide` gives back, and what acting on it came to.
import type { Fault } from './fault.ts';
import type { Override, Pause } from './order.ts';
import type { Move } from './peer.ts';
import type { ActionName, ActionResult, GateName, HoldReason, Verdict } from './verdict.ts';

/**
 * Leaves no choice open, and can run twice. `close-server`: all sessions on one server in a proxy's serving worker, at
 * once. `close-session`: those on one server in one old worker, one by one. `reload`, `restart`: the whole proxy.
 */
export interface Step {
  readonly action: StepAction;
  readonly proxy: string;
  /** The worker the sessions were seen in; null: the statistics page showed them, which names no process. */
  readonly pid: number | null;
  /** Null: the step is for the whole proxy. */
  readonly server: string | null;
  /** How many sessions to be moved were seen there. */
  readonly sessions: number;
  /** Why a rung above `sessions` is climbed, as a sentence; else null. */
  readonly climbed: string | null;
}
export type StepAction = 'close-server' | 'close-session' | 'reload' | 'restart';

/**
 * Where one proxy's new connections are to go, as its pin table is to say it now. Written again each tick while it
 * stands: the lease ends with the supervisor. Can be carried out twice.
 */
export interface PinOrder {
  readonly proxy: string;
  /** Null: the pin is released, HAProxy chooses. */
  readonly server: string | null;
  /** HAProxy's id of the server in the serving worker; 0 with `server` null. */
  readonly serverId: number;
  /** It stands there already: nothing changes but its lease. */
  readonly renews: boolean;
}

/** The actions that would bring every session to the target. Without steps: nothing to do, or held back. */
export interface Plan {
  readonly target: string;
  readonly reason: Verdict;
  /** A voluntary move: every proxy passes its re-read, or none is touched. */
  readonly allOrNothing: boolean;
  readonly steps: readonly Step[];
  /** The first look that called for closing (monotonic ms): convergence is measured from here. */
  readonly sinceMs: number;
}

/** A reason to hold the plan back now. */
export interface Gate {
  readonly gate: GateName;
  /** The proxy that it holds, or null for all. */
  readonly proxy: string | null;
  /** When it opens by itself (monotonic ms), or null where that is not known. */
  readonly untilMs: number | null;
  /** Why it is shut, as a sentence. */
  readonly reason: string;
}

/** The diagnosis, the will, and what is to be done now. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The id of the verdict's rule: R10, R20, … */
  readonly rule: string;
  readonly hold: HoldReason | null;
  /** Since when this verdict holds (monotonic ms). */
  readonly sinceMs: number;
  readonly target: string | null;
  /** The id of the rule that chose the target: E10, E20, … */
  readonly election: string;
  /** What the election saw, as a sentence. */
  readonly why: string;
  /** The producers in order of preference, as judged with. */
  readonly producers: readonly string[];
  /** Proxies that are not seen. */
  readonly degraded: readonly string[];
  readonly gates: readonly Gate[];
  /** The pins to write now, at the proxies that are driven and seen. */
  readonly pins: readonly PinOrder[];
  /** The driven proxies where the heartbeat is to be written now, for a supervisor that stands by. */
  readonly beats: readonly string[];
  /** The proxies that this supervisor acts on now: those of a peer that is gone included. */
  readonly drives: readonly string[];
  /** A voluntary move that has not begun; null: none. */
  readonly move: Move | null;
  readonly paused: Pause | null;
  /** As in memory. */
  readonly clearedWallMs: number | null;
  /** Proxies whose worker does not do as its pin says: new connections there are not held. */
  readonly unheeded: readonly string[];
  /** An operator's will that holds the target; null: none. */
  readonly override: Override | null;
  /** The steps that would be taken if no gate were shut. */
  readonly wanted: readonly Step[];
  /** The steps to take now. */
  readonly plan: Plan | null;
}

/** What carrying out one step came to. Times are wall clock, ms since the epoch. */
export interface Outcome {
  readonly atMs: number;
  readonly tookMs: number;
  readonly proxy: string;
  readonly action: ActionName;
  /** As in the step. */
  readonly pid: number | null;
  /** Null: the step was for the whole proxy. */
  readonly server: string | null;
  readonly target: string;
  readonly reason: Verdict;
  readonly result: ActionResult;
  /** Why a step was refused: the gate that the re-read shut. */
  readonly gate: GateName | null;
  /** Sessions found on the server just before closing, and those of them that were still there at the end. */
  readonly listed: number;
  readonly remaining: number;
  /** From the first look that showed the trouble to the last listed session gone; null unless `ok`. */
  readonly convergedMs: number | null;
  /** Whether sessions came to the target within `verify.return`; null: not waited for. */
  readonly returned: boolean | null;
  readonly trail: readonly TrailEntry[];
  readonly fault: Fault | null;
}

/** One thing that was done on the way, with its time (wall ms) and result. */
export interface TrailEntry {
  readonly atMs: number;
  readonly did:
    | 'pin'
    | 'reread'
    | 'list'
    | 'close'
    | 'save'
    | 'reload'
    | 'restart'
    | 'verify'
    | 'return';
  readonly saw: string;
}
