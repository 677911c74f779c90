// The HTTP server on `listen`: a few small answers, and a bound on everything that a client can make it hold.
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import { makeRoutes } from './endpoints.ts';
import type { Sources } from './endpoints.ts';
import type { ListenFault } from './listen-fault.ts';
import { codeOf, makeListener } from './listener.ts';
import { refusal, SAFE_HEADERS } from './reply.ts';
import type { Reply, Stream } from './reply.ts';
import { route } from './router.ts';
import type { Routes } from './router.ts';

export interface HttpServer {
  /** The port in use, where the configuration asked for 0. */
  readonly port: number;
  /** Ends idle connections at once, answers what is under way, and is done within half a second. */
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 16 * 1024;
/** What an answer under way may still take when the server closes. */
const CLOSE_GRACE_MS = 300;

/** Ends when the port is open, or with the reason why it is not. */
export async function startHttp(
  config: Pick<Config, 'listen' | 'token' | 'tls'>,
  sources: Sources,
  log: Log,
  clock: Clock,
): Promise<Result<HttpServer, ListenFault>> {
  const routes = makeRoutes(sources);
  const made = await makeListener(config);
  if (!made.ok) return made;
  const server = made.value;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response, routes, config.token, log);
  });
  const { host, port } = config.listen;
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    const code = codeOf(error);
    const kind = code === 'EADDRINUSE' ? 'port-in-use' : 'cannot-listen';
    return { ok: false, fault: { kind, host, port, code } };
  }
  server.on('error', (err) => log.error({ err }, 'the HTTP server has trouble'));
  return {
    ok: true,
    value: {
      port: portOf(server, port),
      close: () => {
        sources.events.close();
        return close(server, clock);
      },
    },
  };
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
    const reply = await route(routes, asker, target, token, () => readBody(request));
    if ('begin' in reply) begin(response, method, reply);
    else send(response, reply);
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
    ...SAFE_HEADERS,
    ...headers,
  });
  response.end(body);
}

/** Its connection ends with it, and is not closed for being silent. */
function begin(response: ServerResponse, method: string, stream: Stream): void {
  response.shouldKeepAlive = false;
  response.writeHead(200, { 'content-type': stream.type, ...SAFE_HEADERS });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  response.socket?.setTimeout(0);
  response.flushHeaders();
  stream.begin(response);
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
