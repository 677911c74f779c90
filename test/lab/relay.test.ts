// A relay redials as slowly as cardano-node does: after 10 to 14 s, and later and later when its dials fail.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../src/lab/ledger.ts';
import { randomFrom } from '../../src/lab/random.ts';
import { redial } from '../../src/lab/redial.ts';
import { startRelay, type Relay } from '../../src/lab/relay.ts';
import { waitFor } from '../../src/lab/wait.ts';

const middle = (): number => 0.5;

test.for<[what: string, failures: number, goodForS: number | null, delayS: number, left: number]>([
  ['a good connection was closed', 0, 1, 12, 0],
  ['the first dial failed', 0, null, 5, 1],
  ['the second', 1, null, 10, 2],
  ['the third', 2, null, 20, 3],
  ['the fourth', 3, null, 40, 4],
  ['the fifth', 4, null, 80, 5],
  ['the sixth', 5, null, 160, 6],
  ['the ninth: no longer than that', 8, null, 160, 9],
  ['a connection was closed too soon to forget failures', 3, 119.9, 12, 3],
  ['a connection was closed that made the relay forget', 3, 120, 12, 0],
])('%s (%d failures before, good for %d s): redial after %d s, %d failures', ([, ...row]) => {
  const [failures, goodForS, delayS, left] = row;
  expect(redial(failures, goodForS, middle)).toEqual({ delayS, failures: left });
});

test('the times are spread: 10 to 14 s after a close, 2 s around the others', () => {
  const ends = [() => 0, () => 1];
  expect(ends.map((random) => redial(0, 1, random).delayS)).toEqual([10, 14]);
  expect(ends.map((random) => redial(2, null, random).delayS)).toEqual([18, 22]);
});

const draw = (seed: number): number[] => Array.from({ length: 20 }, randomFrom(seed));

test('the same seed gives the same numbers from 0 to 1, another seed others', () => {
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  expect(draw(3).filter((number) => number < 0 || number >= 1)).toEqual([]);
});

/** A relay at a scale of 0.01 that dials a server doing `serve` with each dial; `dialsMs` tells when they came. */
const dialled = async (
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
  const relay = startRelay('r', [{ name: 'ha1', host: at.address, port: at.port }], {
    ledger: createLedger(['ha1'], []),
    timeScale: 0.01,
    random: middle,
  });
  onTestFinished(() => {
    relay.stop();
    server.close();
  });
  return { dialsMs, relay };
};

test('only a welcome makes a dial good, and every pause is scaled', async () => {
  const { dialsMs } = await dialled((socket, dial) => socket.end(dial === 3 ? 'welcome\n' : ''));
  await waitFor(() => dialsMs.length === 5, 5000, 'five dials');
  const pauses = dialsMs.slice(1).map((at, i) => at - dialsMs[i]!);
  for (const [i, leastMs] of [50, 100, 120, 200].entries()) {
    // Timers count whole milliseconds; how late they are is the machine's affair.
    expect(pauses[i]).toBeGreaterThan(leastMs - 2);
  }
});

test('a restarted relay dials at once, and a stopped one never again', async () => {
  const { dialsMs, relay } = await dialled((socket) => socket.write('welcome\n'));
  await waitFor(() => dialsMs.length === 1, 1000, 'the first dial');
  const restartedMs = performance.now();
  relay.restart();
  await waitFor(() => dialsMs.length === 2, 1000, 'the second dial');
  expect(dialsMs[1]! - restartedMs).toBeLessThan(100);
  relay.stop();
  const stoppedMs = performance.now();
  await waitFor(() => performance.now() > stoppedMs + 200, 1000, 'a redial was due');
  expect(dialsMs).toHaveLength(2);
});
