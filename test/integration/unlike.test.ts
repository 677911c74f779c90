// HAProxies unlike ours: other names, a `listen` section, three servers, none with `backup`. What is said is right, and nobody is harmed.
import { expect, test, type TestContext } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { BY_HAND, byHand, unwrapped } from './by-hand.ts';
import { closedByProxy, PATIENCE_MS } from './scenes.ts';
import { mainstay, openLab, writeConfig } from './support.ts';

const BACKEND = 'rw.pool:5432';
const LBS = ['lb-east', 'lb-west'];
const SERVERS = ['pg-a', 'pg-b', 'pg-c'];

test.concurrent('three active servers: no session can be steered to one of them, and none is closed', async (t) => {
  const lab = await theirLab(t, SERVERS);
  const file = await writeConfig(lab, { ...BY_HAND, backend: BACKEND, producers: undefined });
  const mark = lab.mark();
  const seen = await mainstay('status', '-c', file);
  expect(seen.code).toBe(2);
  expect(seen.out).toMatch(/^proxy +worker +pg-a +pg-b +pg-c$/m);
  expect(seen.out).toMatch(/^lb-east +\d+ +1 UP +1 UP +1 UP$/m);
  expect(unwrapped(seen.out)).toContain('not-steerable at lb-west: new connections there go to');

  for (const how of [['--dry-run'], ['--yes', '--force', '--to', 'pg-b']]) {
    const told = await byHand(file, ...how);
    expect(told.code).toBe(4);
    const next = 'go to pg-a or pg-b or pg-c: what is closed would not surely come to pg-';
    for (const lb of LBS) {
      expect(unwrapped(told.out)).toContain(
        `not-steerable at ${lb}: new connections there ${next}`,
      );
    }
  }
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('with the two others taken out by their operator, all come to the one that is left', async (t) => {
  const lab = await theirLab(t, SERVERS);
  const file = await writeConfig(lab, { ...BY_HAND, backend: BACKEND, producers: undefined });
  const mark = lab.mark();
  await set(lab, ['pg-b', 'pg-c'], 'drain');
  const draining = await byHand(file, '--yes');
  expect(draining.code).toBe(2);
  expect(draining.out).toContain('\nNothing is to be closed.\n');
  expect(draining.out).toContain(
    '  draining at lb-east: pg-b is draining at lb-east: its sessions are left to end\n',
  );
  expect(lab.events(mark)).toEqual([]);

  await set(lab, ['pg-b', 'pg-c'], 'maint');
  const done = await byHand(file, '--yes');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(lab.allOn('pg-a')).toBe(true);
  expect(closedByProxy(lab, mark, { producer: 'pg-a' })).toEqual([]);
});

test.concurrent('a spare that is written first is a spare all the same', async (t) => {
  const lab = await theirLab(t, ['spare backup', 'primary']);
  const file = await writeConfig(lab, { ...BY_HAND, backend: BACKEND, producers: undefined });
  await set(lab, ['primary'], 'maint');
  for (const relay of ['relay1', 'relay2', 'relay3']) lab.relay(relay).restart();
  await lab.until(() => lab.allOn('spare'), PATIENCE_MS, 'all are on the spare');
  await set(lab, ['primary'], 'ready');
  await lab.until(() => isUp(lab, 'primary'), PATIENCE_MS, 'the primary is up again');
  const mark = lab.mark();
  const done = await byHand(file, '--yes');

  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('\ntarget primary: the most preferred producer that is fit to go to');
  expect(lab.allOn('primary')).toBe(true);
  expect(closedByProxy(lab, mark, { producer: 'spare' })).toHaveLength(6);
});

/** Two HAProxies with these servers, as their configuration writes them, and three clients of each. */
function theirLab(t: TestContext, servers: readonly string[]): Promise<Lab> {
  return openLab(t, {
    proxies: LBS,
    producers: servers.map((server) => server.split(' ')[0] ?? ''),
    configure: (ours) => theirs(ours, servers),
  });
}

/** A configuration that has nothing of ours but the addresses. */
function theirs(ours: string, servers: readonly string[]): string {
  const [, socket = ''] = /stats socket (\S+) .*level admin/.exec(ours) ?? [];
  const [, bind = ''] = /bind (\S+)/.exec(ours) ?? [];
  const lines = servers.map((server) => {
    const [name = '', ...keywords] = server.split(' ');
    const [, address = ''] = new RegExp(`^ +server ${name} (\\S+)`, 'm').exec(ours) ?? [];
    return `    server ${name} ${address} weight 10 ${keywords.join(' ')}`;
  });
  return `global
    log stderr format rfc5424 local0
    stats socket ${socket} mode 600 level admin

listen ${BACKEND}
    mode tcp
    log global
    bind ${bind}
    balance roundrobin
    timeout connect 1s
    timeout client 30m
    timeout server 30m
    default-server check inter 100ms fall 2 rise 2
${lines.join('\n')}
`;
}

async function set(lab: Lab, servers: readonly string[], state: string): Promise<void> {
  for (const lb of LBS) {
    for (const name of servers) {
      await lab.proxy(lb).ask(`set server ${BACKEND}/${name} state ${state}`);
    }
  }
}

async function isUp(lab: Lab, server: string): Promise<boolean> {
  const csv = await Promise.all(LBS.map((lb) => lab.proxy(lb).ask('show stat')));
  const row = new RegExp(`^${BACKEND},${server},.*,UP,`, 'm');
  return csv.every((rows) => row.test(rows));
}
