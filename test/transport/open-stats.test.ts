// What may become of a connection to a statistics page: one deadline, one try, bounds, and nothing left of it.
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openStats } from '../../src/transport/open-stats.ts';
import {
  answer,
  deadAddress,
  dribble,
  endless,
  hungSocket,
  resettingSocket,
  scriptedSocket,
  silent,
  type Script,
} from '../support/scripted-socket.ts';
import { statsPage } from '../support/stats-page.ts';
import { until } from '../support/until.ts';

const LIMIT = { deadlineMs: 5000 };
/** A deadline that is meant to pass, and by how much later the fault may come on a busy machine. */
const SHORT = { deadlineMs: 150 };
const SLACK_MS = 1500;
const MAX_BYTES = 16 * 1024 * 1024;

let dir: string;
let passwordFile: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mainstay-stats-'));
  passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, 'secret\n');
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (url: string) => openStats(statsPage(url, { auth: { username: 'me', passwordFile } }));

const handles = () => process.getActiveResourcesInfo().length;

test('a URL that the configuration does not let through is a bug', () => {
  expect(() => open('http://me:secret@h/stats')).toThrow(TypeError);
});

const OK = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n';
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const play = async (script: Script) => {
  const socket = await scriptedSocket('tcp', script);
  onTestFinished(() => socket[Symbol.asyncDispose]());
  return { socket, link: open(urlOf(socket)) };
};
const urlOf = ({ address }: { readonly address: object }) =>
  `http://127.0.0.1:${'port' in address ? String(address.port) : ''}/stats`;
const closed = (socket: { open(): number }) =>
  until(() => socket.open() === 0, 'the connection is closed');
const head =
  (text: string, next: Script): Script =>
  (socket: Socket) => {
    socket.write(text, 'latin1');
    return next(socket);
  };

test('the form is posted once, whole, and the connection closed', async () => {
  const { socket, link } = await play(
    answer('HTTP/1.1 303 See Other\r\nlocation: /stats;st=DONE\r\ncontent-length: 0\r\n\r\n'),
  );
  expect(await link.closeServer('b.p', 'a:b', LIMIT)).toEqual({ ok: true, value: null });
  const [first = '', body] = socket.received().split('\r\n\r\n');
  expect(first).toMatch(/^POST \/stats HTTP\/1\.1\r\n/);
  expect(first).toMatch(/\r\ncontent-type: application\/x-www-form-urlencoded(?:\r\n|$)/i);
  expect(first).toMatch(/\r\nconnection: close(?:\r\n|$)/i);
  expect(body).toBe('s=a%3Ab&action=shutdown&b=b.p');
  expect(socket.connections()).toBe(1);
  await closed(socket);
});

test('each request has a connection of its own, though the page would keep it', async () => {
  const kept = `${OK}connection: keep-alive\r\ncontent-length: 2\r\n\r\n#\n`;
  const { socket, link } = await play((client) => client.write(kept));
  for (let turn = 0; turn < 3; turn += 1) await link.csv('bp', LIMIT);
  expect(socket.connections()).toBe(3);
  await closed(socket);
});

