// The HTTP server over real sockets: what it answers, whom, and what a client can make it hold.
import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/config/duration.ts';
import type { Override } from '../../src/domain/order.ts';
import type { PeerView } from '../../src/domain/peer.ts';
import { refuseApi } from '../../src/report/access.ts';
import type { Sources } from '../../src/report/endpoints.ts';
import { makeEvents } from '../../src/report/events.ts';
import { startHttp } from '../../src/report/http.ts';
import type { HttpServer } from '../../src/report/http.ts';
import type { OrderReply } from '../../src/report/orders.ts';
import { readPage } from '../../src/report/page.ts';
import { toPeerView } from '../../src/report/peer-view.ts';
import { toStatus } from '../../src/report/status.ts';
import { clock, decision, judged, logBook, NOW, OVERRIDE, POLICY, SPLIT } from './world.ts';

const TOKEN = 'a-token-of-the-test';
const STATUS = toStatus({
  source: 'daemon',
  cluster: 'ADA1',
  backend: 'bp',
  mode: 'converge',
  snapshot: SPLIT,
  judgement: judged(),
  now: NOW,
  faultText: () => '',
});

const VIEW = toPeerView({
  version: '0.2.0',
  config: { self: 'ha1', cluster: 'ADA1', backend: 'bp', policy: POLICY },
  round: { judgement: judged(), snapshot: SPLIT },
  nowMs: NOW.monoMs,
});

const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

interface Given {
  token?: string | null;
  sinceTickMs?: number;
  unready?: string[];
  status?: () => typeof STATUS | null;
  view?: PeerView | null;
  orders?: Partial<Sources['orders']>;
  metrics?: () => Promise<string>;
}

const unwanted = (): never => {
  throw new Error('nothing was to be ordered');
};

function sources(given: Given): Sources {
  return {
    metrics: {
      expose: given.metrics ?? (async () => 'mainstay_paused 0\n'),
      contentType: 'text/plain; version=0.0.4',
    },
    sinceTickMs: () => given.sinceTickMs ?? 12.3,
    tickLimitMs: 5000,
    unready: () => given.unready ?? [],
    status: given.status ?? (() => STATUS),
    view: () => (given.view === undefined ? VIEW : given.view),
    events: makeEvents(clock),
    // Not built here.
    page: readPage(new URL('./', import.meta.url)),
    explanation: () => null,
    history: () => [],
    decisions: (limit) => Array.from({ length: limit }, (_, i) => decision(`${i} ago`)),
    orders: {
      override: unwanted,
      rehearse: unwanted,
      clear: unwanted,
      pause: unwanted,
      resume: unwanted,
      ...given.orders,
    },
    durationMs: parseDuration,
  };
}

async function serve(given: Given = {}) {
  const book = logBook();
  const config = { listen: { host: '127.0.0.1', port: 0 }, token: given.token ?? null, tls: null };
  const started = await startHttp(config, sources(given), book.log, clock);
  if (!started.ok) throw new Error(started.fault.code);
  running.push(started.value);
  return { port: started.value.port, server: started.value, said: book.said };
}

const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body = '' }: Asked = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

async function outcomeOf(answer: Promise<Answer>): Promise<[number, string]> {
  const { status, text } = await answer;
  const body = JSON.parse(text);
  expect(Object.keys(body)).toEqual(['error', 'message']);
  return [status, body.error];
}

/** Sends bytes as they are; gives all that comes back until the other side has closed, and how long that took. */
function raw(
  port: number,
  bytes: string,
  drip?: string,
): Promise<{ text: string; tookMs: number }> {
  return new Promise((resolve) => {
    const beganMs = performance.now();
    const socket: Socket = connect({ host: '127.0.0.1', port });
    let text = '';
    const timer = setInterval(() => drip !== undefined && socket.write(drip), 100);
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({ text, tookMs: performance.now() - beganMs });
    });
    socket.write(bytes);
  });
}

