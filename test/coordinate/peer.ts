// A peer that a test makes up: its view, and a server of node:http or node:https that answers as the test likes.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TestContext } from 'vitest';
import type { PeerConfig } from '../../src/domain/config.ts';
import type { PeerView } from '../../src/domain/peer.ts';
import type { ServerView, View } from '../../src/domain/view.ts';
import { portOf } from '../support/port-of.ts';
import { peerViewOf } from '../support/peer-view.ts';

export const OURS = { cluster: 'ADA1', backend: 'bp', producers: () => ['main', 'backup'] };

export function viewOfProxy(differ: Partial<View> = {}): View {
  return {
    way: 'unix',
    version: '2.6.12',
    level: 'admin',
    workers: [
      {
        pid: 100,
        old: false,
        uptimeS: 500,
        servers: [serverView('main', 1, 3), serverView('backup', 2, 0)],
        backendWeight: 1,
      },
    ],
    pin: { kind: 'table', serverId: 0, leaseMs: 0 },
    hidden: null,
    ...differ,
  };
}

function serverView(name: string, id: number, sessions: number): ServerView {
  return {
    name,
    id,
    status: 'UP',
    health: 'up',
    settled: true,
    checkPassed: true,
    backup: id > 1,
    weight: 1,
    sessions,
    lastChangeS: 100,
    lastSessionS: id > 1 ? null : 5,
  };
}

export function peerView(differ: Partial<PeerView> = {}): PeerView {
  return peerViewOf({
    proxies: [{ name: 'ha2', ageMs: 40, view: viewOfProxy() }],
    ...differ,
  });
}

export const answerOf = (view: object): string => JSON.stringify({ v: 1, ...view });

export interface PeerServer {
  readonly config: PeerConfig;
  /** How many asked for `GET` of that path. */
  asked(path: string): number;
  /** As the kernel counts them, of all connections. */
  bytesWritten(): number;
  /** Whoever is connected is cut off, and nobody answers any more. */
  close(): Promise<void>;
  listen(): Promise<void>;
  /** By path; what has none is answered 404. */
  readonly answers: Record<string, RequestListener>;
}

/** Listens on a free port until the test ends; answers `/v1/view` with `peerView()` and has no events. */
export async function peerServer(
  t: TestContext,
  tls: { readonly cert: string; readonly key: string } | null = null,
  differ: Partial<PeerConfig> = {},
): Promise<PeerServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const answers: Record<string, RequestListener> = {
    '/v1/view': (_, response) => void response.end(answerOf(peerView())),
  };
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer !== undefined) return answer(request, response);
    response.writeHead(404).end();
  };
  const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  let port = 0;
  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = portOf(server);
  };
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  t.onTestFinished(close);
  const url = `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    config: { name: 'ha2', url, token: null, ca: null, ...differ },
    asked: (path) => asked.filter((one) => one === path).length,
    bytesWritten: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close,
    listen,
    answers,
  };
}
