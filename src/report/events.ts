// Who follows `/v1/events`: server-sent events, and a bound on what each of them can make the server hold.
import type { Writable } from 'node:stream';
import type { Clock } from '../domain/time.ts';

export type EventName = 'decision' | 'view' | 'action';

export interface Events {
  /** Tells all who follow now; waits for nobody. `data` becomes one line of JSON. */
  publish(event: EventName, data: unknown): void;
  /** Whether nobody else may follow. */
  isFull(): boolean;
  /** Everything from now on goes to `to`, until it closes; ends it at once where nobody else may follow. */
  follow(to: Writable): void;
  /** Ends all of them. */
  close(): void;
}

const MOST_CLIENTS = 16;
/** What may wait for a client that does not read; with more it is dropped. */
const BACKLOG_BYTES = 256 * 1024;
/** A comment this often tells a client that the silence is not the network's. */
const COMMENT_EVERY_MS = 10_000;

export function makeEvents(clock: Clock): Events {
  const clients = new Set<Writable>();

  const keepAwake = async (client: Writable, gone: AbortSignal) => {
    while (!gone.aborted) {
      send(client, ':\n\n');
      await clock.sleep(COMMENT_EVERY_MS, gone);
    }
  };
  return {
    publish(event, data) {
      if (clients.size === 0) return;
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      for (const client of clients) send(client, text);
    },
    isFull: () => clients.size >= MOST_CLIENTS,
    follow(to) {
      if (clients.size >= MOST_CLIENTS) {
        to.end();
        return;
      }
      const gone = new AbortController();
      clients.add(to);
      to.once('close', () => {
        clients.delete(to);
        gone.abort();
      });
      void keepAwake(to, gone.signal);
    },
    close() {
      for (const client of clients) client.end();
    },
  };
}

function send(client: Writable, text: string): void {
  if (!client.writable) return;
  client.write(text);
  if (client.writableLength > BACKLOG_BYTES) client.destroy();
}
