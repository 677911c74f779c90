// The options of `server` and `default-server` lines that mainstay cares for (configuration.txt 5.2).
import type { Spot, Statement } from './config-file.ts';
import { readTimeMs } from './config-time.ts';
import { readCount } from './number.ts';

/** A server as one line, or one number of a `server-template` line, makes it. */
export interface ServerLine extends Omit<GivenServer, 'id'> {
  /** As HAProxy counts, where the line has none. */
  readonly id: number;
}

/** The same before its section is known as a whole. */
export interface GivenServer {
  readonly name: string;
  readonly spot: Spot;
  /** The `id` that its line has; null: none. */
  readonly id: number | null;
  readonly backup: boolean;
  /** How its health is found, by its own checks alone; null: there are none, or other things have a say in it. */
  readonly check: CheckPace | null;
  readonly shutsDown: boolean;
  readonly shutsBackups: boolean;
  /** `non-stick`: what is given to it is not remembered in a stick table. */
  readonly nonStick: boolean;
}

/** `inter`, `fastinter` and `fall`, with their defaults. */
export interface CheckPace {
  readonly interMs: number;
  readonly fastInterMs: number;
  readonly fall: number;
}

/** Options with their values; those without one have ''. */
export type ServerOptions = ReadonlyMap<string, string>;

/** `server-template` makes no more than this of one line here. */
const MAX_SERVERS = 4096;

/** Options that are followed by a value, in any version from 2.6 on: else `cookie backup` would make a backup. */
const WITH_VALUE: ReadonlySet<string> = new Set(
  [
    'addr agent-addr agent-inter agent-port agent-send alpn ca-file cc check-alpn',
    'check-pool-conn-name check-proto check-sni ciphers ciphersuites client-sigalgs cookie',
    'crl-file crt curves downinter error-limit fall fastinter guid hash-key id idle-ping',
    'init-addr init-state inter interface log-bufsize log-proto max-reuse maxconn maxqueue',
    'minconn namespace npn observe on-error on-marked-down on-marked-up pool-conn-name',
    'pool-low-conn pool-max-conn pool-purge-delay port proto proxy-v2-options redir',
    'resolve-net resolve-opts resolve-prefer resolvers rise shard sigalgs slowstart sni',
    'socks4 source ssl-max-ver ssl-min-ver tcp-md5sig tcp-ut track usesrc verify verifyhost',
    'weight ws',
  ].flatMap((line) => line.split(' ')),
);

/** Options that take another one back. */
const UNDOES = new Map([
  ['no-check', 'check'],
  ['no-backup', 'backup'],
  ['no-agent-check', 'agent-check'],
  ['stick', 'non-stick'],
]);

/** What `words` make of the options that were in force before them. */
export function readOptions(words: readonly string[], before: ServerOptions): ServerOptions {
  const options = new Map(before);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const undone = UNDOES.get(word);
    if (undone !== undefined) options.delete(undone);
    else if (WITH_VALUE.has(word)) options.set(word, words[(at += 1)] ?? '');
    else options.set(word, '');
  }
  return options;
}

/** The servers of a `server` or `server-template` statement; null where they cannot be known. */
export function readServers(
  { words, spot, sure }: Statement,
  defaults: ServerOptions,
): readonly GivenServer[] | null {
  const [keyword, name = '', third = '', ...rest] = words;
  const names = keyword === 'server' ? [name] : templateNames(name, third);
  // After the name, or the range, comes the address: no option, whatever it looks like.
  const options = readOptions(keyword === 'server' ? rest : rest.slice(1), defaults);
  const check = checkOf(options);
  if (!sure || names === null || check === 'unknown') return null;
  return names.map((each) => ({
    name: each,
    spot,
    id: keyword === 'server' ? readCount(options.get('id')) : null,
    backup: options.has('backup'),
    check,
    shutsDown: options.get('on-marked-down') === 'shutdown-sessions',
    shutsBackups: options.get('on-marked-up') === 'shutdown-backup-sessions',
    nonStick: options.has('non-stick'),
  }));
}

function templateNames(prefix: string, range: string): readonly string[] | null {
  const [, low = '1', high = ''] = /^(?:(\d{1,6})-)?(\d{1,6})$/.exec(range) ?? [];
  const count = Number(high) - Number(low) + 1;
  if (high === '' || count < 1 || count > MAX_SERVERS) return null;
  return Array.from({ length: count }, (_, i) => `${prefix}${Number(low) + i}`);
}

function checkOf(options: ServerOptions): CheckPace | null | 'unknown' {
  const interMs = readTimeMs(options.get('inter') ?? '2s');
  const fastInterMs = readTimeMs(options.get('fastinter') ?? options.get('inter') ?? '2s');
  const fall = readCount(options.get('fall') ?? '3');
  if (interMs === null || fastInterMs === null || fall === null) return 'unknown';
  const others = ['track', 'observe', 'agent-check'].some((name) => options.has(name));
  return options.has('check') && !others ? { interMs, fastInterMs, fall } : null;
}
