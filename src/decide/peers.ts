// What the peers want, in the words that the rules are written in: data to be weighed, never an order.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import type { PeerSight, PeerView } from '../domain/peer.ts';
import type { Facts } from './facts.ts';

/** The views of the peers that are live. */
export function livePeers({ peers }: Pick<Facts, 'peers'>): readonly PeerView[] {
  return peers.flatMap(({ sight }) => (sight.kind === 'seen' ? [sight.value] : []));
}

/** Where a peer's sessions belong now: what it has only in mind, or only assumes, does not count. Null: nowhere yet. */
function settledOn({ move, target }: Pick<PeerView, 'move' | 'target'>): string | null {
  return move === null ? target : move.from;
}

/** Whether a peer that may act has begun to bring its sessions to this producer, or has long had them there. */
export function hasBegun(facts: Facts, producer: string | null): boolean {
  return livePeers(facts).some(
    (peer) => producer !== null && peer.mode === 'converge' && settledOn(peer) === producer,
  );
}

/** The producers that peers which act have settled on. */
export function peersSettledOn(facts: Facts): readonly string[] {
  return livePeers(facts)
    .filter(({ mode, paused }) => mode === 'converge' && !paused)
    .map(settledOn)
    .filter((producer) => producer !== null);
}

/** Whether a peer that acts has this producer in mind already, and only waits for the others. */
export function isAwaited(facts: Facts, producer: string): boolean {
  return livePeers(facts).some(
    ({ mode, move, paused, target }) =>
      mode === 'converge' && !paused && target === producer && move !== null && move.from !== null,
  );
}

/** The producer that all live peers have settled on that have on any; null: there is no such one. */
export function agreedByPeers(facts: Facts): string | null {
  const [first = null, ...others] = livePeers(facts)
    .map(settledOn)
    .filter((producer) => producer !== null);
  return others.every((producer) => producer === first) ? first : null;
}

/** A peer has not been asked for long, and may yet tell where all belong. */
export function awaitsPeers({ peers, now, policy }: Facts): boolean {
  return peers.some(
    ({ sight }) =>
      sight.kind === 'unseen' &&
      sight.fault.kind === 'not-yet' &&
      now.monoMs - sight.sinceMs < policy.splitAfterMs,
  );
}

/** What keeps a voluntary move that is pending from beginning: a peer that is not seen, or not of the same will. */
export function peerGates(facts: Facts, { target }: Memory): readonly Gate[] {
  return facts.peers
    .filter(({ name }) => !standsInFor(facts, name))
    .map((peer) => gateOf(facts, target, peer))
    .filter((gate) => gate !== null);
}

/** Its proxy is ours to drive while it is gone. */
function standsInFor({ policy, proxies }: Facts, name: string): boolean {
  const own = policy.proxies.find((proxy) => proxy.name === name);
  return own?.drive === 'standby' && proxies.some((proxy) => proxy.name === name && proxy.drive);
}

function shut(reason: string, untilMs: number | null = null): Gate {
  return { gate: 'peer-disagrees', proxy: null, untilMs, reason };
}

function gateOf(facts: Facts, target: string | null, { name, sight }: PeerSight): Gate | null {
  if (sight.kind === 'unseen') {
    const untilMs = sight.sinceMs + facts.policy.failbackUnseenMs;
    const reason = `peer ${name} is not seen; a voluntary move waits for it`;
    return facts.now.monoMs < untilMs ? shut(reason, untilMs) : null;
  }
  const peer = sight.value;
  if (peer.mode === 'observe') return shut(`peer ${name} only observes: set mode: converge there`);
  if (peer.paused) return shut(`peer ${name} is paused: mainstay resume there lets it go on`);
  if (peer.target !== target) return shut(`peer ${name} wants ${peer.target ?? 'nobody'}`);
  const unready = peer.move !== null && !peer.move.ready;
  return unready ? shut(`peer ${name} is not ready: its own gates say what it waits for`) : null;
}
