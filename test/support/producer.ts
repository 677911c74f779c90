// A stand-in producer: holds every TCP connection and counts them. What it counts is the truth.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { portOf } from './port-of.ts';

export interface Producer {
  readonly port: number;
  /** Connections that have sent something and are open: a health check sends nothing. */
  sessions(): number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Listens on an ephemeral port of the loopback. */
export async function startProducer(): Promise<Producer> {
  const sockets = new Set<Socket>();
  const sessions = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', () => sessions.add(socket));
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      sessions.delete(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    sessions: () => sessions.size,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
