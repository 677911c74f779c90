// The verdict: the diagnosis of a snapshot. A numbered table, first match wins.
import type { Memory } from '../domain/memory.ts';
import type { HoldReason, Verdict } from '../domain/verdict.ts';
import { shelvedAt, staysAt, staysSomewhere, type Facts } from './facts.ts';

interface Case {
  readonly facts: Facts;
  readonly target: string | null;
}

interface Rule {
  readonly id: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly match: (c: Case) => boolean;
}

/** design.md, "Verdicts". */
const VERDICT_RULES: readonly Rule[] = [
  {
    id: 'R10',
    verdict: 'blind',
    says: 'no proxy can be seen',
    match: ({ facts }) => facts.seen.length === 0,
  },
  {
    id: 'R20',
    verdict: 'no-producer',
    says: 'no producer is up at any proxy that is seen',
    match: ({ facts }) => !facts.producers.some((p) => staysSomewhere(facts, p)),
  },
  {
    id: 'R30',
    verdict: 'split-brain',
    says: 'sessions are on two producers or more',
    match: ({ facts }) => facts.inUse.length > 1,
  },
  {
    id: 'R40',
    verdict: 'views-differ',
    says: 'the target is up at some proxies and down at others',
    match: ({ facts, target }) =>
      target !== null &&
      staysSomewhere(facts, target) &&
      facts.seen.some((at) => !staysAt(at, target)),
  },
  {
    id: 'R50',
    verdict: 'sticky',
    says: 'all sessions are on a producer that is not the target',
    match: ({ facts, target }) => facts.inUse.length === 1 && facts.inUse[0] !== target,
  },
  {
    id: 'R60',
    verdict: 'idle',
    says: 'there is no session',
    match: ({ facts }) => facts.inUse.length === 0,
  },
  {
    id: 'R70',
    verdict: 'converged',
    says: 'all sessions are on main',
    match: ({ facts, target }) => target === facts.producers[0],
  },
  {
    id: 'R80',
    verdict: 'holding',
    says: 'all sessions are on the target, which is not main, while main is up somewhere',
    match: ({ facts }) => staysSomewhere(facts, facts.producers[0] ?? ''),
  },
  {
    id: 'R90',
    verdict: 'failed-over',
    says: 'all sessions are on the target, while main is up nowhere',
    match: () => true,
  },
];

export interface Diagnosis {
  readonly verdict: Verdict;
  readonly rule: string;
  readonly hold: HoldReason | null;
}

/** Total: the last rule matches whatever is left. */
export function diagnose(facts: Facts, target: string | null, memory: Memory): Diagnosis {
  for (const rule of VERDICT_RULES) {
    if (!rule.match({ facts, target })) continue;
    const hold = rule.verdict === 'holding' ? holdReason(facts, target, memory) : null;
    return { verdict: rule.verdict, rule: rule.id, hold };
  }
  throw new Error('the last verdict rule matches everything');
}

/** The sentence of a verdict's rule; empty for an id that is none. */
export function verdictSays(id: string): string {
  return VERDICT_RULES.find((rule) => rule.id === id)?.says ?? '';
}

function holdReason(facts: Facts, target: string | null, memory: Memory): HoldReason {
  if (memory.override !== null && memory.override.to === target) return 'override';
  if (memory.flap.factor > 1) return 'flapping';
  if (memory.together) return 'together';
  const shelved = facts.seen.some((proxy) => shelvedAt(proxy, facts.producers[0] ?? ''));
  return shelved ? 'operator' : 'wait';
}
