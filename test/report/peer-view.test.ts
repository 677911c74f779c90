// What peers are told, whole, and what of it moves by itself.
import { expect, test } from 'vitest';
import type { PeerView } from '../../src/domain/peer.ts';
import type { View } from '../../src/domain/view.ts';
import { standingOf, toPeerView } from '../../src/report/peer-view.ts';
import { judged, NOW, OVERRIDE, POLICY, seen, server, unseen, worker } from './world.ts';

const CONFIG = { self: 'ha1', cluster: 'ADA1', backend: 'bp', policy: POLICY };
const SERVING = worker(11, false, server('main', 4), server('backup', 0));
const HA1 = seen('ha1', SERVING, NOW, {
  pin: { kind: 'table', serverId: 1, leaseMs: 9000, heartbeatMs: 9000 },
});

function told(judgement = judged(), proxies = [HA1], nowMs = NOW.monoMs): PeerView {
  const round = { judgement, snapshot: { proxies } };
  const view = toPeerView({ version: '0.2.0', config: CONFIG, round, nowMs });
  if (view === null) throw new Error('nothing is told');
  return view;
}

test('it holds what is wanted, how far a move is, and the proxies that are seen directly', () => {
  const move = { from: 'backup', ready: true };
  const judgement = judged({
    move,
    override: OVERRIDE,
    paused: { untilWallMs: null },
    clearedWallMs: 7,
  });
  const byPeer = seen('ha2', SERVING, NOW, { way: 'peer' });
  const proxies = [HA1, byPeer, unseen('ha3')];
  expect(told(judgement, proxies, NOW.monoMs + 100.4)).toEqual({
    version: '0.2.0',
    cluster: 'ADA1',
    backend: 'bp',
    self: 'ha1',
    mode: 'converge',
    producers: ['main', 'backup'],
    target: 'main',
    move,
    paused: true,
    override: OVERRIDE,
    clearedWallMs: 7,
    proxies: [
      { name: 'ha1', ageMs: 140, view: HA1.sight.kind === 'seen' ? HA1.sight.value : null },
    ],
  });
});

test('a look that is younger than now has no age', () => {
  expect(told(judged(), [HA1], NOW.monoMs - 500).proxies[0]?.ageMs).toBe(0);
});

test('who stands beside no proxy tells nothing', () => {
  const config = { ...CONFIG, self: null };
  const round = { judgement: judged(), snapshot: { proxies: [HA1] } };
  expect(toPeerView({ version: '0.2.0', config, round, nowMs: NOW.monoMs })).toBeNull();
});

const standing = (difference: Partial<View> = {}, nowMs = NOW.monoMs) =>
  standingOf(told(judged(), [seen('ha1', SERVING, NOW, difference)], nowMs));

const withServer = (difference: Partial<ReturnType<typeof server>>) =>
  standing({ workers: [worker(11, false, { ...server('main', 4), ...difference })] });

test('it stands while nothing moves but ages, leases, uptimes and counters', () => {
  expect(standing({}, NOW.monoMs + 900)).toBe(standing());
  expect(standing({ workers: [{ ...SERVING, uptimeS: 3601 }] })).toBe(standing());
  expect(withServer({ lastChangeS: 8, lastSessionS: null })).toBe(withServer({}));
  const pinned = (leaseMs: number, heartbeatMs: number) =>
    standing({ pin: { kind: 'table', serverId: 1, leaseMs, heartbeatMs } });
  expect(pinned(9000, 9000)).toBe(pinned(8000, 7000));
});

test('it stands no longer when anything else moves', () => {
  expect(withServer({ sessions: 5 })).not.toBe(withServer({}));
  expect(withServer({ status: 'UP 1/3', settled: false })).not.toBe(withServer({}));
  expect(standing({ pin: { kind: 'table', serverId: 2, leaseMs: 0 } })).not.toBe(standing());
  expect(standing({ pin: { kind: 'denied' } })).not.toBe(standing({ pin: { kind: 'off' } }));
  expect(standing({ hidden: { kind: 'no-master' } })).not.toBe(standing());
  expect(standing({ workers: [{ ...SERVING, pid: 12 }] })).not.toBe(standing());
  const changes = [
    { target: 'backup' },
    { move: { from: null, ready: false } },
    { paused: { untilWallMs: null } },
    { override: OVERRIDE },
    { clearedWallMs: 7 },
  ];
  for (const change of changes)
    expect(standingOf(told(judged(change)))).not.toBe(standingOf(told()));
  expect(standingOf(told(judged(), []))).not.toBe(standingOf(told()));
});
