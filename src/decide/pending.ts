// A voluntary move that has not begun: all or nothing, and meanwhile new connections are kept where they were.
import type { Memory } from '../domain/memory.ts';
import type { Election } from './election.ts';
import { failbackBlindness } from './failback.ts';
import { justMissed, staysSomewhere, type Facts } from './facts.ts';
import { hasBegun } from './peers.ts';
import { isSteered } from './pins.ts';
import { isAstray } from './wanted.ts';

/** The producer that new connections are wanted on: the target, or while a move to it is pending the one before. */
export function wantedOn({ from, pendingMove, target }: Memory): string | null {
  return pendingMove ? (from ?? target) : target;
}

/** Whether the target is where it is by an operator's will. */
export function isOverridden({ override, target }: Memory): boolean {
  return override !== null && override.to === target;
}

/** What is pending once the target is known. `memory` is that of before, recalled. */
export function pendingAfter(
  facts: Facts,
  memory: Memory,
  { target, previous, voluntary }: Election,
): Pick<Memory, 'pendingMove' | 'from'> {
  const isMove = target !== memory.target;
  // Where a peer has begun it, it is no longer all or nothing: the split that it has made is healed.
  const isBegun = !isOverridden({ ...memory, target }) && hasBegun(facts, target);
  const isPending = (isMove ? voluntary : memory.pendingMove) && !isBegun;
  // A move that takes the place of a pending one begins where everybody still is.
  const before = isMove ? ((memory.pendingMove ? memory.from : null) ?? previous) : memory.from;
  const from = isKept(facts, { ...memory, target }, before) ? before : null;
  if (isPending && lasts(facts, target, from)) return { pendingMove: true, from };
  // A plan that is refused everywhere is pending again: until it has ended it is known where from.
  const acting = memory.proxies.some((proxy) => proxy.actingMs !== null);
  return { pendingMove: false, from: acting && !isMove ? memory.from : null };
}

/**
 * All or nothing until the first closing, or until nothing is left to close. Without pins it is no longer voluntary once
 * the target has sessions: HAProxy sends every new one there, and the split is healed. With pins that was a stray one.
 */
function lasts(facts: Facts, target: string | null, from: string | null): boolean {
  if (target === null) return false;
  const held = from !== null && isSteered(facts);
  if (!held && facts.inUse.includes(target)) return false;
  return facts.seen.length < facts.proxies.length || hasStrays(facts, target);
}

/** Not where it is up nowhere any more, nor where nothing is seen that is to be closed and nothing else is waited for. */
function isKept(facts: Facts, memory: Memory, from: string | null): boolean {
  const { target } = memory;
  if (from === null || target === null || from === target) return false;
  if (facts.seen.length > 0 && !staysSomewhere(facts, from) && !justMissed(facts)) return false;
  const waits = !isOverridden(memory) && failbackBlindness(facts).length > 0;
  return waits || hasStrays(facts, target);
}

function hasStrays(facts: Facts, target: string): boolean {
  return facts.seen.some((proxy) => isAstray(facts, proxy, target));
}
