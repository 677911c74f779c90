// Looking at a real HAProxy with a master, through reloads: old workers are seen, and no look keeps one alive.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import type { View } from '../../src/domain/view.ts';
import { masterReload } from '../../src/haproxy/master-reload.ts';
import { findHaproxy } from '../../src/lab/haproxy-binary.ts';
import { LabProxy } from '../../src/lab/proxy.ts';
import { makeLook } from '../../src/observe/look.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { startProducer, type Producer } from '../support/producer.ts';

/** Two cores, shared with other tests: these looks may take long, and must not be cut off. */
const TIMEOUT_MS = 5000;
const POLL = { timeout: 20_000, interval: 50 };
const TEST_MS = 60_000;

let dir: string;
let producer: Producer;
let proxies: LabProxy[];

const configOf = ({ sockets }: LabProxy, name: string) => `
  global
    stats socket ${sockets.admin} mode 600 level admin
    stats timeout 30s
  defaults
    mode tcp
    timeout connect 1s
    timeout client 60s
    timeout server 60s
  frontend fe
    bind unix@${dir}/${name}.sock
    default_backend bp
  backend bp
    server main 127.0.0.1:${producer.port} check inter 50ms
    server backup 127.0.0.1:${producer.port} check inter 50ms backup
`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-reloads-'));
  producer = await startProducer();
  const binary = findHaproxy(process.env);
  if (!binary.ok) throw new Error(binary.fault);
  proxies = ['one', 'two'].map(
    (name) => new LabProxy(name, join(dir, `dir-${name}`), binary.value),
  );
  for (const proxy of proxies) {
    await proxy.configure(configOf(proxy, proxy.name));
    await proxy.start();
  }
}, TEST_MS);

afterAll(async () => {
  for (const proxy of proxies) await proxy.stop();
  await producer[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
}, TEST_MS);

const unix = (path: string): Address => ({ kind: 'unix', path, text: `unix:${path}` });
const proxy = (nth: number): LabProxy => {
  const found = proxies[nth];
  if (found === undefined) throw new Error('no such proxy');
  return found;
};
const linkTo = (at: LabProxy) => openLink(unix(at.sockets.admin), 'worker');
const masterOf = (at: LabProxy) => openLink(unix(at.sockets.master), 'master');
const lookAt = (at: LabProxy, its = at) =>
  makeLook(
    { link: linkTo(at), master: masterOf(its), stats: null },
    { backend: 'bp', producers: ['main'], pinTable: null },
    TIMEOUT_MS,
  );

async function view(look = lookAt(proxy(0))): Promise<View> {
  const result = await look();
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** Of each worker, whether it is old, and its sessions on main. */
const workers = ({ workers: all }: View) =>
  all.map(({ old, servers }) => [old, servers.find(({ name }) => name === 'main')?.sessions]);

async function client(): Promise<Socket> {
  const socket = connect(join(dir, 'one.sock'));
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test(
  'after each reload the old worker and its sessions are seen, until they end',
  { timeout: TEST_MS },
  async () => {
    const first = await client();
    await expect.poll(async () => workers(await view()), POLL).toEqual([[false, 1]]);
    const before = (await view()).workers[0].pid;
    await proxy(0).reload();
    await expect
      .poll(async () => workers(await view()), POLL)
      .toEqual([
        [false, 0],
        [true, 1],
      ]);
    const second = [await client(), await client()];
    await expect
      .poll(async () => workers(await view()), POLL)
      .toEqual([
        [false, 2],
        [true, 1],
      ]);
    await proxy(0).reload();
    const three = [
      [false, 0],
      [true, 2],
      [true, 1],
    ];
    await expect.poll(async () => workers(await view()), POLL).toEqual(three);
    const all = await view();
    expect(all).toMatchObject({ way: 'unix', level: 'admin', hidden: null });
    expect(all.workers[2]?.pid).toBe(before);

    // A reload that fails leaves all as it is, wherever HAProxy lists the worker that serves.
    await proxy(0).configure('nonsense');
    const answer = await masterOf(proxy(0)).ask(masterReload.line(), { deadlineMs: TIMEOUT_MS });
    const read = answer.ok ? masterReload.read(answer.value) : answer;
    // HAProxy 2.6 says nothing.
    const said = read.ok || read.fault.kind !== 'reload-failed' ? read : read.fault.said;
    expect([{ ok: true, value: 'unknown' }, expect.stringMatching(/^\[ALERT\]/)]).toContainEqual(
      said,
    );
    await expect.poll(async () => (await view()).hidden, POLL).toBeNull();
    const after = await view();
    expect([workers(after), after.workers[0].pid]).toEqual([three, all.workers[0].pid]);
    await proxy(0).configure(configOf(proxy(0), 'one'));

    first.destroy();
    for (const socket of second) socket.destroy();
    await expect.poll(async () => workers(await view()), POLL).toEqual([[false, 0]]);
    await expect.poll(async () => (await view()).hidden, POLL).toBeNull();
  },
);

test(
  'five reloads in a row under constant looking leave no worker behind',
  { timeout: TEST_MS },
  async () => {
    const look = lookAt(proxy(0));
    const stop = new AbortController();
    let looks = 0;
    const looking = (async () => {
      while (!stop.signal.aborted) {
        await look();
        looks += 1;
        await sleep(100);
      }
    })();
    for (let turn = 0; turn < 5; turn += 1) await proxy(0).reload();
    await expect.poll(() => proxy(0).workers().length, POLL).toBe(1);
    stop.abort();
    await looking;
    expect(looks).toBeGreaterThan(2);
    expect(workers(await view(look))).toEqual([[false, 0]]);
  },
);

test(
  "another HAProxy's master is found out, and none of its workers is shown",
  { timeout: TEST_MS },
  async () => {
    const seen = await view(lookAt(proxy(0), proxy(1)));
    const pid = seen.workers[0].pid;
    const address = `unix:${proxy(1).sockets.master}`;
    expect(seen.workers).toHaveLength(1);
    expect(seen.hidden).toEqual({ kind: 'other-master', pid, address });
  },
);
