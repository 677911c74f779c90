// Another supervisor's words (`GET /v1/view`): data that is checked and weighed, never an order.
import type { Override } from './order.ts';
import type { View } from './view.ts';

/** What one supervisor tells its peers: what it wants, how far it is, and what it sees with its own eyes. */
export interface PeerView {
  /** mainstay's version there. */
  readonly version: string;
  readonly cluster: string;
  readonly backend: string;
  /** The proxy beside it. */
  readonly self: string;
  readonly mode: 'converge' | 'observe';
  /** In order of preference; empty: it has seen none yet. */
  readonly producers: readonly string[];
  readonly target: string | null;
  /** A voluntary move to `target` that has not begun there; null: none. */
  readonly move: Move | null;
  readonly paused: boolean;
  readonly override: Override | null;
  /** The newest override that has ended or was cleared there was given at this instant (wall ms); null: none. */
  readonly clearedWallMs: number | null;
  /** The proxies that it reaches itself and sees now; not those that it sees through a peer. */
  readonly proxies: readonly PeerProxy[];
}

/** A voluntary move that is pending. */
export interface Move {
  /** Where new connections are kept until it begins; null: wherever HAProxy sends them. */
  readonly from: string | null;
  /** Nothing holds it but the peers. */
  readonly ready: boolean;
}

export interface PeerProxy {
  readonly name: string;
  /** How old the look is, in ms, by the peer's clock when it answered. */
  readonly ageMs: number;
  readonly view: View;
}

/** Why a peer does not count. `other`: it is another cluster's, another backend's, another version's, …: not one to agree with. */
export interface PeerFault {
  readonly kind:
    | 'not-yet'
    | 'late'
    | 'refused'
    | 'unreachable'
    | 'timeout'
    | 'tls'
    | 'file'
    | 'unauthorized'
    | 'http'
    | 'garbage'
    | 'too-large'
    | 'other';
  /** A sentence without its full stop, printable, with nothing secret in it. */
  readonly message: string;
}

/** One configured peer. `atMs`, `sinceMs`: monotonic ms; asked for, not answered. */
export interface PeerSight {
  readonly name: string;
  readonly sight:
    | { readonly kind: 'seen'; readonly atMs: number; readonly value: PeerView }
    | { readonly kind: 'unseen'; readonly sinceMs: number; readonly fault: PeerFault };
}
