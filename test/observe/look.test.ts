// Looking at a real HAProxy, and at what is left of one: every trouble has its own fault, and none is taken for a view.
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import type { View } from '../../src/domain/view.ts';
import { setPin } from '../../src/haproxy/set-pin.ts';
import { makeLook } from '../../src/observe/look.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { startProducer, type Producer } from '../support/producer.ts';
import { answer, scriptedSocket, silent } from '../support/scripted-socket.ts';

const TIMEOUT_MS = 5000;
/** For looks that are meant to time out. */
const SHORT_MS = 200;
const POLL = { timeout: 8000, interval: 10 };

let port: number;
let producer: Producer;
let haproxy: Haproxy;

beforeAll(async () => {
  producer = await startProducer();
  port = await freePort();
  haproxy = await startHaproxy(
    (dir) => `
      global
        stats socket ${dir}/admin.sock mode 600 level admin
        stats socket ${dir}/operator.sock mode 600 level operator
        stats socket ${dir}/user.sock mode 600 level user
        stats socket ipv4@127.0.0.1:${port} level admin
        stats timeout 30s
      backend pin
        stick-table type integer size 16 expire 60s store gpt0
      backend counters
        stick-table type integer size 16 expire 60s store conn_cnt
      defaults
        mode tcp
        timeout connect 1s
        timeout client 60s
        timeout server 60s
      frontend fe
        bind unix@${dir}/fe.sock
        default_backend bp
      backend bp
        server main 127.0.0.1:${producer.port} check inter 50ms
        server backup 127.0.0.1:${producer.port} check inter 50ms backup
    `,
  );
});

afterAll(async () => {
  await haproxy[Symbol.asyncDispose]();
  await producer[Symbol.asyncDispose]();
});

const unix = (path: string): Address => ({ kind: 'unix', path, text: `unix:${path}` });
const socket = (name: string): Address => unix(join(haproxy.dir, name));
const lookAt = (
  address: Address,
  timeoutMs = TIMEOUT_MS,
  wanted: { backend?: string; producers?: string[]; pinTable?: string } = {},
) =>
  makeLook(
    { link: openLink(address, 'worker'), master: null, stats: null },
    { backend: 'bp', producers: ['main'], pinTable: null, ...wanted },
    timeoutMs,
  );

