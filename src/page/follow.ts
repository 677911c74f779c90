// Follows `/v1/events` for as long as the page lives: again and again, with a growing pause after each failure.
import type { Api } from './api.ts';
import { makeEventReader } from './sse.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;
/** The daemon sends a comment each 10 s: after this the connection is dead, whatever the system says. */
const SILENCE_MS = 25_000;
/** After a sleep it is not trusted as long. */
const DOUBTED_MS = 11_000;

/** `told` gets each event's name. Gives back what to call when the device has woken, or has a network again. */
export function followEvents(api: Api, told: (name: string) => void): () => void {
  let pauseMs = FIRST_PAUSE_MS;
  let heardMs = 0;
  let hurry: (() => void) | null = null;
  let connection = new AbortController();

  const once = async (): Promise<void> => {
    connection = new AbortController();
    const { signal } = connection;
    const watch = setInterval(() => {
      if (Date.now() - heardMs > SILENCE_MS) connection.abort();
    }, 1000);
    heardMs = Date.now();
    try {
      const { ok, body } = await api.stream('/v1/events', signal);
      if (!ok || body === null) return connection.abort();
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      const eventsIn = makeEventReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heardMs = Date.now();
        pauseMs = FIRST_PAUSE_MS;
        for (const name of eventsIn(value)) told(name);
      }
    } catch {
      // As good as an end: the next attempt tells more.
    } finally {
      clearInterval(watch);
    }
  };
  const forEver = async (): Promise<never> => {
    for (;;) {
      await once();
      await new Promise<void>((resolve) => {
        hurry = resolve;
        setTimeout(resolve, pauseMs);
      });
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  };
  void forEver();
  return () => {
    pauseMs = FIRST_PAUSE_MS;
    if (Date.now() - heardMs > DOUBTED_MS) connection.abort();
    hurry?.();
  };
}
