// Election: which producer all proxies are to use now. A numbered table, first match wins; the previous target stays else.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { failbackGates, flappingWaitMs } from './failback.ts';
import {
  fitEverywhere,
  sessionsAt,
  staysAt,
  unfitAt,
  type Facts,
  type ProxyFacts,
} from './facts.ts';
import { sinceOf } from './memory.ts';

/** The target with the rule that chose it, and the gates that hold a better one back. */
export interface Election {
  readonly target: string | null;
  readonly rule: string;
  readonly why: string;
  /** The target was moved by a rule that chooses, not by a failure: it counts towards flapping. */
  readonly moved: boolean;
  /** All or nothing: a failback. */
  readonly voluntary: boolean;
  readonly gates: readonly Gate[];
}

interface Contest {
  readonly facts: Facts;
  readonly memory: Memory;
  /** The target before this snapshot, or null. */
  readonly previous: string | null;
  /** Producers preferred to the previous target that are up somewhere, best first. */
  readonly better: readonly string[];
}

interface Rule {
  readonly id: string;
  readonly says: string;
  readonly kind: 'start' | 'failure' | 'failback' | 'healing' | 'stay';
  readonly match: (contest: Contest) => string | null;
}

/**
 * design.md, "Election". E10 (override) comes with overrides, E30's move with pins. E30 holds the target against
 * nobody but less preferred producers: a better one that is fit everywhere may still become the target by E40, E50.
 */
const RULES: readonly Rule[] = [
  {
    id: 'E20',
    says: 'the target is up nowhere: failover to the producer that is fit to go to at most proxies',
    kind: 'failure',
    match: ({ facts, previous }) =>
      previous !== null && facts.seen.length > 0 && !up(facts, previous) && !missed(facts)
        ? refuge(facts)
        : null,
  },
  {
    id: 'E40',
    says: 'a more preferred producer has been fit to go to everywhere, and the failback wait is over',
    kind: 'failback',
    match: (c) =>
      c.better.find((producer) => failbackGates(c.facts, c.memory, producer).length === 0) ?? null,
  },
  {
    id: 'E50',
    says: 'a more preferred producer is fit to go to everywhere and has sessions already: no use in waiting',
    kind: 'healing',
    match: (c) => c.better.find((producer) => drawsSessions(c, producer)) ?? null,
  },
  {
    id: 'E30',
    says: 'the target is up at some proxies and down at others: it stays, nobody is moved off it',
    kind: 'stay',
    match: ({ facts, previous }) =>
      previous !== null && up(facts, previous) && !facts.seen.every((p) => staysAt(p, previous))
        ? previous
        : null,
  },
  { id: 'E60', says: 'the target stays', kind: 'stay', match: ({ previous }) => previous },
  {
    id: 'E70',
    says: 'nothing is remembered: the only producer with sessions',
    kind: 'start',
    match: ({ facts }) => (facts.inUse.length === 1 ? (facts.inUse[0] ?? null) : null),
  },
  {
    id: 'E80',
    says: 'nothing is remembered: the most preferred producer that is fit to go to everywhere',
    kind: 'start',
    match: ({ facts }) => facts.producers.find((p) => fitEverywhere(facts, p)) ?? null,
  },
  {
    id: 'E90',
    says: 'nothing is remembered: the most preferred producer that is up somewhere',
    kind: 'start',
    match: ({ facts }) => facts.producers.find((p) => up(facts, p)) ?? null,
  },
];

/** Chooses the target. `memory` must be recalled for this snapshot. */
export function elect(facts: Facts, memory: Memory): Election {
  const known = contest(facts, memory, memory.target);
  const first = choose(known) ?? NOBODY;
  if (known.previous !== null || first.target === null) return first;
  // What was only just assumed for want of memory is itself open to the rules, in the same look.
  const second = choose(contest(facts, memory, first.target)) ?? NOBODY;
  return second.target === first.target ? { ...second, rule: first.rule, why: first.why } : second;
}

const NOBODY: Election = {
  target: null,
  rule: 'E99',
  why: 'no producer is up at any proxy that is seen',
  moved: false,
  voluntary: false,
  gates: [],
};

function contest(facts: Facts, memory: Memory, target: string | null): Contest {
  const previous = target !== null && facts.producers.includes(target) ? target : null;
  const rank = previous === null ? 0 : facts.producers.indexOf(previous);
  const better = facts.producers.slice(0, rank).filter((producer) => up(facts, producer));
  return { facts, memory, previous, better };
}

function choose(c: Contest): Election | null {
  for (const rule of RULES) {
    const target = rule.match(c);
    if (target === null) continue;
    const moved = rule.kind === 'failback' || rule.kind === 'healing';
    const best = c.better[0];
    const held = !moved && rule.kind !== 'failure' && best !== undefined;
    const gates = held ? failbackGates(c.facts, c.memory, best) : [];
    return {
      target,
      rule: rule.id,
      why: rule.says,
      moved,
      voluntary: rule.kind === 'failback',
      gates,
    };
  }
  return null;
}

/** Up in any form at any proxy that is seen. */
function up(facts: Facts, producer: string): boolean {
  return facts.seen.some((proxy) => staysAt(proxy, producer));
}

/** A proxy has only just gone out of sight: one missed look must not make a failure of a target that it alone shows up. */
function missed({ proxies, now, policy }: Facts): boolean {
  return proxies.some(
    ({ unseenSinceMs }) =>
      unseenSinceMs !== null && now.monoMs - unseenSinceMs < policy.splitAfterMs,
  );
}

/** Where a failover goes: fit to go to at most proxies, ties by preference; in a warm-up, up at most proxies. */
function refuge(facts: Facts): string | null {
  const fit = (proxy: ProxyFacts, producer: string) => unfitAt(facts, proxy, producer) === null;
  return most(facts, fit) ?? most(facts, staysAt);
}

function most(facts: Facts, at: (proxy: ProxyFacts, producer: string) => boolean): string | null {
  let best: string | null = null;
  let bestCount = 0;
  for (const producer of facts.producers) {
    const count = facts.seen.filter((proxy) => at(proxy, producer)).length;
    if (count > bestCount) [best, bestCount] = [producer, count];
  }
  return best;
}

function drawsSessions({ facts, memory }: Contest, producer: string): boolean {
  const sinceMs = sinceOf(memory.fitSince, producer);
  return (
    flappingWaitMs(facts, memory) === null &&
    sinceMs !== null &&
    facts.now.monoMs - sinceMs >= facts.policy.splitAfterMs &&
    facts.seen.some((proxy) => sessionsAt(proxy, producer) > 0)
  );
}
