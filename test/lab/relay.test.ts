// A relay redials as slowly as cardano-node does: after 10 to 14 s, and later and later when its dials fail.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../src/lab/ledger.ts';
import { randomFrom } from '../../src/lab/random.ts';
import { startRelay, type Relay } from '../../src/lab/relay.ts';
import { waitFor } from '../../src/lab/wait.ts';

/** Durations of a relay's life in this test: 1 s is 10 ms. */
const SCALE = 0.01;
/** How late a timer may be on a busy machine. */
const LATE_MS = 60;

/** A relay that dials a server doing `serve` with each dial; `dialsMs` tells when they came. */
const dialled = async (
  random: () => number,
  serve: (socket: Socket, dial: number) => void,
): Promise<{ dialsMs: readonly number[]; relay: Relay }> => {
  const dialsMs: number[] = [];
  const server = createServer((socket) => {
    dialsMs.push(performance.now());
    socket.on('error', () => undefined).resume();
    serve(socket, dialsMs.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no TCP address');
  const ledger = createLedger(['ha1'], []);
  const relay = startRelay('r', [{ name: 'ha1', host: at.address, port: at.port }], {
    ledger,
    timeScale: SCALE,
    random,
  });
  onTestFinished(() => {
    relay.stop();
    server.close();
  });
  return { dialsMs, relay };
};

/** Once so many dials have come: the pauses between them, in ms. */
const pauses = async (dialsMs: readonly number[], dials: number): Promise<number[]> => {
  await waitFor(() => dialsMs.length >= dials, 8000, `${dials} dials`);
  return dialsMs.slice(1, dials).map((at, i) => at - dialsMs[i]!);
};

/** Those pauses that are not as wanted (from, to; in s of the relay's life). */
const misfits = (found: number[], wanted: readonly (readonly [number, number])[]): string[] =>
  found.flatMap((pause, i) => {
    const [from, to] = wanted[i] ?? [Infinity, 0];
    // A millisecond of rounding: timers count whole ones.
    const fits = pause >= from * 1000 * SCALE - 1 && pause <= to * 1000 * SCALE + LATE_MS;
    return fits ? [] : [`pause ${i + 1}: ${pause} ms, not ${from} to ${to} s`];
  });

const draw = (seed: number): number[] => Array.from({ length: 20 }, randomFrom(seed));

test.for([0, 0.999])(
  'after a good connection the redial comes within 10 to 14 s (%d)',
  async (at) => {
    const { dialsMs } = await dialled(
      () => at,
      (socket) => socket.end('welcome\n'),
    );
    const wanted = at === 0 ? ([10, 10.1] as const) : ([13.9, 14] as const);
    expect(misfits(await pauses(dialsMs, 4), [wanted, wanted, wanted])).toEqual([]);
  },
);

test('dials that end without a welcome back off: 5, 10, 20, 40 s, give or take 2', async () => {
  const { dialsMs } = await dialled(randomFrom(7), (socket) => socket.end());
  expect(
    misfits(await pauses(dialsMs, 5), [
      [3, 7],
      [8, 12],
      [18, 22],
      [38, 42],
    ]),
  ).toEqual([]);
});

test('a short good connection does not make a relay forget its failures, 120 s of it do', async () => {
  const { dialsMs } = await dialled(
    () => 0.5,
    (socket, dial) => {
      // Dials 1, 2, 4 and 6 fail; 3 is good for a moment, 5 for 130 s.
      if (dial === 3) socket.end('welcome\n');
      else if (dial === 5) {
        socket.write('welcome\n');
        setTimeout(() => socket.end(), 130_000 * SCALE);
      } else socket.end();
    },
  );
  expect(
    misfits(await pauses(dialsMs, 7), [
      [5, 5],
      [10, 10],
      [12, 12],
      [20, 20],
      [130 + 12, 130 + 12],
      [5, 5],
    ]),
  ).toEqual([]);
});

test('a restarted relay dials at once, and a stopped one never again', async () => {
  const { dialsMs, relay } = await dialled(
    () => 0.5,
    (socket) => socket.write('welcome\n'),
  );
  await waitFor(() => dialsMs.length === 1, 1000, 'the first dial');
  relay.restart();
  await waitFor(() => dialsMs.length === 2, 100, 'a dial at once');
  relay.stop();
  const stoppedMs = performance.now();
  await waitFor(() => performance.now() > stoppedMs + 20_000 * SCALE, 1000, 'a redial was due');
  expect(dialsMs).toHaveLength(2);
});

test('the same seed gives the same redial times, another seed others', () => {
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  for (const number of draw(3)) expect(number).toBeGreaterThanOrEqual(0);
  for (const number of draw(3)) expect(number).toBeLessThan(1);
});
