// Closing sessions on a real HAProxy, as the producer counts them, and that too low a level closes nothing.
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Command } from '../../src/haproxy/answer.ts';
import { showSess, sessionsOn } from '../../src/haproxy/show-sess.ts';
import { shutdownSession } from '../../src/haproxy/shutdown-session.ts';
import { shutdownSessionsServer } from '../../src/haproxy/shutdown-sessions-server.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { startProducer, type Producer } from '../support/producer.ts';
import { until } from '../support/until.ts';

let main: Producer;
let backup: Producer;
let haproxy: Haproxy;
let clients: Socket[];

beforeAll(async () => {
  main = await startProducer();
  backup = await startProducer();
  haproxy = await startHaproxy(
    (dir) => `
      global
        stats socket ${dir}/admin.sock mode 600 level admin
        stats socket ${dir}/operator.sock mode 600 level operator
      defaults
        mode tcp
        timeout connect 1s
        timeout client 60s
        timeout server 60s
      listen to-main
        bind unix@${dir}/main.sock
        use-server main if TRUE
        server main 127.0.0.1:${main.port}
      frontend fe
        bind unix@${dir}/backup.sock
        default_backend bp
      backend bp
        use-server backup if TRUE
        server main 127.0.0.1:${main.port}
        server backup 127.0.0.1:${backup.port} backup
    `,
  );
});

beforeEach(async () => {
  clients = ['main', 'main', 'backup', 'backup', 'backup'].map((name) => {
    const client = connect(join(haproxy.dir, `${name}.sock`));
    client.on('error', () => {});
    client.write('hello');
    return client;
  });
  await until(() => main.sessions() === 2 && backup.sessions() === 3, 'the sessions are there');
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await until(() => main.sessions() + backup.sessions() === 0, 'the sessions are gone');
});

afterAll(async () => {
  await haproxy[Symbol.asyncDispose]();
  await main[Symbol.asyncDispose]();
  await backup[Symbol.asyncDispose]();
});

async function run<Args extends readonly unknown[], T>(
  command: Command<Args, T>,
  args: Args,
  level = 'admin',
) {
  const path = join(haproxy.dir, `${level}.sock`);
  const link = openLink({ kind: 'unix', path, text: `unix:${path}` }, 'worker');
  const answer = await link.ask(command.line(...args), { deadlineMs: 5000 });
  return answer.ok ? command.read(answer.value, ...args) : answer;
}

const onBackup = async () => {
  const list = await run(showSess, []);
  if (!list.ok) throw new Error(list.fault.kind);
  return sessionsOn(list.value, 'bp', 'backup');
};

test('all sessions of one server are closed, and no others', async () => {
  const closing = { ok: true, value: 'closing' };
  expect(await run(shutdownSessionsServer, ['bp', 'backup'])).toEqual(closing);
  await until(() => backup.sessions() === 0, 'none is left on backup');
  expect(main.sessions()).toBe(2);
  expect(await onBackup()).toEqual([]);
  expect(await run(shutdownSessionsServer, ['bp', 'backup']), 'again').toEqual(closing);
});

test('a server of the same name in another backend keeps its sessions', async () => {
  expect(await run(shutdownSessionsServer, ['bp', 'main'])).toMatchObject({ ok: true });
  await onBackup();
  expect(main.sessions()).toBe(2);
});

test('one session is closed by its id, once', async () => {
  const [first] = await onBackup();
  const id = first?.id ?? '';
  expect(await run(shutdownSession, [id])).toEqual({ ok: true, value: 'closing' });
  await until(() => backup.sessions() === 2, 'two are left on backup');
  expect(await run(shutdownSession, ['0x1'])).toEqual({ ok: true, value: 'gone' });
  expect(main.sessions()).toBe(2);
});

test('level operator is denied, and closes nothing', async () => {
  const [first] = await onBackup();
  const all = await run(shutdownSessionsServer, ['bp', 'backup'], 'operator');
  const one = await run(shutdownSession, [first?.id ?? ''], 'operator');
  expect(all).toEqual({
    ok: false,
    fault: { kind: 'denied', command: 'shutdown sessions server' },
  });
  expect(one).toEqual({ ok: false, fault: { kind: 'denied', command: 'shutdown session' } });
  expect(await onBackup()).toHaveLength(3);
  expect([main.sessions(), backup.sessions()]).toEqual([2, 3]);
});
