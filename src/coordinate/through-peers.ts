// A proxy that we do not see ourselves is seen with the eyes of the supervisor beside it.
import type { PeerSight } from '../domain/peer.ts';
import type { Observed, ProxySight, Snapshot, View } from '../domain/view.ts';

export interface ThroughPeersOptions {
  readonly nowMs: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** The snapshot before, which knows since when a proxy has been unseen; null: there is none. */
  readonly before: Snapshot | null;
}

/**
 * The snapshot with the peers in it, and one entry for each of `names`, in that order. What we see ourselves stays; of
 * the rest a peer's word is taken for the proxy beside it, with the way `peer` and the time of its look, unless that
 * look is older than two intervals and the timeout: one for its look, one for our question. A proxy that we have no way
 * to, and that its peer does not tell of, is unseen with the trouble `peer`. Pure.
 */
export function throughPeers(
  snapshot: Snapshot,
  names: readonly string[],
  peers: readonly PeerSight[],
  options: ThroughPeersOptions,
): Snapshot {
  const proxies = names.map((name): ProxySight => {
    const own = snapshot.proxies.find((proxy) => proxy.name === name);
    if (own?.sight.kind === 'seen') return own;
    const peer = peers.find((one) => one.name === name);
    const told = peer === undefined ? null : viewThrough(peer, options);
    if (told !== null) return { name, sight: told };
    return own ?? { name, sight: untold(name, peer, options) };
  });
  return { ...snapshot, proxies, peers };
}

function viewThrough(
  { name, sight }: PeerSight,
  { nowMs, intervalMs, timeoutMs }: ThroughPeersOptions,
): Observed<View> | null {
  if (sight.kind === 'unseen') return null;
  const proxy = sight.value.proxies.find((one) => one.name === name);
  if (proxy === undefined) return null;
  const atMs = sight.atMs - proxy.ageMs;
  if (nowMs - atMs > 2 * intervalMs + timeoutMs) return null;
  return { kind: 'seen', atMs, value: { ...proxy.view, way: 'peer' } };
}

function untold(
  name: string,
  peer: PeerSight | undefined,
  { nowMs, before }: ThroughPeersOptions,
): Observed<View> {
  const was = before?.proxies.find((proxy) => proxy.name === name)?.sight;
  const gone = peer?.sight.kind === 'unseen' ? peer.sight : null;
  const said = gone?.fault.message ?? 'it does not see this proxy now';
  return {
    kind: 'unseen',
    sinceMs: was?.kind === 'unseen' ? was.sinceMs : (gone?.sinceMs ?? nowMs),
    fault: { kind: 'peer', peer: peer?.name ?? name, said, address: name },
  };
}
