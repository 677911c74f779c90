// The log: pino's JSON lines, or the same as plain lines for people.
import { isatty } from 'node:tty';
import { pino } from 'pino';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import { lineOutput } from './line-output.ts';
import type { LineOutput } from './line-output.ts';
import { prettyLine } from './pretty-line.ts';

/** No field of these names is logged with its value, at the top or one level down. */
const SECRETS = ['token', 'password', 'passphrase', 'secret', 'authorization', 'privateKey'];

/** Writes to `to`, or to stdout, where a terminal gets colour; it never throws and never waits. */
export function makeLog(config: Config['log'], to?: LineOutput): Log {
  const out = to ?? lineOutput(1, process.stdout);
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
