// A real sshd before a CLI: what is trusted, what is let in, what a forced command allows, and how it all may end.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Address, SshLogin } from '../../src/domain/config.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { freeze } from '../support/freeze.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { promptServer } from '../support/prompt-server.ts';
import { startSshd, type Sshd } from '../support/sshd.ts';
import { until } from '../support/until.ts';

const LIMIT = { deadlineMs: 8000 };
const IN = { ok: true, value: 'admin\n\n' };
const VIAS = ['streamlocal', 'command'] as const;

let haproxy: Haproxy;
let sshd: Sshd;
beforeAll(async () => {
  haproxy = await startHaproxy((dir) => `global\n    stats socket ${dir}/admin.sock level admin\n`);
  sshd = await startSshd();
}, 30_000);
afterAll(async () => {
  await sshd?.[Symbol.asyncDispose]();
  await haproxy?.[Symbol.asyncDispose]();
});
afterEach(() => void vi.useRealTimers());

const open = (
  login: Partial<SshLogin> = {},
  via: (typeof VIAS)[number] = 'streamlocal',
  path = join(haproxy.dir, 'admin.sock'),
) => {
  const address: Address = { kind: 'ssh', ...sshd.login, ...login, path, via, text: 'ssh:there' };
  const link = openLink(address, 'worker');
  onTestFinished(() => link.drop());
  return link;
};

const askWith = (...where: Parameters<typeof open>) => open(...where).ask('show cli level', LIMIT);

const fault = (stage: string, said: unknown = expect.any(String)) => ({
  ok: false,
  fault: { kind: 'ssh', stage, said, address: 'ssh:there' },
});

test.for(VIAS)('by %s the right keys lead in', { timeout: 20_000 }, async (via) => {
  expect(await askWith({}, via)).toEqual(IN);
});

test(
  'another host key than the one that is pinned is not trusted, and is told',
  { timeout: 20_000 },
  async () => {
    const hostKey = `SHA256:${'A'.repeat(43)}`;
    expect(await askWith({ hostKey })).toEqual(
      fault('host-key', `ssh-ed25519 ${sshd.login.hostKey}`),
    );
  },
);

test(
  'a key that the server does not know is refused, and is not tried again at once',
  { timeout: 20_000 },
  async () => {
    const link = open({ keyFile: sshd.strangeKey });
    expect(await link.ask('show cli level', LIMIT)).toEqual(fault('authentication'));
    const beganMs = performance.now();
    expect(await link.ask('show cli level', LIMIT)).toEqual(fault('authentication'));
    expect(performance.now() - beganMs).toBeLessThan(50);
  },
);

test('a user whom the server does not let in', { timeout: 20_000 }, async () => {
  expect(await askWith({ user: 'nobody-there' })).toEqual(fault('authentication'));
});

const no = (keyFile: string, code: string) => ({
  ok: false,
  fault: { kind: 'file', path: keyFile, code, address: 'ssh:there' },
});

test('a key file that cannot be used is named, with the reason', async () => {
  const path = join(sshd.dir, 'missing');
  expect(await askWith({ keyFile: path })).toEqual(no(path, 'ENOENT'));
  expect(await askWith({ keyFile: sshd.lockedKey })).toEqual(no(sshd.lockedKey, 'ENCRYPTED'));
  const garbage = join(sshd.dir, 'garbage');
  writeFileSync(garbage, 'nothing\n');
  chmodSync(garbage, 0o600);
  expect(await askWith({ keyFile: garbage })).toEqual(no(garbage, 'NO_PRIVATE_KEY'));
  const half = `${sshd.login.keyFile}.pub`;
  expect(await askWith({ keyFile: half })).toEqual(no(half, 'NO_PRIVATE_KEY'));
});

test('a socket that is not there', { timeout: 20_000 }, async () => {
  expect(await askWith({}, 'streamlocal', '/nowhere/admin.sock')).toEqual(
    fault('channel', expect.stringContaining('open failed')),
  );
  expect(await askWith({}, 'command', '/nowhere/admin.sock')).toEqual(
    fault('channel', expect.stringContaining('No such file or directory')),
  );
});

