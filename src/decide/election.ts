// Election: which producer all proxies are to use now. A numbered table, first match wins; the previous target stays else.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { failbackGates, flappingWaitMs } from './failback.ts';
import { fitEverywhere, justMissed, sessionsAt, staysSomewhere, type Facts } from './facts.ts';
import { sinceOf } from './memory.ts';
import { judgePartition, type Partition } from './partial.ts';
import { agreedByPeers, awaitsPeers } from './peers.ts';
import { canHold } from './pins.ts';
import { meetingPoint, refuge } from './refuge.ts';
import { standingPin } from './steering.ts';

/** The target with the rule that chose it, and the gates that hold a better one back. */
export interface Election {
  readonly target: string | null;
  readonly rule: string;
  readonly why: string;
  /** The target before, be it only assumed for want of memory; null: none. */
  readonly previous: string | null;
  /** The target was moved by a rule that chooses, not by a failure or a person: it counts towards flapping. */
  readonly moved: boolean;
  /** All or nothing: a failback, a move together, an override. */
  readonly voluntary: boolean;
  /** Moved by rule E30. */
  readonly together: boolean;
  /** Chosen for want of memory while a proxy, or a peer, has only just not been seen: not to be acted on, nor remembered. */
  readonly provisional: boolean;
  readonly gates: readonly Gate[];
}

interface Contest {
  readonly facts: Facts;
  readonly memory: Memory;
  /** The target before this snapshot, or null. */
  readonly previous: string | null;
  /** Producers preferred to the previous target that are up somewhere, best first. */
  readonly better: readonly string[];
  /** What is to be done while the previous target is up at some proxies only; null: they agree on it. */
  readonly partition: Partition | null;
}

interface Rule {
  readonly id: string;
  readonly says: string | ((contest: Contest) => string);
  readonly kind: 'start' | 'override' | 'failure' | 'failback' | 'healing' | 'together' | 'stay';
  readonly match: (contest: Contest) => string | null;
}

/**
 * design.md, "Election". E30 holds the target against nobody but less preferred producers: a better one that is fit
 * everywhere may still become the target by E40, E50.
 */
const RULES: readonly Rule[] = [
  {
    id: 'E10',
    says: 'an operator wants this one, and it is up somewhere',
    kind: 'override',
    match: ({ memory }) => memory.override?.to ?? null,
  },
  {
    id: 'E20',
    says: 'the target is up nowhere: failover to the producer that is fit to go to at most proxies',
    kind: 'failure',
    match: ({ facts, previous }) =>
      previous !== null &&
      facts.seen.length > 0 &&
      !staysSomewhere(facts, previous) &&
      !justMissed(facts)
        ? refuge(facts)
        : null,
  },
  {
    id: 'E25',
    says: 'the peers have settled elsewhere: all go to the first producer that is fit to go to everywhere, else to the one that is up at most proxies',
    kind: 'failure',
    match: ({ facts, memory, previous }) => {
      const winner = meetingPoint(facts, memory, previous);
      return winner === previous ? null : winner;
    },
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
    says: 'a more preferred producer is fit to go to everywhere and has sessions already, and nothing holds new ones back: no use in waiting',
    kind: 'healing',
    match: (c) => c.better.find((producer) => drawsSessions(c, producer)) ?? null,
  },
  {
    id: 'E30',
    says: 'the cut is over before anybody was moved: the target is the one before',
    kind: 'failure',
    match: ({ facts, memory: { from, pendingMove, together } }) =>
      together && pendingMove && from !== null && fitEverywhere(facts, from) ? from : null,
  },
  {
    id: 'E30',
    says: 'the target is down at some proxies and stays so: everybody goes to the first producer that all can reach',
    kind: 'together',
    match: ({ partition }) => partition?.to ?? null,
  },
  {
    id: 'E30',
    says: ({ partition }) => partition?.why ?? '',
    kind: 'stay',
    match: ({ partition, previous }) => (partition === null ? null : previous),
  },
  { id: 'E60', says: 'the target stays', kind: 'stay', match: ({ previous }) => previous },
  {
    id: 'E62',
    says: 'nothing is remembered: the producer that all peers have settled on',
    kind: 'start',
    match: ({ facts }) => {
      const producer = agreedByPeers(facts);
      return producer !== null && isUp(facts, producer) ? producer : null;
    },
  },
  {
    id: 'E65',
    says: 'nothing is remembered: the producer that the pins send new connections to',
    kind: 'start',
    match: ({ facts }) => pinnedTo(facts),
  },
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
    match: ({ facts }) => facts.producers.find((p) => staysSomewhere(facts, p)) ?? null,
  },
];