describe('what is open to all', () => {
  test('/metrics in Prometheus form, with headers that keep caches and sniffers away', async () => {
    const { port } = await serve();
    const { status, headers, text } = await ask(port, '/metrics');
    expect([status, text]).toEqual([200, 'mainstay_paused 0\n']);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4',
      'content-length': '18',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test.for<[string, string, Asked, number]>([
    ['an answer', '/metrics', {}, 200],
    ['one of JSON', '/v1/status', {}, 200],
    ['one that goes on', '/v1/events', { method: 'HEAD' }, 200],
    ['an order', '/v1/resume', { method: 'POST', ...bearer(TOKEN), body: '{}' }, 202],
    ['what is not there', '/nothing', {}, 404],
    ['a wrong method', '/metrics', { method: 'OPTIONS' }, 405],
    ['a wrong token', '/v1/status', bearer('x'), 401],
    ['a wrong body', '/v1/pause', { method: 'POST', ...bearer(TOKEN), body: '[]' }, 400],
    ['too large a body', '/', { method: 'POST', body: ' '.repeat(16 * 1024 + 1) }, 413],
    ['a bug', '/v1/converge', { method: 'POST', ...bearer(TOKEN), body: '{"to":"x"}' }, 500],
  ])('%s is not to be framed, run, guessed at or read by a page from elsewhere', async (row) => {
    const [, path, asked, status] = row;
    const { port } = await serve({ token: TOKEN, orders: { resume: taking().orders.resume } });
    const foreign = { ...asked.headers, origin: 'https://evil.example' };
    const origin = path === '/v1/status' || path === '/v1/events' ? asked.headers : foreign;
    const answer = await ask(port, path, { ...asked, headers: { ...origin } });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(SAFE);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    );
  });

  test('nor is what answers something that is no request', async () => {
    const { port } = await serve();
    const { text } = await raw(port, 'nonsense\r\n\r\n');
    for (const [name, value] of Object.entries(SAFE))
      expect(text).toContain(`\r\n${name}: ${value}\r\n`);
  });

  test('HEAD gives the same head without the body', async () => {
    const { port } = await serve();
    const { status, headers, text } = await ask(port, '/metrics', { method: 'HEAD' });
    expect([status, headers['content-length'], text]).toEqual([200, '18', '']);
  });

  test('/healthz is 200 while the loop turns and 503 when it does not', async () => {
    const { port } = await serve({ sinceTickMs: 5000 });
    expect((await ask(port, '/healthz')).status).toBe(200);
    const stuck = await serve({ sinceTickMs: 5001 });
    const { status, text } = await ask(stuck.port, '/healthz');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { error: 'stuck', message: 'the loop has not turned for 5001 ms' },
    ]);
  });

  test('/readyz is 503 until every driven proxy has been seen, and names those that were not', async () => {
    expect((await ask((await serve()).port, '/readyz')).status).toBe(200);
    const { status, text } = await ask((await serve({ unready: ['ha1', 'ha2'] })).port, '/readyz');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { error: 'not-ready', message: 'not seen yet: ha1, ha2' },
    ]);
  });
});

describe('/v1/status', () => {
  test('is the status as JSON', async () => {
    const { port } = await serve();
    const { status, headers, text } = await ask(port, '/v1/status');
    expect([status, JSON.parse(text)]).toEqual([200, STATUS]);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('is 503 before the first decision', async () => {
    const { port } = await serve({ status: () => null });
    expect(await outcomeOf(ask(port, '/v1/status'))).toEqual([503, 'not-ready']);
  });

  test('that meets a bug is a 500 that tells nothing, and the log has the rest', async () => {
    const { port, said } = await serve({
      status: () => {
        throw new Error('inner words');
      },
    });
    const answer = await ask(port, '/v1/status?token=x');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('inner');
    expect(said).toEqual(['error an HTTP request met a bug']);
  });
});

test.for([
  ['', 20],
  ['?limit=1', 1],
  ['?limit=200', 200],
] as const)('/v1/decisions%s gives the latest %i, newest first', async ([query, count]) => {
  const { port } = await serve();
  const { status, text } = await ask(port, `/v1/decisions${query}`);
  expect([status, JSON.parse(text)]).toEqual([200, sources({}).decisions(count)]);
});

test.for(['0', '201', '-1', '', '1e1', '00020', '5&limit=6'])(
  '/v1/decisions?limit=%s is 400',
  async (limit) => {
    const { port } = await serve();
    const { status, text } = await ask(port, `/v1/decisions?limit=${limit}`);
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error: 'bad-request', message: 'limit is a whole number from 1 to 200' },
    ]);
  },
);

