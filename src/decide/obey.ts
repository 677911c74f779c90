// What an operator's order leaves in memory; the next decision does the rest.
import type { Memory } from '../domain/memory.ts';
import type { Order } from '../domain/order.ts';
import type { Now } from '../domain/time.ts';

/**
 * Memory once the order is taken. An override that is older than the one that holds changes nothing; one that is given
 * after another was cleared is newer than that, whatever the clock says: peers go by it.
 */
export function obey(memory: Memory, order: Order, now: Now): Memory {
  switch (order.kind) {
    case 'override': {
      const { to, untilWallMs, givenWallMs } = order;
      // What this clock has not come to yet is no newer than now: the clock has jumped back, or another one is ahead.
      const heldMs = Math.min(memory.override?.givenWallMs ?? -Infinity, now.wallMs);
      if (givenWallMs < heldMs) return memory;
      const newMs = Math.max(givenWallMs, (memory.clearedWallMs ?? -Infinity) + 1);
      return { ...memory, override: { to, untilWallMs, givenWallMs: newMs } };
    }
    case 'clear':
      return { ...memory, override: null, clearedWallMs: cleared(memory, now) };
    case 'pause':
      return { ...memory, paused: { untilWallMs: order.untilWallMs } };
    case 'resume':
      return { ...memory, paused: null, moves: [], flap: { factor: 1, changedMs: now.monoMs } };
    default:
      return order satisfies never;
  }
}

/** Everything that was given up to now, here or at a peer. */
function cleared({ clearedWallMs, override }: Memory, { wallMs }: Now): number {
  return Math.max(clearedWallMs ?? -Infinity, override?.givenWallMs ?? -Infinity, wallMs);
}
