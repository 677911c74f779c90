// One look at what a peer says: fetched whole, within a deadline and a bound, and read.
import type { Readable } from 'node:stream';
import type { PeerConfig } from '../domain/config.ts';
import type { PeerFault, PeerView } from '../domain/peer.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { askPeer, faultOf, peerFault } from './ask-peer.ts';
import { readAnswer } from './read-answer.ts';
import type { Ours } from './unlike.ts';
import { withSignal } from './with-signal.ts';

const MAX_BYTES = 1024 * 1024;

/** Never throws. A peer's words that are not for us are a fault, too. */
export function fetchView(
  peer: PeerConfig,
  ours: Ours,
  { timeoutMs, clock }: { readonly timeoutMs: number; readonly clock: Clock },
  signal: AbortSignal,
): Promise<Result<PeerView, PeerFault>> {
  const beganMs = clock.now().monoMs;
  return withSignal(signal, async (stop) => {
    const late = clock.sleep(timeoutMs, stop.signal).then(() => timeout(peer, timeoutMs));
    // Whoever drips is left where they are: the deadline waits for nobody's good will.
    const text = await Promise.race([fetchText(peer, stop.signal), late]);
    if (!text.ok) return text;
    // A process that was stopped reads its answer late.
    const tookMs = clock.now().monoMs - beganMs;
    return tookMs > timeoutMs ? timeout(peer, timeoutMs) : readAnswer(peer, ours, text.value);
  });
}

function timeout({ url }: PeerConfig, timeoutMs: number) {
  return peerFault('timeout', `${url} gave no whole answer within ${timeoutMs} ms`);
}

async function fetchText(
  peer: PeerConfig,
  signal: AbortSignal,
): Promise<Result<string, PeerFault>> {
  const answer = await askPeer(peer, '/v1/view', signal);
  if (!answer.ok) return answer;
  try {
    return await readAll(peer, answer.value);
  } catch (error) {
    return faultOf(peer, error);
  }
}

async function readAll({ url }: PeerConfig, body: Readable): Promise<Result<string, PeerFault>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Left in the middle, the stream is destroyed, and the connection with it.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES)
      return peerFault('too-large', `the answer of ${url} exceeds ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { ok: true, value: Buffer.concat(chunks).toString('utf8') };
}