describe('/v1/view', () => {
  test('is what peers are told, as JSON, with its version', async () => {
    const { port } = await serve();
    const { status, text } = await ask(port, '/v1/view');
    expect([status, JSON.parse(text)]).toEqual([200, { v: 1, ...VIEW }]);
  });

  test('is 503 where there is nothing to tell', async () => {
    const { port } = await serve({ view: null });
    expect(await outcomeOf(ask(port, '/v1/view'))).toEqual([503, 'not-ready']);
  });

  test('is for this host or the token, as every path below /v1', async () => {
    const { port } = await serve({ token: TOKEN });
    for (const path of ['/v1/view', '/v1/events']) {
      const host = { headers: { host: '10.0.0.1' } };
      expect(await outcomeOf(ask(port, path, host))).toEqual([401, 'unauthorized']);
      expect(await outcomeOf(ask(port, path, bearer('x')))).toEqual([401, 'unauthorized']);
    }
    expect((await ask(port, '/v1/view', bearer(TOKEN))).status).toBe(200);
  });
});

describe('paths and methods', () => {
  test.for(['/nothing', '/v1/nothing', '/v1/', '//v1/status', '/V1/status', '/v1/%73tatus'])(
    '%s is 404',
    async (path) => {
      const { port } = await serve();
      expect(await outcomeOf(ask(port, path))).toEqual([404, 'not-found']);
    },
  );

  test.for(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s /metrics is 405', async (method) => {
    const { port } = await serve();
    const answer = await ask(port, '/metrics', { method });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect(JSON.parse(answer.text).error).toBe('method-not-allowed');
  });
});

describe('reading /v1 without a token configured', () => {
  test.for([
    ['localhost'],
    ['LOCALHOST:9847'],
    ['127.0.0.1:9847'],
    ['127.9.9.9'],
    ['[::1]:9847'],
  ] as const)('is open to this host that asks %s', async ([host]) => {
    const { port } = await serve();
    expect((await ask(port, '/v1/status', { headers: { host } })).status).toBe(200);
  });

  test.for([
    ['a name that was made to lead here', { host: 'evil.example' }],
    ['a name that begins like localhost', { host: 'localhost.evil.example' }],
    ['a name that begins like an address', { host: '127.0.0.1.evil.example:9847' }],
    ['another address, as through a proxy', { host: '10.0.0.1' }],
    ['the script of a page', { host: 'localhost', origin: 'http://evil.example' }],
    ['the script of a page without an origin', { host: 'localhost', origin: 'null' }],
  ] as const)('is closed to %s', async ([, headers]) => {
    const { port } = await serve();
    const answer = await ask(port, '/v1/status', { headers });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="mainstay"',
    ]);
    expect(JSON.parse(answer.text).error).toBe('unauthorized');
  });

  test.for([
    ['127.0.0.1', true],
    ['127.8.7.6', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['1127.0.0.1', false],
    ['fe80::1', false],
    [undefined, false],
  ] as const)('from %s, whatever it says of itself: %s', ([peer, open]) => {
    const refused = refuseApi({ method: 'GET', peer, headers: { host: 'localhost' } }, null);
    expect(refused?.status ?? 200).toBe(open ? 200 : 401);
  });
});

