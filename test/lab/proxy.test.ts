// What befalls a HAProxy in the lab: its sessions, its workers and its sockets are as the facts say.
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../../src/lab/ask.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import type { LabOptions } from '../../src/lab/options.ts';
import { isAlive } from '../../src/lab/processes.ts';

const lab = async (options: LabOptions = {}): Promise<Lab> => {
  const started = await startLab({ relays: 2, proxies: ['ha1'], ...options });
  onTestFinished(() => started.stop());
  return started;
};

/** Sessions per server as the serving worker tells. */
const shown = async (it: Lab): Promise<Record<string, number>> => {
  const [header, ...rows] = (await it.proxy('ha1').ask('show stat bp 4 -1')).trim().split('\n');
  const [name, sessions] = ['svname', 'scur'].map((column) => header!.split(',').indexOf(column));
  return Object.fromEntries(
    rows.map((row) => row.split(',')).map((row) => [row[name!], Number(row[sessions!])]),
  );
};

test('HAProxy counts the sessions that the producers count', async () => {
  const it = await lab();
  await it.until(async () => (await shown(it))['main'] === 2, 2000, 'HAProxy shows 2 on main');
  expect(it.counts()).toEqual({ ha1: { main: 2, backup: 0 } });
});

test('after a reload the old worker carries the sessions that the new one does not show', async () => {
  const it = await lab();
  const [old] = it.proxy('ha1').workers();
  const mark = it.mark();
  await it.proxy('ha1').reload();

  expect(await shown(it)).toEqual({ main: 0, backup: 0 });
  expect(it.events(mark)).toEqual([]);
  expect(it.counts()).toEqual({ ha1: { main: 2, backup: 0 } });
  expect(it.proxy('ha1').workers()).toHaveLength(2);
  expect(await ask(it.proxy('ha1').sockets.master, 'show proc;quit')).toMatch(
    new RegExp(`# old workers\\n${old} `),
  );

  it.relay('relay1').restart();
  it.relay('relay2').restart();
  await it.until(() => !isAlive(old!), 3000, 'the old worker ends with its last session');
  await it.until(() => it.allOn('main'), 2000, 'the relays are connected again');
  expect(it.proxy('ha1').workers()).toHaveLength(1);
});

test('a restart closes every session, and the relays are back after their redial', async () => {
  const it = await lab();
  const before = it.proxy('ha1').master();
  await it.proxy('ha1').restart();
  expect(it.proxy('ha1').master()).not.toBe(before);
  await it.until(() => it.allOn('main'), 3000, 'all on main');
  expect(it.closes().map(({ by }) => by)).toEqual(['proxy', 'proxy']);
});

test('a killed HAProxy takes its sessions with it, and has them back once it is started', async () => {
  const it = await lab();
  const pids = [it.proxy('ha1').master()!, ...it.proxy('ha1').workers()];
  await it.proxy('ha1').kill();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(it.proxy('ha1').master()).toBeNull();
  await it.until(() => it.count({}) === 0, 1000, 'no session is left');
  await it.proxy('ha1').start();
  await it.until(() => it.allOn('main'), 5000, 'all on main');
});

test('a frozen HAProxy answers nothing and loses nothing', async () => {
  const it = await lab();
  it.proxy('ha1').freeze();
  const mark = it.mark();
  await expect(it.proxy('ha1').ask('show info')).rejects.toThrow(/no answer to "show info"/);
  it.proxy('ha1').thaw();
  expect(await it.proxy('ha1').ask('show info')).toContain('Stopping: 0');
  expect(it.events(mark)).toEqual([]);

  it.proxy('ha1').freeze();
  await it.proxy('ha1').restart();
  await it.until(() => it.allOn('main'), 3000, 'a restart helps');
});

test('the sockets are of the level that their names say', async () => {
  const { sockets } = (await lab({ relays: 0 })).proxy('ha1');
  for (const level of ['admin', 'operator', 'user'] as const) {
    expect(await ask(sockets[level], 'show cli level')).toBe(`${level}\n\n`);
  }
});

test('an operator can close sessions, and the ledger says that the proxy did it', async () => {
  const it = await lab();
  await it.proxy('ha1').ask('shutdown sessions server bp/main');
  await it.until(() => it.closes().length === 2, 2000, 'both are closed');
  expect(it.closes().map(({ by, open }) => ({ by, open }))).toEqual([
    { by: 'proxy', open: 1 },
    { by: 'proxy', open: 0 },
  ]);
  await it.until(() => it.allOn('main'), 2000, 'the relays are connected again');
});

test('the statistics page and the exporter answer', async () => {
  const it = await lab({ relays: 0 });
  const page = await fetch(`${it.statsUrl('ha1')};csv`);
  expect(await page.text()).toContain('bp,main,');
  const metrics = await fetch(new URL('/metrics', it.statsUrl('ha1')));
  expect(await metrics.text()).toContain(
    'haproxy_server_current_sessions{proxy="bp",server="main"}',
  );
});
