// Whom a file without faults has mainstay talk to besides HAProxy: its peers, and those who are told of what happens.
import type { Config, HookConfig, PeerConfig } from '../domain/config.ts';
import { besideFile } from './beside.ts';
import { DEFAULTS } from './defaults.ts';
import { durationMs } from './duration.ts';
import type { ConfigFile } from './shape.ts';
import type { Tokens } from './tokens.ts';

export function buildPeers({ peers = [] }: ConfigFile, at: string, tokens: Tokens): PeerConfig[] {
  return peers.map(({ name, url, ca }, i) => ({
    name,
    url: new URL(url).origin,
    token: tokens.peers[i] ?? null,
    ca: ca === undefined ? null : besideFile(at, ca),
  }));
}

/** Throws where the file was not checked. */
export function buildHooks({ hooks = [] }: ConfigFile, tokens: Tokens): HookConfig[] {
  const given = new Map<string, number>();
  return hooks.map(({ on, timeout, webhook, exec = [] }, i) => {
    const [program] = exec;
    const name = webhook === undefined ? `exec ${program}` : `webhook ${new URL(webhook).host}`;
    const count = (given.get(name) ?? 0) + 1;
    given.set(name, count);
    if (webhook === undefined && program === undefined)
      throw new TypeError('a hook that tells nobody');
    return {
      name: count === 1 ? name : `${name} ${count}`,
      on,
      timeoutMs: durationMs(timeout ?? DEFAULTS.hook.timeout),
      to:
        webhook === undefined
          ? { kind: 'exec', argv: exec }
          : { kind: 'webhook', url: webhook, token: tokens.hooks[i] ?? null },
    };
  });
}

/** Throws where the file was not checked. */
export function buildTls({ api }: ConfigFile, at: string): Config['tls'] {
  const { cert, key, ca } = api?.tls ?? {};
  if (cert === undefined && key === undefined && ca === undefined) return null;
  if (cert === undefined || key === undefined)
    throw new TypeError('api.tls without its certificate or its key');
  return {
    cert: besideFile(at, cert),
    key: besideFile(at, key),
    ca: ca === undefined ? null : besideFile(at, ca),
  };
}
