// Following a ring over a scripted stream, by a clock that the test turns: what nudges, and when it is begun anew.
import { expect, onTestFinished, test } from 'vitest';
import type { Fault, Trouble } from '../../src/domain/fault.ts';
import type { RuntimeLink, StreamLink } from '../../src/domain/ports.ts';
import {
  followEvents,
  type Followed,
  type FollowOptions,
} from '../../src/observe/follow-events.ts';
import { VERSIONS, fixture } from '../haproxy/fixtures.ts';
import { turnedClock, type TurnedClock } from './clock.ts';

const VERSION = VERSIONS[0] ?? '';
const RINGS = fixture(VERSION, 'show-events.txt');
const NO_RINGS = RINGS.replace(/^ {4}events .*\n/m, '');
const LINE = 'set timeout cli 60;show events events -w -n';
const DOWN = '<129>1 t - haproxy 5 - - Server bp/main is DOWN, reason: x';
const STOPPED = '<132>1 t - haproxy 5 - - Proxy bp stopped (cumulated conns: FE: 0, BE: 2).';
const session = (of: string) => `c:1 [23/Nov/2026:21:28:39.129] fe ${of} 1/0/3 0 -- 1/1/0/0/0 0/0`;

interface Scene {
  readonly clock: TurnedClock;
  readonly followed: Followed;
  readonly stop: AbortController;
  /** What was asked over the link, and begun as a stream, with when, in ms from the start. */
  readonly asked: [atMs: number, line: string][];
  readonly begun: [atMs: number, line: string][];
  nudges: number;
  /** What the list of rings is; a trouble: why there is no answer. */
  rings: string | Trouble;
  /** What each stream does at once: says these lines, or ends. */
  streams: readonly string[] | { readonly end: Trouble | null };
  /** On the stream that is open now; throws where there is none. */
  say(...lines: string[]): void;
  end(trouble: Trouble | null): void;
  open(): boolean;
}

function scene(differ: Partial<FollowOptions> = {}, begin: Partial<Scene> = {}): Scene {
  const clock = turnedClock();
  const startMs = clock.now().monoMs;
  const sinceMs = () => clock.now().monoMs - startMs;
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  let hearing: ((line: string) => void) | null = null;
  let ending: ((trouble: Trouble | null) => void) | null = null;
  const link: RuntimeLink = {
    address: 'unix:/a',
    way: 'unix',
    drop: () => {},
    ask: async (line) => {
      at.asked.push([sinceMs(), line]);
      const said = at.rings;
      if (typeof said === 'string') return { ok: true, value: said };
      return { ok: false, fault: { ...said, address: 'unix:/a' } };
    },
  };
  const stream: StreamLink = {
    address: 'unix:/a',
    stream: async (line, hear, { signal, silenceMs }) => {
      at.begun.push([sinceMs(), line]);
      expect(silenceMs).toBeLessThan(30_000);
      const trouble = await new Promise<Trouble | null>((over) => {
        const onAbort = (): void => over({ kind: 'abandoned' });
        signal.addEventListener('abort', onAbort);
        [hearing, ending] = [hear, over];
        const does = at.streams;
        if (signal.aborted) onAbort();
        else if ('end' in does) over(does.end);
        else for (const said of does) hear(said);
      });
      [hearing, ending] = [null, null];
      return trouble === null ? null : ({ ...trouble, address: 'unix:/a' } satisfies Fault);
    },
  };
  const at: Scene = {
    clock,
    stop,
    followed: { pidSeen: () => {} },
    asked: [],
    begun: [],
    nudges: 0,
    rings: RINGS,
    streams: [''],
    say: (...lines) => lines.forEach((line) => hearing!(line)),
    end: (trouble) => ending!(trouble),
    open: () => hearing !== null,
    ...begin,
  };
  const nudge = () => void (at.nudges += 1);
  const options = {
    backend: 'bp',
    ring: 'auto',
    link,
    stream,
    viaMaster: false,
    clock,
    nudge,
    ...differ,
  } as const;
  const followed = followEvents(options, stop.signal);
  return Object.assign(at, { followed });
}

const begunMs = ({ begun }: Scene) => begun.map(([atMs]) => atMs);

test('the ring is found, followed, and looked at from its first word on', async () => {
  const at = scene();
  await at.clock.turn(1);
  expect([at.asked, at.begun, at.nudges]).toEqual([[[0, 'show events']], [[0, LINE]], 1]);
  await at.clock.turn(20_000);
  expect([at.open(), at.begun.length, at.nudges]).toEqual([true, 1, 1]);
});

test('a ring that is named is not asked for', async () => {
  const at = scene({ ring: { ring: 'events' } });
  await at.clock.turn(1);
  expect([at.asked, at.begun]).toEqual([[], [[0, LINE]]]);
});

test('by the master both are asked of its worker', async () => {
  const at = scene({ viaMaster: true });
  await at.clock.turn(1);
  expect([at.asked, at.begun]).toEqual([[[0, '@1 show events']], [[0, `@@1 ${LINE}`]]]);
});

test('every line nudges at once but those of sessions; those of other sections never', async () => {
  const at = scene();
  await at.clock.turn(1);
  const counts = [DOWN, session('bp/main'), session('other/main'), 'what nobody knows'].map(
    (line) => {
      const before = at.nudges;
      at.say(line);
      return at.nudges - before;
    },
  );
  expect(counts).toEqual([1, 0, 0, 1]);
});

