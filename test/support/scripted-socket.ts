// A socket that behaves as it is told: what a broken, hung, hostile or dying HAProxy may do to a client.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../../src/domain/config.ts';
import { portOf } from './port-of.ts';

/** An ephemeral port. */
const LOOPBACK = { host: '127.0.0.1', port: 0 };

export type Kind = Address['kind'];

/** What is done with a connection once its first line has been read. */
export type Script = (socket: Socket) => unknown;

export interface ScriptedSocket {
  readonly address: Address;
  /** How many connections there were. */
  connections(): number;
  /** How many of them are open. */
  open(): number;
  /** All that clients sent, latin1. */
  received(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

export const silent: Script = () => {};

/** Says it all and ends, as HAProxy does. */
export const answer =
  (text: string): Script =>
  (socket) =>
    socket.end(text, 'latin1');

/** Says it byte by byte, each as a packet of its own, `everyMs` apart; then ends. */
export const dribble =
  (text: string, everyMs = 0): Script =>
  async (socket) => {
    socket.setNoDelay(true);
    for (const byte of text) {
      if (socket.destroyed) return;
      socket.write(byte, 'latin1');
      await (everyMs === 0 ? turn() : sleep(everyMs));
    }
    socket.end();
  };

/** Never ends, as fast as the client reads. */
export const endless: Script = (socket) => {
  const block = Buffer.alloc(1 << 20, 'x');
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
};

/** Listens, and runs `script` on every connection that sends a line. */
export async function scriptedSocket(kind: Kind, script: Script): Promise<ScriptedSocket> {
  let received = '';
  const server = createServer((socket) => {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (chunk.includes('\n')) void script(socket);
    });
  });
  return { ...(await serve(kind, server)), received: () => received };
}

/** Says `text` without reading the line, and resets the connection. */
export async function resettingSocket(kind: Kind, text: string): Promise<ScriptedSocket> {
  const reset = async (socket: Socket): Promise<void> => {
    if (text !== '') await new Promise((done) => socket.write(text, 'latin1', done));
    // A unix socket is reset when it is closed with something unread: the line has to be there by then.
    for (let turns = 0; turns < 20; turns += 1) await turn();
    if (kind === 'tcp') socket.resetAndDestroy();
    else socket.destroy();
  };
  const server = createServer({ pauseOnConnect: true }, (socket) => void reset(socket));
  return { ...(await serve(kind, server)), received: () => '' };
}

/** An address in `dir`, or a port, where nobody listens any more: ECONNREFUSED. */
export async function deadAddress(kind: Kind, dir: string): Promise<Address> {
  const server = createServer();
  const address = await listen(kind, server, dir);
  // Closing removes the socket's file; a second name for it stays, as the file does after a kill -9.
  const path = join(dir, 'left.sock');
  if (address.kind === 'unix') await link(address.path, path);
  await new Promise((resolve) => server.close(resolve));
  return address.kind === 'unix' ? { ...address, path, text: `unix:${path}` } : address;
}

/** A process that listens and never accepts. */
export async function hungSocket(
  kind: Kind,
): Promise<{ address: Address } & Pick<ScriptedSocket, typeof Symbol.asyncDispose>> {
  const dir = await temporary();
  const path = join(dir, 'hung.sock');
  const at = kind === 'unix' ? { path } : LOOPBACK;
  const program = `const server = require('node:net').createServer();
    server.listen(${JSON.stringify(at)}, () => {
      require('node:fs').writeSync(1, JSON.stringify(server.address()) + '\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const args = ['--pdeathsig', 'KILL', process.execPath, '-e', program];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const listening = String(await once(child.stdout, 'data'));
  const port = Number(/"port":(\d+)/.exec(listening)?.[1]);
  return {
    address: kind === 'unix' ? unixAddress(path) : tcpAddress(port),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await rm(dir, { recursive: true });
    },
  };
}

async function serve(kind: Kind, server: Server): Promise<Omit<ScriptedSocket, 'received'>> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  const dir = await temporary();
  return {
    address: await listen(kind, server, dir),
    connections: () => sockets.length,
    open: () => sockets.filter((socket) => !socket.closed).length,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(dir, { recursive: true });
    },
  };
}

async function listen(kind: Kind, server: Server, dir: string): Promise<Address> {
  const path = join(dir, 's.sock');
  server.listen(kind === 'unix' ? { path } : LOOPBACK);
  await once(server, 'listening');
  return kind === 'unix' ? unixAddress(path) : tcpAddress(portOf(server));
}

const unixAddress = (path: string): Address => ({ kind: 'unix', path, text: `unix:${path}` });

const tcpAddress = (port: number): Address => ({
  kind: 'tcp',
  host: LOOPBACK.host,
  port,
  text: `tcp:${LOOPBACK.host}:${port}`,
});

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), 'mainstay-socket-'));
