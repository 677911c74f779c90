// A unix socket between mainstay and a HAProxy's own: it passes commands on, and lets a test act at an exact one.
import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** What a test may do about a command; `lose` closes the connection with no answer. */
export interface Interception {
  /** Before HAProxy gets it, which waits for this to end. When lost, HAProxy never gets it. */
  readonly before?: (line: string) => Fate | Promise<Fate>;
  /** After HAProxy has carried it out, before its answer is handed back. */
  readonly after?: (line: string) => Fate | Promise<Fate>;
}

export type Fate = 'lose' | void;

export interface GoBetween {
  readonly path: string;
  /** The commands that HAProxy was given, in order. */
  readonly passed: readonly { readonly line: string; readonly atMs: number }[];
  /** Every command from now on meets these. */
  intercept(by: Interception): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens at `path` for one command a connection, as mainstay sends them, and passes it on to `to`. */
export async function goBetween(path: string, to: string): Promise<GoBetween> {
  const sockets = new Set<Socket>();
  const passed: { line: string; atMs: number }[] = [];
  let interception: Interception = {};

  const serve = async (client: Socket): Promise<void> => {
    keep(sockets, client);
    const line = await lineOf(client);
    const { before, after } = interception;
    if ((await before?.(line)) === 'lose' || client.destroyed) return void client.destroy();
    passed.push({ line, atMs: Date.now() });
    const haproxy = connect({ path: to });
    keep(sockets, haproxy);
    haproxy.write(`${line}\n`);
    const answer = await textOf(haproxy);
    if ((await after?.(line)) === 'lose') return void client.destroy();
    client.end(answer, 'latin1');
  };
  const server = createServer((client) => void serve(client));
  server.listen({ path });
  await once(server, 'listening');
  return {
    path,
    passed,
    intercept: (by) => void (interception = by),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
}

/** Never ends where the client goes away before its line is whole. */
function lineOf(client: Socket): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    client.on('data', (chunk) => {
      text += String(chunk);
      if (text.endsWith('\n')) resolve(text.slice(0, -1));
    });
  });
}

/** All that comes until the connection ends, however it ends. */
function textOf(haproxy: Socket): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    haproxy.on('data', (chunk) => (text += String(chunk)));
    haproxy.on('close', () => resolve(text));
  });
}
