// What of a peer's view makes a difference: all but what goes on by itself from one look to the next.
import type { PeerView } from '../domain/peer.ts';

/** Ages and counters of seconds. */
const PASSING: ReadonlySet<string> = new Set(['ageMs', 'uptimeS', 'lastChangeS', 'lastSessionS']);
/** Of a lease it matters whether there is one. */
const LEASES: ReadonlySet<string> = new Set(['leaseMs', 'heartbeatMs']);

/** Two views with the same gist say the same. */
export function gist(view: PeerView): string {
  return JSON.stringify(view, (key, value: unknown) => {
    if (PASSING.has(key)) return undefined;
    return LEASES.has(key) ? value !== 0 : value;
  });
}
