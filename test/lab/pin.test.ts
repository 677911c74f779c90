// The pin of the reference configuration, on real HAProxies: where it leads, how long, over a reload, and past a dead server.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, type TestContext } from 'vitest';
import { makeBeatWriter } from '../../src/act/write-beats.ts';
import { showTable } from '../../src/haproxy/show-table.ts';
import { withoutPins } from '../../src/lab/haproxy-config.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import type { LabOptions } from '../../src/lab/options.ts';
import { openLink } from '../../src/transport/open-link.ts';

/** All that this run has: vitest.config.ts names them. */
const binaries = (process.env['MAINSTAY_HAPROXIES'] ?? '/usr/sbin/haproxy').split(':');
/** Also on a busy machine longer than a reload takes. */
const LEASE_MS = 3000;
/** A worker of HAProxy 2.6 that is younger than 5 s hands its tables on to nobody. */
const SETTLED_MS = 5000;

async function lab({ onTestFinished }: TestContext, options: LabOptions): Promise<Lab> {
  const it = await startLab({ proxies: ['ha1'], relays: 1, ...options });
  onTestFinished(() => it.stop());
  return it;
}

/** Pins server 2, which is backup; 0 takes the pin away. */
async function pin(it: Lab, id: number): Promise<void> {
  expect(await it.proxy('ha1').ask(`set table pin key 1 data.gpt0 ${id}`)).toBe('\n');
}

/** Where the relay comes to when it dials anew. */
async function comesTo(it: Lab): Promise<string> {
  const mark = it.mark();
  it.relay('relay1').restart();
  const opened = () => it.events(mark).find(({ kind }) => kind === 'open');
  await it.until(() => opened() !== undefined, 5000, 'the relay has come to a producer');
  return opened()!.producer;
}

test.concurrent.for(binaries)(
  '%s: a pin leads new sessions to the backup, over a reload too, until its lease ends',
  async (haproxy, t) => {
    const shorten = (config: string): string =>
      config.replace('expire 10s', `expire ${LEASE_MS}ms`);
    const it = await lab(t, { haproxy, configure: shorten });
    await pin(it, 2);
    expect(await comesTo(it)).toBe('backup');
    await pin(it, 0);
    expect(await comesTo(it)).toBe('main');

    await sleep(SETTLED_MS);
    const pinnedMs = Date.now();
    await pin(it, 2);
    await it.proxy('ha1').reload();
    const shown = (): Promise<string> => it.proxy('ha1').ask('show table pin');
    const stands = /^# table: pin, type: integer, size:16, used:1\n.* gpt0=2\n/;
    // The new worker serves some milliseconds before it has been handed the table.
    await it.until(async () => stands.test(await shown()), 1000, 'the new worker has the pin');
    expect(await comesTo(it)).toBe('backup');

    await it.until(async () => (await shown()).includes('used:0'), 5000, 'the lease has ended');
    expect(Date.now() - pinnedMs).toBeGreaterThanOrEqual(LEASE_MS);
    expect(await comesTo(it)).toBe('main');
  },
);

test.concurrent.for(binaries)(
  '%s: a heartbeat has a lease of its own beside the pin, and goes over a reload with it',
  async (haproxy, t) => {
    const shorten = (config: string): string =>
      config.replace('expire 10s', `expire ${LEASE_MS}ms`);
    const it = await lab(t, { haproxy, configure: shorten });
    const path = it.proxy('ha1').sockets.admin;
    const link = openLink({ kind: 'unix', path, text: `unix:${path}` }, 'worker');
    const told: unknown[] = [];
    const proxies = [{ name: 'ha1', link }];
    const onBeat = (...what: unknown[]): void => void told.push(what);
    const beat = makeBeatWriter(
      { proxies, pinTable: 'pin', pollTimeoutMs: 2000, onBeat },
      new AbortController().signal,
    );
    const shown = async () => {
      const text = await it.proxy('ha1').ask(showTable.line('pin'));
      const read = showTable.read(text, 'pin');
      if (!read.ok || read.value.kind !== 'table') throw new Error(text);
      const { serverId, leaseMs, heartbeatMs = 0 } = read.value;
      return { serverId, leaseMs, heartbeatMs };
    };
    await sleep(SETTLED_MS);
    await pin(it, 2);
    await sleep(500);
    const beganMs = Date.now();
    await beat('ha1');
    const { serverId, leaseMs, heartbeatMs } = await shown();
    expect([serverId, heartbeatMs > leaseMs, heartbeatMs <= LEASE_MS]).toEqual([2, true, true]);

    await it.proxy('ha1').reload();
    const both = async () => {
      const seen = await shown();
      return seen.serverId === 2 && seen.heartbeatMs > 0;
    };
    await it.until(both, 1000, 'the new worker has pin and heartbeat');
    const renewing = async () => {
      await pin(it, 2);
      return (await shown()).heartbeatMs === 0;
    };
    await it.until(renewing, 5000, 'the heartbeat has ended');
    expect(Date.now() - beganMs).toBeGreaterThanOrEqual(LEASE_MS - 10);
    expect((await shown()).serverId).toBe(2);
    expect(told).toEqual([]);
  },
);

test.concurrent.for(binaries)(
  '%s: a pinned server that dies is passed over',
  async (haproxy, t) => {
    const it = await lab(t, { haproxy });
    await pin(it, 2);
    expect(await comesTo(it)).toBe('backup');
    await it.producer('backup').kill();
    await it.until(() => it.allOn('main'), 5000, 'the relay has come to main');
  },
);

test.concurrent('each of many producers can be pinned', async (t) => {
  const it = await lab(t, { producers: ['main', 'second', 'third'] });
  await pin(it, 3);
  expect(await comesTo(it)).toBe('third');
  await pin(it, 2);
  expect(await comesTo(it)).toBe('second');
});

test.concurrent('a lab can be had without pins', async (t) => {
  const it = await lab(t, { configure: withoutPins });
  expect(await it.proxy('ha1').ask('show table pin')).toBe('No such table\n\n');
  await it.producer('main').kill();
  await it.until(() => it.allOn('backup'), 5000, 'the relay has come to backup');
});
