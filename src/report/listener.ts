// The socket side of the HTTP server, plain or TLS: bounds on time, size and number, and what garbage is told.
import { readFile } from 'node:fs/promises';
import { createServer, STATUS_CODES } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext } from 'node:tls';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { ListenFault } from './listen-fault.ts';
import { refusal, SAFE_HEADERS } from './reply.ts';
import type { Reply } from './reply.ts';

const HEAD_LIMIT_BYTES = 8 * 1024;

const BOUNDS = {
  maxHeaderSize: HEAD_LIMIT_BYTES,
  // A request's head within 3 s, all of it within 6 s; looked after every second.
  headersTimeout: 3000,
  requestTimeout: 6000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 5000,
};

/** Not listening yet. With `tls` its files are read now, and never again by this one. */
export async function makeListener({
  listen,
  tls,
}: Pick<Config, 'listen' | 'tls'>): Promise<Result<Server, ListenFault>> {
  const pair = tls === null ? null : await readPair(tls, listen);
  if (pair !== null && !pair.ok) return pair;
  const server: Server =
    pair === null
      ? createServer(BOUNDS)
      : createTlsServer({
          ...BOUNDS,
          ...pair.value,
          minVersion: 'TLSv1.2',
          handshakeTimeout: BOUNDS.headersTimeout,
        });
  server.maxConnections = 64;
  // A client that does not read its answer.
  server.timeout = 15_000;
  server.on('clientError', refuseGarbage);
  return { ok: true, value: server };
}

interface Pem {
  readonly cert: Buffer;
  readonly key: Buffer;
}

async function readPair(
  { cert: certPath, key: keyPath }: NonNullable<Config['tls']>,
  { host, port }: Config['listen'],
): Promise<Result<Pem, ListenFault>> {
  const no = (which: 'cert' | 'key', error: unknown): Result<never, ListenFault> => {
    const setting = `api.tls.${which}` as const;
    const path = which === 'cert' ? certPath : keyPath;
    return { ok: false, fault: { kind: 'tls', host, port, setting, path, code: codeOf(error) } };
  };
  // Each alone first, so that it is known which of them is the wrong one.
  let which: 'cert' | 'key' = 'cert';
  try {
    const cert = await readFile(certPath);
    createSecureContext({ cert });
    which = 'key';
    const key = await readFile(keyPath);
    createSecureContext({ cert, key });
    return { ok: true, value: { cert, key } };
  } catch (error) {
    return no(which, error);
  }
}

/** What Node.js could not read as a request, or gave up waiting for. A connection that broke, or a TLS handshake that failed, is told nothing. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!/^(HPE|ERR_HTTP)_/.test(error.code ?? '') || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, type, body } = garbageReply(error.code);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(SAFE_HEADERS).map(([name, value]) => `${name}: ${value}`),
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

/** The operating system's or OpenSSL's word for it. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
