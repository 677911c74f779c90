// What the log is told of decisions and of what was done: a line where something changed, none where nothing did.
import type { Judgement, Outcome } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Log } from '../domain/ports.ts';
import type { Now } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Snapshot } from '../domain/view.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { decisionSentence, newOrders } from './sentences.ts';

/**
 * Whether a decision says anything new: another verdict, target or reason to hold, a gate that shut or opened,
 * another proxy gone or back, another override, a pin that is set, released or not heeded, other sessions to close. That a count or
 * the time of a gate moved, or a pin is renewed, is not new.
 */
export function changed(previous: Judgement | null, next: Judgement): boolean {
  // A plan is always new: it must be in the journal before it is carried out.
  if (previous === null || next.plan !== null) return true;
  return newOrders(previous, next).length > 0 || signature(previous) !== signature(next);
}

function signature(judgement: Judgement): string {
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
    // What it holds need not be compared: while there is one, it is new.
    plan === null,
  ]);
}

/** One line for a decision that `changed`, else none. */
export function announceDecision(
  log: Log,
  previous: Judgement | null,
  next: { readonly judgement: Judgement; readonly snapshot: Snapshot; readonly now: Now },
  faultText: (fault: Fault) => string,
): void {
  const { judgement } = next;
  if (!changed(previous, judgement)) return;
  const { verdict, rule, hold, target, election, degraded, gates, override, pins, plan } =
    judgement;
  const decision = { verdict, rule, hold, target, election, degraded, gates, override, pins, plan };
  const level = isTrouble(verdict) || degraded.length > 0 ? 'warn' : 'info';
  log[level]({ decision }, decisionSentence(previous, next, faultText));
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
