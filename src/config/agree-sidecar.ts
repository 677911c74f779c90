// What `self`, `peers` and each proxy's `drive` must agree on: whose each proxy is, and what each supervisor needs there.
import { LINK_FORMS } from './address.ts';
import type { ProxyDraft } from './agree-proxy.ts';
import type { Draft } from './check-shape.ts';
import { distinct, objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { wants } from './wants.ts';

type File = Draft<ConfigFile>;

export function checkSidecar(file: File): Objection[] {
  const { self, proxies = [], peers = [] } = file;
  return [
    ...(self === undefined ? [] : proxyNamed(self, proxies, ['self'])),
    ...proxies.flatMap((proxy, i) => (proxy ? driveOf(file, proxy, ['proxies', i]) : [])),
    ...objectIf(
      peers.length > 0 && !('self' in file),
      ['peers'],
      'expected self beside them, got none; add self: NAME, the proxy that this mainstay stands beside',
    ),
    ...distinct(
      'a name',
      peers.map((peer, i) => [['peers', i, 'name'], peer?.name]),
    ),
    ...distinct(
      'an address',
      peers.map((peer, i) => [['peers', i, 'url'], peer?.url && new URL(peer.url).origin]),
    ),
    ...peers.flatMap((peer, i) => peerOf(file, peer?.name, ['peers', i, 'name'])),
  ];
}

/** Whether a peer may tell of the proxy of that name: a name that was refused, on either side, may be the one. */
export function mayBeTold(file: File, name: string | undefined): boolean {
  const { peers } = file;
  if (peers === undefined) return 'peers' in file;
  return peers.some((peer) => [undefined, name].includes(peer?.name) || name === undefined);
}

/** With `self`, nothing but the proxy of that name is driven: a second driver would work against its owner. */
function driveOf(file: File, proxy: ProxyDraft, path: Path): Objection[] {
  const { self, steer } = file;
  const { name, drive } = proxy;
  const at = [...path, 'drive'];
  if (drive === true) {
    const other = self !== undefined && name !== undefined && name !== self;
    return objectIf(
      other,
      at,
      wants('false or standby, since with self only that proxy is driven'),
    );
  }
  if (drive !== 'standby') return [];
  const plain = self === undefined ? 'true or false' : 'false';
  return [
    ...objectIf(
      !('runtime' in proxy),
      [...path, 'runtime'],
      wants(
        `${LINK_FORMS}, since drive is standby`,
        "the heartbeat of that proxy's own mainstay is read there",
      ),
    ),
    ...objectIf(
      name !== undefined && name === self,
      at,
      wants('true or false, since this is the proxy of self'),
    ),
    ...objectIf(
      name !== undefined && !mayBeTold(file, name),
      at,
      wants(
        `${plain}, since no peer has its name`,
        'for standby, name its own mainstay under peers',
      ),
    ),
    ...objectIf(
      steer === 'none',
      at,
      wants(
        `${plain}, since steer is none`,
        "standby needs the pin table, where the heartbeat of that proxy's own mainstay stands",
      ),
    ),
  ];
}

function peerOf({ self, proxies = [] }: File, name: string | undefined, path: Path): Objection[] {
  if (name === undefined) return [];
  return name === self
    ? [{ path, message: wants('a proxy other than self') }]
    : proxyNamed(name, proxies, path);
}

/** Silent while a proxy's name could not be read: it may be the one that is meant. */
function proxyNamed(
  name: string,
  proxies: readonly (ProxyDraft | undefined)[],
  path: Path,
): Objection[] {
  const names = proxies.map((proxy) => proxy?.name);
  if (names.length === 0 || names.includes(undefined) || names.includes(name)) return [];
  const some = `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
  return [{ path, message: wants(`the name of a proxy (${some})`) }];
}
