// Listens to what a peer tells by itself (`GET /v1/events`): for as long as it is heard from, and no faster than we like.
import type { PeerConfig } from '../domain/config.ts';
import type { Clock } from '../domain/time.ts';
import { askPeer } from './ask-peer.ts';
import { makeSseReader } from './sse-events.ts';
import { withSignal } from './with-signal.ts';

/** A peer says something each 10 s, if only a comment. */
const SILENCE_MS = 25_000;
/** Between two pieces that are read: a flood waits in the network, where it takes neither time nor memory of ours. */
const READ_MS = 50;
/** After these its view is another. */
const NEWS: ReadonlySet<string> = new Set(['view', 'decision']);

/**
 * Connects once. `onNews`: the stream has begun, or something has happened there. Resolves when the stream has ended,
 * nothing was heard for 25 s, or `signal` aborted: true where it had begun. Never throws.
 */
export function hearEvents(
  peer: PeerConfig,
  clock: Clock,
  onNews: () => void,
  signal: AbortSignal,
): Promise<boolean> {
  return withSignal(signal, async (stop) => {
    const { signal: over } = stop;
    let heardMs = clock.now().monoMs;
    const watchSilence = async (): Promise<void> => {
      while (!over.aborted) {
        const leftMs = heardMs + SILENCE_MS - clock.now().monoMs;
        if (leftMs <= 0) stop.abort();
        else await clock.sleep(leftMs, over);
      }
    };
    void watchSilence();
    const stream = await askPeer(peer, '/v1/events', over);
    if (!stream.ok) return false;
    onNews();
    const read = makeSseReader();
    try {
      for await (const piece of stream.value as AsyncIterable<Buffer>) {
        heardMs = clock.now().monoMs;
        if (read(piece).some((name) => NEWS.has(name))) onNews();
        await clock.sleep(READ_MS, over);
      }
    } catch {
      // Broken off, by them or by us: it is over either way.
    }
    return true;
  });
}
