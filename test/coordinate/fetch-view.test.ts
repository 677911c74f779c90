// Asking a peer, over real HTTP and HTTPS: a deadline, a bound, who is trusted, and what each failure is called.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchView } from '../../src/coordinate/fetch-view.ts';
import type { PeerConfig } from '../../src/domain/config.ts';
import { systemClock } from '../../src/transport/clock.ts';
import { freePort, portOf } from '../support/port-of.ts';
import { makeCertificates, type Certificates } from '../support/tls.ts';
import { answerOf, OURS, peerServer, peerView } from './peer.ts';

const NEVER = new AbortController().signal;
const LONG_MS = 8000;
const fetchFrom = (peer: PeerConfig, timeoutMs = LONG_MS) =>
  fetchView(peer, OURS, { timeoutMs, clock: systemClock }, NEVER);
const seen = { ok: true, value: peerView() };
/** The fault's kind, with its message. */
async function faultFrom(peer: PeerConfig, timeoutMs = LONG_MS): Promise<[string, string]> {
  const result = await fetchFrom(peer, timeoutMs);
  if (result.ok) throw new Error('it is a view');
  return [result.fault.kind, result.fault.message];
}

test('the view is asked for with the token', async (t) => {
  const peer = await peerServer(t, null, { token: 's3cret' });
  peer.answers['/v1/view'] = ({ headers, method }, response) => {
    const asked = [method, headers.authorization, headers['accept-encoding']];
    const right = asked.join() === 'GET,Bearer s3cret,identity';
    response.writeHead(right ? 200 : 500).end(answerOf(peerView()));
  };
  expect(await fetchFrom(peer.config)).toEqual(seen);
});

test('a token that is not taken, or missing: unauthorized, and it stands in no message', async (t) => {
  const peer = await peerServer(t);
  peer.answers['/v1/view'] = (_, response) => void response.writeHead(401).end('{}');
  const [kind, message] = await faultFrom({ ...peer.config, token: 's3cret' });
  expect([kind, message.includes('s3cret')]).toEqual(['unauthorized', false]);
  expect(message).toContain('does not take our token');
  expect((await faultFrom(peer.config))[1]).toContain('asks for a token');
});

test.for([
  [302, 'http', 'not followed'],
  [404, 'http', 'older'],
  [500, 'http', '500'],
  [503, 'http', 'not looked yet'],
] as const)('status %i: %s', async ([status, kind, word], t) => {
  const elsewhere = await peerServer(t);
  const peer = await peerServer(t);
  const location = `${elsewhere.config.url}/v1/view`;
  peer.answers['/v1/view'] = (_, response) => void response.writeHead(status, { location }).end();
  const [is, message] = await faultFrom(peer.config);
  expect([is, message]).toEqual([kind, expect.stringContaining(word)]);
  expect(elsewhere.asked('/v1/view')).toBe(0);
});

