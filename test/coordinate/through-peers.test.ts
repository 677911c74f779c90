// Proxies that are seen with a peer's eyes: whose word is taken for which, how old it may be, and what is said where there is none.
import { expect, test } from 'vitest';
import { throughPeers, type ThroughPeersOptions } from '../../src/coordinate/through-peers.ts';
import type { PeerSight } from '../../src/domain/peer.ts';
import type { ProxySight } from '../../src/domain/view.ts';
import { peerView, viewOfProxy } from './peer.ts';

const NAMES = ['ha1', 'ha2'];
const OPTIONS: ThroughPeersOptions = {
  nowMs: 10_000,
  intervalMs: 1000,
  timeoutMs: 800,
  before: null,
};
const own = (name: string): ProxySight => ({
  name,
  sight: { kind: 'seen', atMs: 9990, value: viewOfProxy({ version: `of ${name}` }) },
});
const ownUnseen: ProxySight = {
  name: 'ha2',
  sight: { kind: 'unseen', sinceMs: 4000, fault: { kind: 'refused', address: 'tcp:ha2:1' } },
};
const told = (ageMs = 40, atMs = 9500, name = 'ha2'): PeerSight => ({
  name: 'ha2',
  sight: {
    kind: 'seen',
    atMs,
    value: peerView({ proxies: [{ name, ageMs, view: viewOfProxy({ version: 'told' }) }] }),
  },
});
const gone: PeerSight = {
  name: 'ha2',
  sight: { kind: 'unseen', sinceMs: 7000, fault: { kind: 'refused', message: 'nobody listens' } },
};
const through = (
  proxies: readonly ProxySight[],
  peers: readonly PeerSight[],
  differ: Partial<ThroughPeersOptions> = {},
) => throughPeers({ proxies }, NAMES, peers, { ...OPTIONS, ...differ });

test('a proxy that we have no way to is seen as its peer tells, at the time of its look', () => {
  const peers = [told()];
  const snapshot = through([own('ha1')], peers);
  expect(snapshot.peers).toBe(peers);
  expect(snapshot.proxies).toEqual([
    own('ha1'),
    {
      name: 'ha2',
      sight: {
        kind: 'seen',
        atMs: 9460,
        value: viewOfProxy({ version: 'told', way: 'peer' }),
      },
    },
  ]);
});

test('what we see ourselves stays, and what we do not is asked of the peer; the order is ours', () => {
  expect(through([own('ha2'), own('ha1')], [told()]).proxies).toEqual([own('ha1'), own('ha2')]);
  const [, ha2] = through([own('ha1'), ownUnseen], [told()]).proxies;
  expect(ha2?.sight).toMatchObject({ kind: 'seen', value: { version: 'told', way: 'peer' } });
});

test('no peer tells of it: our own trouble stays', () => {
  expect(through([own('ha1'), ownUnseen], [gone]).proxies[1]).toEqual(ownUnseen);
});

test('a peer is believed of the proxy beside it alone', () => {
  const [ha1, ha2] = through([ownUnseen], [told(0, 9500, 'ha1')]).proxies;
  expect([ha1?.sight.kind, ha2]).toEqual(['unseen', ownUnseen]);
});

test('the peer is gone: unseen since then, with its trouble in the sentence', () => {
  expect(through([own('ha1')], [gone]).proxies[1]).toEqual({
    name: 'ha2',
    sight: {
      kind: 'unseen',
      sinceMs: 7000,
      fault: { kind: 'peer', peer: 'ha2', said: 'nobody listens', address: 'ha2' },
    },
  });
});

test('the peer does not see it: unseen since that was first so, also when the peer then goes', () => {
  const silent: PeerSight = {
    name: 'ha2',
    sight: { kind: 'seen', atMs: 9500, value: peerView({ proxies: [] }) },
  };
  const first = through([own('ha1')], [silent]);
  const fault = { kind: 'peer', said: 'it does not see this proxy now' };
  expect(first.proxies[1]?.sight).toMatchObject({ kind: 'unseen', sinceMs: 10_000, fault });
  const later = through([own('ha1')], [silent], { nowMs: 11_000, before: first });
  expect(later.proxies[1]?.sight).toMatchObject({ sinceMs: 10_000 });
  const last = through([own('ha1')], [gone], { nowMs: 12_000, before: later });
  expect(last.proxies[1]?.sight).toMatchObject({
    sinceMs: 10_000,
    fault: { said: 'nobody listens' },
  });
});

test('two intervals and the timeout old it is still taken, and no older', () => {
  expect(through([], [told(2300, 9500)]).proxies[1]?.sight.kind).toBe('seen');
  expect(through([], [told(2301, 9500)]).proxies[1]?.sight.kind).toBe('unseen');
});
