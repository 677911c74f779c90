// A loopback network of the lab's own (127.a.b.0/24), so that its ports are nobody else's, also while nothing listens on them.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Network {
  /** The address of host 1 to 253 in this network. */
  host(number: number): string;
  /** Gives the network back. */
  release(): Promise<void>;
}

const TRIES = 20;
const LOCK = { host: 254, port: 7999 };

/**
 * Takes a network that no other lab on this host uses: a listening socket in it is the lock. Ephemeral ports on
 * 127.0.0.1 would not do: while a producer's listener is closed anybody may be given its port, and a check that dials
 * a closed port of the ephemeral range can even be connected to itself.
 */
export async function claimNetwork(): Promise<Network> {
  for (let i = 0; i < TRIES; i++) {
    // 127.0 is left to everybody's localhost.
    const prefix = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
    const lock = createServer((socket) => socket.destroy());
    try {
      lock.listen(LOCK.port, `${prefix}.${LOCK.host}`);
      await once(lock, 'listening');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') continue;
      throw error;
    }
    return {
      host: (number) => `${prefix}.${number}`,
      release: () => new Promise((resolve) => lock.close(() => resolve())),
    };
  }
  throw new Error(`no free loopback network in ${TRIES} tries`);
}