const cut: [says: string, text: string, bytes: number][] = [
  ['between chunks', `${OK}transfer-encoding: chunked\r\n\r\n${chunk('# a,b\n')}`, 6],
  ['in a chunk', `${OK}transfer-encoding: chunked\r\n\r\n40\r\n# a`, 3],
  ['before its length', `${OK}content-length: 50\r\n\r\n# a,b\n`, 6],
  ['before its body', `${OK}content-length: 50\r\n\r\n`, 0],
  ['in its head', OK, 0],
  ['before all', '', 0],
];
test.for(cut)('an answer that ends %s is truncated', async ([, text, bytes]) => {
  const { socket, link } = await play(answer(text));
  const fault = { kind: 'truncated', bytes, address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  expect(socket.connections(), 'tried once').toBe(1);
  await closed(socket);
});

test('a connection that is reset is truncated', async () => {
  await using socket = await resettingSocket('tcp', '');
  const link = open(urlOf(socket));
  const fault = { kind: 'truncated', bytes: 0, address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  expect(await link.closeServer('bp', 'main', LIMIT)).toEqual({ ok: false, fault });
  expect(socket.connections(), 'tried once each').toBe(2);
});

test('what is no HTTP is no table', async () => {
  const { link } = await play(answer('SSH-2.0-OpenSSH_9.2\r\n'));
  const fault = { kind: 'not-csv', said: 'SSH-2.0-OpenSSH_9.2\r\n', address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
});

test('where nobody listens it is refused', async () => {
  const address = await deadAddress('tcp', dir);
  const link = open(urlOf({ address }));
  const fault = { kind: 'refused', address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  expect(await link.closeServer('bp', 'main', LIMIT)).toEqual({ ok: false, fault });
});

const slow: [says: string, script: Script][] = [
  ['no answer', silent],
  ['a head that drips', dribble(`${OK}x: ${'x'.repeat(10_000)}`, 5)],
  ['a body that drips', head(`${OK}\r\n`, dribble('x'.repeat(10_000), 5))],
];
test.for(slow)('one deadline ends %s', async ([, script]) => {
  const { socket, link } = await play(script);
  const beganMs = performance.now();
  const fault = { kind: 'timeout', afterMs: 150, connected: true, address: link.address };
  expect(await link.csv('bp', SHORT)).toEqual({ ok: false, fault });
  expect(performance.now() - beganMs).toBeLessThan(SHORT.deadlineMs + SLACK_MS);
  await closed(socket);
  expect(socket.connections(), 'tried once').toBe(1);
});

test('one deadline ends what nobody accepts, and a handshake that is not answered', async () => {
  await using hung = await hungSocket('tcp');
  const plain = urlOf(hung);
  for (const url of [plain, plain.replace('http:', 'https:')]) {
    const result = await open(url).csv('bp', { deadlineMs: 1000 });
    expect(result).toMatchObject({ ok: false, fault: { kind: 'timeout', connected: true } });
  }
});

test('a body without an end is read no further than 16 MiB', async () => {
  const { socket, link } = await play(head(`${OK}\r\n`, endless));
  const fault = { kind: 'too-large', limitBytes: MAX_BYTES, address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  await closed(socket);
});

test('a body of 16 MiB is', async () => {
  const body = 'x'.repeat(MAX_BYTES);
  const { link } = await play(answer(`${OK}content-length: ${MAX_BYTES}\r\n\r\n${body}`));
  const csv = await link.csv('bp', LIMIT);
  expect(csv.ok && csv.value === body).toBe(true);
});

test('the body of a refusal is not read', async () => {
  const { socket, link } = await play(head('HTTP/1.1 403 No\r\n\r\n', endless));
  const fault = { kind: 'http', status: 403, address: link.address };
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  await closed(socket);
});

test('an abort in the middle ends it, and lets go of the signal', async () => {
  const { socket, link } = await play(head(`${OK}\r\n`, dribble('x'.repeat(10_000), 5)));
  const stop = new AbortController();
  const asked = link.csv('bp', { ...LIMIT, signal: stop.signal });
  await until(() => socket.received() !== '', 'the request arrives');
  stop.abort();
  const fault = { kind: 'abandoned', address: link.address };
  expect(await asked).toEqual({ ok: false, fault });
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  await closed(socket);
});

test('after an abort nothing is sent', async () => {
  const { socket, link } = await play(answer(''));
  const result = await link.closeServer('bp', 'main', { ...LIMIT, signal: AbortSignal.abort() });
  expect(result).toEqual({ ok: false, fault: { kind: 'abandoned', address: link.address } });
  expect(socket.connections()).toBe(0);
});

test('after an answer nothing is left of it', async () => {
  const { link } = await play(answer(`${OK}content-length: 2\r\n\r\n#\n`));
  const { signal } = new AbortController();
  const before = handles();
  for (let turn = 0; turn < 20; turn += 1) await link.csv('bp', { deadlineMs: 60_000, signal });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  await until(() => handles() <= before, 'the handles are gone');
});

test('no proxy of the environment is used', async () => {
  for (const name of ['http_proxy', 'HTTP_PROXY', 'ALL_PROXY'])
    vi.stubEnv(name, 'http://127.0.0.1:1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { link } = await play(answer(`${OK}content-length: 2\r\n\r\n#\n`));
  expect(await link.csv('bp', LIMIT)).toEqual({ ok: true, value: '#\n' });
});

test('a name that is none stands in no request: that is a bug', async () => {
  const { socket, link } = await play(answer(''));
  await expect(link.csv('b p', LIMIT)).rejects.toThrow(TypeError);
  await expect(link.closeServer('bp', 'main&b=other', LIMIT)).rejects.toThrow(TypeError);
  expect(socket.connections()).toBe(0);
});
