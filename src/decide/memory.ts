// Memory at its beginning, and how one entry of it is found.
import type { Memory, ProxyMemory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';

/** Nothing known, nothing tried. */
export const BLANK: Memory = {
  target: null,
  producers: [],
  verdict: null,
  wrongSinceMs: null,
  pendingMove: false,
  from: null,
  override: null,
  clearedWallMs: null,
  paused: null,
  together: false,
  apart: null,
  moves: [],
  flap: { factor: 1, changedMs: 0 },
  plans: [],
  proxies: [],
  fitSince: [],
  lastTick: null,
  stalledMs: null,
};

/** A start without a readable journal: counts as a closing just done everywhere, and half the budget spent. */
export function cautious(policy: Policy, now: Now): Memory {
  return {
    ...BLANK,
    plans: Array.from({ length: Math.ceil(policy.budgetMax / 2) }, () => now.monoMs),
    proxies: policy.proxies.map(({ name }) => ({
      ...memoryOf(BLANK, name),
      closedMs: now.monoMs,
    })),
  };
}

/** What is remembered of a proxy; of an unknown one, or in a field that an older journal does not have, nothing. */
export function memoryOf(memory: Memory, name: string): ProxyMemory {
  return {
    name,
    carriedMs: null,
    upSince: [],
    agreed: null,
    freshLooks: 0,
    lastLookMs: null,
    heed: null,
    closedMs: null,
    climbed: [],
    hid: false,
    actingMs: null,
    ...memory.proxies.find((proxy) => proxy.name === name),
  };
}

/** The instant kept for a producer, or null. */
export function sinceOf(
  list: readonly { readonly producer: string; readonly sinceMs: number }[],
  producer: string,
): number | null {
  return list.find((entry) => entry.producer === producer)?.sinceMs ?? null;
}
