// What the supervisor beside ha2 tells, where nothing is wrong.
import type { PeerView } from '../../src/domain/peer.ts';

/** It wants main, and sees nothing unless `differs` says so. */
export function peerViewOf(differs: Partial<PeerView> = {}): PeerView {
  return {
    version: '0.1.0',
    cluster: 'ADA1',
    backend: 'bp',
    self: 'ha2',
    mode: 'converge',
    producers: ['main', 'backup'],
    target: 'main',
    move: null,
    paused: false,
    override: null,
    clearedWallMs: null,
    proxies: [],
    ...differs,
  };
}
