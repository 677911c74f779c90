// What the log is told of decisions and of what was done: a line where something changed, none where nothing did.
import type { Judgement, Outcome } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { PeerFault, PeerSight } from '../domain/peer.ts';
import type { Log } from '../domain/ports.ts';
import type { Now } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Snapshot } from '../domain/view.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { decisionSentence, newOrders } from './sentences.ts';

/** A decision and what it was made from. */
export interface Decided {
  readonly judgement: Judgement;
  readonly snapshot: Snapshot;
}

/**
 * Whether a decision says anything new: another verdict, target or reason to hold, a gate that shut or opened,
 * another proxy or peer gone or back, another override or pause, a move that is pending, ready or begun, another proxy
 * to act on, a pin that is set, released or not heeded, other sessions to close. That a count or the time of a gate
 * moved, or a pin is renewed, is not new; nor is in which way a peer does not answer.
 */
export function changed(previous: Decided | null, next: Decided): boolean {
  // A plan is always new: it must be in the journal before it is carried out.
  if (previous === null || next.judgement.plan !== null) return true;
  return (
    newOrders(previous.judgement, next.judgement).length > 0 ||
    signature(previous) !== signature(next)
  );
}

function signature({ judgement, snapshot }: Decided): string {
  const { verdict, rule, hold, target, degraded, gates, override, plan, unheeded } = judgement;
  return JSON.stringify([
    verdict,
    rule,
    hold,
    target,
    degraded.toSorted(),
    gates.map(({ gate, proxy }) => `${gate} ${proxy ?? ''}`).toSorted(),
    override,
    unheeded,
    judgement.paused,
    judgement.move,
    judgement.drives.toSorted(),
    snapshot.peers?.map(peerState),
    // What it holds need not be compared: while there is one, it is new.
    plan === null,
  ]);
}

function peerState({ name, sight }: PeerSight): string {
  return `${name} ${sight.kind === 'seen' ? 'seen' : faultState(sight.fault)}`;
}

/** A peer that is gone shows it in several ways, now one and now another; what is wrong with one that answers is a word of its own. */
function faultState({ kind }: PeerFault): string {
  switch (kind) {
    case 'not-yet':
    case 'late':
    case 'refused':
    case 'unreachable':
    case 'timeout':
      return 'gone';
    case 'tls':
    case 'file':
    case 'unauthorized':
    case 'http':
    case 'garbage':
    case 'too-large':
    case 'other':
      return kind;
    default:
      throw kind satisfies never;
  }
}

/** One line for a decision that says something new, else none; whether it does. */
export function announceDecision(
  log: Log,
  previous: Decided | null,
  next: Decided & { readonly now: Now },
  faultText: (fault: Fault) => string,
): boolean {
  if (!changed(previous, next)) return false;
  const { judgement, snapshot } = next;
  const { verdict, rule, hold, target, election, degraded, gates, override, pins, plan } =
    judgement;
  const { paused, move, drives } = judgement;
  const decision = {
    verdict,
    rule,
    hold,
    target,
    election,
    degraded,
    gates,
    override,
    paused,
    move,
    drives,
    pins,
    plan,
  };
  const trouble = isTrouble(verdict) || degraded.length > 0 || isPeerGone(snapshot);
  log[trouble ? 'warn' : 'info']({ decision }, decisionSentence(previous, next, faultText));
  return true;
}

/** One that has not been asked yet is not gone. */
function isPeerGone({ peers = [] }: Snapshot): boolean {
  return peers.some(({ sight }) => sight.kind === 'unseen' && sight.fault.kind !== 'not-yet');
}

/** One line for each outcome, and one when it is known whether sessions have come to the target. */
export function announceOutcome(
  log: Log,
  outcome: Outcome,
  faultText: (fault: Fault) => string,
): void {
  const sentence = outcomeSentence(outcome, faultText);
  if (outcome.returned !== null)
    return log[outcome.returned ? 'info' : 'warn']({ outcome }, sentence);
  switch (outcome.result) {
    case 'ok':
      return log.info({ outcome }, sentence);
    case 'refused':
    case 'abandoned':
      return log.warn({ outcome }, sentence);
    case 'failed':
      return log.error({ outcome }, sentence);
    default:
      throw outcome.result satisfies never;
  }
}

/** What somebody should look at, as against what is as it should be or will be. */
function isTrouble(verdict: Verdict): boolean {
  switch (verdict) {
    case 'blind':
    case 'no-producer':
    case 'split-brain':
    case 'views-differ':
    case 'sticky':
      return true;
    case 'idle':
    case 'converged':
    case 'holding':
    case 'failed-over':
      return false;
    default:
      throw verdict satisfies never;
  }
}
