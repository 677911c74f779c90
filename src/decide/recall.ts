// Brings memory up to date with a snapshot, before anything is judged: what has lasted, what broke, whether we slept.
import type { Memory, ProxyMemory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Facts, ProxyFacts } from './facts.ts';
import { fitEverywhere, serverAt, staysAt } from './facts.ts';
import { memoryOf, sinceOf } from './memory.ts';
import { recallOrders } from './orders.ts';

/** The wall clock may drift from the monotonic one by this much between two ticks before it counts as a jump. */
const JUMP_MS = 2000;
/** Grace beyond `verify` before a plan whose outcome never came counts as ended. */
const LOST_MS = 30_000;

/** Memory as of this snapshot. Nothing is decided here. */
export function recall(facts: Facts, memory: Memory): Memory {
  const { now, policy } = facts;
  const stalled = stoodStill(memory.lastTick, now, policy);
  const moves = memory.moves.filter((at) => now.monoMs - at < policy.flapWithinMs);
  return {
    ...memory,
    producers: policy.producers.length > 0 ? [] : facts.producers,
    ...recallOrders(facts, memory),
    apart: stillApart(facts, memory, stalled),
    moves,
    flap: calmed(memory.flap, moves, facts),
    plans: memory.plans.filter((at) => now.monoMs - at < policy.budgetWithinMs),
    proxies: facts.proxies.map((proxy) =>
      recallProxy(facts, proxy, memoryOf(memory, proxy.name), stalled),
    ),
    fitSince: facts.producers.flatMap((producer) => {
      if (!fitEverywhere(facts, producer)) return [];
      const since = stalled ? null : sinceOf(memory.fitSince, producer);
      return [{ producer, sinceMs: sinceBreak(facts, producer, since ?? lastLookMs(facts)) }];
    }),
    lastTick: now,
    stalledMs: stalled ? now.monoMs : memory.stalledMs,
  };
}

/** The loop missed two rounds, or one of the clocks jumped. */
function stoodStill(last: Now | null, now: Now, policy: Policy): boolean {
  if (last === null) return false;
  const passedMs = now.monoMs - last.monoMs;
  const jumpedMs = now.wallMs - last.wallMs - passedMs;
  const patienceMs = 2 * (policy.pollIntervalMs + policy.pollTimeoutMs);
  return !(passedMs >= 0 && passedMs <= patienceMs && Math.abs(jumpedMs) <= JUMP_MS);
}

function recallProxy(
  facts: Facts,
  proxy: ProxyFacts,
  was: ProxyMemory,
  stalled: boolean,
): ProxyMemory {
  const { now, policy } = facts;
  const isNew = proxy.lookMs !== null && proxy.lookMs > (was.lastLookMs ?? -Infinity);
  const lostMs = policy.verifyWithinMs + policy.verifyReturnMs + LOST_MS;
  const lost = was.actingMs !== null && now.monoMs - was.actingMs > lostMs;
  return {
    name: proxy.name,
    carriedMs: carries(facts, proxy) ? now.monoMs : was.carriedMs,
    upSince: facts.producers
      .filter((producer) => staysAt(proxy, producer))
      .map((producer) => ({
        producer,
        sinceMs: (stalled ? null : sinceOf(was.upSince, producer)) ?? proxy.lookMs ?? now.monoMs,
      })),
    agreed: proxy.lookMs === null || stalled ? null : was.agreed,
    freshLooks: stalled ? 0 : was.freshLooks + (isNew ? 1 : 0),
    lastLookMs: proxy.lookMs ?? was.lastLookMs,
    heed: proxy.heed,
    climbed: was.climbed,
    hid: was.hid,
    closedMs: lost ? now.monoMs : was.closedMs,
    actingMs: lost ? null : was.actingMs,
  };
}

function carries(facts: Facts, proxy: ProxyFacts): boolean {
  return proxy.workers
    .flatMap((worker) => worker.servers)
    .some((server) => server.sessions > 0 && facts.producers.includes(server.name));
}

/** When the youngest of the looks that all agree was begun. */
function lastLookMs({ concerned, now }: Facts): number {
  return Math.max(...concerned.map((proxy) => proxy.lookMs ?? now.monoMs));
}

/** HAProxy remembers a break between two looks: then the time counts from the latest moment at which it ended. */
function sinceBreak(facts: Facts, producer: string, sinceMs: number): number {
  const ends = facts.concerned.map((proxy) => sinceBreakAt(proxy, producer, sinceMs));
  return Math.max(sinceMs, ...ends);
}

function sinceBreakAt(proxy: ProxyFacts, producer: string, sinceMs: number): number {
  const server = serverAt(proxy, producer);
  if (server === null || proxy.lookMs === null) return sinceMs;
  // `lastchg` is in whole seconds, rounded down.
  const earliestMs = proxy.lookMs - (server.lastChangeS + 1) * 1000;
  return earliestMs > sinceMs ? proxy.lookMs - server.lastChangeS * 1000 : sinceMs;
}

/**
 * Since when some proxy has shown the target up without a break, and one that is concerned has shown it down. An idle
 * proxy moves nobody by what it cannot reach; but where it alone reaches the target, its next session would be apart.
 */
function stillApart(facts: Facts, memory: Memory, stalled: boolean): Memory['apart'] {
  const { target: producer } = memory;
  if (producer === null) return null;
  const up = facts.seen.filter((proxy) => staysAt(proxy, producer));
  const down = facts.concerned.filter((proxy) => serverAt(proxy, producer)?.health === 'down');
  if (up.length === 0 || down.length === 0) return null;
  const was = stalled || memory.apart?.producer !== producer ? null : memory.apart.sinceMs;
  const sinceMs = was ?? lastLookMs(facts);
  const earliest = (proxies: readonly ProxyFacts[]) =>
    Math.min(...proxies.map((proxy) => sinceBreakAt(proxy, producer, sinceMs)));
  return { producer, sinceMs: Math.max(earliest(up), earliest(down)) };
}

/** After each quiet `flap.within` the wait halves. */
function calmed(
  flap: Memory['flap'],
  moves: readonly number[],
  { now, policy }: Facts,
): Memory['flap'] {
  const quiet = moves.length === 0 && now.monoMs - flap.changedMs >= policy.flapWithinMs;
  if (flap.factor === 1 || !quiet) return flap;
  return { factor: flap.factor / 2, changedMs: now.monoMs };
}
