// The rules of the election: a numbered table, first match wins; the previous target stays else. Each can say what it saw.
import type { Contest } from './contest.ts';
import * as saw from './election-saw.ts';
import { failbackGates, flappingWaitMs } from './failback.ts';
import { fitEverywhere, justMissed, sessionsAt, staysSomewhere, type Facts } from './facts.ts';
import { sinceOf } from './memory.ts';
import { agreedByPeers } from './peers.ts';
import { canHold } from './pins.ts';
import { meetingPoint, refuge } from './refuge.ts';
import { standingPin } from './steering.ts';
import { sessionWords } from './words.ts';

interface ElectionRule {
  readonly id: string;
  readonly says: string;
  /** Why this target, where that is more than what the rule says. */
  readonly why?: (contest: Contest) => string;
  readonly kind: 'start' | 'override' | 'failure' | 'failback' | 'healing' | 'together' | 'stay';
  readonly match: (contest: Contest) => string | null;
  /** What it is asked about, in words; only for explanations. */
  readonly saw: (contest: Contest) => string;
}

/**
 * design.md, "Election". E30 holds the target against nobody but less preferred producers: a better one that is fit
 * everywhere may still become the target by E40, E50.
 */
export const ELECTION_RULES: readonly ElectionRule[] = [
  {
    id: 'E10',
    says: 'an operator wants this one, and it is up somewhere',
    kind: 'override',
    match: ({ memory }) => memory.override?.to ?? null,
    saw: saw.override,
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
    saw: saw.staying,
  },
  {
    id: 'E25',
    says: 'the peers have settled elsewhere: all go to the first producer that is fit to go to everywhere, else to the one that is up at most proxies',
    kind: 'failure',
    match: ({ facts, memory, previous }) => {
      const winner = meetingPoint(facts, memory, previous);
      return winner === previous ? null : winner;
    },
    saw: saw.peers,
  },
  {
    id: 'E40',
    says: 'a more preferred producer has been fit to go to everywhere, and the failback wait is over',
    kind: 'failback',
    match: (c) =>
      c.better.find((producer) => failbackGates(c.facts, c.memory, producer).length === 0) ?? null,
    saw: saw.better,
  },
  {
    id: 'E50',
    says: 'a more preferred producer is fit to go to everywhere and has sessions already, and nothing holds new ones back: no use in waiting',
    kind: 'healing',
    match: (c) => c.better.find((producer) => drawsSessions(c, producer)) ?? null,
    saw: saw.drawing,
  },
  {
    id: 'E30',
    says: 'the cut is over before anybody was moved: the target is the one before',
    kind: 'failure',
    match: ({ facts, memory: { from, pendingMove, together } }) =>
      together && pendingMove && from !== null && fitEverywhere(facts, from) ? from : null,
    saw: saw.cut,
  },
  {
    id: 'E30',
    says: 'the target is down at some proxies and stays so: everybody goes to the first producer that all can reach',
    kind: 'together',
    match: ({ partition }) => partition?.to ?? null,
    saw: saw.partition,
  },
  {
    id: 'E30',
    says: 'the target is up at some proxies and down at others: it stays as yet',
    why: ({ partition }) => partition?.why ?? '',
    kind: 'stay',
    match: ({ partition, previous }) => (partition === null ? null : previous),
    saw: saw.partition,
  },
  {
    id: 'E60',
    says: 'the target stays',
    kind: 'stay',
    match: ({ previous }) => previous,
    saw: saw.standing,
  },
  {
    id: 'E62',
    says: 'nothing is remembered: the producer that all peers have settled on',
    kind: 'start',
    match: ({ facts }) => {
      const producer = agreedByPeers(facts);
      return producer !== null && isUp(facts, producer) ? producer : null;
    },
    saw: saw.peers,
  },
  {
    id: 'E65',
    says: 'nothing is remembered: the producer that the pins send new connections to',
    kind: 'start',
    match: ({ facts }) => pinnedTo(facts),
    saw: saw.pins,
  },
  {
    id: 'E70',
    says: 'nothing is remembered: the only producer with sessions',
    kind: 'start',
    match: ({ facts }) => (facts.inUse.length === 1 ? (facts.inUse[0] ?? null) : null),
    saw: ({ facts }) => sessionWords(facts),
  },
  {
    id: 'E80',
    says: 'nothing is remembered: the most preferred producer that is fit to go to everywhere',
    kind: 'start',
    match: ({ facts }) => facts.producers.find((p) => fitEverywhere(facts, p)) ?? null,
    saw: saw.fitness,
  },
  {
    id: 'E90',
    says: 'nothing is remembered: the most preferred producer that is up somewhere',
    kind: 'start',
    match: ({ facts }) => facts.producers.find((p) => staysSomewhere(facts, p)) ?? null,
    saw: saw.staying,
  },
];

/** Where no rule matches there is no target. */
export const NO_TARGET = {
  id: 'E99',
  says: 'no producer is up at any proxy that is seen',
  saw: saw.staying,
};

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
