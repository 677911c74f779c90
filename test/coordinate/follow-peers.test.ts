// Following peers: asked each interval and at once after news, heard of when they come and go, and never flooded by them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { expect, test, type TestContext } from 'vitest';
import { followPeers, type FollowPeersOptions } from '../../src/coordinate/follow-peers.ts';
import { hearEvents } from '../../src/coordinate/hear-events.ts';
import { makePace } from '../../src/coordinate/pace.ts';
import type { PeerView } from '../../src/domain/peer.ts';
import { turnedClock, type TurnedClock } from '../observe/clock.ts';
import { until } from '../support/until.ts';
import { answerOf, OURS, peerServer, peerView, viewOfProxy, type PeerServer } from './peer.ts';

interface Followed {
  readonly clock: TurnedClock;
  readonly news: string[];
  /** The peer's sight now: the kind of its fault, or its target. */
  readonly says: () => string | null;
  readonly sinceMs: () => number | null;
  /** Goes on by so many ms, ten at a time, and lets the network do its part in between. */
  readonly pass: (ms: number) => Promise<void>;
}

function follow(
  t: TestContext,
  peer: PeerServer,
  differ: Partial<FollowPeersOptions> = {},
): Followed {
  const clock = turnedClock();
  const news: string[] = [];
  const stop = new AbortController();
  t.onTestFinished(() => stop.abort());
  const options = { ...OURS, intervalMs: 1000, timeoutMs: 800, clock };
  const onNews = (name: string): void => void news.push(name);
  const followed = followPeers([peer.config], { ...options, onNews, ...differ }, stop.signal);
  const sight = () => followed.sights(clock.now().monoMs)[0]!.sight;
  return {
    clock,
    news,
    says: () => {
      const now = sight();
      return now.kind === 'seen' ? now.value.target : now.fault.kind;
    },
    sinceMs: () => {
      const now = sight();
      return now.kind === 'seen' ? null : now.sinceMs;
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += 10) {
        await clock.turn(10);
        await sleep(1);
      }
    },
  };
}

const tells = (peer: PeerServer, differ: Partial<PeerView>): void => {
  peer.answers['/v1/view'] = (_, response) => void response.end(answerOf(peerView(differ)));
};
/** The peer's streams of events; each begins with a comment. */
function streams(peer: PeerServer): ServerResponse[] {
  const open: ServerResponse[] = [];
  peer.answers['/v1/events'] = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    open.push(response);
  };
  return open;
}
const views = (peer: PeerServer) => peer.asked('/v1/view');

test('before the first answer a peer is not yet seen; then it is, and that is news', async (t) => {
  const peer = await peerServer(t);
  const it = follow(t, peer);
  expect([it.says(), it.sinceMs(), it.news]).toEqual(['not-yet', 1000, []]);
  await until(
    () => it.says() === 'main',
    'it is seen',
    () => it.says() ?? '',
  );
  expect(it.news).toEqual(['ha2']);
});

test('it is asked each interval; what only goes on by itself is no news', async (t) => {
  const peer = await peerServer(t);
  const it = follow(t, peer);
  await until(() => it.says() === 'main', 'it is seen');
  const view = viewOfProxy({ pin: { kind: 'table', serverId: 2, leaseMs: 9000 } });
  const later = (leaseMs: number, uptimeS: number) => ({
    proxies: [
      {
        name: 'ha2',
        ageMs: uptimeS,
        view: {
          ...view,
          pin: { kind: 'table', serverId: 2, leaseMs } as const,
          workers: [{ ...view.workers[0], uptimeS }] as const,
        },
      },
    ],
  });
  for (const [asked, lease, uptime] of [
    [2, 9000, 500],
    [3, 8000, 501],
    [4, 7000, 502],
  ] as const) {
    tells(peer, later(lease, uptime));
    await it.clock.turn(1000);
    await until(
      () => views(peer) === asked,
      `asked ${asked} times`,
      () => `${views(peer)}`,
    );
    await sleep(20);
  }
  // Seen; a pin that was not there before; and then only the time goes on.
  expect(it.news).toHaveLength(2);
});

test('an event of its has it asked at once, and what it says then is news', async (t) => {
  const peer = await peerServer(t);
  const open = streams(peer);
  const it = follow(t, peer);
  await until(() => open.length === 1 && it.says() === 'main', 'it is seen and listened to');
  await it.pass(100);
  const before = views(peer);
  for (const [event, target] of [
    ['view', 'backup'],
    ['decision', 'main'],
  ] as const) {
    tells(peer, { target });
    open[0]!.write(`event: ${event}\ndata: {}\n\n`);
    await until(() => it.says() === target, `it says ${target}`);
    await it.pass(60);
  }
  expect(views(peer)).toBe(before + 2);
  // Nobody is to act on an outcome.
  open[0]!.write('event: action\ndata: {}\n\n: still here\n\n');
  await it.pass(60);
  expect(views(peer)).toBe(before + 2);
  expect(it.clock.now().monoMs).toBeLessThan(2000);
});

test('it goes and comes: seen at once, unseen since its first failure, and listened to anew', async (t) => {
  const peer = await peerServer(t);
  const open = streams(peer);
  const it = follow(t, peer);
  await until(() => open.length === 1 && it.says() === 'main', 'it is seen and listened to');
  await it.pass(100);
  const beganMs = it.clock.now().monoMs;
  await peer.close();
  await until(async () => {
    await it.clock.turn(1);
    return it.says() === 'refused';
  }, 'it is gone');
  const goneMs = it.sinceMs()!;
  expect(goneMs - beganMs).toBeLessThan(900);
  await it.pass(3000);
  expect([it.says(), it.sinceMs(), it.news.length]).toEqual(['refused', goneMs, 2]);
  await peer.listen();
  const listened = open.length;
  await it.pass(1100);
  await until(() => it.says() === 'main' && open.length > listened, 'it is back');
  expect(it.news).toHaveLength(3);
});

