// The closed lists of what mainstay can diagnose and what can hold it back, in contract.md's words.

/** Every verdict, in the order in which the rules are asked (design.md, "Verdicts"). */
export const VERDICTS = [
  'blind',
  'no-producer',
  'split-brain',
  'views-differ',
  'sticky',
  'idle',
  'converged',
  'holding',
  'failed-over',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * Every gate (design.md, "Gates"), and `level-too-low`: the socket's level does not let sessions be closed;
 * `draining`: sessions that an operator is draining are left to end.
 */
export const GATES = [
  'failback-wait',
  'not-in-sync',
  'flapping',
  'leader-slot',
  'peer-disagrees',
  'blind',
  'observe-only',
  'paused',
  'not-driver',
  'cooldown',
  'budget',
  'unconfirmed',
  'stalled',
  'not-steerable',
  'target-not-up',
  'level-too-low',
  'draining',
] as const;
export type GateName = (typeof GATES)[number];

export const HOOK_RESULTS = ['ok', 'failed', 'dropped'] as const;
/** `dropped`: too many were waiting. */
export type HookResult = (typeof HOOK_RESULTS)[number];

/** What a hook can be told of: a verdict that begins, something that was done, a gate that shuts. */
export type HookEvent = Verdict | 'action' | 'gate';

/** Why all sessions are held on a producer that is not main while main is up somewhere. */
export type HoldReason = 'wait' | 'override' | 'together' | 'flapping' | 'probe' | 'operator';

export const ACTIONS = [
  'close-server',
  'close-session',
  'reload',
  'restart',
  'pin',
  'release',
] as const;
export type ActionName = (typeof ACTIONS)[number];

export const RESULTS = ['ok', 'failed', 'refused', 'abandoned'] as const;
/** `refused`: the re-read forbade it, nothing was sent. `abandoned`: mainstay was stopped in the middle. */
export type ActionResult = (typeof RESULTS)[number];
