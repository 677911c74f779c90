// What an error of a socket means, on the way to HAProxy and on a connection that stands.
import type { Trouble } from '../domain/fault.ts';

/** By the operating system's code. `bytes`: how much of an answer had come by then. */
export function troubleOf(error: NodeJS.ErrnoException, bytes = 0): Trouble {
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

/** Words of another program, for a fault: their first line, at most 200 characters. */
export function firstWords(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').slice(0, 200);
}
