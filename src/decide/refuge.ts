// Where to go when nobody may wait: off a producer that has failed, or together with peers that have gone elsewhere.
import type { Memory } from '../domain/memory.ts';
import { fitEverywhere, staysAt, unfitAt, type Facts, type ProxyFacts } from './facts.ts';
import { peersSettledOn } from './peers.ts';

/** Where a failover goes: fit to go to at most proxies, ties by preference; in a warm-up, up at most proxies. */
export function refuge(facts: Facts): string | null {
  const fit = (proxy: ProxyFacts, producer: string) => unfitAt(facts, proxy, producer) === null;
  return most(facts.producers, facts, fit) ?? most(facts.producers, facts, staysAt);
}

function most(
  producers: readonly string[],
  facts: Facts,
  at: (proxy: ProxyFacts, producer: string) => boolean,
): string | null {
  let best: string | null = null;
  let bestCount = 0;
  for (const producer of producers) {
    const count = facts.seen.filter((proxy) => at(proxy, producer)).length;
    if (count > bestCount) [best, bestCount] = [producer, count];
  }
  return best;
}

/**
 * Where supervisors meet that have settled on different producers while they did not see each other: each finds the
 * same, whichever it is. Null: they have not. What is only pending, here or there, moves nobody.
 */
export function meetingPoint(facts: Facts, memory: Memory, previous: string | null): string | null {
  const ours = memory.pendingMove ? memory.from : previous;
  const theirs = peersSettledOn(facts).filter((producer) => facts.producers.includes(producer));
  if (ours === null || theirs.every((producer) => producer === ours)) return null;
  const rivals = facts.producers.filter((p) => p === ours || theirs.includes(p));
  return rivals.find((p) => fitEverywhere(facts, p)) ?? most(rivals, facts, staysAt);
}
