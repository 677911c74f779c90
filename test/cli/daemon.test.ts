// What `mainstay status` makes of whatever answers where the daemon should be.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { askDaemon } from '../../src/cli/daemon.ts';
import type { Config } from '../../src/domain/config.ts';
import { peer, proxy, STATUS as NOW } from './status.ts';
import { CONFIG as BARE } from './world.ts';

const NOW_MS = Date.parse('2026-11-24T08:00:00.000Z');
const HOST = 'http://127.0.0.1:9847';

const CONFIG: Config = {
  ...BARE,
  listen: { host: '0.0.0.0', port: 9847 },
  token: 'a-token-of-some-length',
};

/** A second old. */
const STATUS = { ...NOW, at: '2026-11-24T07:59:59.000Z' };

// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const ask = () => askDaemon(CONFIG, NOW_MS);

test('a fresh status of the same cluster is believed; the token goes with the question', async () => {
  nock(HOST, { reqheaders: { authorization: 'Bearer a-token-of-some-length' } })
    .get('/v1/status')
    .reply(200, STATUS);
  expect(await ask()).toEqual({ ok: true, value: STATUS });
});

test('a proxy that is seen by its page has no version and a worker without a pid', async () => {
  const worker = { pid: null, old: false, producers: [] };
  const paged = {
    name: 'ha1',
    driven: true,
    reachable: true,
    error: null,
    version: null,
    level: 'user',
    transport: 'stats',
    oldWorkers: { seen: false, message: 'no master' },
    pin: { server: 'backup', leaseMs: 9000, message: null },
    ageMs: 4,
    workers: [worker],
  };
  const status = { ...STATUS, proxies: [paged] };
  nock(HOST).get('/v1/status').reply(200, status);
  expect(await ask()).toEqual({ ok: true, value: status });
});

test('what it says of its peers, of a pause and of a proxy that a peer tells of is believed', async () => {
  const status = {
    ...STATUS,
    paused: { until: null },
    proxies: [proxy('ha2', { driven: false, transport: 'peer' })],
    peers: [
      peer('ha2'),
      peer('ha3', {
        reachable: false,
        error: { kind: 'late', message: 'late' },
        version: null,
        mode: null,
        target: null,
        ageMs: null,
      }),
    ],
  };
  nock(HOST).get('/v1/status').reply(200, status);
  expect(await ask()).toEqual({ ok: true, value: status });
});

test.each([
  [
    'another cluster',
    { ...STATUS, cluster: 'ADA2' },
    'the daemon of cluster ADA2, backend bp answers',
  ],
  [
    'another backend',
    { ...STATUS, backend: 'web' },
    'the daemon of cluster ADA1, backend web answers',
  ],
  [
    'a decision of four seconds ago',
    { ...STATUS, at: '2026-11-24T07:59:56.000Z' },
    "the daemon's last decision is 4s old",
  ],
  [
    'an unknown verdict',
    { ...STATUS, verdict: 'fine' },
    'something that is not this mainstay answers',
  ],
  ['a page', '<html>hello</html>', 'something that is not this mainstay answers'],
  [
    'a negative count',
    {
      ...STATUS,
      proxies: [
        {
          name: 'ha1',
          driven: true,
          reachable: true,
          error: null,
          version: null,
          level: null,
          transport: null,
          oldWorkers: { seen: true, message: null },
          pin: { server: null, leaseMs: 0, message: null },
          ageMs: 1,
          workers: [{ pid: -1, old: false, producers: [] }],
        },
      ],
    },
    'something that is not this mainstay answers',
  ],
])('%s is not believed', async (_, body, why) => {
  nock(HOST).get('/v1/status').reply(200, body);
  expect(await ask()).toEqual({ ok: false, fault: `${why} at ${HOST}/v1/status` });
});

test.each([401, 403, 404, 500, 503])('an answer of %i says so', async (code) => {
  nock(HOST).get('/v1/status').reply(code, { error: 'x', message: 'y' });
  expect(await ask()).toEqual({
    ok: false,
    fault: `the daemon answers ${code} at ${HOST}/v1/status`,
  });
});

test('a redirect is not followed', async () => {
  nock(HOST).get('/v1/status').reply(302, '', { location: 'http://127.0.0.1:1/elsewhere' });
  expect(await ask()).toEqual({ ok: false, fault: `the daemon answers 302 at ${HOST}/v1/status` });
});

test('an answer that never comes ends after a second', async () => {
  nock(HOST).get('/v1/status').delayConnection(5000).reply(200, STATUS);
  expect(await ask()).toEqual({
    ok: false,
    fault: `no daemon answers within 1000 ms at ${HOST}/v1/status`,
  });
  nock.abortPendingRequests();
});

test('an answer without an end is given up', async () => {
  nock(HOST)
    .get('/v1/status')
    .reply(200, `"${'x'.repeat(2 * 1024 * 1024)}"`);
  expect(await ask()).toMatchObject({ ok: false });
});
