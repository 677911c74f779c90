// Who drives a proxy: this supervisor for good, another one, or this one while the other is gone.
import type { PeerSight } from '../domain/peer.ts';
import type { ProxyPolicy } from '../domain/policy.ts';
import type { Pin, View } from '../domain/view.ts';

/** A worker younger than this may have lost the heartbeat with its table, and its supervisor the time to write it anew. */
const YOUNG_S = 10;

/** Why this supervisor does not drive a proxy, as a sentence; null: it does. A cut between two supervisors alone never makes both drive it. */
export function whyUndriven(
  own: ProxyPolicy,
  view: View | null,
  pin: Pin,
  peers: readonly PeerSight[],
): string | null {
  const { drive, name } = own;
  if (drive === true) return null;
  if (drive === false) return `this supervisor does not drive ${name}`;
  const says = `this supervisor stands by for ${name}`;
  const peer = peers.find((one) => one.name === name);
  if (peer?.sight.kind === 'seen') return `${says}, whose own supervisor answers`;
  if (view === null || view.way === 'peer') return `${says}, which it does not see itself`;
  if (pin.kind !== 'table') return `${says}, where there is no pin table to read a heartbeat in`;
  const { heartbeatMs = 0 } = pin;
  // What is no number is no proof that nobody is there.
  if (!(heartbeatMs <= 0)) return `${says}, whose own supervisor has left a heartbeat there`;
  const young = !(view.workers[0].uptimeS >= YOUNG_S);
  return young ? `${says}, whose worker is younger than ${YOUNG_S}s` : null;
}
