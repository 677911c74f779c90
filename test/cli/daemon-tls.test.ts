// A daemon that listens with TLS: what a command trusts there, and what it sends only then.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askDaemon } from '../../src/cli/daemon.ts';
import { live } from '../../src/cli/live.ts';
import { orderDaemon } from '../../src/cli/order-daemon.ts';
import type { Config } from '../../src/domain/config.ts';
import { portOf } from '../support/port-of.ts';
import { makeCertificates, type Certificates } from '../support/tls.ts';
import { STATUS } from './status.ts';
import { CONFIG, worldWith } from './world.ts';

const NOW_MS = Date.parse(STATUS.at);
const TOKEN = 'a-token-of-some-length';

let made: Certificates;
let server: Server;
let here: Config;
const seen: string[] = [];

beforeAll(async () => {
  made = await makeCertificates();
  const { cert, key } = made.client.good;
  server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, answer) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    if (request.method === 'POST') answer.writeHead(202);
    const turns = { ok: true, sinceTickMs: 12 };
    answer.end(JSON.stringify(request.url === '/healthz' ? turns : { ...STATUS }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tls = { cert, key, ca: null };
  here = { ...CONFIG, listen: { host: '0.0.0.0', port: portOf(server) }, token: TOKEN, tls };
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await made[Symbol.asyncDispose]();
});

test.for(['its own certificate', 'its authority'])(
  'it is asked, ordered and found alive by TLS, trusted by %s, whatever the name in it',
  async (by) => {
    const tls = here.tls && { ...here.tls, ca: by === 'its authority' ? made.ca : null };
    const config = { ...here, tls };
    seen.length = 0;
    expect(await askDaemon(config, NOW_MS)).toEqual({ ok: true, value: STATUS });
    expect(await orderDaemon(config, { path: '/v1/resume', body: {} })).toMatchObject({ ok: true });
    expect(await live(worldWith({}), config)).toBe(0);
    const token = `Bearer ${TOKEN}`;
    expect(seen).toEqual([
      `GET /v1/status ${token}`,
      `POST /v1/resume ${token}`,
      `GET /healthz ${token}`,
    ]);
  },
);

test('one with another certificate is not asked: it never sees the token', async () => {
  const tls = { cert: made.client.rogue.cert, key: made.client.rogue.key, ca: null };
  const config = { ...here, tls };
  seen.length = 0;
  const asked = await askDaemon(config, NOW_MS);
  const why = asked.ok ? 'believed' : asked.fault;
  expect(why).toMatch(/^no daemon answers \(UNABLE_TO_GET_ISSUER_CERT_LOCALLY\) at https:/);
  expect(await orderDaemon(config, { path: '/v1/resume', body: {} })).toMatchObject({
    ok: false,
    fault: { error: 'no-answer' },
  });
  expect(await live(worldWith({}), config)).toBe(3);
  expect(seen).toEqual([]);
});
