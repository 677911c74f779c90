// What the settings of one proxy must agree on: each way to it with its key and certificates, each remedy with its way.
import { LINK_FORMS, parseLink } from './address.ts';
import type { Link } from './address.ts';
import type { Draft } from './check-shape.ts';
import { certAndKey, hasAny, objectIf, oneOfTwo } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { wants } from './wants.ts';

export type ProxyDraft = Draft<ConfigFile['proxies'][number]>;

/** `told`: a peer tells of it, so that it may go without a way of its own. */
export function checkProxy(proxy: ProxyDraft, path: Path, told: boolean): Objection[] {
  const { reload, restart } = proxy;
  return [
    ...objectIf(
      !('runtime' in proxy || 'stats' in proxy || told),
      [...path, 'runtime'],
      wants(LINK_FORMS),
    ),
    ...objectIf(
      reload === 'master' && !('master' in proxy),
      [...path, 'master'],
      wants(`${LINK_FORMS}, since reload is master`),
    ),
    ...sshOf(proxy, path),
    ...tlsOf(proxy, path),
    ...objectIf(
      hasAny(proxy.auth) && !('stats' in proxy),
      [...path, 'auth'],
      'expected stats, the page that it is for, got none; add stats: URL, or take it out',
    ),
    ...remedyOf(proxy, reload === 'master' ? undefined : reload, [...path, 'reload']),
    ...remedyOf(proxy, restart, [...path, 'restart']),
  ];
}

/** The addresses of its sockets that could be read, each with its key. */
export function linksOf(
  proxy: ProxyDraft | undefined,
): readonly (readonly ['runtime' | 'master', Link])[] {
  return (['runtime', 'master'] as const).flatMap((key) => {
    const link = parseLink(proxy?.[key] ?? '');
    return link.ok ? [[key, link.value] as const] : [];
  });
}

function sshOf(proxy: ProxyDraft, path: Path): Objection[] {
  const at = [...path, 'ssh'];
  const used = linksOf(proxy).find(([, { kind }]) => kind === 'ssh');
  if (used === undefined)
    return objectIf(
      hasAny(proxy.ssh) && allRead(proxy, ['runtime', 'master']),
      at,
      'expected an ssh: runtime or master that it is for, got none; correct the address, or take it out',
    );
  const { ssh = {} } = proxy;
  // One that could not be read may have had all that is needed.
  if (!allRead(proxy, ['ssh'])) return [];
  return [
    ...objectIf(
      !('key' in ssh),
      [...at, 'key'],
      wants(`the file of the private key, since ${used[0]} is reached by SSH`),
    ),
    ...objectIf(
      !('hostKey' in ssh),
      [...at, 'hostKey'],
      wants(
        "the fingerprint of that host's key (SHA256:…)",
        'have it printed there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      ),
    ),
  ];
}

function tlsOf(proxy: ProxyDraft, path: Path): Objection[] {
  const used =
    linksOf(proxy).some(([, { kind }]) => kind === 'tls') ||
    proxy.stats?.startsWith('https:') === true;
  return [
    ...certAndKey(proxy.tls, [...path, 'tls']),
    ...objectIf(
      hasAny(proxy.tls) && !used && allRead(proxy, ['runtime', 'master', 'stats']),
      [...path, 'tls'],
      'expected a tls: runtime or master, or an https: stats page, that it is for, got none; correct the address, or take it out',
    ),
  ];
}

function remedyOf(
  proxy: ProxyDraft,
  remedy: { readonly ssh?: unknown; readonly exec?: unknown } | undefined,
  path: Path,
): Objection[] {
  const login = linksOf(proxy).some(([, { kind }]) => kind === 'ssh');
  return [
    ...oneOfTwo(remedy, path, 'ssh', 'exec'),
    ...objectIf(
      remedy?.ssh !== undefined &&
        !('exec' in remedy) &&
        !login &&
        allRead(proxy, ['runtime', 'master']),
      [...path, 'ssh'],
      'expected an ssh: runtime or master, whose login it uses, got none; use exec, such as exec: [ssh, USER@HOST, COMMAND]',
    ),
  ];
}

/** False where one of these is there and was refused: it may be what another one asks for. */
function allRead(proxy: ProxyDraft, keys: readonly (keyof ProxyDraft)[]): boolean {
  return keys.every((key) => !(key in proxy) || proxy[key] !== undefined);
}
