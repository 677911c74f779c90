// The log: pino's JSON lines, or the same as plain lines for people.
import { isatty } from 'node:tty';
import { pino } from 'pino';
import type { Config } from '../domain/config.ts';
import type { Log } from '../domain/ports.ts';
import { lineOutput } from './line-output.ts';
import type { LineOutput } from './line-output.ts';
import { prettyLine } from './pretty-line.ts';

/** No field of these names is logged with its value, at the top or up to three levels down. */
const SECRETS = [
  'token',
  'password',
  'passphrase',
  'secret',
  'authorization',
  'Authorization',
  'privateKey',
];
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];

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
      serializers: { err: errorFacts },
      redact: {
        paths: SECRETS.flatMap((name) => DEPTHS.map((above) => above + name)),
        censor: '[hidden]',
      },
    },
    config.format === 'json' ? out : { write: (line) => out.write(prettyLine(line, colour)) },
  );
}

/** An error as it is logged. A library may hang more on one: axios the request, with its headers. */
function errorFacts(err: unknown): unknown {
  if (!(err instanceof Error)) return err;
  const { name: type, message, stack } = err;
  return 'code' in err ? { type, message, code: err.code, stack } : { type, message, stack };
}
