// The HTTP server on `listen`: a few small answers, and a bound on everything that a client can make it hold.
import { once } from 'node:events';
import { createServer, STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { makeRoutes } from './endpoints.ts';
import type { Sources } from './endpoints.ts';
import { refusal } from './reply.ts';
import type { Reply } from './reply.ts';
import { route } from './router.ts';
import type { Routes } from './router.ts';

/** Why the server could not start; `code` is the operating system's. */
export interface ListenFault {
  readonly kind: 'port-in-use' | 'cannot-listen';
  readonly host: string;
  readonly port: number;
  readonly code: string;
}

export interface HttpServer {
  /** The port in use, where the configuration asked for 0. */
  readonly port: number;
  /** Ends idle connections at once, answers what is under way, and is done within half a second. */
  close(): Promise<void>;
}

const HEAD_LIMIT_BYTES = 8 * 1024;
const BODY_LIMIT_BYTES = 16 * 1024;
/** What an answer under way may still take when the server closes. */
const CLOSE_GRACE_MS = 300;

/** Ends when the port is open, or with the reason why it is not. */
export async function startHttp(
  config: Pick<Config, 'listen' | 'token'>,
  sources: Sources,
  log: Log,
  clock: Clock,
): Promise<Result<HttpServer, ListenFault>> {
  const routes = makeRoutes(sources);
  const server = boundedServer();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, routes, config.token, log);
  });
  server.on('clientError', refuseGarbage);
  const { host, port } = config.listen;
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const kind = code === 'EADDRINUSE' ? 'port-in-use' : 'cannot-listen';
    return { ok: false, fault: { kind, host, port, code } };
  }
  server.on('error', (err) => log.error({ err }, 'the HTTP server has trouble'));
  return {
    ok: true,
    value: { port: portOf(server, port), close: () => close(server, clock) },
  };
}

function boundedServer(): Server {
  const server = createServer({
    maxHeaderSize: HEAD_LIMIT_BYTES,
    // A request's head within 3 s, all of it within 6 s; looked after every second.
    headersTimeout: 3000,
    requestTimeout: 6000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 5000,
  });
  server.maxConnections = 64;
  // A client that does not read its answer.
  server.timeout = 15_000;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
  token: string | null,
  log: Log,
): Promise<void> {
  const { method = '', url: target = '', headers, socket } = request;
  response.on('error', () => {});
  if (bodyIsTooLarge(request)) {
    response.shouldKeepAlive = false;
    send(
      response,
      refusal(413, 'too-large', `a body states its length, at most ${BODY_LIMIT_BYTES} bytes`),
    );
    return;
  }
  try {
    const asker = { method, peer: socket.remoteAddress, headers };
    send(response, await route(routes, asker, target, token, () => readBody(request)));
  } catch (err) {
    log.error({ err, method, path: target.split('?')[0] }, 'an HTTP request met a bug');
    send(response, refusal(500, 'internal', 'this is a bug in mainstay; its log says more'));
  }
}

/** A small one that nobody asks for Node.js reads and forgets; a larger one is not read at all. */
function bodyIsTooLarge({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > BODY_LIMIT_BYTES;
}

/** As long as it said that it is, which is not too long; null where it did not come to its end in time. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch {
    return null;
  }
}

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

/** What Node.js could not read as a request, or gave up waiting for. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, type, body } = garbageReply(error.code);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function garbageReply(code: string | undefined): Reply {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return refusal(431, 'too-large', `a request's head has at most ${HEAD_LIMIT_BYTES} bytes`);
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return refusal(408, 'timeout', 'the request did not come to its end in time');
  }
  return refusal(400, 'bad-request', 'this is not HTTP');
}

function portOf(server: Server, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}

async function close(server: Server, clock: Clock): Promise<void> {
  const closed = once(server, 'close');
  const done = new AbortController();
  // Ends idle connections by itself.
  server.close();
  await Promise.race([closed, clock.sleep(CLOSE_GRACE_MS, done.signal)]);
  done.abort();
  server.closeAllConnections();
  await closed;
}
