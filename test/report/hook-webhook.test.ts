// Webhooks against real receivers: what is sent, when it is sent again, and what is said of those that fail.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/domain/time.ts';
import { webhook } from '../../src/report/hook-webhook.ts';
import { freePort, portOf } from '../support/port-of.ts';
import { until } from '../support/until.ts';
import { NOW } from './world.ts';

const BODY = '{"v":1,"message":"ha1 – main"}';
const TOKEN = 'secret-token-1';
const AMPLE_MS = 5000;
const SHORT_MS = 400;

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers each request with the next of `answers`, and from then on with the last. */
async function receiver(...answers: RequestListener[]) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    heard.push({ method, url, headers, body: await text(request) });
    answers[Math.min(heard.length, answers.length) - 1]?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, url: `http://127.0.0.1:${portOf(server)}/path-secret?key=query-secret` };
}

const answer =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end('said');
const hang: RequestListener = () => {};

/** Tells once, with a clock whose pauses are over at once: what came of it, and the pauses. */
async function tell(url: string, timeoutMs = AMPLE_MS, token: string | null = TOKEN) {
  const pauses: number[] = [];
  const clock = { now: () => NOW, sleep: async (ms: number) => void pauses.push(ms) };
  const deliver = webhook({ kind: 'webhook', url, token }, timeoutMs, clock);
  return { said: await deliver(BODY, new AbortController().signal), pauses };
}

describe('a receiver gets', () => {
  test('the body as JSON, whole, with the bearer token', async () => {
    const { heard, url } = await receiver(answer(204));
    expect(await tell(url)).toEqual({ said: null, pauses: [] });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      method: 'POST',
      url: '/path-secret?key=query-secret',
      body: BODY,
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(BODY)),
        authorization: `Bearer ${TOKEN}`,
        connection: 'close',
      },
    });
  });

  test('no authorization where there is no token', async () => {
    const { heard, url } = await receiver(answer(200));
    expect((await tell(url, AMPLE_MS, null)).said).toBeNull();
    expect(heard[0]?.headers).not.toHaveProperty('authorization');
  });

  test('no proxy between, whatever the environment says', async () => {
    const { heard, url } = await receiver(answer(200));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:9';
    onTestFinished(() => {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    });
    expect((await tell(url)).said).toBeNull();
    expect(heard).toHaveLength(1);
  });
});

describe('it is told again', () => {
  test('a second later where it answered 500, and then all is well', async () => {
    const { heard, url } = await receiver(answer(500), answer(200));
    expect(await tell(url)).toEqual({ said: null, pauses: [1000] });
    expect(heard.map(({ body }) => body)).toEqual([BODY, BODY]);
  });

  test.for([500, 503, 408, 429])('three times in all where it answers %i', async (status) => {
    const { heard, url } = await receiver(answer(status));
    expect(await tell(url)).toEqual({
      said: `it answered ${status}, at the last of 3 tries`,
      pauses: [1000, 4000],
    });
    expect(heard).toHaveLength(3);
  });

  test('three times in all where nobody listens', async () => {
    const said = 'it could not be reached (ECONNREFUSED), at the last of 3 tries';
    const url = `http://127.0.0.1:${await freePort()}/`;
    expect(await tell(url)).toEqual({ said, pauses: [1000, 4000] });
  });

  test('three times in all where it takes the body and does not answer', async () => {
    const { heard, url } = await receiver(hang);
    expect(await tell(url, SHORT_MS)).toEqual({
      said: `it has not ended within ${SHORT_MS} ms, at the last of 3 tries`,
      pauses: [1000, 4000],
    });
    expect(heard).toHaveLength(3);
  });

  test('where its answer was no HTTP, or broke off', async () => {
    const { url } = await receiver(
      (request) => request.socket.end('+PONG\r\n'),
      (request) => request.socket.destroy(),
      answer(200),
    );
    expect(await tell(url)).toEqual({ said: null, pauses: [1000, 4000] });
  });
});

describe('it is told once', () => {
  test.for([400, 401, 404, 413])(
    'where it answers %i: again would be no better',
    async (status) => {
      const { heard, url } = await receiver(answer(status));
      expect(await tell(url)).toEqual({ said: `it answered ${status}`, pauses: [] });
      expect(heard).toHaveLength(1);
    },
  );

  test('where it redirects, and nobody gets the token who was not meant to', async () => {
    const elsewhere = await receiver(answer(200));
    const { url } = await receiver(answer(307, { location: elsewhere.url }));
    expect(await tell(url)).toEqual({
      said: 'it answered 307, and redirects are not followed',
      pauses: [],
    });
    expect(elsewhere.heard).toEqual([]);
  });

  test('where it answers 200 slowly, but within the limit', async () => {
    const { url } = await receiver((_request, response) => {
      setTimeout(() => response.end('ok'), 50);
    });
    expect(await tell(url)).toEqual({ said: null, pauses: [] });
  });

  test('where it answers 200 and then does not end', async () => {
    const { heard, url } = await receiver((_request, response) => {
      response.writeHead(200).write('more to come');
    });
    expect(await tell(url, SHORT_MS)).toEqual({ said: null, pauses: [] });
    expect(heard).toHaveLength(1);
  });

  test('where it answers 200 and floods: little of it is read', async () => {
    let sent = 0;
    const { heard, url } = await receiver((_request, response) => {
      const chunk = Buffer.alloc(65_536);
      const flood = () => {
        for (let more = true; more && !response.destroyed; sent += chunk.length)
          more = response.write(chunk);
      };
      response.on('drain', flood);
      response.writeHead(200);
      flood();
    });
    expect(await tell(url)).toEqual({ said: null, pauses: [] });
    expect(heard).toHaveLength(1);
    // What the kernel holds on its way comes on top of the 64 KiB.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });
});

test('what is under way ends at once when it is given up, in a try as in a pause', async () => {
  const { heard, url } = await receiver(answer(500), hang);
  const stopping = new AbortController();
  let pauses = 0;
  const clock: Clock = {
    now: () => NOW,
    sleep: (_ms, signal) => {
      pauses += 1;
      return ended(signal);
    },
  };
  const deliver = webhook({ kind: 'webhook', url, token: null }, AMPLE_MS, clock);
  const tries = [deliver(BODY, stopping.signal), deliver(BODY, stopping.signal)];
  await until(() => heard.length === 2 && pauses === 1, 'one hangs, and the other pauses');
  const beganMs = performance.now();
  stopping.abort();
  expect(new Set(await Promise.all(tries))).toEqual(
    new Set(['it answered 500', 'mainstay was stopped']),
  );
  expect(performance.now() - beganMs).toBeLessThan(1000);
  expect(heard).toHaveLength(2);
  expect(pauses).toBe(1);
});

test('no message holds the token, the path, the query or the credentials of the URL', async () => {
  const { url } = await receiver(answer(401), hang);
  const port = await freePort();
  const secret = /secret|user-name|pass-word/;
  for (const to of [
    url,
    url.replace('//', '//user-name:pass-word@'),
    `http://127.0.0.1:${port}/path-secret`,
    `https://user-name:pass-word@127.0.0.1:${port}/path-secret`,
    'http://secret.invalid/',
    'http://127.0.0.1:1/path-secret',
  ]) {
    const { said } = await tell(to, SHORT_MS);
    expect(said).not.toBeNull();
    expect(said).not.toMatch(secret);
  }
});

/** Resolves when the signal aborts. */
async function ended(signal: AbortSignal | undefined): Promise<void> {
  if (signal !== undefined) await once(signal, 'abort');
}
