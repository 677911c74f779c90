// Following `/v1/events`: what comes, when, and how little one who follows can cost.
import { once } from 'node:events';
import { request, ServerResponse } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { makeEvents } from '../../src/report/events.ts';
import type { Events } from '../../src/report/events.ts';
import { startHttp } from '../../src/report/http.ts';
import type { HttpServer } from '../../src/report/http.ts';
import { readPage } from '../../src/report/page.ts';
import { clock, logBook, NOW } from './world.ts';

/** A clock that sleeps until it is told to wake everybody. */
function handClock() {
  const sleeping = new Set<() => void>();
  const slept: number[] = [];
  return {
    slept,
    sleeping,
    now: () => NOW,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        slept.push(ms);
        const wake = () => {
          sleeping.delete(wake);
          resolve();
        };
        sleeping.add(wake);
        signal?.addEventListener('abort', wake);
      }),
    async wake() {
      for (const one of sleeping) one();
      await new Promise(setImmediate);
    },
  };
}

/** Takes what it is given; or nothing, and lets it wait. */
class Client extends Writable {
  text = '';
  readonly #reads: boolean;

  constructor(reads = true) {
    super();
    this.#reads = reads;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (!this.#reads) return;
    this.text += chunk.toString();
    done();
  }
}

describe('who follows', () => {
  test('hears a comment at once, then events, and a comment each ten seconds', async () => {
    const hand = handClock();
    const events = makeEvents(hand);
    const client = new Client();
    events.publish('view', {});
    events.follow(client);
    events.publish('decision', { why: 'two\nlines' });
    await hand.wake();
    events.publish('view', {});
    expect(client.text).toBe(
      ':\n\nevent: decision\ndata: {"why":"two\\nlines"}\n\n:\n\nevent: view\ndata: {}\n\n',
    );
    expect(hand.slept).toEqual([10_000, 10_000]);
  });

  test('is forgotten when it goes, and nothing waits for it any more', async () => {
    const hand = handClock();
    const events = makeEvents(hand);
    const client = new Client();
    events.follow(client);
    client.destroy();
    await once(client, 'close');
    await hand.wake();
    events.publish('view', {});
    expect(client.text).toBe(':\n\n');
    expect(hand.sleeping.size).toBe(0);
    expect(hand.slept).toHaveLength(1);
  });

  test('is dropped with more than 256 KiB unread, and nobody else is', async () => {
    const events = makeEvents(handClock());
    const [deaf, client] = [new Client(false), new Client()];
    events.follow(deaf);
    events.follow(client);
    const data = 'x'.repeat(64 * 1024);
    for (let i = 0; i < 3; i += 1) events.publish('action', data);
    expect(deaf.destroyed).toBe(false);
    events.publish('action', data);
    expect(deaf.destroyed).toBe(true);
    expect(client.destroyed).toBe(false);
    events.publish('action', data);
    expect(client.text.length).toBeGreaterThan(5 * 64 * 1024);
  });

  test('is one of sixteen at most, and one that goes makes room', async () => {
    const events = makeEvents(handClock());
    const clients = Array.from({ length: 16 }, () => new Client());
    for (const client of clients) events.follow(client);
    expect(events.isFull()).toBe(true);
    const late = new Client();
    events.follow(late);
    expect([late.writableEnded, late.text]).toEqual([true, '']);
    clients[0]?.destroy();
    await once(clients[0] ?? late, 'close');
    expect(events.isFull()).toBe(false);
  });

  test('is let go when the server closes', async () => {
    const events = makeEvents(handClock());
    const client = new Client();
    events.follow(client);
    events.close();
    expect(client.writableEnded).toBe(true);
    events.publish('view', {});
  });
});

const running: HttpServer[] = [];
const asking: ClientRequest[] = [];
afterEach(async () => {
  for (const asked of asking.splice(0)) asked.destroy();
  for (const server of running.splice(0)) await server.close();
});

