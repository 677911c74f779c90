// One supervisor beside a real HAProxy: when it is ready, what it says of versions, and that it leaves nothing open.
import { expect, test, type TestContext } from 'vitest';
import { knownBugs } from '../../src/haproxy/version-bugs.ts';
import { startSupervisor } from '../../src/cli/supervisor.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Status } from '../../src/domain/status.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { openStream } from '../../src/transport/open-stream.ts';
import { logBook } from '../report/world.ts';
import { startHaproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { until } from '../support/until.ts';
import { CONFIG, worldWith } from './world.ts';

const HAPROXY = `
global
  stats socket DIR/admin.sock mode 600 level admin
defaults
  mode tcp
  timeout connect 4s
  timeout client 1h
  timeout server 1h
listen bp
  server main 127.0.0.1:1 check inter 1h
  server backup 127.0.0.1:2 check inter 1h backup`;

/** A supervisor whose proxy has a master socket that does not exist; `runtime`: its socket's file name. */
async function supervise({ onTestFinished }: TestContext, runtime: string) {
  const haproxy = await startHaproxy((dir) => HAPROXY.replaceAll('DIR', dir));
  onTestFinished(() => haproxy[Symbol.asyncDispose]());
  const socket = (name: string) => {
    const path = `${haproxy.dir}/${name}`;
    return { kind: 'unix', path, text: `unix:${path}` } as const;
  };
  const port = await freePort();
  const config: Config = {
    ...CONFIG,
    proxies: [
      {
        name: 'ha1',
        runtime: socket(runtime),
        master: socket('none.sock'),
        stats: null,
        drive: true,
        reload: null,
        restart: null,
      },
    ],
    policy: {
      ...DEFAULT_POLICY,
      pollIntervalMs: 50,
      proxies: [{ name: 'ha1', drive: true, reload: false, restart: false }],
    },
    listen: { host: '127.0.0.1', port },
  };
  const drops: string[] = [];
  const world = worldWith({
    openStream,
    openLink: (address, role) => {
      const link = openLink(address, role);
      return { ...link, drop: () => void drops.push(role) };
    },
  });
  const book = logBook();
  const started = await startSupervisor(world, config, book.log, {
    carried: null,
    onRound: () => {},
  });
  if (!started.ok) throw new Error(started.fault.kind);
  let stopped: Promise<unknown> | null = null;
  const stop = () => (stopped ??= started.value.stop());
  onTestFinished(async () => void (await stop()));
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  const decided = async () => (await get('/v1/status')).status === 200;
  await until(decided, 'a first decision', () => book.said.join('\n'));
  return { book, drops, get, stop };
}

test('it is ready while the driven proxy is seen, old workers or not, and says what is hidden', async (t) => {
  const { book, drops, get, stop } = await supervise(t, 'admin.sock');
  expect((await get('/readyz')).status).toBe(200);
  const status: Status = JSON.parse(await (await get('/v1/status')).text());
  expect(status).toMatchObject({
    degraded: ['ha1'],
    proxies: [
      {
        transport: 'unix',
        oldWorkers: { seen: false, message: expect.stringContaining('none.sock does not exist') },
      },
    ],
  });
  const looks = async () => {
    const [, count] = /look_duration_seconds_count\{.*\} (\d+)/.exec(
      await (await get('/metrics')).text(),
    ) ?? ['', '0'];
    return Number(count) >= 3;
  };
  await until(looks, 'three looks', () => book.said.join('\n'));
  const version = status.proxies[0]?.version ?? '';
  const bugs = book.fields.filter((field) => 'bug' in field);
  expect(bugs).toEqual(knownBugs(version).map(({ id }) => ({ proxy: 'ha1', version, bug: id })));
  const before = drops.length;
  await stop();
  expect(drops.slice(before)).toEqual(['worker', 'master']);
});

test('it is not ready where the driven proxy is not seen', async (t) => {
  const { get } = await supervise(t, 'wrong.sock');
  const answer = await get('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('ha1');
});
