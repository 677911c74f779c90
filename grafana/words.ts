// Verdicts and gates in words for the dashboard: what each is, how bad it is, and what opens a gate.
import type { GateName, Verdict } from '../src/domain/verdict.ts';
import { ASIDE, BAD, GOOD, PLAIN, UNKNOWN, WATCH } from './colours.ts';

export interface VerdictWords {
  /** The place in the order of how bad it is: of two supervisors' verdicts the higher one is shown. */
  readonly rank: number;
  readonly says: string;
  readonly colour: string;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  converged: { rank: 1, says: 'Converged: all on main', colour: GOOD },
  idle: { rank: 2, says: 'Idle: no session at all', colour: PLAIN },
  holding: { rank: 3, says: 'Holding: all on the target, main waits', colour: ASIDE },
  'failed-over': { rank: 4, says: 'Failed over: all on the target, main is down', colour: WATCH },
  blind: { rank: 5, says: 'Blind: no proxy can be seen', colour: UNKNOWN },
  sticky: { rank: 6, says: 'Sticky: all on one producer, the wrong one', colour: WATCH },
  'views-differ': { rank: 7, says: 'The target is up at some proxies only', colour: WATCH },
  'split-brain': { rank: 8, says: 'SPLIT BRAIN: sessions on two producers', colour: BAD },
  'no-producer': { rank: 9, says: 'NO PRODUCER is up', colour: BAD },
};

/** What each gate waits for, and what opens it. `mainstay explain` says it with names and times. */
export const GATE_WORDS: Readonly<Record<GateName, string>> = {
  'failback-wait':
    'Main is back, and must stay up for failback.after first. Opens by itself; at once with `mainstay converge`.',
  'not-in-sync':
    'Main does not show yet that it has caught up. Opens by itself when it does; if not, look at main.',
  flapping:
    'Everybody was moved too often lately, so main must last longer. Opens by itself; at once with `mainstay resume`.',
  'leader-slot':
    'The schedule says that this is no moment to move anybody. Opens by itself after it.',
  'peer-disagrees':
    'The other mainstay is gone, or wants another target. Opens when both agree: look at the other one and the link between them.',
  blind:
    'A proxy cannot be seen, and nothing is closed unseen. Opens when it is: look at that HAProxy and its socket.',
  'observe-only':
    'mode is observe: mainstay only says what it would do. Opens with mode: converge.',
  paused:
    'An operator has paused mainstay. Opens with `mainstay resume`, or when the time is over.',
  'not-driver':
    'This mainstay does not drive that proxy; another one does. Look whether that other one runs.',
  cooldown:
    'Sessions were closed lately, and who is closed twice comes back slower. Opens by itself.',
  budget:
    'The plans of budget.within are used up. Opens by itself; look why so many were needed, with `mainstay history`.',
  unconfirmed: 'One look has said so, and a second must agree. Opens by itself, within seconds.',
  stalled:
    'mainstay stood still, or the clock jumped: fresh looks first. Opens by itself, within seconds.',
  'not-steerable':
    'New connections there would not go to the target, so closing helps nobody. `mainstay check` says what is missing.',
  'target-not-up':
    'The target is not fit to go to at that proxy. Opens when HAProxy has found it UP for the warmup.',
  'level-too-low':
    'The socket is not of level admin, so nothing can be closed. `mainstay check` has the cure.',
  draining:
    'An operator is draining the server: its sessions are left to end. Opens when it is set ready or they have ended.',
};
