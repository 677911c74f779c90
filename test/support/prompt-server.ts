// A CLI in prompt mode over plain TCP, which answers as it is told: for what a kept connection may meet.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { dialSocket } from '../../src/transport/dial-socket.ts';
import type { Dial } from '../../src/transport/wire.ts';
import { portOf } from './port-of.ts';

export interface PromptServer {
  readonly port: number;
  readonly dial: Dial;
  /** All that was received, a string a connection. */
  readonly received: readonly string[];
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What is said to one line, as is; or what is done. */
export type Reply = (line: string, socket: Socket) => string | void;

/** @param reply also told of `prompt`; the usual greeting is sent where it says nothing to that */
export async function promptServer(reply: Reply, greeting = '\n> '): Promise<PromptServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = received.push('') - 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    socket.on('data', (chunk: string) => {
      received[index] += chunk;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = reply(line, socket) ?? (line === 'prompt' ? greeting : '');
        if (said !== '' && !socket.destroyed) socket.write(said, 'latin1');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    port,
    dial: dialPlain(port),
    received,
    sockets,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A kept connection without TLS or SSH. */
export function dialPlain(port: number): Dial {
  return dialSocket({ kind: 'tcp', host: '127.0.0.1', port, text: `tcp:127.0.0.1:${port}` });
}
