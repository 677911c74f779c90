// What operators have ordered, as it stands at this look: an override, the last one that ended, a pause.
import type { Memory } from '../domain/memory.ts';
import { LONGEST_OVERRIDE_MS, type Override } from '../domain/order.ts';
import { justMissed, staysSomewhere, type Facts } from './facts.ts';
import { livePeers } from './peers.ts';

/** A peer's clock may be ahead of ours by this much; what was given later than that was not given yet. */
const AHEAD_MS = 300_000;

type Ordered = Pick<Memory, 'override' | 'clearedWallMs' | 'paused'>;

/** An override ends for good when its time is over, its producer is fit to stay nowhere, or a peer's operator has cleared it. */
export function recallOrders(facts: Facts, { override, clearedWallMs, paused }: Ordered): Ordered {
  const ours = [override, ...taken(facts, clearedWallMs)].reduce(newer, null);
  const isOver = ours !== null && !stillHolds(facts, ours);
  return {
    override: isOver ? null : ours,
    clearedWallMs: isOver ? Math.max(clearedWallMs ?? -Infinity, ours.givenWallMs) : clearedWallMs,
    paused: isPaused(facts, paused) ? paused : null,
  };
}

function newer(one: Override | null, other: Override | null): Override | null {
  return other !== null && (one === null || other.givenWallMs > one.givenWallMs) ? other : one;
}

/** The overrides of peers that are newer than the last one that ended here. */
function taken({ now, ...facts }: Facts, clearedWallMs: number | null): readonly Override[] {
  return livePeers(facts)
    .map((peer) => peer.override)
    .filter((override) => override !== null)
    .filter(
      ({ givenWallMs, untilWallMs }) =>
        givenWallMs > (clearedWallMs ?? -Infinity) &&
        givenWallMs <= now.wallMs + AHEAD_MS &&
        untilWallMs - now.wallMs <= LONGEST_OVERRIDE_MS,
    );
}

function stillHolds(facts: Facts, override: Override): boolean {
  const { now, producers, seen } = facts;
  if (!(now.wallMs < override.untilWallMs) || isCleared(facts, override)) return false;
  if (seen.length === 0) return true;
  const listed = producers.includes(override.to);
  return listed && (staysSomewhere(facts, override.to) || justMissed(facts));
}

function isCleared({ now, ...facts }: Facts, { givenWallMs }: Override): boolean {
  return livePeers(facts).some(
    ({ clearedWallMs }) =>
      clearedWallMs !== null &&
      clearedWallMs >= givenWallMs &&
      clearedWallMs <= now.wallMs + AHEAD_MS,
  );
}

function isPaused({ now }: Facts, paused: Memory['paused']): boolean {
  if (paused === null) return false;
  return paused.untilWallMs === null || now.wallMs < paused.untilWallMs;
}
