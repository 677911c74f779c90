// Watches all proxies side by side: each look stands alone, and a snapshot never waits for a late proxy.
import { setMaxListeners } from 'node:events';
import type { Fault } from '../domain/fault.ts';
import type { Look } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { Observed, ProxySight, Snapshot, View } from '../domain/view.ts';
import { makeAllowance } from './allowance.ts';
import { makeBell, type Bell } from './bell.ts';

/** For so long a snapshot waits for looks that are under way: those that begin together are judged together. */
const MERGE_MS = 5;

export interface WatchedProxy {
  readonly name: string;
  readonly address: string;
  readonly look: Look;
}

export interface WatchOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Told of every look: how long it took in seconds, and what it showed. */
  readonly onLook: (proxy: string, seconds: number, result: Result<View, Fault>) => void;
}

export interface Watch {
  /**
   * The next snapshot: as soon as a look has ended since the last one, and those under way have too or 5 ms are over; or
   * after `intervalMs` without any. The first waits until every proxy has been looked at once. Null when the watch was stopped.
   */
  next(): Promise<Snapshot | null>;
  /**
   * Something has happened at this proxy: it is looked at now or, while a look is under way, right after that. When
   * this comes again and again, there are looks for the first few, and then at most one each 20 ms.
   */
  nudge(proxy: string): void;
}

/** Begins to look at every proxy each `intervalMs`, until `signal` aborts. */
export function watch(
  proxies: readonly WatchedProxy[],
  options: WatchOptions,
  signal: AbortSignal,
): Watch {
  const { clock, intervalMs } = options;
  // One signal ends all that waits: that is no leak.
  setMaxListeners(0, signal);
  const startMs = clock.now().monoMs;
  const sights = new Map<string, Observed<View>>();
  const news = makeBell(clock, signal);
  const settled = makeBell(clock, signal);
  let underWay = 0;
  const nudges = new Map<string, Bell>();

  const follow = async (proxy: WatchedProxy, nudged: Bell): Promise<void> => {
    const allowance = makeAllowance(clock);
    while (!signal.aborted) {
      const beganMs = clock.now().monoMs;
      underWay += 1;
      const result = await proxy.look(signal);
      underWay -= 1;
      if (signal.aborted) return;
      const endedMs = clock.now().monoMs;
      const before = sights.get(proxy.name);
      sights.set(
        proxy.name,
        result.ok
          ? { kind: 'seen', atMs: beganMs, value: result.value }
          : { kind: 'unseen', sinceMs: unseenSince(before, beganMs), fault: result.fault },
      );
      options.onLook(proxy.name, (endedMs - beganMs) / 1000, result);
      news.ring();
      if (underWay === 0) settled.ring();
      // One grid for all proxies, so that their looks fall together again after a late one.
      const nextMs = endedMs + intervalMs - ((endedMs - startMs) % intervalMs);
      if (!(await nudged.heard(nextMs - endedMs))) continue;
      const waitMs = Math.min(allowance.takeMs(), nextMs - clock.now().monoMs);
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      nudged.hush();
    }
  };
  for (const proxy of proxies) {
    const nudged = makeBell(clock, signal);
    nudges.set(proxy.name, nudged);
    void follow(proxy, nudged);
  }

  return {
    next: async () => {
      await news.heard(intervalMs);
      while (sights.size < proxies.length && !signal.aborted) {
        news.hush();
        await news.heard(intervalMs);
      }
      settled.hush();
      if (underWay > 0) await settled.heard(MERGE_MS);
      if (signal.aborted) return null;
      news.hush();
      const nowMs = clock.now().monoMs;
      return { proxies: proxies.map((proxy) => sightOf(proxy, sights, nowMs, options)) };
    },
    nudge: (proxy) => nudges.get(proxy)?.ring(),
  };
}

function unseenSince(before: Observed<View> | undefined, nowMs: number): number {
  return before?.kind === 'unseen' ? before.sinceMs : nowMs;
}

/** A view that has grown too old is unseen: what it showed may long be otherwise. */
function sightOf(
  { name, address }: WatchedProxy,
  sights: ReadonlyMap<string, Observed<View>>,
  nowMs: number,
  { intervalMs, timeoutMs }: WatchOptions,
): ProxySight {
  const unseen = (sinceMs: number, fault: Fault): ProxySight => ({
    name,
    sight: { kind: 'unseen', sinceMs, fault },
  });
  const sight = sights.get(name);
  if (sight === undefined) return unseen(nowMs, { kind: 'not-yet', address });
  if (sight.kind === 'unseen') return { name, sight };
  const ageMs = nowMs - sight.atMs;
  const oldestMs = intervalMs + timeoutMs;
  return ageMs > oldestMs
    ? unseen(sight.atMs + oldestMs, { kind: 'late', ageMs, address })
    : { name, sight };
}
