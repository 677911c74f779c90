// One proxy's way to a producer: an address that listens, holds the sessions that come, and can be shut.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Endpoint } from './layout.ts';
import type { Ledger } from './ledger.ts';

export interface Way {
  /** Listens. Does nothing where it does already. */
  open(): Promise<void>;
  /** Stops listening; closes every connection, and resets it (Node sends the FIN first). */
  shut(): Promise<void>;
  /** Says what was not said while the producer was frozen. */
  catchUp(): void;
}

interface WayOptions {
  readonly at: Endpoint;
  readonly proxy: string;
  readonly producer: string;
  readonly ledger: Ledger;
  /** While true nothing is answered, and nobody who leaves is let go. */
  readonly isFrozen: () => boolean;
}

/** One accepted connection. */
interface Link {
  readonly socket: Socket;
  /** The session that it is; a health check never says hello and stays null. */
  id: string | null;
  /** The answers that a frozen producer owes, and whether the other side has closed. */
  owed: string;
  ended: boolean;
}

const MAX_LINE_BYTES = 200;

export function createWay(options: WayOptions): Way {
  const { at, ledger } = options;
  const links = new Set<Link>();
  let server: Server | null = null;

  function accept(socket: Socket): void {
    const link: Link = { socket, id: null, owed: '', ended: false };
    links.add(link);
    hold(link, options);
    socket.on('close', () => links.delete(link));
  }

  return {
    open: async () => {
      if (server !== null) return;
      server = createServer({ allowHalfOpen: true }, accept);
      server.listen({ host: at.host, port: at.port, backlog: 1024 });
      await once(server, 'listening');
    },
    shut: async () => {
      if (server === null) return;
      const closed = once(server, 'close');
      server.close();
      server = null;
      for (const link of links) {
        if (link.id !== null) ledger.closed(link.id, 'producer');
        link.socket.resetAndDestroy();
      }
      await closed;
    },
    catchUp: () => {
      for (const link of links) {
        link.socket.write(link.owed);
        link.owed = '';
        if (link.ended) link.socket.end();
      }
    },
  };
}

/** Answers on one connection, and keeps the ledger of it. */
function hold(link: Link, { proxy, producer, ledger, isFrozen }: WayOptions): void {
  const { socket } = link;
  let text = '';
  const gone = (): void => {
    if (link.id !== null) ledger.closed(link.id, 'proxy');
  };
  const hear = (line: string): void => {
    const [word, id] = line.split(' ');
    if (word === 'hello' && id !== undefined) {
      link.id = id;
      ledger.opened({ id, relay: id.split('/')[0]!, proxy, producer });
    } else if (word !== 'ping') {
      throw new Error(`${producer} does not understand ${JSON.stringify(line)}`);
    }
    const reply = word === 'hello' ? 'welcome\n' : 'pong\n';
    if (isFrozen()) link.owed += reply;
    else socket.write(reply);
  };
  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop()!;
    if (text.length > MAX_LINE_BYTES) throw new Error(`${producer} was sent a line without an end`);
    lines.forEach(hear);
  });
  socket.on('end', () => {
    // The relay's session is over, even where a frozen producer does not let go of its side.
    gone();
    link.ended = true;
    if (!isFrozen()) socket.end();
  });
  // A reset is a close like any other.
  socket.on('error', () => undefined);
  socket.on('close', gone);
}