test('of another cluster, with a forged token, or garbage: what is said changes, and nothing else', async (t) => {
  const peer = await peerServer(t);
  const it = follow(t, peer);
  await until(() => it.says() === 'main', 'it is seen');
  const turnsInto = async (kind: string) => {
    await it.pass(1010);
    await until(
      () => it.says() === kind,
      kind,
      () => it.says() ?? '',
    );
  };
  tells(peer, { cluster: 'ADA2' });
  await turnsInto('other');
  const sinceMs = it.sinceMs();
  peer.answers['/v1/view'] = (_, response) => void response.writeHead(401).end();
  await turnsInto('unauthorized');
  peer.answers['/v1/view'] = (_, response) => void response.end('<html>');
  await turnsInto('garbage');
  expect([it.sinceMs(), it.news.length]).toEqual([sinceMs, 2]);
});

test('nobody has asked for longer than interval and timeout: what it said is late', async (t) => {
  const peer = await peerServer(t);
  const it = follow(t, peer);
  await until(() => it.says() === 'main', 'it is seen');
  peer.answers['/v1/view'] = () => {};
  await it.clock.turn(1000);
  await until(() => views(peer) === 2, 'it is asked again');
  expect(it.says()).toBe('main');
  await it.clock.turn(800);
  await until(() => it.says() === 'timeout', 'it is late');

  const stood = follow(t, await peerServer(t));
  await until(() => stood.says() === 'main', 'it is seen');
  const late = stood.clock.now().monoMs + 1801;
  const { wallMs } = stood.clock.now();
  stood.clock.now = () => ({ wallMs, monoMs: late });
  expect([stood.says(), stood.sinceMs()]).toEqual(['late', 2800]);
});

test('a flood of events is read slowly, and asks no more often than the pace', async (t) => {
  const peer = await peerServer(t);
  peer.answers['/v1/events'] = (_, response) => {
    const flood = (): void => {
      while (response.write('event: view\ndata: {}\n\n'.repeat(1000)));
    };
    response
      .writeHead(200)
      .on('drain', flood)
      .on('error', () => {});
    flood();
  };
  const it = follow(t, peer);
  await until(() => it.says() === 'main', 'it is seen');
  await it.pass(3000);
  // The first, ten at once, one each 200 ms, and one more each second.
  expect(views(peer)).toBeGreaterThan(10);
  expect(views(peer)).toBeLessThanOrEqual(1 + 10 + 15 + 3 + 1);
  // 60 pieces at most, and what the kernel holds.
  expect(peer.bytesWritten()).toBeLessThan(60 * 65_536 + 10_000_000);
});

test('ten turns are taken at once, and then one each 200 ms', () => {
  let monoMs = 0;
  const take = makePace({ now: () => ({ monoMs, wallMs: 0 }) });
  const turns = (count: number) => Array.from({ length: count }, () => take());
  expect(turns(12)).toEqual([...Array(10).fill(0), 200, 400]);
  monoMs = 10_000;
  expect(turns(11)).toEqual([...Array(10).fill(0), 200]);
});

test('a stream that is silent for 25 s is given up; a comment is no silence', async (t) => {
  const peer = await peerServer(t);
  const open = streams(peer);
  const clock = turnedClock();
  let news = 0;
  let ended: boolean | null = null;
  const done = hearEvents(peer.config, clock, () => (news += 1), new AbortController().signal);
  void done.then((begun) => (ended = begun));
  await until(() => news === 1, 'the stream has begun');
  const heard = async () => {
    for (let turns = 0; turns < 30; turns += 1) {
      await clock.turn(10);
      await sleep(1);
    }
  };
  await heard();
  await clock.turn(24_000);
  open[0]!.write(': still here\n\n');
  await heard();
  await clock.turn(24_000);
  expect(ended).toBe(null);
  await clock.turn(1000);
  expect(await done).toBe(true);
  expect(news).toBe(1);
  await until(() => open[0]!.destroyed, 'the connection is closed');
});

test('a peer without events is asked for them less and less often', async (t) => {
  const peer = await peerServer(t);
  peer.answers['/v1/view'] = (_, response) => void response.writeHead(503).end();
  const it = follow(t, peer, { intervalMs: 100_000_000, timeoutMs: 100_000_000 });
  const asked: number[] = [];
  for (let second = 0; second <= 70; second += 1) {
    await it.clock.turn(second === 0 ? 0 : 1000);
    await sleep(15);
    if (peer.asked('/v1/events') > asked.length) asked.push(second);
  }
  expect(asked).toEqual([0, 1, 3, 7, 15, 31, 61]);
});

test('stopped, it asks nobody any more and leaves nothing that waits', async (t) => {
  const peer = await peerServer(t);
  streams(peer);
  const clock = turnedClock();
  const stop = new AbortController();
  const options = { ...OURS, intervalMs: 1000, timeoutMs: 800, clock, onNews: () => {} };
  const followed = followPeers([peer.config], options, stop.signal);
  await until(() => followed.sights(1000)[0]!.sight.kind === 'seen', 'it is seen');
  await until(() => views(peer) === 2, 'it is asked again, since its stream has begun');
  stop.abort();
  await until(() => clock.sleeping() === 0, 'nobody sleeps');
  const before = views(peer);
  await clock.turn(5000);
  await sleep(20);
  expect(views(peer)).toBe(before);
});
