// A stand-in producer listens, or does not, as its faults say, and counts what it holds.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createLedger } from '../../src/lab/ledger.ts';
import { claimNetwork } from '../../src/lab/network.ts';
import { Producer } from '../../src/lab/producer.ts';
import { waitFor } from '../../src/lab/wait.ts';

const setUp = async () => {
  const network = await claimNetwork();
  const ledger = createLedger(['ha1', 'ha2'], ['main']);
  const ways = ['ha1', 'ha2'].map((proxy, i) => ({
    proxy,
    host: network.host(100),
    port: 3001 + i,
  }));
  const main = new Producer('main', ways, ledger);
  await main.restart();
  onTestFinished(async () => {
    await main.kill();
    await network.release();
  });
  return { main, ledger };
};

/** A connection as the proxy's, or null where it is refused. */
const dial = async (main: Producer, proxy: string): Promise<Socket | null> => {
  const socket = connect(main.address(proxy));
  socket.on('error', () => undefined);
  const answer = await once(socket, 'connect').catch(() => null);
  return answer === null ? null : socket;
};

/** The proxies that it lets in. */
const open = async (main: Producer): Promise<string[]> => {
  const found: string[] = [];
  for (const proxy of ['ha1', 'ha2']) {
    const socket = await dial(main, proxy);
    if (socket === null) continue;
    found.push(proxy);
    socket.destroy();
  }
  return found;
};

test('a cut outlasts a restart, and a mended way is open after the next one', async () => {
  const { main } = await setUp();
  expect(await open(main)).toEqual(['ha1', 'ha2']);
  await main.cut('ha1');
  expect(await open(main)).toEqual(['ha2']);
  await main.restart();
  expect(await open(main)).toEqual(['ha2']);
  await main.mend('ha1');
  expect(await open(main)).toEqual(['ha1', 'ha2']);
  await main.restart();
  expect(await open(main)).toEqual(['ha1', 'ha2']);
});

test('mending the way to a dead producer does not raise it', async () => {
  const { main } = await setUp();
  await main.cut('ha1');
  await main.kill();
  await main.mend('ha1');
  expect(await open(main)).toEqual([]);
});

test('a session counts from its hello on, by the way that it came, and a kill ends it', async () => {
  const { main, ledger } = await setUp();
  const socket = (await dial(main, 'ha2'))!;
  expect(ledger.counts()).toEqual({ ha1: { main: 0 }, ha2: { main: 0 } });
  socket.write('hello r/ha2#1\n');
  await waitFor(() => ledger.count({}) === 1, 1000, 'the session is counted');
  expect(ledger.counts()).toEqual({ ha1: { main: 0 }, ha2: { main: 1 } });

  // A socket that is not read does not notice its end.
  socket.resume();
  await main.kill();
  await waitFor(() => socket.destroyed, 1000, 'the other side sees its end');
  expect(ledger.since(0)).toMatchObject([
    { kind: 'open', by: 'relay', open: 1 },
    { kind: 'close', by: 'producer', open: 0, id: 'r/ha2#1', relay: 'r', proxy: 'ha2' },
  ]);
});