describe('reading /v1 with a token configured', () => {
  test('is open to whoever has it, however they ask', async () => {
    const { port } = await serve({ token: TOKEN });
    const headers = { ...bearer(TOKEN).headers, host: 'relay.example', origin: 'http://x' };
    expect((await ask(port, '/v1/status', { headers })).status).toBe(200);
  });

  test('is open to this host without it', async () => {
    const { port } = await serve({ token: TOKEN });
    expect((await ask(port, '/v1/status')).status).toBe(200);
  });

  test.for(['x', `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()])(
    'is closed to a wrong one, even on this host: %s',
    async (token) => {
      const { port } = await serve({ token: TOKEN });
      const answer = await ask(port, '/v1/status', bearer(token));
      expect(answer.status).toBe(401);
      expect(answer.text).not.toContain(TOKEN);
    },
  );
});

const order = (body: string): Asked => ({ method: 'POST', ...bearer(TOKEN), body });
const ORDERS = ['/v1/converge', '/v1/pause', '/v1/resume'];

const PAUSED = { untilWallMs: NOW.wallMs + 60_000 };

/** Orders that note what they are told, and take it. */
function taking(override: Override | null = OVERRIDE) {
  const told: unknown[][] = [];
  const take =
    (kind: string) =>
    (...what: unknown[]): OrderReply => {
      told.push([kind, ...what]);
      return { ok: true, override, paused: PAUSED };
    };
  return {
    told,
    orders: {
      override: take('override'),
      clear: take('clear'),
      pause: take('pause'),
      resume: take('resume'),
    },
  };
}

describe('ordering by POST /v1', () => {
  test.for(ORDERS)(
    '%s is forbidden where no token is configured, even on this host',
    async (path) => {
      const { port } = await serve();
      const answer = ask(port, path, { method: 'POST', ...bearer('x'), body: '{}' });
      expect(await outcomeOf(answer)).toEqual([403, 'forbidden']);
    },
  );

  test.for(ORDERS)('%s wants the token, even on this host', async (path) => {
    const { port } = await serve({ token: TOKEN });
    const without = ask(port, path, { method: 'POST', body: '{}' });
    expect(await outcomeOf(without)).toEqual([401, 'unauthorized']);
    const wrong = ask(port, path, { method: 'POST', ...bearer('x'), body: '{}' });
    expect(await outcomeOf(wrong)).toEqual([401, 'unauthorized']);
  });

  test('without the token is refused before the body has come', async () => {
    const { port } = await serve({ token: TOKEN });
    const { text } = await raw(
      port,
      'POST /v1/converge HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 9\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });

  test.for<[string, string, unknown[]]>([
    ['/v1/converge', '{"to":"backup","for":"2h"}', ['override', 'backup', 7_200_000]],
    ['/v1/converge', '{"to":"backup"}', ['override', 'backup', null]],
    ['/v1/converge', '{"to":"backup","dryRun":false}', ['override', 'backup', null]],
    ['/v1/converge', ' {"clear":true}\n', ['clear']],
    ['/v1/pause', '{}', ['pause', null]],
    ['/v1/pause', '{"for":"2h"}', ['pause', 7_200_000]],
    ['/v1/pause', '{"for":"8760h"}', ['pause', 31_536_000_000]],
    ['/v1/resume', '{}', ['resume']],
  ])('%s %s is taken', async ([path, body, told]) => {
    const taken = taking();
    const { port } = await serve({ token: TOKEN, orders: taken.orders });
    const { status, text } = await ask(port, path, order(body));
    expect([status, JSON.parse(text)]).toEqual([
      202,
      {
        override: { to: 'backup', until: '2026-11-24T04:11:00.000Z' },
        paused: { until: '2026-11-24T03:12:00.000Z' },
      },
    ]);
    expect(taken.told).toEqual([told]);
  });

  test('that leaves no override says so', async () => {
    const { port } = await serve({ token: TOKEN, orders: taking(null).orders });
    const { status, text } = await ask(port, '/v1/converge', order('{"clear":true}'));
    expect([status, JSON.parse(text)]).toMatchObject([202, { override: null }]);
  });

  test.for([
    ['{"to":"backup","for":"2h","dryRun":true}', 7_200_000],
    ['{"to":"backup","dryRun":true}', null],
  ] as const)('/v1/converge %s is told, and nothing is ordered', async ([body, forMs]) => {
    const dryRun = { to: 'backup', until: '2026-11-24T05:11:00.000Z', steps: [], gates: [] };
    const asked: unknown[] = [];
    const rehearse = (...what: unknown[]) => {
      asked.push(what);
      return { ok: true as const, dryRun };
    };
    const { port } = await serve({ token: TOKEN, orders: { rehearse } });
    const { status, text } = await ask(port, '/v1/converge', order(body));
    expect([status, JSON.parse(text), asked]).toEqual([200, dryRun, [['backup', forMs]]]);
  });

  test.for([
    ['unknown-producer', 409],
    ['not-ready', 503],
  ] as const)('a dry run that cannot be told (%s) is %i', async ([error, status]) => {
    const rehearse = () => ({ ok: false as const, error, message: 'why' });
    const { port } = await serve({ token: TOKEN, orders: { rehearse } });
    const answer = ask(port, '/v1/converge', order('{"to":"backup","dryRun":true}'));
    expect(await outcomeOf(answer)).toEqual([status, error]);
  });

  test.for(['no-journal', 'observe-only', 'unknown-producer', 'no-override'] as const)(
    'that is refused (%s) is 409, with the reason',
    async (error) => {
      const refuse = (): OrderReply => ({ ok: false, error, message: 'why' });
      const orders = { override: refuse, clear: refuse };
      const { port } = await serve({ token: TOKEN, orders });
      for (const body of ['{"to":"backup","for":"2h"}', '{"clear":true}']) {
        const { status, text } = await ask(port, '/v1/converge', order(body));
        expect([status, JSON.parse(text)]).toEqual([409, { error, message: 'why' }]);
      }
    },
  );

  test.for([
    ['/v1/converge', '', /^the body, a JSON object: /],
    ['/v1/converge', '{"to":"backup"', /^the body, a JSON object: /],
    ['/v1/converge', '[]', /^the body, a JSON object: /],
    ['/v1/converge', 'null', /^the body, a JSON object: /],
    ['/v1/converge', '{}', /^"to" is to name a producer/],
    ['/v1/converge', '{"to":""}', /^"to": /],
    ['/v1/converge', '{"to":7}', /^"to": .*string/],
    ['/v1/converge', '{"to":"backup","fro":"2h"}', /"fro"/],
    ['/v1/converge', '{"__proto__":{"to":"backup"}}', /__proto__/],
    ['/v1/converge', '{"to":"backup","for":7200}', /^"for": .*string/],
    ['/v1/converge', '{"to":"backup","for":"7200"}', /^"for" is a whole number and ms, s, m or h/],
    ['/v1/converge', '{"to":"backup","for":"0s"}', /more than nothing/],
    ['/v1/converge', '{"to":"backup","for":"8761h"}', /at most a year/],
    [
      '/v1/converge',
      '{"to":"backup","proxy":"ha1"}',
      /^"proxy": .*mainstay converge --proxy NAME$/,
    ],
    ['/v1/converge', '{"to":"backup","dryRun":1}', /^"dryRun": .*boolean/],
    ['/v1/converge', '{"dryRun":true}', /^"to" is to name a producer/],
    ['/v1/converge', '{"to":"backup","for":"0s","dryRun":true}', /more than nothing/],
    ['/v1/converge', '{"clear":true,"dryRun":true}', /^"clear" stands alone$/],
    ['/v1/converge', '{"clear":false}', /^"clear": /],
    ['/v1/converge', '{"clear":true,"to":"backup"}', /^"clear" stands alone$/],
    ['/v1/pause', '', /^the body, a JSON object: /],
    ['/v1/pause', '{"for":7200}', /^"for": .*string/],
    ['/v1/pause', '{"for":"0s"}', /more than nothing/],
    ['/v1/pause', '{"for":"8761h"}', /at most a year/],
    ['/v1/pause', '{"until":"2h"}', /"until"/],
    ['/v1/resume', '', /^the body, a JSON object: /],
    ['/v1/resume', '{"for":"2h"}', /"for"/],
  ] as const)('%s %s is 400, and nothing is ordered', async ([path, body, message]) => {
    const { port } = await serve({ token: TOKEN });
    const { status, text } = await ask(port, path, order(body));
    expect([status, JSON.parse(text)]).toEqual([
      400,
      { error: 'bad-request', message: expect.stringMatching(message) },
    ]);
  });

  test('what is said of a body is short, however long that is', async () => {
    const { port } = await serve({ token: TOKEN });
    const { text } = await ask(port, '/v1/converge', order(`{"${'k'.repeat(16_000)}":1}`));
    expect(text.length).toBeLessThan(600);
  });

  test('a body of more than 16 KiB, or of no stated length, is 413', async () => {
    const { port } = await serve({ token: TOKEN });
    const large = ask(port, '/v1/converge', order(' '.repeat(16 * 1024 + 1)));
    expect(await outcomeOf(large)).toEqual([413, 'too-large']);
    const chunked = { ...order('{}'), headers: { 'transfer-encoding': 'chunked' } };
    expect(await outcomeOf(ask(port, '/v1/converge', chunked))).toEqual([413, 'too-large']);
  });

  test('is not read, and what is read takes no orders', async () => {
    const { port } = await serve({ token: TOKEN });
    for (const method of ['GET', 'HEAD', 'PUT'])
      for (const path of ORDERS) {
        const answer = await ask(port, path, { method, ...bearer(TOKEN) });
        expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
      }
    expect(await outcomeOf(ask(port, '/v1/status', order('{}')))).toEqual([
      405,
      'method-not-allowed',
    ]);
  });
});

describe('a client cannot', () => {
  test('send a large body: it is refused unread, and the connection ends', async () => {
    const { port } = await serve();
    for (const length of ['content-length: 20000', 'transfer-encoding: chunked']) {
      const head = `POST /metrics HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`;
      const { text } = await raw(port, head);
      expect(text).toMatch(/^HTTP\/1\.1 413 .*connection: close.*"error":"too-large"/is);
    }
  });

  test('send a head of more than 8 KiB', async () => {
    const { port } = await serve();
    const { text } = await raw(port, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(9000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 .*"error":"too-large"/s);
  });

  test('send what is not HTTP', async () => {
    const { port } = await serve();
    const { text } = await raw(port, '\x16\x03\x01\x02\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 .*"error":"bad-request"/s);
  });

  test(
    'keep a connection by sending its head or its body bit by bit, or nothing at all',
    { timeout: 20_000 },
    async () => {
      const { port, said } = await serve({ token: TOKEN });
      const head = `POST /v1/converge HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\n`;
      const [slow, silent, body] = await Promise.all([
        raw(port, 'GET / HTTP/1.1\r\n', 'x: y\r\n'),
        raw(port, ''),
        raw(port, `${head}content-length: 1000\r\n\r\n`, ' '),
      ]);
      expect(body.text).toMatch(/^HTTP\/1\.1 408 .*"error":"timeout"/s);
      expect(body.tookMs).toBeLessThan(9000);
      expect(said).toEqual([]);
      expect(slow.text).toMatch(/^HTTP\/1\.1 408 .*"error":"timeout"/s);
      expect(slow.tookMs).toBeLessThan(6000);
      expect(silent.tookMs).toBeLessThan(6000);
    },
  );

  test('hold more than 64 connections', async () => {
    const { port } = await serve();
    const sockets = await Promise.all(
      Array.from({ length: 70 }, async () => {
        const socket = connect({ host: '127.0.0.1', port });
        const state = { socket, closed: false };
        socket.on('error', () => {});
        socket.on('close', () => (state.closed = true));
        await new Promise((resolve) => socket.on('connect', resolve));
        return state;
      }),
    );
    await expect.poll(() => sockets.filter(({ closed }) => closed).length).toBe(6);
    for (const { socket } of sockets) socket.destroy();
  });
});

describe('the server', () => {
  test('says so where the port is in use', async () => {
    const { port } = await serve();
    const config = { listen: { host: '127.0.0.1', port }, token: null, tls: null };
    const second = await startHttp(config, sources({}), logBook().log, clock);
    expect(second).toEqual({
      ok: false,
      fault: { kind: 'port-in-use', host: '127.0.0.1', port, code: 'EADDRINUSE' },
    });
  });

  test('says so where the address is not one of this host', async () => {
    const config = { listen: { host: '192.0.2.1', port: 0 }, token: null, tls: null };
    const started = await startHttp(config, sources({}), logBook().log, clock);
    expect(started).toMatchObject({
      ok: false,
      fault: { kind: 'cannot-listen', code: 'EADDRNOTAVAIL' },
    });
  });

  test('closes within half a second, whatever clients hold open, and frees its port', async () => {
    const { port, server } = await serve();
    const idle = raw(port, 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    const unfinished = raw(port, 'GET /healthz HTTP/1.1\r\n');
    expect((await ask(port, '/healthz')).status).toBe(200);
    const beganMs = performance.now();
    await server.close();
    expect(performance.now() - beganMs).toBeLessThan(500);
    expect((await idle).text).toMatch(/^HTTP\/1\.1 200 /);
    expect((await unfinished).text).toBe('');
    const again = createServer();
    await new Promise<void>((resolve, reject) => {
      again.on('error', reject);
      again.listen({ host: '127.0.0.1', port }, resolve);
    });
    again.close();
  });

  test('answers what is under way before it closes', async () => {
    const asked = new EventEmitter();
    const metrics = async () => {
      asked.emit('asked');
      await clock.sleep(100);
      return 'late\n';
    };
    const { port, server } = await serve({ metrics });
    const heard = once(asked, 'asked');
    const answer = ask(port, '/metrics');
    await heard;
    await server.close();
    expect((await answer).text).toBe('late\n');
  });

  test('closes at once where nothing is under way', async () => {
    const { server } = await serve();
    const beganMs = performance.now();
    await server.close();
    expect(performance.now() - beganMs).toBeLessThan(100);
  });
});
