// Ports of the loopback for tests: the one that a server listens on, and one that is free.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** The TCP port that the server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP server');
  return address.port;
}

/** A port that was free just now, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
