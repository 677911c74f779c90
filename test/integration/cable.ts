// A cable between two sockets: every byte goes through it both ways, until a test cuts it or lets it hang.
import { connect, createServer, type ListenOptions, type Socket } from 'node:net';
import { once } from 'node:events';
import type { TestContext } from 'vitest';

export interface Cable {
  /** `HOST:PORT` where it listens; empty where that is a path. */
  readonly at: string;
  /** All that went towards the far end so far, latin1. */
  sent(): string;
  /** Called once, before the first chunk that holds `words` is handed on, which waits for its end. */
  before(words: string, act: () => Promise<void> | void): void;
  /** Called once, after that chunk was handed on and before any answer comes back. */
  after(words: string, act: () => Promise<void> | void): void;
  /** Nothing goes through any more, and nobody is told: as when a network is gone. */
  hang(): void;
  /** Closes every connection, at once, and takes no other. */
  cut(): void;
  /** Takes connections again; those that hung stay so until they are closed. */
  mend(): void;
}

/** Listens as told, and connects each that comes with `to`. Ends with the test. */
export async function layCable(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  listen: ListenOptions,
  to: { readonly path: string } | { readonly host: string; readonly port: number },
): Promise<Cable> {
  const sockets = new Set<Socket>();
  let state: 'whole' | 'hangs' | 'cut' = 'whole';
  let sent = '';
  const waiting: { when: 'before' | 'after'; words: string; act: () => Promise<void> | void }[] =
    [];
  const due = async (when: 'before' | 'after', text: string): Promise<void> => {
    const found = waiting.findIndex((one) => one.when === when && text.includes(one.words));
    if (found !== -1) await waiting.splice(found, 1)[0]?.act();
  };
  // mainstay ends its side of a connection to a master before the answer comes.
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect({ ...to, allowHalfOpen: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        if (state !== 'hangs') other.destroy();
      });
    }
    // One chunk after the other: what a test does about one holds up all that follow, and the answers to it.
    let queue = Promise.resolve();
    near.on('data', (chunk: Buffer) => {
      queue = after(queue, async () => {
        const text = chunk.toString('latin1');
        await due('before', text);
        if (state !== 'whole') return;
        sent += text;
        far.write(chunk);
        await due('after', text);
      });
    });
    far.on('data', (chunk: Buffer) => {
      queue = after(queue, () => void (state === 'whole' && near.write(chunk)));
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('end', () => (queue = after(queue, () => void (state === 'whole' && other.end()))));
    }
  });
  server.listen(listen);
  await once(server, 'listening');
  const cut = (): void => {
    state = 'cut';
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  return {
    at: address === null || typeof address === 'string' ? '' : `${address.address}:${address.port}`,
    sent: () => sent,
    before: (words, act) => void waiting.push({ when: 'before', words, act }),
    after: (words, act) => void waiting.push({ when: 'after', words, act }),
    hang: () => {
      state = 'hangs';
    },
    cut,
    mend: () => {
      state = 'whole';
    },
  };
}

async function after(queue: Promise<void>, work: () => Promise<void> | void): Promise<void> {
  await queue;
  await work();
}
