// What systemd is told of the supervisor, by the real systemd-notify to a real datagram socket.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeNotifier } from '../../src/cli/notify.ts';
import type { Log } from '../../src/domain/ports.ts';
import type { Clock } from '../../src/domain/time.ts';
import { until } from '../support/until.ts';

/** Perl, since Node.js has no datagram unix sockets: a line for each datagram, and what comes along with it let go. */
const RECEIVE = `use Socket;
socket(S, AF_UNIX, SOCK_DGRAM, 0) && bind(S, sockaddr_un($ARGV[0])) || die $!;
$| = 1;
while (defined recv(S, $said, 4096, 0)) { print "$said\\n" }`;

let dir = '';
let receiver: ChildProcessByStdio<null, Readable, null>;
let heard = '';
const socket = () => join(dir, 'notify');

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-notify-'));
  heard = '';
  receiver = spawn('perl', ['-e', RECEIVE, socket()], { stdio: ['ignore', 'pipe', 'inherit'] });
  receiver.stdout.on('data', (text: Buffer) => (heard += text.toString()));
  await until(() => existsSync(socket()), 'the socket is there');
});
afterEach(async () => {
  receiver.kill('SIGKILL');
  await rm(dir, { recursive: true });
});

/** A barrier is systemd-notify's own word. */
function words(): readonly string[] {
  return heard.split('\n').filter((word) => word !== '' && word !== 'BARRIER=1');
}

/** Once the last of them has come. */
async function said(lastWord: string): Promise<readonly string[]> {
  await until(
    () => words().at(-1) === lastWord,
    `${lastWord} is heard`,
    () => heard,
  );
  return words();
}

/** A clock whose sleepers are woken by hand. */
function stillClock() {
  const sleeps: { readonly ms: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => ({ monoMs: 0, wallMs: 0 }),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeps.push({ ms, wake: resolve });
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  return { clock, sleeps };
}

function logged() {
  const warnings: string[] = [];
  const log: Log = {
    info() {},
    warn: (_, message) => void warnings.push(message),
    error() {},
    debug() {},
  };
  return { warnings, log };
}

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env['PATH'],
  NOTIFY_SOCKET: socket(),
  ...more,
});

test('ready with the first round, again after a reload, and stopping at the end, in this order', async () => {
  const { warnings, log } = logged();
  const { clock } = stillClock();
  const notifier = makeNotifier(
    { env: environment(), clock },
    () => log,
    () => true,
  );
  notifier.round();
  notifier.round();
  notifier.reloading();
  notifier.round();
  notifier.round();
  await notifier.stopping();
  expect(await said('STOPPING=1')).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1']);
  expect(warnings).toEqual([]);
});

test('twice within the time of the watchdog it is told that the loop turns, while it does', async () => {
  const { clock, sleeps } = stillClock();
  let turns = true;
  const env = environment({ WATCHDOG_USEC: '30000000' });
  const notifier = makeNotifier(
    { env, clock },
    () => logged().log,
    () => turns,
  );
  for (const now of [true, false, true]) {
    await until(() => sleeps.length > 0, 'it sleeps');
    const sleep = sleeps.shift();
    expect(sleep?.ms).toBe(15_000);
    turns = now;
    sleep?.wake();
  }
  await until(() => sleeps.length > 0, 'it sleeps');
  await notifier.stopping();
  expect(await said('STOPPING=1')).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1']);
});

test('without systemd nothing is run and nobody waited for', async () => {
  const { warnings, log } = logged();
  const { clock, sleeps } = stillClock();
  const env = { WATCHDOG_USEC: '30000000', PATH: '/nowhere' };
  const notifier = makeNotifier(
    { env, clock },
    () => log,
    () => true,
  );
  notifier.round();
  await notifier.stopping();
  expect(sleeps).toEqual([]);
  expect(warnings).toEqual([]);
});

test('that it cannot be told is said once', async () => {
  const { warnings, log } = logged();
  const { clock } = stillClock();
  const env = { ...environment(), PATH: '/nowhere' };
  const notifier = makeNotifier(
    { env, clock },
    () => log,
    () => true,
  );
  notifier.round();
  notifier.reloading();
  await notifier.stopping();
  expect(warnings).toEqual([
    'systemd cannot be told how this service is: there is no systemd-notify',
  ]);
});

test('a systemd that does not listen is waited for no longer than a second', async () => {
  receiver.kill('SIGSTOP');
  const { warnings, log } = logged();
  const { clock } = stillClock();
  const notifier = makeNotifier(
    { env: environment(), clock },
    () => log,
    () => true,
  );
  await notifier.stopping();
  expect(warnings).toEqual([
    'systemd cannot be told how this service is: systemd-notify did not end within 1000 ms',
  ]);
});
