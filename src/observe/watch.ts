// Watches all proxies side by side: each look stands alone, and a snapshot never waits for a late proxy.
import type { Fault } from '../domain/fault.ts';
import type { Look } from '../domain/ports.ts';
import type { Clock } from '../domain/time.ts';
import type { Observed, ProxySight, Snapshot, View } from '../domain/view.ts';

/** Looks that end within this time of each other are judged together. */
const MERGE_MS = 20;

export interface WatchedProxy {
  readonly name: string;
  readonly address: string;
  readonly look: Look;
}

export interface WatchOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Told of every look: how long it took in seconds, and whether it showed anything. */
  readonly onLook: (proxy: string, seconds: number, ok: boolean) => void;
}

export interface Watch {
  /**
   * The next snapshot: as soon as a look has ended since the last one, or after `intervalMs` without any. The first
   * waits until every proxy has been looked at once. Null when the watch was stopped.
   */
  next(): Promise<Snapshot | null>;
}

/** Begins to look at every proxy each `intervalMs`, until `signal` aborts. */
export function watch(
  proxies: readonly WatchedProxy[],
  options: WatchOptions,
  signal: AbortSignal,
): Watch {
  const { clock, intervalMs } = options;
  const startMs = clock.now().monoMs;
  const sights = new Map<string, Observed<View>>();
  let news = bell();

  const follow = async (proxy: WatchedProxy): Promise<void> => {
    while (!signal.aborted) {
      const beganMs = clock.now().monoMs;
      const result = await proxy.look(signal);
      if (signal.aborted) return;
      const endedMs = clock.now().monoMs;
      const before = sights.get(proxy.name);
      sights.set(
        proxy.name,
        result.ok
          ? { kind: 'seen', atMs: beganMs, value: result.value }
          : { kind: 'unseen', sinceMs: unseenSince(before, beganMs), fault: result.fault },
      );
      options.onLook(proxy.name, (endedMs - beganMs) / 1000, result.ok);
      news.ring();
      // One grid for all proxies, so that their looks fall together again after a late one.
      await clock.sleep(intervalMs - ((endedMs - startMs) % intervalMs), signal);
    }
  };
  for (const proxy of proxies) void follow(proxy);

  return {
    next: async () => {
      await Promise.race([news.heard, clock.sleep(intervalMs, signal)]);
      while (sights.size < proxies.length && !signal.aborted) {
        news = bell();
        await Promise.race([news.heard, clock.sleep(intervalMs, signal)]);
      }
      await clock.sleep(MERGE_MS, signal);
      if (signal.aborted) return null;
      news = bell();
      const nowMs = clock.now().monoMs;
      return { proxies: proxies.map((proxy) => sightOf(proxy, sights, nowMs, options)) };
    },
  };
}

/** Something to wait for until it is rung, once. */
function bell(): { readonly heard: Promise<void>; readonly ring: () => void } {
  const ringing = new AbortController();
  const heard = new Promise<void>((resolve) => {
    ringing.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { heard, ring: () => ringing.abort() };
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