describe('a key that is bound to one socket', () => {
  let bound: Sshd;
  beforeAll(async () => {
    const command = `socat STDIO UNIX-CONNECT:${haproxy.dir}/admin.sock`;
    bound = await startSshd({ forwarding: 'no', command });
  }, 30_000);
  afterAll(() => bound?.[Symbol.asyncDispose]());

  test('leads to that socket, whatever is asked for', { timeout: 20_000 }, async () => {
    expect(await askWith(bound.login, 'command')).toEqual(IN);
    expect(await askWith(bound.login, 'command', '/etc/passwd')).toEqual(IN);
  });

  test('opens nothing else', { timeout: 20_000 }, async () => {
    expect(await askWith(bound.login, 'streamlocal')).toEqual(
      fault('channel', expect.stringContaining('open failed')),
    );
  });
});

test('a server that forbids forwarding', { timeout: 20_000 }, async () => {
  await using strict = await startSshd({ forwarding: 'no' });
  expect(await askWith(strict.login)).toEqual(
    fault('channel', expect.stringContaining('open failed')),
  );
});

test('nobody listens; something else listens; something listens and says nothing', async () => {
  expect(await askWith({ port: await freePort() })).toMatchObject({ fault: { kind: 'refused' } });
  await using other = await promptServer((_, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    return '';
  });
  expect(await askWith({ port: other.port })).toEqual(fault('handshake'));
  await using mute = await promptServer(() => '');
  expect(await open({ port: mute.port }).ask('show info', { deadlineMs: 300 })).toMatchObject({
    fault: { kind: 'timeout', afterMs: 300, connected: true },
  });
});

test.for(VIAS)(
  'sshd killed in the middle, by %s, leaves a fault',
  { timeout: 20_000 },
  async (via) => {
    await using server = await startSshd();
    const link = open(server.login, via);
    expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
    await freeze(haproxy.pid());
    const asked = link.ask('show cli level', LIMIT);
    setTimeout(() => void server.kill(), 50);
    try {
      expect(await asked).toEqual(fault('lost'));
    } finally {
      haproxy.signal('SIGCONT');
    }
    expect(await link.ask('show cli level', LIMIT)).toMatchObject({ fault: { kind: 'refused' } });
  },
);

test(
  'sshd killed between two exchanges is found out, and the next connects anew',
  { timeout: 20_000 },
  async () => {
    await using server = await startSshd();
    const link = open(server.login);
    expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
    await server.kill();
    await server.start();
    expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
  },
);

test('a frozen sshd is waited for until the deadline', { timeout: 20_000 }, async () => {
  await using server = await startSshd();
  const link = open(server.login);
  expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
  await server.freeze();
  expect(await link.ask('show cli level', { deadlineMs: 200 })).toMatchObject({
    fault: { kind: 'timeout', afterMs: 200, connected: true },
  });
  server.thaw();
  expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
});

test(
  'a frozen sshd is given up when it leaves keepalives unanswered',
  { timeout: 20_000 },
  async () => {
    await using server = await startSshd();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const link = open(server.login);
    expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
    // One that is answered changes nothing.
    vi.advanceTimersByTime(10_000);
    expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
    await server.freeze();
    const asked = link.ask('show cli level', LIMIT);
    await new Promise((resolve) => setTimeout(resolve, 20));
    vi.advanceTimersByTime(20_000);
    expect(await asked).toEqual(fault('lost', 'no answer to keepalives'));
    server.thaw();
  },
);

test('`drop` ends the server’s processes for it', { timeout: 20_000 }, async () => {
  await using server = await startSshd();
  const link = open(server.login, 'command');
  expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
  expect(server.sessions()).toBeGreaterThan(0);
  link.drop();
  await until(() => server.sessions() === 0, 'they are gone');
});

test('a path that a shell could take for more is a bug', () => {
  for (const path of ['/a b', "/a'", '/a;b', '/a,b', ''])
    expect(() => open({}, 'command', path)).toThrow('not a plain path');
});
