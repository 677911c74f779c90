// Looking at a real HAProxy, and at what is left of one: every trouble has its own fault, and none is taken for a view.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import type { View } from '../../src/domain/view.ts';
import { makeLook } from '../../src/observe/look.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { startProducer, type Producer } from '../support/producer.ts';
import { answer, scriptedSocket, silent } from '../support/scripted-socket.ts';
import { until } from '../support/until.ts';

const TIMEOUT_MS = 5000;
/** For looks that are meant to time out. */
const SHORT_MS = 200;

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
const lookAt = (address: Address, timeoutMs = TIMEOUT_MS, backend = 'bp', producers = ['main']) =>
  makeLook(openLink(address), backend, producers, timeoutMs);

/** The view of a look that must succeed. */
async function view(address: Address = socket('user.sock')): Promise<View> {
  const result = await lookAt(address)();
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

describe('a look', () => {
  test.for(['user', 'operator', 'admin'])('at level %s shows all, and the level', async (level) => {
    const seen = await view(socket(`${level}.sock`));
    expect(seen.level).toBe(level);
    expect(seen.workers[0].pid).toBe(haproxy.pid());
    const servers = seen.workers[0].servers.map(({ name, backup }) => [name, backup]);
    expect(servers).toEqual([
      ['main', false],
      ['backup', true],
    ]);
  });

  test('over TCP shows the same', async () => {
    const seen = await view({
      kind: 'tcp',
      host: '127.0.0.1',
      port,
      text: `tcp:127.0.0.1:${port}`,
    });
    expect(seen.workers[0].pid).toBe(haproxy.pid());
  });

  test('shows sessions as they come and go', async () => {
    const sessions = async () => (await view()).workers[0].servers.map((server) => server.sessions);
    const client = connect(join(haproxy.dir, 'fe.sock'));
    onTestFinished(() => void client.destroy());
    await until(async () => String(await sessions()) === '1,0', 'a session on main');
    client.destroy();
    await until(async () => String(await sessions()) === '0,0', 'no session');
  });

  test('shows a server that has settled and passed its check', async () => {
    const fit = async () => {
      const [main] = (await view()).workers[0].servers;
      return main?.health === 'up' && main.settled && main.checkPassed;
    };
    await until(fit, 'main is fit');
  });

  test('leaves no connection behind', async () => {
    for (let turn = 0; turn < 20; turn += 1) await view();
    const ask = (line: string) =>
      openLink(socket('operator.sock')).ask(line, { deadlineMs: TIMEOUT_MS });
    const cliSessions = async () => {
      const list = await ask('show sess');
      return list.ok ? list.value.split('fe=GLOBAL').length - 1 : -1;
    };
    await until(async () => (await cliSessions()) === 1, 'only the connection that asks');
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
      expect(await lookAt(address, TIMEOUT_MS, backend)()).toEqual({ ok: false, fault });
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
    const look = lookAt(address, TIMEOUT_MS, 'bp', ['main', 'spare']);
    expect(await look()).toEqual({ ok: false, fault });
  });

  test('where all of its stats connections are in use, until one is free', async () => {
    const address = socket('user.sock');
    const held = Array.from({ length: 10 }, () => connect(join(haproxy.dir, 'admin.sock')));
    onTestFinished(() => held.forEach((each) => each.destroy()));
    await Promise.all(held.map((each) => once(each, 'connect')));
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address: address.text };
    await until(async () => {
      const result = await lookAt(address, SHORT_MS)();
      return !result.ok && JSON.stringify(result.fault) === JSON.stringify(fault);
    }, 'the eleventh connection gets no answer');
    for (const each of held) each.destroy();
    await until(async () => (await lookAt(address)()).ok, 'it is seen again');
  });

  test('while it hangs, and no longer when it goes on', async () => {
    const address = socket('user.sock');
    haproxy.signal('SIGSTOP');
    onTestFinished(() => haproxy.signal('SIGCONT'));
    const fault = { kind: 'timeout', afterMs: SHORT_MS, connected: true, address: address.text };
    await until(async () => !(await lookAt(address, SHORT_MS)()).ok, 'it stands still');
    expect(await lookAt(address, SHORT_MS)()).toEqual({ ok: false, fault });
    // Connections that nobody accepts fill the queue; then the kernel refuses more at once.
    await until(async () => {
      const result = await lookAt(address, 5)();
      return !result.ok && result.fault.kind === 'unreachable' && result.fault.code === 'EAGAIN';
    }, 'the queue is full');
    haproxy.signal('SIGCONT');
    await until(async () => (await lookAt(address)()).ok, 'it is seen again');
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
