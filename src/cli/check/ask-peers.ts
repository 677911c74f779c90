// Every peer asked once: what it tells, or why it tells nothing, how long that took, and how far its clock is off.
import { IncomingMessage } from 'node:http';
import { askPeer } from '../../coordinate/ask-peer.ts';
import { fetchView } from '../../coordinate/fetch-view.ts';
import type { Config, PeerConfig } from '../../domain/config.ts';
import type { PeerFault, PeerView } from '../../domain/peer.ts';
import type { Result } from '../../domain/result.ts';
import type { View } from '../../domain/view.ts';
import type { World } from '../world.ts';

export interface AskedPeer {
  readonly peer: PeerConfig;
  readonly result: Result<PeerView, PeerFault>;
  readonly tookMs: number;
  /** By how much its clock is ahead of this one at least, in ms; less than 0: behind. 0: it may be right, or is not known. */
  readonly aheadMs: number;
}

/** All side by side, each within `poll.timeout`, as the supervisor does it. Never throws. */
export function askPeers(
  { clock }: World,
  { peers, policy, cluster, backend }: Config,
): Promise<readonly AskedPeer[]> {
  // The producers may be known only from what a peer tells: they are compared later.
  const ours = { cluster, backend, producers: () => [] };
  const timeoutMs = policy.pollTimeoutMs;
  return Promise.all(
    peers.map(async (peer) => {
      const startMs = clock.now().monoMs;
      const never = new AbortController().signal;
      const result = await fetchView(peer, ours, { timeoutMs, clock }, never);
      const tookMs = clock.now().monoMs - startMs;
      if (!result.ok) return { peer, result, tookMs, aheadMs: 0 };
      const askedMs = clock.now().wallMs;
      const dateMs = await askDate(peer, timeoutMs);
      const aheadMs = dateMs === null ? 0 : ahead(dateMs, askedMs, clock.now().wallMs);
      return { peer, result, tookMs, aheadMs };
    }),
  );
}

/** What the proxy's own mainstay sees of it; null: it does not, or there is none that answers. */
export function toldView(asked: readonly AskedPeer[], name: string): View | null {
  const own = asked.find(({ peer }) => peer.name === name);
  if (own?.result.ok !== true) return null;
  const seen = own.result.value.proxies.find((proxy) => proxy.name === name);
  return seen === undefined ? null : { ...seen.view, way: 'peer' };
}

/**
 * By how much the other clock is ahead at least. The header has whole seconds (RFC 9110, 5.6.7), and was written at some
 * time between asking and the answer.
 */
export function ahead(dateMs: number, askedMs: number, answeredMs: number): number {
  const [least, most] = [dateMs - answeredMs, dateMs + 1000 - askedMs];
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

/** The `Date` of its answer, in ms; null: none. */
async function askDate(peer: PeerConfig, timeoutMs: number): Promise<number | null> {
  const answer = await askPeer(peer, '/v1/view', AbortSignal.timeout(timeoutMs));
  if (!answer.ok) return null;
  const { value: body } = answer;
  body.on('error', () => {}).destroy();
  const dateMs = body instanceof IncomingMessage ? Date.parse(body.headers.date ?? '') : NaN;
  return Number.isNaN(dateMs) ? null : dateMs;
}
