// One exchange over one connection: connect, send one line, read until HAProxy closes, all within one deadline.
import type { Socket } from 'node:net';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { oneLine } from '../haproxy/line.ts';
import { failed, watchLimit } from './limit.ts';
import type { Role } from './role.ts';
import { troubleOf } from './trouble-of.ts';

export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * Gives all that came until the peer ended the stream (latin1: one character a byte); whether that is a whole
 * answer is for its reader to find. A reset gives a fault, whatever came before it. Nothing is tried twice.
 * A master's answer may be empty (`reload` on 2.6), and a master ends only after we have (management.txt 9.4).
 * The connection is closed in every case: left open it would keep an old worker alive.
 */
export function exchange(
  open: () => Socket,
  role: Role,
  line: string,
  limit: AskLimit,
): Promise<Result<string, Trouble>> {
  const request = `${oneLine(line)}\n`;
  if (limit.signal?.aborted === true) return Promise.resolve(failed({ kind: 'abandoned' }));
  return new Promise((resolve) => {
    const socket = open();
    let connected = false;
    let text = '';
    const settle = (result: Result<string, Trouble>): void => {
      endLimit();
      socket.destroy();
      resolve(result);
    };
    const fail = (trouble: Trouble): void => settle(failed(trouble));
    const endLimit = watchLimit(limit, () => connected, fail);
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      connected = true;
      if (role === 'master') socket.end(request);
      else socket.write(request);
    });
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_ANSWER_BYTES) fail({ kind: 'too-large', limitBytes: MAX_ANSWER_BYTES });
    });
    socket.on('end', () => {
      const late = endLimit();
      if (late !== null) fail(late);
      else if (text === '' && role === 'worker') fail({ kind: 'truncated', bytes: 0 });
      else settle({ ok: true, value: text });
    });
    socket.on('error', (error) => fail(troubleOf(error, text.length)));
  });
}
