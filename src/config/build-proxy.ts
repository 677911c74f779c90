// One proxy of a file without faults: its ways, each with the files and the keys that it needs, and its remedies.
import type {
  Address,
  ProxyConfig,
  Remedy,
  SshLogin,
  StatsPage,
  TlsFiles,
} from '../domain/config.ts';
import { parseLink } from './address.ts';
import { besideFile } from './beside.ts';
import type { ConfigFile } from './shape.ts';

type InFile = ConfigFile['proxies'][number];

/** `at` is where the file is; `self` the proxy beside this mainstay, or null. */
export function buildProxy(proxy: InFile, at: string, self: string | null): ProxyConfig {
  const { name, drive, reload } = proxy;
  const runtime = addressOf(proxy.runtime, proxy, at);
  const master = addressOf(proxy.master, proxy, at);
  const login = [runtime, master].find((address) => address?.kind === 'ssh') ?? null;
  return {
    name,
    runtime,
    master,
    stats: pageOf(proxy, at),
    drive: drive === undefined ? (self ?? name) === name : drive,
    reload: reload === 'master' ? reload : remedyOf(reload, login),
    restart: remedyOf(proxy.restart, login),
  };
}

/** Throws where the file was not checked. */
function addressOf(text: string | undefined, proxy: InFile, at: string): Address | null {
  if (text === undefined) return null;
  const link = parseLink(text);
  if (!link.ok) throw new TypeError(link.fault);
  switch (link.value.kind) {
    case 'unix':
    case 'tcp':
      return link.value;
    case 'tls':
      return { ...link.value, tls: tlsFiles(proxy, at) };
    case 'ssh': {
      const { key, hostKey, via = 'command' } = proxy.ssh ?? {};
      if (key === undefined || hostKey === undefined)
        throw new TypeError('ssh without its key or the key of the host');
      return { ...link.value, keyFile: besideFile(at, key), hostKey, via };
    }
    default:
      return link.value satisfies never;
  }
}

function tlsFiles({ tls = {} }: InFile, at: string): TlsFiles {
  const file = (path: string | undefined) => (path === undefined ? null : besideFile(at, path));
  return {
    ca: file(tls.ca),
    cert: file(tls.cert),
    key: file(tls.key),
    serverName: tls.serverName ?? null,
  };
}

/** The URL as it is sent, with a path: `;csv` behind a bare host would become a part of its name. */
function pageOf(proxy: InFile, at: string): StatsPage | null {
  const { stats, auth } = proxy;
  if (stats === undefined) return null;
  return {
    url: new URL(stats).href,
    auth:
      auth === undefined
        ? null
        : { username: auth.username, passwordFile: besideFile(at, auth.passwordFile) },
    tls: tlsFiles(proxy, at),
  };
}

/** The login is that of the runtime address, else of the master's. Throws where the file was not checked. */
function remedyOf(remedy: InFile['restart'] | 'master', login: Address | null): Remedy | null {
  if (remedy === undefined || remedy === 'master') return null;
  const { ssh, exec } = remedy;
  if (exec !== undefined) return { kind: 'exec', argv: exec };
  if (ssh === undefined || login?.kind !== 'ssh') throw new TypeError('a remedy without its way');
  return { kind: 'ssh', login: loginOf(login), command: ssh };
}

function loginOf({ user, host, port, keyFile, hostKey }: SshLogin): SshLogin {
  return { user, host, port, keyFile, hostKey };
}
