// What is typed: single keys on a terminal, elsewhere a line each.
import { on } from 'node:events';
import type { ReadStream } from 'node:tty';

/** In raw mode the terminal makes no signals of these two. */
const END_KEYS = new Set(['\u0003', '\u0004']);
const MAX_LINE = 100;

/** Every key, or line without the spaces around it, until the stream ends or `signal` aborts. Ctrl-C is `q`. */
export async function* readKeys(input: ReadStream, signal: AbortSignal): AsyncGenerator<string> {
  input.setEncoding('utf8');
  if (input.isTTY) input.setRawMode(true);
  let line = '';
  try {
    for await (const [data] of on(input, 'data', { signal, close: ['end', 'close'] })) {
      const chunk = String(data).toLowerCase();
      if (input.isTTY) {
        yield* keysOf(chunk);
        continue;
      }
      const lines = (line + chunk).split('\n');
      line = lines.pop()!.slice(0, MAX_LINE);
      yield* lines.map((text) => text.trim()).filter((text) => text !== '');
    }
  } catch {
    // Aborted, or the terminal has gone away: either way nothing more is typed.
  } finally {
    if (input.isTTY) input.setRawMode(false);
    // Else the process would wait for more of it.
    input.destroy();
  }
}

function keysOf(chunk: string): readonly string[] {
  // What arrows and function keys send begins with an escape, and is none of ours.
  const [typed = '', ...sent] = chunk.split('\u001B');
  const rest = sent.map((text) => text.replace(/^(\[[\d;]*|o)[a-z~]/, ''));
  return Array.from([typed, ...rest].join(''), (key) => (END_KEYS.has(key) ? 'q' : key));
}