/** The view of a look that must succeed. */
async function view(name = 'user.sock'): Promise<View> {
  const result = await lookAt(socket(name))();
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

const sessions = async () => (await view()).workers[0].servers.map((server) => server.sessions);

/** The Runtime API connections that HAProxy shows; one is the connection that asks. */
async function cliSessions(): Promise<number> {
  const list = await openLink(socket('operator.sock'), 'worker').ask('show sess', {
    deadlineMs: TIMEOUT_MS,
  });
  return list.ok ? list.value.split('fe=GLOBAL').length - 1 : -1;
}

describe('a look', () => {
  test.for(['user', 'operator', 'admin'])('at level %s shows all, and the level', async (level) => {
    const seen = await view(`${level}.sock`);
    expect(seen.level).toBe(level);
    expect(seen.workers[0].pid).toBe(haproxy.pid());
    const servers = seen.workers[0].servers.map(({ name, backup }) => [name, backup]);
    expect(servers).toEqual([
      ['main', false],
      ['backup', true],
    ]);
  });

  test('over TCP shows the same', async () => {
    const address: Address = {
      kind: 'tcp',
      host: '127.0.0.1',
      port,
      text: `tcp:127.0.0.1:${port}`,
    };
    const pid = haproxy.pid();
    expect(await lookAt(address)()).toMatchObject({ ok: true, value: { workers: [{ pid }] } });
  });

  test('shows sessions as they come and go', async () => {
    const client = connect(join(haproxy.dir, 'fe.sock'));
    onTestFinished(() => void client.destroy());
    await expect.poll(sessions, POLL).toEqual([1, 0]);
    client.destroy();
    await expect.poll(sessions, POLL).toEqual([0, 0]);
  });

  test('shows the pin that was written, with its lease, and that it was released', async () => {
    const address = socket('operator.sock');
    const link = openLink(address, 'worker');
    const pinOf = async (pinTable: string, at = address) => {
      const result = await lookAt(at, TIMEOUT_MS, { pinTable })();
      return result.ok ? result.value.pin : result.fault;
    };
    const write = (id: number) => link.ask(setPin.line('pin', id), { deadlineMs: TIMEOUT_MS });
    expect(await write(2)).toEqual({ ok: true, value: '\n' });
    const pin = await pinOf('pin');
    expect(pin).toMatchObject({ kind: 'table', serverId: 2 });
    expect('leaseMs' in pin && pin.leaseMs > 50_000 && pin.leaseMs <= 60_000).toBe(true);
    await write(0);
    expect(await pinOf('pin')).toEqual({ kind: 'table', serverId: 0, leaseMs: 0 });
    expect(await pinOf('pin', socket('user.sock'))).toEqual({ kind: 'denied' });
    expect(await pinOf('counters')).toEqual({ kind: 'unfit' });
    expect(await pinOf('bp')).toEqual({ kind: 'no-table' });
    expect((await view()).pin).toEqual({ kind: 'off' });
  });

  test('shows a server that has settled and passed its check', async () => {
    const fit = { health: 'up', settled: true, checkPassed: true };
    await expect.poll(() => view(), POLL).toMatchObject({ workers: [{ servers: [fit, fit] }] });
  });

  test('leaves no connection behind', async () => {
    for (let turn = 0; turn < 20; turn += 1) await view();
    await expect.poll(cliSessions, POLL).toBe(1);
  });
});

describe('a look is a fault', () => {
  test('where the socket is missing', async () => {
    const address = socket('missing.sock');
    const fault = { kind: 'no-socket', address: address.text };
    expect(await lookAt(address)()).toEqual({ ok: false, fault });
  });

  test('where the backend has another name', async () => {
    const address = socket('user.sock');
    for (const backend of ['nowhere', 'fe', '2']) {
      const fault = { kind: 'no-such-backend', backend, address: address.text };
      expect(await lookAt(address, TIMEOUT_MS, { backend })()).toEqual({ ok: false, fault });
    }
  });

  test('where a producer is missing, and names the servers that there are', async () => {
    const address = socket('user.sock');
    const has = ['main', 'backup'];
    const fault = {
      kind: 'no-such-server',
      backend: 'bp',
      missing: ['spare'],
      has,
      address: address.text,
    };
    const look = lookAt(address, TIMEOUT_MS, { producers: ['main', 'spare'] });
    expect(await look()).toEqual({ ok: false, fault });
  });

  test('where all of its stats connections are in use, until one is free', async () => {
    const address = socket('user.sock');
    const held = Array.from({ length: 10 }, () => connect(join(haproxy.dir, 'admin.sock')));
    onTestFinished(() => held.forEach((each) => each.destroy()));
    await Promise.all(held.map((each) => once(each, 'connect')));
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address: address.text };
    const result = { ok: false, fault };
    await expect.poll(() => lookAt(address, SHORT_MS)(), POLL).toEqual(result);
    for (const each of held) each.destroy();
    await expect.poll(() => lookAt(address)(), POLL).toMatchObject({ ok: true });
  });

  test('while it hangs, and no longer when it goes on', async () => {
    const address = socket('user.sock');
    haproxy.signal('SIGSTOP');
    onTestFinished(() => haproxy.signal('SIGCONT'));
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address: address.text };
    await expect.poll(() => lookAt(address, SHORT_MS)(), POLL).toEqual({ ok: false, fault });
    // Connections that nobody accepts fill the queue; then the kernel refuses more at once.
    const full = { kind: 'unreachable', code: 'EAGAIN', address: address.text };
    await expect.poll(() => lookAt(address, 5)(), POLL).toEqual({ ok: false, fault: full });
    haproxy.signal('SIGCONT');
    await expect.poll(() => lookAt(address)(), POLL).toMatchObject({ ok: true });
  });

  test('while it is restarted; then the new process is seen, young', async () => {
    const address = socket('user.sock');
    const before = (await view()).workers[0].pid;
    await haproxy.kill();
    const fault = { kind: 'refused', address: address.text };
    expect(await lookAt(address)()).toEqual({ ok: false, fault });
    await haproxy.start();
    const [worker] = (await view()).workers;
    expect(worker.pid).not.toBe(before);
    expect(worker.uptimeS).toBeLessThan(5);
  });

  test('where something else answers', async () => {
    await using other = await scriptedSocket('tcp', answer('HTTP/1.0 400 Bad request\r\n\r\n'));
    const result = await lookAt(other.address)();
    const fault = { kind: 'truncated', address: other.address.text };
    expect(result).toMatchObject({ ok: false, fault });
    await using words = await scriptedSocket('tcp', answer('hello\n\nhello\n\nhello\n\n'));
    const said = { kind: 'protocol', said: 'hello\n\n', address: words.address.text };
    expect(await lookAt(words.address)()).toEqual({ ok: false, fault: said });
  });

  test('when it is given up', async () => {
    await using quiet = await scriptedSocket('unix', silent);
    const stop = new AbortController();
    const looking = lookAt(quiet.address)(stop.signal);
    stop.abort();
    const fault = { kind: 'abandoned', address: quiet.address.text };
    expect(await looking).toEqual({ ok: false, fault });
  });
});
