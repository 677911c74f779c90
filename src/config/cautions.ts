// What is allowed and yet deserves a word.
import { isIP } from 'node:net';
import type { Config, ProxyConfig } from '../domain/config.ts';
import { objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { ConfigFile } from './shape.ts';

/** `file`: what was written by hand; `tokenShared`: others than its owner may read the token's file. */
export function cautionsFor(
  config: Omit<Config, 'warnings'>,
  { escalate = [], pin }: Pick<ConfigFile, 'escalate' | 'pin'>,
  tokenShared: boolean,
): Objection[] {
  const { policy, listen, token } = config;
  return [
    ...config.proxies.flatMap(inClear),
    ...escalate.flatMap((rung, i) =>
      objectIf(
        rung !== 'sessions' && policy.proxies.every((proxy) => !proxy[rung]),
        ['escalate', i],
        `no proxy has a way to ${rung} it, so that this rung is never climbed; give one "${rung}:", or take it out`,
      ),
    ),
    ...objectIf(
      policy.steer === 'none' && pin?.table !== undefined,
      ['pin', 'table'],
      'no pin is written to it, since steer is none; write "steer: auto", or take it out',
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

function inClear({ runtime, master, stats }: ProxyConfig, i: number): Objection[] {
  const url = stats === null ? null : new URL(stats.url);
  return [
    ...Object.entries({ runtime, master }).flatMap(([key, address]) =>
      objectIf(
        address?.kind === 'tcp',
        ['proxies', i, key],
        'a plain TCP socket gives admin rights to anybody who can reach it; prefer unix:PATH, tls: or ssh:',
      ),
    ),
    ...objectIf(
      stats?.auth != null && url?.protocol === 'http:' && !isLoopback(url.hostname),
      ['proxies', i, 'stats'],
      'the password crosses the network in clear, and closes sessions for whoever reads it there; use https:',
    ),
  ];
}

/** A URL has an IPv6 address in brackets. */
function isLoopback(host: string): boolean {
  return (
    host.toLowerCase() === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}
