// What an operator's order leaves in memory; the next decision does the rest.
import type { Memory } from '../domain/memory.ts';
import type { Order } from '../domain/order.ts';
import type { Now } from '../domain/time.ts';

/** Memory once the order is taken. An override that is older than the one that holds changes nothing. */
export function obey(memory: Memory, order: Order, now: Now): Memory {
  switch (order.kind) {
    case 'override': {
      const { to, untilWallMs, givenWallMs } = order;
      // What this clock has not come to yet is no newer than now: the clock has jumped back, or another one is ahead.
      const heldMs = Math.min(memory.override?.givenWallMs ?? -Infinity, now.wallMs);
      if (givenWallMs < heldMs) return memory;
      return { ...memory, override: { to, untilWallMs, givenWallMs } };
    }
    case 'clear':
      return { ...memory, override: null };
    case 'resume':
      return { ...memory, moves: [], flap: { factor: 1, changedMs: now.monoMs } };
    default:
      return order satisfies never;
  }
}
