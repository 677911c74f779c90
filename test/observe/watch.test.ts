// Watching by a clock that the test turns: the grid, the nudges between, and what becomes a snapshot.
import { expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../src/domain/fault.ts';
import type { Look } from '../../src/domain/ports.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Snapshot, View } from '../../src/domain/view.ts';
import { watch, type Watch } from '../../src/observe/watch.ts';
import { turnedClock, type TurnedClock } from './clock.ts';

const VIEW: View = {
  way: 'unix',
  version: '2.6.12',
  level: 'admin',
  workers: [{ pid: 7, old: false, uptimeS: 60, servers: [], backendWeight: 1 }],
  pin: { kind: 'off' },
  hidden: null,
};
const GONE: Fault = { kind: 'refused', address: 'unix:/a' };

interface Scene {
  readonly clock: TurnedClock;
  readonly watching: Watch;
  readonly stop: AbortController;
  /** When each look at a proxy began, in ms from the start. */
  readonly looks: Record<string, number[]>;
  /** What looks at a proxy take, in ms, and what they show. */
  readonly takes: Record<string, number>;
  readonly shows: Record<string, Result<View, Fault>>;
  /** All snapshots, and when they came. */
  readonly snapshots: { readonly atMs: number; readonly snapshot: Snapshot }[];
  readonly told: [proxy: string, seconds: number, result: Result<View, Fault>][];
}

function scene(takes: Record<string, number>): Scene {
  const clock = turnedClock();
  const startMs = clock.now().monoMs;
  const sinceMs = () => clock.now().monoMs - startMs;
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const looks: Scene['looks'] = {};
  const shows: Scene['shows'] = {};
  const snapshots: Scene['snapshots'] = [];
  const told: Scene['told'] = [];
  const lookOf =
    (name: string): Look =>
    async (signal) => {
      (looks[name] ??= []).push(sinceMs());
      await clock.sleep(takes[name] ?? 1, signal);
      return shows[name] ?? { ok: true, value: VIEW };
    };
  const names = Object.keys(takes);
  const proxies = names.map((name) => ({ name, address: `unix:/${name}`, look: lookOf(name) }));
  const onLook = (...all: Scene['told'][number]) => void told.push(all);
  const watching = watch(proxies, { intervalMs: 1000, timeoutMs: 800, clock, onLook }, stop.signal);
  const collect = async (): Promise<void> => {
    for (;;) {
      const snapshot = await watching.next();
      if (snapshot === null) return;
      snapshots.push({ atMs: sinceMs(), snapshot });
    }
  };
  void collect();
  return { clock, watching, stop, looks, takes, shows, snapshots, told };
}

const times = ({ snapshots }: Scene) => snapshots.map(({ atMs }) => atMs);

test('each proxy is looked at on one grid, and a late one comes back to it', async () => {
  const at = scene({ a: 1, b: 1300 });
  await at.clock.turn(100);
  at.takes['b'] = 1;
  await at.clock.turn(3000);
  expect(at.looks).toEqual({ a: [0, 1000, 2000, 3000], b: [0, 2000, 3000] });
});

test('a snapshot waits 5 ms for looks that are under way; the first waits for all', async () => {
  const at = scene({ a: 1, b: 4 });
  await at.clock.turn(900);
  expect(times(at)).toEqual([4]);
  at.takes['b'] = 20;
  await at.clock.turn(1000);
  expect(times(at)).toEqual([4, 1006, 1020]);
});

test('a nudge is looked at at once, and the grid goes on', async () => {
  const at = scene({ a: 1, b: 1 });
  await at.clock.turn(400);
  at.watching.nudge('b');
  await at.clock.turn(1000);
  expect(at.looks).toEqual({ a: [0, 1000], b: [0, 400, 1000] });
  expect(times(at)).toEqual([1, 401, 1001]);
});

test('nudges that come at once are one look, and those during a look one more right after it', async () => {
  const at = scene({ a: 1 });
  at.takes['a'] = 30;
  await at.clock.turn(400);
  for (let nth = 0; nth < 5; nth += 1) at.watching.nudge('a');
  await at.clock.turn(10);
  for (let nth = 0; nth < 5; nth += 1) at.watching.nudge('a');
  await at.clock.turn(500);
  expect(at.looks['a']).toEqual([0, 400, 430]);
});

test('a flood of nudges is ten looks at once, then one each 20 ms; the grid is kept', async () => {
  const at = scene({ a: 1 });
  for (let ms = 0; ms < 1100; ms += 1) {
    await at.clock.turn(1);
    at.watching.nudge('a');
  }
  const looks = at.looks['a'] ?? [];
  expect(looks.filter((ms) => ms <= 30).length).toBeGreaterThanOrEqual(11);
  const within = looks.filter((ms) => ms > 500 && ms <= 900);
  expect(within).toHaveLength(20);
  expect(looks).toContain(1000);
  expect(looks.length).toBeLessThan(1100 / 20 + 10 + 4);
});

test('after a quiet time the next incident is not slowed', async () => {
  const at = scene({ a: 1 });
  for (let ms = 0; ms < 300; ms += 1) {
    await at.clock.turn(1);
    at.watching.nudge('a');
  }
  await at.clock.turn(250);
  const before = at.looks['a']?.length ?? 0;
  for (let nth = 0; nth < 8; nth += 1) {
    at.watching.nudge('a');
    await at.clock.turn(2);
  }
  expect((at.looks['a']?.length ?? 0) - before).toBe(8);
});

test('a nudge for a proxy that there is not is nothing', async () => {
  const at = scene({ a: 1 });
  at.watching.nudge('nobody');
  await at.clock.turn(500);
  expect(at.looks).toEqual({ a: [0] });
});

test('nothing piles up however often there are news', async () => {
  const at = scene({ a: 1, b: 1 });
  for (let nth = 0; nth < 200; nth += 1) {
    await at.clock.turn(25);
    at.watching.nudge('a');
  }
  expect(at.clock.sleeping()).toBeLessThanOrEqual(4);
});

test('a look tells what it showed and what it took', async () => {
  const at = scene({ a: 250 });
  at.shows['a'] = { ok: false, fault: GONE };
  await at.clock.turn(300);
  expect(at.told).toEqual([['a', 0.25, { ok: false, fault: GONE }]]);
});

test('what is not seen says since when, and a view that is too old counts as that', async () => {
  const at = scene({ a: 1, b: 1 });
  await at.clock.turn(500);
  at.shows['a'] = { ok: false, fault: GONE };
  at.takes['b'] = 5000;
  await at.clock.turn(3500);
  const sights = at.snapshots.at(-1)?.snapshot.proxies;
  expect(sights).toEqual([
    { name: 'a', sight: { kind: 'unseen', sinceMs: 2000, fault: GONE } },
    {
      name: 'b',
      sight: {
        kind: 'unseen',
        sinceMs: 2800,
        fault: { kind: 'late', ageMs: expect.any(Number), address: 'unix:/b' },
      },
    },
  ]);
});

test('when it is stopped, nobody looks or waits any more', async () => {
  const at = scene({ a: 1 });
  await at.clock.turn(300);
  at.stop.abort();
  expect(await at.watching.next()).toBeNull();
  at.watching.nudge('a');
  await at.clock.turn(5000);
  expect(at.looks['a']).toEqual([0]);
  expect(at.clock.sleeping()).toBe(0);
});
