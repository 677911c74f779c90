// A peer in a story: what it says of itself, and the words that make it say so.
import type { PeerSight } from '../../domain/peer.ts';

/** A peer as it tells of itself; `unseen`: it does not, since then. */
export type Peer =
  | { readonly kind: 'unseen' | 'not-yet'; readonly sinceS: number }
  | {
      readonly kind: 'seen';
      readonly target: string;
      /** A voluntary move that is pending there; null: none. */
      readonly move: { readonly from: string; readonly ready: boolean } | null;
      readonly mode: 'converge' | 'observe';
      readonly paused: boolean;
    };

/**
 * `peer=main`, `peer=backup>main` (a move is pending), with `:unready`, `:observe` or `:paused` behind it; `peer=unseen`,
 * `peer=not-yet`. Null: the word is none of these.
 */
export function peerSays(
  word: string,
  producers: readonly { readonly name: string }[],
  atS: number,
): Peer | null {
  const [, first, second, state] =
    /^peer=([\w-]+)(?:>([\w-]+))?(?::(unready|observe|paused))?$/.exec(word) ?? [];
  if (first === undefined) return null;
  if (first === 'unseen' || first === 'not-yet') {
    return second === undefined && state === undefined ? { kind: first, sinceS: atS } : null;
  }
  const target = second ?? first;
  if (![first, target].every((name) => producers.some((one) => one.name === name))) return null;
  return {
    kind: 'seen',
    target,
    move: second === undefined ? null : { from: first, ready: state !== 'unready' },
    mode: state === 'observe' ? 'observe' : 'converge',
    paused: state === 'paused',
  };
}

/** It tells of no proxy: those of a story are seen as they are. */
export function peerSight(
  name: string,
  peer: Peer,
  producers: readonly string[],
  atS: number,
): PeerSight {
  if (peer.kind !== 'seen') {
    const kind = peer.kind === 'not-yet' ? 'not-yet' : 'unreachable';
    const fault = { kind, message: `${name} does not answer` } as const;
    return { name, sight: { kind: 'unseen', sinceMs: peer.sinceS * 1000, fault } };
  }
  const { target, move, mode, paused } = peer;
  const value = {
    version: '0.0.0',
    cluster: 'story',
    backend: 'bp',
    self: name,
    mode,
    producers,
    target,
    move,
    paused,
    override: null,
    clearedWallMs: null,
    proxies: [],
  };
  return { name, sight: { kind: 'seen', atMs: atS * 1000, value } };
}

/** In the words that would make it. */
export function describePeer(peer: Peer): string {
  if (peer.kind !== 'seen') return `peer=${peer.kind}`;
  const { target, move, mode, paused } = peer;
  const way = move === null ? target : `${move.from}>${target}`;
  const unready = move?.ready === false ? ':unready' : '';
  return `peer=${way}${unready}${mode === 'observe' ? ':observe' : ''}${paused ? ':paused' : ''}`;
}
