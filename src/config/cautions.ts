// What is allowed and yet deserves a word.
import { isIP } from 'node:net';
import type { Config } from '../domain/config.ts';
import { objectIf } from './objections.ts';
import type { Objection } from './objections.ts';

/** `tokenShared`: others than its owner may read the token's file. */
export function cautionsFor(config: Omit<Config, 'warnings'>, tokenShared: boolean): Objection[] {
  const { policy, listen, token } = config;
  return [
    ...config.proxies.flatMap(({ runtime }, i) =>
      objectIf(
        runtime.kind === 'tcp',
        ['proxies', i, 'runtime'],
        'a plain TCP socket gives admin rights to anybody who can reach it; prefer unix:PATH',
      ),
    ),
    ...objectIf(
      policy.mode === 'converge' && !policy.proxies.some(({ drive }) => drive),
      ['proxies'],
      'none of these is driven: nothing will be done, only watched',
    ),
    ...objectIf(
      token === null && !isLoopback(listen.host),
      ['listen'],
      'others than this host get only /metrics and the health pages: there is no api.tokenFile',
    ),
    ...objectIf(
      tokenShared,
      ['api', 'tokenFile'],
      "others than the file's owner can read the token; chmod 600 it",
    ),
  ];
}

function isLoopback(host: string): boolean {
  return (
    host.toLowerCase() === 'localhost' ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}
