// What an election is about: the target so far, who would be better, and whether the proxies agree on it.
import type { Memory } from '../domain/memory.ts';
import { staysSomewhere, type Facts } from './facts.ts';
import { judgePartition, type Partition } from './partial.ts';

export interface Contest {
  readonly facts: Facts;
  readonly memory: Memory;
  /** The target before this snapshot, or null. */
  readonly previous: string | null;
  /** Producers preferred to the previous target that are up somewhere, best first. */
  readonly better: readonly string[];
  /** What is to be done while the previous target is up at some proxies only; null: they agree on it. */
  readonly partition: Partition | null;
}

/** With `target` as the one before; null, or one that is no producer: there is none. */
export function contest(facts: Facts, memory: Memory, target: string | null): Contest {
  const previous = target !== null && facts.producers.includes(target) ? target : null;
  const rank = previous === null ? 0 : facts.producers.indexOf(previous);
  const better = facts.producers
    .slice(0, rank)
    .filter((producer) => staysSomewhere(facts, producer));
  const partition = previous === null ? null : judgePartition(facts, memory, previous);
  return { facts, memory, previous, better, partition };
}
