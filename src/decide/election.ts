// Election: which producer all proxies are to use now, by the rules of election-rules.ts.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { contest, type Contest } from './contest.ts';
import { ELECTION_RULES, NO_TARGET } from './election-rules.ts';
import { failbackGates } from './failback.ts';
import { justMissed, type Facts } from './facts.ts';
import { awaitsPeers } from './peers.ts';

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

/** Chooses the target. `memory` must be recalled for this snapshot. */
export function elect(facts: Facts, memory: Memory): Election {
  return electFrom(facts, memory).election;
}

/** The election with the contest that its rule was found in. */
export function electFrom(
  facts: Facts,
  memory: Memory,
): { readonly election: Election; readonly told: Contest } {
  const known = contest(facts, memory, memory.target);
  const first = choose(known) ?? NOBODY;
  if (known.previous !== null || first.target === null) return { election: first, told: known };
  // What was only just assumed for want of memory is itself open to the rules, in the same look.
  const assumed = contest(facts, memory, first.target);
  const second = choose(assumed) ?? NOBODY;
  const stays = second.target === first.target;
  const { rule, why } = stays ? first : second;
  const provisional = justMissed(facts) || awaitsPeers(facts);
  return {
    election: { ...second, rule, why, provisional },
    told: stays ? known : assumed,
  };
}

const NOBODY: Election = {
  target: null,
  rule: NO_TARGET.id,
  why: NO_TARGET.says,
  previous: null,
  moved: false,
  voluntary: false,
  together: false,
  provisional: false,
  gates: [],
};

function choose(c: Contest): Election | null {
  for (const rule of ELECTION_RULES) {
    const target = rule.match(c);
    if (target === null) continue;
    const { kind, says, why } = rule;
    return {
      target,
      rule: rule.id,
      why: why === undefined ? says : why(c),
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
