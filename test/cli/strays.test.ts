// The sessions that a plan would close, as the person who is asked sees them.
import { expect, test } from 'vitest';
import type { ReachedProxy } from '../../src/cli/proxies.ts';
import { listStrays } from '../../src/cli/strays.ts';
import type { Step } from '../../src/domain/decision.ts';
import { OLD, planOf, SERVING, standIn, streams } from '../act/stand-in.ts';
import { CONFIG } from './world.ts';

function proxy() {
  const has = standIn();
  has.workers.set(SERVING, [...streams('backup', 1), ...streams('main', 2, 50)]);
  has.workers.set(OLD, streams('backup', 3, 100));
  const reached: ReachedProxy = { ...has.proxy, drive: true, address: 'unix:worker', events: null };
  return { has, reached };
}

async function listed(reached: ReachedProxy, step: Partial<Step>) {
  const found = await listStrays(CONFIG, [reached], planOf(step).steps);
  return found.map(({ sessions }) => sessions?.map(({ client }) => client) ?? null);
}

const clients = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `127.0.0.1:${10_000 + from + i}`);

const aged = (port: number, age: string) =>
  `0x${port}: proto=tcpv4 src=127.0.0.1:${port} fe=fe be=bp srv=backup ts=00 epoch=0 age=${age} calls=1\n`;

test('the serving worker is asked for its own, and an old one by the master', async () => {
  const { has, reached } = proxy();
  expect(await listed(reached, { action: 'close-server', pid: SERVING })).toEqual([clients(1, 1)]);
  expect(has.asked).toEqual(['show sess']);
  expect(await listed(reached, { action: 'close-session', pid: OLD })).toEqual([clients(100, 3)]);
  expect(has.asked.slice(1)).toEqual(['master: show proc', `master: @!${OLD} show sess`]);
});

test('an old worker that has ended meanwhile has none', async () => {
  const { has, reached } = proxy();
  has.workers.delete(OLD);
  expect(await listed(reached, { action: 'close-session', pid: OLD })).toEqual([[]]);
});

test('the oldest stands first', async () => {
  const { has, reached } = proxy();
  has.intercept = () => `${aged(1, '5s')}${aged(2, '1d2h')}${aged(3, '2m1s')}\n`;
  expect(await listed(reached, { action: 'close-server', pid: SERVING })).toEqual([
    ['127.0.0.1:2', '127.0.0.1:3', '127.0.0.1:1'],
  ]);
});

test('a list that is not to be had is none, and hinders nothing', async () => {
  const { has, reached } = proxy();
  has.intercept = () => 'Permission denied\n\n';
  expect(await listed(reached, { action: 'close-server', pid: SERVING })).toEqual([null]);
  const byPage = { ...reached, link: null };
  expect(await listed(byPage, { action: 'close-server', pid: null })).toEqual([null]);
  const masterless = { ...reached, master: null };
  expect(await listed(masterless, { action: 'close-session', pid: OLD })).toEqual([null]);
  expect(await listed({ ...reached, name: 'ha9' }, {})).toEqual([null]);
});

test('nobody is asked for what a reload or a restart names no server of', async () => {
  const { has, reached } = proxy();
  expect(await listed(reached, { action: 'reload', server: null })).toEqual([null]);
  expect(has.asked).toEqual([]);
});
