// Heartbeats: one short exchange a tick at each proxy, never two at a time, and trouble that is told once.
import { expect, test } from 'vitest';
import { makeActor } from '../../src/act/actor.ts';
import { makeBeatWriter, releaseBeats, type BeatOptions } from '../../src/act/write-beats.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import { optionsFor, orderFor, standIn, type StandIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const BEAT = 'set table pin key 2 data.gpt0 1';

type Told = [proxy: string, fault: string | null];
const writerFor = (has: StandIn, told: Told[], signal = NEVER) => {
  const onBeat: BeatOptions['onBeat'] = (...[proxy, fault]) =>
    void told.push([proxy, fault?.kind ?? null]);
  return makeBeatWriter(optionsFor(has, [], { onBeat }), signal);
};

test('a heartbeat is written beside the pin, which stays as it is', async () => {
  const has = standIn();
  has.pinned = 2;
  const told: Told[] = [];
  await writerFor(has, told)('ha1');
  expect([has.asked, has.beats, has.pinned, told]).toEqual([[BEAT], true, 2, []]);
});

test('trouble is told once, and once that it is over; and then anew', async () => {
  const has = standIn();
  const told: Told[] = [];
  const write = writerFor(has, told);
  has.intercept = () => 'Permission denied\n\n';
  for (let tick = 0; tick < 3; tick += 1) await write('ha1');
  has.intercept = () => ({ kind: 'timeout', afterMs: 800, connected: true });
  await write('ha1');
  expect(told).toEqual([['ha1', 'denied']]);
  has.intercept = () => null;
  for (let tick = 0; tick < 3; tick += 1) await write('ha1');
  has.intercept = () => 'No such table\n\n';
  await write('ha1');
  expect(told.slice(1)).toEqual([
    ['ha1', null],
    ['ha1', 'protocol'],
  ]);
});

test('while one is under way no other is sent there; elsewhere it is', async () => {
  const has = standIn();
  const other = standIn({ name: 'ha2' });
  const sent: string[] = [];
  const waiting: (() => void)[] = [];
  const link: RuntimeLink = {
    ...has.proxy.link!,
    ask: (line) => {
      sent.push(line);
      return new Promise((resolve) => {
        waiting.push(() => resolve({ ok: true, value: '\n' }));
      });
    },
  };
  const proxies = [{ name: 'ha1', link }, other.proxy];
  const write = makeBeatWriter({ ...optionsFor(has), proxies }, NEVER);
  const first = write('ha1');
  await Promise.all([write('ha1'), write('ha2')]);
  expect([sent, other.asked]).toEqual([[BEAT], [BEAT]]);
  waiting[0]?.();
  await first;
  void write('ha1');
  expect(sent).toEqual([BEAT, BEAT]);
});

test('given up because mainstay stops is no trouble', async () => {
  const told: Told[] = [];
  await writerFor(standIn(), told, AbortSignal.abort())('ha1');
  expect(told).toEqual([]);
});

test('the actor writes them behind the pins, without waiting, and leaves them when it stops', async () => {
  const has = standIn();
  const actor = makeActor(optionsFor(has));
  const judged = { plan: null, target: 'main', verdict: 'converged', beats: ['ha1'] } as const;
  expect(actor.act({ ...judged, pins: [orderFor('ha1', 2)] })).toEqual([]);
  expect(has.asked.map((line) => line.split(';')[0])).toEqual([
    'set table pin key 1 data.gpt0 2',
    BEAT,
  ]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await actor.stop();
  actor.act({ ...judged, pins: [] });
  expect(has.asked).toHaveLength(2);
  expect(has.beats).toBe(true);
});

test('released, a heartbeat ends at once', async () => {
  const has = standIn();
  has.beats = true;
  has.pinned = 2;
  await releaseBeats(optionsFor(has), ['ha1'], NEVER);
  expect([has.beats, has.pinned]).toEqual([false, 2]);
});
