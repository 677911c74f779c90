// What a hook is told: the shape of a webhook's body and of the line that a program gets (docs/hooks.md).
import type { Outcome, Plan } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { StatusGate } from '../domain/status.ts';
import type { Now } from '../domain/time.ts';
import type { HookEvent, Verdict } from '../domain/verdict.ts';
import type { Decided } from './announce.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { decisionSentence } from './sentences.ts';
import { toStatusGates } from './status.ts';
import { rfc3339 } from './wall.ts';

/** Times are RFC 3339 UTC with milliseconds, but for those within `outcome`, which is as in the journal. */
export interface HookPayload {
  readonly v: 1;
  readonly at: string;
  readonly event: HookEvent;
  readonly cluster: string;
  readonly backend: string;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly target: string | null;
  readonly gates: readonly StatusGate[];
  readonly plan: (Omit<Plan, 'sinceMs'> & { readonly since: string }) | null;
  /** Of an `action` alone; the rest is then of the latest decision. */
  readonly outcome?: Outcome;
  /** What the log says. */
  readonly message: string;
}

/** A decision, what it was made from, and when. */
export interface Made extends Decided {
  readonly now: Now;
}

export interface PayloadNeeds {
  readonly cluster: string;
  readonly backend: string;
  /** As in haproxy/fault-text.ts. */
  readonly faultText: (fault: Fault) => string;
}

/** What a decision begins: its verdict where that is new, and `gate` where one has shut that was open or is another proxy's. */
export function eventsOf(previous: Decided | null, { judgement, now }: Made): readonly HookEvent[] {
  const { verdict, sinceMs, gates } = judgement;
  // In a first round after SIGHUP a verdict goes on that began before.
  const begins = previous === null ? sinceMs >= now.monoMs : previous.judgement.verdict !== verdict;
  const shuts = gates.some(
    ({ gate, proxy }) =>
      previous?.judgement.gates.some((other) => other.gate === gate && other.proxy === proxy) !==
      true,
  );
  return [...(begins ? [verdict] : []), ...(shuts ? (['gate'] as const) : [])];
}

export function ofDecision(
  needs: PayloadNeeds,
  event: HookEvent,
  previous: Decided | null,
  next: Made,
): HookPayload {
  const at = rfc3339(next.now, next.now.monoMs);
  const message = decisionSentence(previous, next, needs.faultText);
  return { ...decisionPart(needs, event, at, next), message };
}

/** `decision`: the latest. */
export function ofOutcome(
  needs: PayloadNeeds,
  decision: Made,
  outcome: Outcome,
  now: Now,
): HookPayload {
  const at = rfc3339(now, now.monoMs);
  const message = outcomeSentence(outcome, needs.faultText);
  return { ...decisionPart(needs, 'action', at, decision), outcome, message };
}

function decisionPart(
  { cluster, backend }: PayloadNeeds,
  event: HookEvent,
  at: string,
  { judgement, snapshot, now }: Made,
): Omit<HookPayload, 'message'> {
  const { verdict, rule, target, gates, plan } = judgement;
  return {
    v: 1,
    at,
    event,
    cluster,
    backend,
    verdict,
    rule,
    target,
    gates: toStatusGates(gates, now, { backend, judgement, snapshot }),
    plan: plan === null ? null : planPart(plan, now),
  };
}

function planPart({ sinceMs, ...plan }: Plan, now: Now): HookPayload['plan'] {
  return { ...plan, since: rfc3339(now, sinceMs) };
}