test.for([
  ['headers that never come', ''],
  ['a body that stops', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{'],
  ['a byte now and then', 'HTTP/1.1 200 OK\r\n\r\n'],
] as const)('%s: a timeout, when it is due', async ([what, head], t) => {
  const server = createServer((socket) => {
    socket.on('error', () => {}).write(head);
    const drip = setInterval(() => what.startsWith('a byte') && socket.write(' '), 20);
    socket.on('close', () => clearInterval(drip));
    t.onTestFinished(() => void socket.destroy());
  }).listen(0, '127.0.0.1');
  t.onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  const began = performance.now();
  const [kind, message] = await faultFrom({ name: 'ha2', url, token: null, ca: null }, 150);
  expect([kind, message]).toEqual(['timeout', `${url} gave no whole answer within 150 ms`]);
  expect(performance.now() - began).toBeLessThan(LONG_MS / 2);
});

test('50 MB are left after the first: too large', async (t) => {
  const peer = await peerServer(t);
  let written = 0;
  peer.answers['/v1/view'] = (_, response) => {
    const pour = (): void => {
      while (written < 50_000_000 && response.write(Buffer.alloc(65_536, ' '))) written += 65_536;
      if (written >= 50_000_000) response.end();
    };
    pour();
    response.on('drain', pour);
  };
  const [kind, message] = await faultFrom(peer.config);
  expect([kind, message]).toEqual(['too-large', expect.stringContaining('1048576 bytes')]);
  // What the kernel holds in between was sent, too.
  expect(written).toBeLessThan(25_000_000);
});

test('what is packed is not unpacked', async (t) => {
  const peer = await peerServer(t);
  peer.answers['/v1/view'] = (_, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip' }).end(answerOf(peerView()));
  expect(await fetchFrom(peer.config)).toEqual(seen);
});

test.for([
  ['no HTTP', 'garbage', 'hello\n'],
  ['an endless header', 'garbage', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`],
  ['no chunks', 'unreachable', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nhello\r\n'],
  ['half an answer', 'unreachable', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}'],
  ['no answer', 'unreachable', ''],
] as const)('%s: %s', async ([, kind, text], t) => {
  const server = createServer((socket) => void socket.on('error', () => {}).end(text));
  t.onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  expect((await faultFrom({ name: 'ha2', url, token: null, ca: null }))[0]).toBe(kind);
});

test('nobody listens: refused', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const [kind, message] = await faultFrom({ name: 'ha2', url, token: null, ca: null });
  expect([kind, message]).toEqual(['refused', `nobody listens at ${url}`]);
});

test('a proxy of the environment is not asked', async (t) => {
  const before = process.env['http_proxy'];
  process.env['http_proxy'] = `http://127.0.0.1:${await freePort()}`;
  t.onTestFinished(() => {
    if (before === undefined) delete process.env['http_proxy'];
    else process.env['http_proxy'] = before;
  });
  expect(await fetchFrom((await peerServer(t)).config)).toEqual(seen);
});

describe('over TLS', () => {
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates();
  });
  afterAll(() => certificates[Symbol.asyncDispose]());
  const pem = (kind: 'good' | 'rogue' | 'expired') => {
    const both = readFileSync(certificates.server[kind], 'utf8');
    return { cert: both, key: both };
  };

  test('a certificate of the right authority is taken', async (t) => {
    const peer = await peerServer(t, pem('good'), { ca: certificates.ca });
    expect(await fetchFrom(peer.config)).toEqual(seen);
  });

  test.for(['good', 'rogue', 'expired'] as const)(
    'of another authority, or past its time, it is not, whatever the environment says: %s',
    async (kind, t) => {
      const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      t.onTestFinished(() => {
        if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      });
      const ca = kind === 'good' ? certificates.rogueCa : certificates.ca;
      const peer = await peerServer(t, pem(kind), { ca, token: 's3cret' });
      expect((await faultFrom(peer.config))[0]).toBe('tls');
      // Nothing was said to it, the token least of all.
      expect(peer.asked('/v1/view')).toBe(0);
    },
  );

  test('without "ca" the authorities of the Web are trusted, and ours is none', async (t) => {
    const peer = await peerServer(t, pem('good'));
    expect((await faultFrom(peer.config))[0]).toBe('tls');
  });

  test('where no TLS is spoken there is none', async (t) => {
    const peer = await peerServer(t);
    const url = peer.config.url.replace('http:', 'https:');
    expect((await faultFrom({ ...peer.config, url, ca: certificates.ca }))[0]).toBe('tls');
  });

  test.for([
    ['that is not there', (dir: string) => join(dir, 'nowhere.pem'), 'ENOENT'],
    ['without a certificate', (dir: string) => write(dir, 'hello'), 'NO_START_LINE'],
    ['that is a device', () => '/dev/zero', 'no such file as is meant'],
    ['as large as no bundle', (dir: string) => write(dir, ' '.repeat(1_100_000)), 'no such file'],
  ] as const)('a "ca" %s', async ([, file, code], t) => {
    const peer = await peerServer(t, pem('good'), { ca: file(certificates.dir) });
    const [kind, message] = await faultFrom(peer.config);
    expect([kind, message]).toEqual(['file', expect.stringContaining(code)]);
  });
});

function write(dir: string, text: string): string {
  const path = join(dir, `ca-${text.length}.pem`);
  writeFileSync(path, text);
  return path;
}