const unused = (): never => {
  throw new Error('this test has no use for it');
};

async function serve(events: Events = makeEvents(clock)) {
  const config = { listen: { host: '127.0.0.1', port: 0 }, token: null, tls: null };
  const sources = {
    metrics: { expose: unused, contentType: '' },
    sinceTickMs: () => 0,
    tickLimitMs: 1,
    unready: unused,
    status: unused,
    view: unused,
    page: readPage(new URL('./', import.meta.url)),
    decisions: unused,
    explanation: unused,
    history: unused,
    orders: { override: unused, rehearse: unused, clear: unused, pause: unused, resume: unused },
    durationMs: unused,
    events,
  };
  const started = await startHttp(config, sources, logBook().log, clock);
  if (!started.ok) throw new Error(started.fault.code);
  running.push(started.value);
  return { events, server: started.value, port: started.value.port };
}

async function follow(port: number, method = 'GET') {
  const asked = request({ host: '127.0.0.1', port, path: '/v1/events', method, agent: false });
  asking.push(asked);
  asked.on('error', () => {});
  asked.end();
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response === undefined) throw new Error('no answer');
  response.on('error', () => {});
  return response;
}

describe('/v1/events', () => {
  test('is a stream of events that nobody keeps, on a connection of its own', async () => {
    const { port, events } = await serve();
    const response = await follow(port);
    expect([response.statusCode, response.headers]).toMatchObject([
      200,
      {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close',
      },
    ]);
    const [first] = await once(response, 'data');
    expect(String(first)).toBe(':\n\n');
    events.publish('view', {});
    const [second] = await once(response, 'data');
    expect(String(second)).toBe('event: view\ndata: {}\n\n');
  });

  test('asked for with HEAD gives its head, and follows nothing', async () => {
    const { port } = await serve({ ...makeEvents(clock), follow: unused });
    const response = await follow(port, 'HEAD');
    response.resume();
    expect(response.statusCode).toBe(200);
    await once(response, 'end');
  });

  test('is 503 to the seventeenth', async () => {
    const { port } = await serve();
    const all = await Promise.all(Array.from({ length: 17 }, () => follow(port)));
    const [late = unused(), ...others] = all.filter(({ statusCode }) => statusCode !== 200);
    expect([late.statusCode, others]).toEqual([503, []]);
    const [body] = await once(late, 'data');
    expect(JSON.parse(String(body)).error).toBe('too-many');
  });

  test('ends at once when the server closes', async () => {
    const { port, server } = await serve();
    const response = await follow(port);
    const ended = once(response.resume(), 'end');
    const beganMs = performance.now();
    await server.close();
    await ended;
    expect(performance.now() - beganMs).toBeLessThan(200);
  });

  test('is cut where its reader has stopped, and costs nobody else an event', async () => {
    const { port, events } = await serve();
    const deaf = connect({ host: '127.0.0.1', port });
    const cut = once(deaf, 'close');
    deaf.on('error', () => {});
    deaf.write('GET /v1/events HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(deaf, 'data');
    deaf.pause();
    const response = await follow(port);
    let heard = 0;
    response.on('data', (chunk: Buffer) => (heard += chunk.toString().split('event: ').length - 1));
    const data = 'x'.repeat(60 * 1024);
    for (let i = 0; i < 200; i += 1) {
      events.publish('action', data);
      await new Promise(setImmediate);
    }
    await expect.poll(() => heard).toBe(200);
    deaf.resume();
    await cut;
  });

  test('is not ended for being silent for longer than other answers may', async () => {
    const timeouts: unknown[] = [];
    const note = (to: Writable) => {
      timeouts.push(to instanceof ServerResponse ? to.socket?.timeout : 'none');
      to.end();
    };
    const { port } = await serve({ ...makeEvents(clock), follow: note });
    await follow(port);
    expect(timeouts).toEqual([0]);
  });
});
