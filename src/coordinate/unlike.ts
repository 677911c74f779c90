// Whether a peer is one to agree with: it must watch what we watch, and be who our file says.
import type { PeerView } from '../domain/peer.ts';

/** What both must have in common. */
export interface Ours {
  readonly cluster: string;
  readonly backend: string;
  /** In order of preference; empty: not known yet. */
  readonly producers: () => readonly string[];
}

/** What speaks against it, as the end of a sentence, theirs and ours; null: nothing. */
export function unlike(
  name: string,
  { self, cluster, backend, producers }: PeerView,
  ours: Ours,
): string | null {
  if (self !== name) return `stands beside "${self}", and here it is the peer "${name}"`;
  if (cluster !== ours.cluster) return `is of cluster "${cluster}", we of "${ours.cluster}"`;
  if (backend !== ours.backend) return `watches backend "${backend}", we "${ours.backend}"`;
  const known = ours.producers();
  const both = producers.length > 0 && known.length > 0;
  if (both && producers.join(' ') !== known.join(' '))
    return `has the producers ${producers.join(', ')}, we ${known.join(', ')}: all need the same in the same order`;
  return null;
}
