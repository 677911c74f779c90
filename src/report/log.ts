// The log: pino's JSON lines, or the same as plain lines for people.
import { isatty } from 'node:tty';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import { prettyLine } from './pretty-line.ts';

/** What may wait for a reader of stdout that has stopped reading; beyond it lines are dropped. */
const BACKLOG_BYTES = 1024 * 1024;

/** No field of these names is logged with its value, at the top or one level down. */
const SECRETS = ['token', 'password', 'passphrase', 'secret', 'authorization', 'privateKey'];

/**
 * Writes to `to`, or to stdout: then never in the loop's way, since a reader that has stopped, a full
 * disk or a closed pipe costs lines, not time. What is left is written out when the process exits.
 */
export function makeLog(config: Config['log'], to?: DestinationStream): Log {
  const out = to ?? stdout();
  const colour = to === undefined && isatty(1) && (process.env['NO_COLOR'] ?? '') === '';
  return pino(
    {
      level: config.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    },
    config.format === 'json' ? out : { write: (line) => out.write(prettyLine(line, colour)) },
  );
}

function stdout(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: false, maxLength: BACKLOG_BYTES });
  // Without a listener a full disk behind stdout would end the supervisor.
  stream.on('error', () => {});
  return stream;
}
