// The verdict: the diagnosis of a snapshot. A numbered table, first match wins.
import type { Memory } from '../domain/memory.ts';
import type { HoldReason, Verdict } from '../domain/verdict.ts';
import { shelvedAt, staysAt, staysSomewhere, type Facts } from './facts.ts';
import { namesOf, sessionWords } from './words.ts';

interface Case {
  readonly facts: Facts;
  readonly target: string | null;
}

interface VerdictRule {
  readonly id: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly match: (c: Case) => boolean;
  /** What it is asked about, in words; only for explanations. */
  readonly saw: (c: Case) => string;
}

/** design.md, "Verdicts". */
export const VERDICT_RULES: readonly VerdictRule[] = [
  {
    id: 'R10',
    verdict: 'blind',
    says: 'no proxy can be seen',
    match: ({ facts }) => facts.seen.length === 0,
    saw: ({ facts }) => `seen: ${namesOf(facts.seen)}; not seen: ${namesOf(unseenOf(facts))}`,
  },
  {
    id: 'R20',
    verdict: 'no-producer',
    says: 'no producer is up at any proxy that is seen',
    match: ({ facts }) => !facts.producers.some((p) => staysSomewhere(facts, p)),
    saw: ({ facts }) => facts.producers.map((p) => standing(facts, p)).join('; ') || 'no server',
  },
  {
    id: 'R30',
    verdict: 'split-brain',
    says: 'sessions are on two producers or more',
    match: ({ facts }) => facts.inUse.length > 1,
    saw: ({ facts }) => sessionWords(facts),
  },
  {
    id: 'R40',
    verdict: 'views-differ',
    says: 'the target is up at some proxies and down at others',
    match: ({ facts, target }) =>
      target !== null &&
      staysSomewhere(facts, target) &&
      facts.seen.some((at) => !staysAt(at, target)),
    saw: ({ facts, target }) => (target === null ? NO_TARGET : standing(facts, target)),
  },
  {
    id: 'R50',
    verdict: 'sticky',
    says: 'all sessions are on a producer that is not the target',
    match: ({ facts, target }) => facts.inUse.length === 1 && facts.inUse[0] !== target,
    saw: (c) => `${sessionWords(c.facts)}; ${targetWords(c)}`,
  },
  {
    id: 'R60',
    verdict: 'idle',
    says: 'there is no session',
    match: ({ facts }) => facts.inUse.length === 0,
    saw: ({ facts }) => sessionWords(facts),
  },
  {
    id: 'R70',
    verdict: 'converged',
    says: 'all sessions are on main',
    match: ({ facts, target }) => target === facts.producers[0],
    saw: (c) => `${targetWords(c)}; the most preferred is ${c.facts.producers[0] ?? 'not known'}`,
  },
  {
    id: 'R80',
    verdict: 'holding',
    says: 'all sessions are on the target, which is not main, while main is up somewhere',
    match: ({ facts }) => staysSomewhere(facts, facts.producers[0] ?? ''),
    saw: ({ facts }) => standing(facts, facts.producers[0] ?? ''),
  },
  {
    id: 'R90',
    verdict: 'failed-over',
    says: 'all sessions are on the target, while main is up nowhere',
    match: () => true,
    saw: ({ facts }) => standing(facts, facts.producers[0] ?? ''),
  },
];

const NO_TARGET = 'there is no target';

function targetWords({ target }: Case): string {
  return target === null ? NO_TARGET : `the target is ${target}`;
}

function unseenOf({ proxies, seen }: Facts): Facts['proxies'] {
  return proxies.filter((proxy) => !seen.includes(proxy));
}

/** `main is up at ha1, down at ha2`. */
function standing({ seen }: Facts, producer: string): string {
  const up = seen.filter((proxy) => staysAt(proxy, producer));
  const down = seen.filter((proxy) => !staysAt(proxy, producer));
  const words = [
    ...(up.length === 0 ? [] : [`up at ${namesOf(up)}`]),
    ...(down.length === 0 ? [] : [`down at ${namesOf(down)}`]),
  ];
  return `${producer} is ${words.join(', ') || 'not seen'}`;
}

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
