// A peer as a status shows it: what it wants, or why it is not seen.
import type { PeerSight } from '../domain/peer.ts';
import type { StatusPeer } from '../domain/status.ts';
import type { Now } from '../domain/time.ts';

export function toStatusPeer({ name, sight }: PeerSight, now: Now): StatusPeer {
  switch (sight.kind) {
    case 'unseen': {
      const { kind, message } = sight.fault;
      const error = { kind, message };
      return {
        name,
        reachable: false,
        error,
        version: null,
        mode: null,
        target: null,
        ageMs: null,
      };
    }
    case 'seen': {
      const { version, mode, target } = sight.value;
      const ageMs = Math.max(0, Math.round(now.monoMs - sight.atMs));
      return { name, reachable: true, error: null, version, mode, target, ageMs };
    }
    default:
      throw sight satisfies never;
  }
}
