// Follows the configured peers side by side: what each says now, or since when and why it does not count.
import { setMaxListeners } from 'node:events';
import type { PeerConfig } from '../domain/config.ts';
import type { PeerFault, PeerSight } from '../domain/peer.ts';
import type { Clock } from '../domain/time.ts';
import { makeDoorbell } from './doorbell.ts';
import { fetchView } from './fetch-view.ts';
import { gist } from './gist.ts';
import { hearEvents } from './hear-events.ts';
import { makePace } from './pace.ts';
import type { Ours } from './unlike.ts';

/** Between streams of events: twice the one before where none has begun. A peer that has come back is listened to at once. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export interface FollowPeersOptions extends Ours {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** This peer says something else than before, has come, or has gone: `sights` tells what. */
  readonly onNews: (peer: string) => void;
}

export interface FollowedPeers {
  /** One a configured peer, in the configuration's order. Never waits. */
  sights(nowMs: number): readonly PeerSight[];
}

type Sight = PeerSight['sight'];

/** Until `signal` aborts: asks each peer each `intervalMs`, and at once when it tells of something. Never throws. */
export function followPeers(
  peers: readonly PeerConfig[],
  options: FollowPeersOptions,
  signal: AbortSignal,
): FollowedPeers {
  // One signal ends all that waits: that is no leak.
  setMaxListeners(0, signal);
  const startMs = options.clock.now().monoMs;
  const sightOf = new Map<string, () => Sight>();
  for (const peer of peers) {
    const notYet = unseen(startMs, 'not-yet', `no answer of ${peer.url} has come yet`);
    sightOf.set(peer.name, followPeer(peer, options, notYet, signal));
  }
  const oldestMs = options.intervalMs + options.timeoutMs;
  return {
    sights: (nowMs) =>
      peers.map(({ name, url }) => {
        const sight = sightOf.get(name)!();
        const ageMs = sight.kind === 'seen' ? nowMs - sight.atMs : 0;
        if (sight.kind === 'unseen' || ageMs <= oldestMs) return { name, sight };
        const message = `the last answer of ${url} is ${Math.round(ageMs)} ms old`;
        return { name, sight: unseen(sight.atMs + oldestMs, 'late', message) };
      }),
  };
}

/** Gives back what tells the latest sight. */
function followPeer(
  peer: PeerConfig,
  options: FollowPeersOptions,
  notYet: Sight,
  signal: AbortSignal,
): () => Sight {
  const { clock, intervalMs, onNews } = options;
  const news = makeDoorbell(clock, signal);
  const returned = makeDoorbell(clock, signal);
  let sight = notYet;
  let said: string | null = null;

  const keepAsking = async (): Promise<void> => {
    const takeTurn = makePace(clock);
    while (!signal.aborted) {
      const beganMs = clock.now().monoMs;
      const result = await fetchView(peer, options, options, signal);
      if (signal.aborted) return;
      const before = said;
      said = result.ok ? gist(result.value) : null;
      if (result.ok && before === null) returned.ring();
      sight = result.ok
        ? { kind: 'seen', atMs: beganMs, value: result.value }
        : { kind: 'unseen', sinceMs: sinceMs(sight, beganMs), fault: result.fault };
      if (said !== before) onNews(peer.name);
      const nextMs = beganMs + intervalMs;
      if (!(await news.wait(nextMs - clock.now().monoMs))) continue;
      const waitMs = Math.min(takeTurn(), nextMs - clock.now().monoMs);
      if (waitMs > 0) await clock.sleep(waitMs, signal);
    }
  };
  const keepListening = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      const begun = await hearEvents(peer, clock, () => news.ring(), signal);
      // With its stream it may have gone itself.
      if (begun) news.ring();
      failures = begun ? 0 : failures + 1;
      const pauseMs = FIRST_PAUSE_MS * 2 ** Math.max(failures - 1, 0);
      if (await returned.wait(Math.min(pauseMs, LONGEST_PAUSE_MS))) failures = 0;
    }
  };
  void keepAsking();
  void keepListening();
  return () => sight;
}

function sinceMs(before: Sight, nowMs: number): number {
  return before.kind === 'unseen' ? before.sinceMs : nowMs;
}

function unseen(since: number, kind: PeerFault['kind'], message: string): Sight {
  return { kind: 'unseen', sinceMs: since, fault: { kind, message } };
}