/** Chooses the target. `memory` must be recalled for this snapshot. */
export function elect(facts: Facts, memory: Memory): Election {
  const known = contest(facts, memory, memory.target);
  const first = choose(known) ?? NOBODY;
  if (known.previous !== null || first.target === null) return first;
  // What was only just assumed for want of memory is itself open to the rules, in the same look.
  const second = choose(contest(facts, memory, first.target)) ?? NOBODY;
  const { rule, why } = second.target === first.target ? first : second;
  return { ...second, rule, why, provisional: justMissed(facts) || awaitsPeers(facts) };
}

const NOBODY: Election = {
  target: null,
  rule: 'E99',
  why: 'no producer is up at any proxy that is seen',
  previous: null,
  moved: false,
  voluntary: false,
  together: false,
  provisional: false,
  gates: [],
};

function contest(facts: Facts, memory: Memory, target: string | null): Contest {
  const previous = target !== null && facts.producers.includes(target) ? target : null;
  const rank = previous === null ? 0 : facts.producers.indexOf(previous);
  const better = facts.producers
    .slice(0, rank)
    .filter((producer) => staysSomewhere(facts, producer));
  const partition = previous === null ? null : judgePartition(facts, memory, previous);
  return { facts, memory, previous, better, partition };
}

function choose(c: Contest): Election | null {
  for (const rule of RULES) {
    const target = rule.match(c);
    if (target === null) continue;
    const { kind, says } = rule;
    return {
      target,
      rule: rule.id,
      why: typeof says === 'string' ? says : says(c),
      previous: c.previous,
      moved: kind === 'failback' || kind === 'healing' || kind === 'together',
      voluntary: kind === 'failback' || kind === 'together' || kind === 'override',
      together: kind === 'together',
      provisional: false,
      gates: kind === 'start' || kind === 'stay' ? gatesOf(c) : [],
    };
  }
  return null;
}

/** What holds a better one back, and what a move together. */
function gatesOf(c: Contest): readonly Gate[] {
  const [best] = c.better;
  const failback = best === undefined ? [] : failbackGates(c.facts, c.memory, best);
  return [...failback, ...(c.partition?.gates ?? [])];
}

function isUp(facts: Facts, producer: string): boolean {
  return facts.producers.includes(producer) && staysSomewhere(facts, producer);
}

function drawsSessions({ facts, memory, previous }: Contest, producer: string): boolean {
  const sinceMs = sinceOf(memory.fitSince, producer);
  return (
    flappingWaitMs(facts, memory) === null &&
    sinceMs !== null &&
    facts.now.monoMs - sinceMs >= facts.policy.splitAfterMs &&
    facts.seen.some((proxy) => sessionsAt(proxy, producer) > 0) &&
    !(previous !== null && canHold(facts, previous))
  );
}

/** The producer that all pins name that stand at proxies that are seen. */
function pinnedTo(facts: Facts): string | null {
  const pinned = facts.seen
    .map(({ pin, serving }) =>
      serving === null ? null : (standingPin(serving, pin)?.name ?? null),
    )
    .filter((name) => name !== null);
  const [first] = pinned;
  const agree = first !== undefined && pinned.every((name) => name === first);
  return agree && facts.producers.includes(first) ? first : null;
}