test('a crowd of sessions nudges once each 5 ms', async () => {
  const at = scene();
  await at.clock.turn(1);
  const counts: number[] = [];
  for (let ms = 0; ms < 12; ms += 1) {
    const before = at.nudges;
    for (let nth = 0; nth < 4; nth += 1) at.say(session('bp/main'));
    await at.clock.turn(1);
    counts.push(at.nudges - before);
  }
  expect(counts).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
});

test('a worker that stops to serve is left at once, and the next one followed', async () => {
  const at = scene();
  await at.clock.turn(5000);
  at.say(STOPPED);
  await at.clock.turn(1);
  expect([begunMs(at), at.open()]).toEqual([[0, 5000], true]);
});

test('another worker that serves is followed at once; the first and the same change nothing', async () => {
  const at = scene();
  await at.clock.turn(2000);
  for (const pid of [7, null, 7, null]) at.followed.pidSeen(pid);
  await at.clock.turn(2000);
  expect(begunMs(at)).toEqual([0]);
  at.followed.pidSeen(8);
  await at.clock.turn(1);
  expect([begunMs(at), at.open()]).toEqual([[0, 4000], true]);
});

test('a stream that was silent or broke is begun anew at once, which is looked at', async () => {
  const at = scene();
  const ends: (Trouble | null)[] = [
    { kind: 'timeout', afterMs: 25_000, connected: true },
    { kind: 'truncated', bytes: 5 },
    null,
  ];
  for (const end of ends) {
    await at.clock.turn(25_000);
    const before = at.nudges;
    at.end(end);
    await at.clock.turn(1);
    expect([at.open(), at.nudges - before]).toEqual([true, 2]);
  }
  expect(at.begun).toHaveLength(4);
});

test('without a connection it is tried anew, at longer and longer intervals up to 30 s', async () => {
  const at = scene({}, { streams: { end: { kind: 'refused' } } });
  await at.clock.turn(100_000);
  expect(begunMs(at)).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000]);
  expect(at.nudges).toBe(0);
  at.streams = [''];
  await at.clock.turn(30_000);
  await at.clock.turn(2000);
  at.end({ kind: 'truncated', bytes: 5 });
  at.streams = { end: { kind: 'refused' } };
  await at.clock.turn(3500);
  expect(begunMs(at).slice(8)).toEqual([121_000, 132_000, 132_000 + 1000, 132_000 + 3000]);
});

test('a list that does not come is tried anew likewise', async () => {
  const at = scene({}, { rings: { kind: 'timeout', afterMs: 5000, connected: true } });
  await at.clock.turn(8000);
  expect([at.asked.map(([atMs]) => atMs), at.begun]).toEqual([[0, 1000, 3000, 7000], []]);
});

test('streams that do not last are no flood', async () => {
  const at = scene({}, { streams: ['', DOWN, STOPPED] });
  await at.clock.turn(60_000);
  expect(at.begun.length).toBeLessThan(9);
});

test('workers that take turns are no flood', async () => {
  const at = scene();
  for (let ms = 0; ms < 10_000; ms += 100) {
    at.followed.pidSeen(ms % 200);
    await at.clock.turn(100);
  }
  expect(at.begun.length).toBeLessThanOrEqual(200);
});

test('where a key is refused it is not tried again for two and a half minutes', async () => {
  for (const stage of ['authentication', 'host-key'] as const) {
    const at = scene({}, { streams: { end: { kind: 'ssh', stage, said: '' } } });
    await at.clock.turn(301_000);
    expect(begunMs(at)).toEqual([0, 150_000, 300_000]);
  }
});

const nothing: [says: string, begin: Partial<Scene>][] = [
  ['there is no ring', { rings: NO_RINGS }],
  ['the list is denied', { rings: 'Permission denied\n\n' }],
  ['the list is no list', { rings: 'Unknown command\n\n' }],
  ['the stream is denied', { streams: ['', 'Permission denied'] }],
  ['the ring is gone', { streams: ['', 'No such event sink'] }],
  ['the master is too old', { streams: ["Can't find the target PID matching the prefix '@@1'"] }],
];
test.for(nothing)(
  'where %s it is asked again after a minute, or for the next worker',
  async ([, begin]) => {
    const at = scene({}, begin);
    at.followed.pidSeen(7);
    await at.clock.turn(1000);
    expect([at.open(), at.nudges <= 1]).toEqual([false, true]);
    await at.clock.turn(120_000);
    expect(at.asked.map(([atMs]) => atMs)).toEqual([0, 60_000, 120_000]);
    Object.assign(at, { rings: RINGS, streams: [''] });
    at.followed.pidSeen(8);
    await at.clock.turn(1);
    expect(at.open()).toBe(true);
  },
);

test('words of a refusal that come later are an event like any other', async () => {
  const at = scene();
  await at.clock.turn(1);
  at.say(DOWN, 'Permission denied');
  await at.clock.turn(1);
  expect([at.open(), at.nudges]).toEqual([true, 3]);
});

test('when it is stopped the stream ends, and no other begins', async () => {
  const at = scene();
  await at.clock.turn(5000);
  at.stop.abort();
  await at.clock.turn(200_000);
  expect([at.open(), at.begun.length, at.clock.sleeping()]).toEqual([false, 1, 0]);
  const failing = scene({}, { streams: { end: { kind: 'refused' } } });
  await failing.clock.turn(500);
  failing.stop.abort();
  await failing.clock.turn(200_000);
  expect([failing.begun.length, failing.clock.sleeping()]).toEqual([1, 0]);
});
