// Where lines of the log go: a reader that has stopped, a full disk or a closed pipe costs lines, never the loop.
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';

/** What may wait for a reader that has stopped reading; beyond it lines are dropped. */
const BACKLOG_BYTES = 1024 * 1024;

export interface LineOutput {
  write(line: string): void;
}

/**
 * Writes to `fd`, of which `stream` is Node.js' own. A pipe, a socket and a terminal are left to the stream, which
 * does not wait for them; a file is written to directly, since the stream gives one up for ever at its first error.
 */
export function lineOutput(fd: number, stream: Writable): LineOutput {
  if (fstatSync(fd).isFile()) {
    return {
      write(line) {
        try {
          writeSync(fd, line);
        } catch {
          // Nothing is left to say it to.
        }
      },
    };
  }
  stream.on('error', () => {});
  return {
    write(line) {
      if (stream.writable && stream.writableLength < BACKLOG_BYTES) stream.write(line);
    },
  };
}
