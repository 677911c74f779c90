// One exchange over one connection: connect, send one line, read until HAProxy closes, all within one deadline.
import type { Socket } from 'node:net';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { oneLine } from '../haproxy/line.ts';

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * Gives all that came until the peer ended the stream (latin1: one character a byte); whether that is a whole
 * answer is for its reader to find. A reset gives a fault, whatever came before it. Nothing is tried twice.
 * The connection is closed in every case: left open it would keep an old worker alive.
 */
export function exchange(
  open: () => Socket,
  line: string,
  { deadlineMs, signal }: AskLimit,
): Promise<Result<string, Trouble>> {
  const request = `${oneLine(line)}\n`;
  if (signal?.aborted === true) return Promise.resolve({ ok: false, fault: { kind: 'abandoned' } });
  return new Promise((resolve) => {
    const socket = open();
    const startMs = performance.now();
    let connected = false;
    let text = '';
    const settle = (result: Result<string, Trouble>): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abandon);
      socket.destroy();
      resolve(result);
    };
    const fail = (fault: Trouble): void => settle({ ok: false, fault });
    const abandon = (): void => fail({ kind: 'abandoned' });
    const timer = setTimeout(
      () => fail({ kind: 'timeout', afterMs: deadlineMs, connected }),
      deadlineMs,
    );
    signal?.addEventListener('abort', abandon);
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      connected = true;
      socket.write(request);
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_ANSWER_BYTES) fail({ kind: 'too-large', limitBytes: MAX_ANSWER_BYTES });
    });
    socket.on('end', () => {
      // A process that was stopped may read an old answer before its timer is due.
      const late = performance.now() - startMs > deadlineMs;
      if (late) fail({ kind: 'timeout', afterMs: deadlineMs, connected });
      else if (text === '') fail({ kind: 'truncated', bytes: 0 });
      else settle({ ok: true, value: text });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => fail(troubleOf(error, text.length)));
  });
}

function troubleOf(error: NodeJS.ErrnoException, bytes: number): Trouble {
  const { code = error.message } = error;
  switch (code) {
    case 'ECONNREFUSED':
      return { kind: 'refused' };
    case 'ENOENT':
      return { kind: 'no-socket' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'permission' };
    case 'ECONNRESET':
    case 'EPIPE':
      return { kind: 'truncated', bytes };
    default:
      return { kind: 'unreachable', code };
  }
}
