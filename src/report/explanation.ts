// Why a decision is as it is, and why not yet, in the shape of `explain --json` and `/v1/explain`.
import { explainRules } from '../decide/explain.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import { GATES } from '../domain/verdict.ts';
import { gateSays } from './gate-words.ts';
import { toStatus, type StatusInput } from './status.ts';

/** A status, and what its judgement was made with: the memory that went in, not the one that came out. */
export interface ExplanationInput extends StatusInput {
  readonly memory: Memory;
  readonly policy: Policy;
}

export function toExplanation(input: ExplanationInput): Explanation {
  const { snapshot, memory, policy, now } = input;
  const { source, at, cluster, backend, says, verdict, rule, hold, since, ...rest } =
    toStatus(input);
  const { target, election, why, degraded, gates } = rest;
  return {
    source,
    at,
    cluster,
    backend,
    says,
    verdict,
    rule,
    hold,
    since,
    target,
    election,
    why,
    degraded,
    ...explainRules(snapshot, memory, policy, now),
    gates: GATES.map((gate) => ({
      gate,
      says: gateSays(gate),
      shut: gates.filter((shut) => shut.gate === gate),
    })),
  };
}
