// What is allowed and yet deserves a word.
import { isIP } from 'node:net';
import type { Config, ProxyConfig } from '../domain/config.ts';
import { objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { ConfigFile } from './shape.ts';

/** The second: what was written by hand. */
export function cautionsFor(
  config: Omit<Config, 'warnings'>,
  { escalate = [], pin }: Pick<ConfigFile, 'escalate' | 'pin'>,
): Objection[] {
  const { policy } = config;
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
    ...apiInClear(config),
    ...peersApart(config),
    ...tokensInClear(config),
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

/** What others than this host get of it, and what they can read on the way. */
function apiInClear({ listen, token, tls }: Omit<Config, 'warnings'>): Objection[] {
  if (isLoopback(listen.host)) return [];
  const path = ['listen'];
  if (token !== null)
    return objectIf(
      tls === null,
      path,
      'whoever reads the token on the way gives orders with it: there is no api.tls; add a certificate and its key',
    );
  const given = 'others than this host get only /metrics and the health pages';
  return [
    {
      path,
      message:
        tls === null
          ? `${given}, in clear: there is neither api.tokenFile nor api.tls`
          : `${given}: there is no api.tokenFile`,
    },
  ];
}

/** A peer on this host needs neither. */
function peersApart({ peers, token, listen }: Omit<Config, 'warnings'>): Objection[] {
  if (peers.every(({ url }) => isLoopback(new URL(url).hostname))) return [];
  return [
    ...objectIf(
      token === null,
      ['peers'],
      'a peer on another host cannot read this mainstay: there is no api.tokenFile',
    ),
    ...objectIf(
      isLoopback(listen.host),
      ['listen'],
      'a peer on another host cannot reach this mainstay, which listens to its own host alone; write listen: HOST:PORT with an address of the network between them',
    ),
  ];
}

function tokensInClear({ peers, hooks }: Omit<Config, 'warnings'>): Objection[] {
  const shown = [
    ...peers.map(({ url, token }, i) => ({ url, token, path: ['peers', i, 'url'] })),
    ...hooks.flatMap(({ to }, i) =>
      to.kind === 'webhook' ? [{ ...to, path: ['hooks', i, 'webhook'] }] : [],
    ),
  ];
  return shown.flatMap(({ url, token, path }) => {
    const { protocol, hostname } = new URL(url);
    return objectIf(
      token !== null && protocol === 'http:' && !isLoopback(hostname),
      path,
      'the token crosses the network in clear, for whoever reads it there to use; use https:',
    );
  });
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
