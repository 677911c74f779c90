// What several settings must agree on. It looks at all that could be read, so that no mistake hides another.
import { posix } from 'node:path';
import { LINK_FORMS, parseLink } from './address.ts';
import type { Draft } from './check-shape.ts';
import { DEFAULTS } from './defaults.ts';
import { certAndKey, distinct, notLonger, objectIf, oneOfTwo } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { wants } from './wants.ts';

type File = Draft<ConfigFile>;
type Proxy = NonNullable<NonNullable<File['proxies']>[number]>;

export function checkAgreement(file: File): Objection[] {
  const { producers = [], proxies = [], peers = [], hooks = [] } = file;
  return [
    // A timeout that nobody wrote is shortened to fit (build.ts).
    ...(file.poll?.timeout === undefined
      ? []
      : notLonger(file.poll, ['poll'], ['timeout', 'interval'], DEFAULTS.poll)),
    ...notLonger(file.schedule, ['schedule'], ['critical', 'before'], DEFAULTS.schedule),
    ...producers.flatMap((producer, i) =>
      typeof producer === 'object' ? insideProducer(producer, ['producers', i]) : [],
    ),
    ...distinct(
      'a name',
      producers.map((producer, i) =>
        typeof producer === 'object'
          ? [['producers', i, 'name'], producer.name]
          : [['producers', i], producer],
      ),
    ),
    ...proxies.flatMap((proxy, i) => (proxy ? insideProxy(proxy, ['proxies', i]) : [])),
    ...distinct(
      'a name',
      proxies.map((proxy, i) => [['proxies', i, 'name'], proxy?.name]),
    ),
    ...distinct(
      'an address',
      proxies.map((proxy, i) => [['proxies', i, 'runtime'], whereabouts(proxy?.runtime)]),
    ),
    ...drivenBeside(file),
    ...distinct(
      'a name',
      peers.map((peer, i) => [['peers', i, 'name'], peer?.name]),
    ),
    ...peers.flatMap((peer, i) => peerOf(file, peer?.name, ['peers', i, 'name'])),
    ...hooks.flatMap((hook, i) => oneOfTwo(hook, ['hooks', i], 'webhook', 'exec')),
    ...certAndKey(file.api?.tls, ['api', 'tls']),
  ];
}

function insideProducer(
  { probe, forging }: Draft<Exclude<NonNullable<ConfigFile['producers']>[number], string>>,
  path: Path,
): Objection[] {
  return [
    ...(probe === undefined
      ? []
      : notLonger(probe, [...path, 'probe'], ['timeout', 'interval'], DEFAULTS.probe)),
    ...oneOfTwo(forging, [...path, 'forging'], 'ssh', 'local'),
  ];
}

function insideProxy(proxy: Proxy, path: Path): Objection[] {
  const remedy = (key: 'reload' | 'restart') =>
    typeof proxy[key] === 'object' ? oneOfTwo(proxy[key], [...path, key], 'ssh', 'exec') : [];
  const { reload } = proxy;
  return [
    ...objectIf(!('runtime' in proxy || 'stats' in proxy), [...path, 'runtime'], wants(LINK_FORMS)),
    ...objectIf(
      reload === 'master' && !('master' in proxy),
      [...path, 'master'],
      wants(`${LINK_FORMS}, since reload is master`),
    ),
    ...remedy('reload'),
    ...remedy('restart'),
    ...certAndKey(proxy.tls, [...path, 'tls']),
  ];
}

/** With `self`, nothing but the proxy of that name is driven: a second driver would work against its owner. */
function drivenBeside({ self, proxies = [] }: File): Objection[] {
  if (self === undefined) return [];
  const others = proxies.flatMap((proxy, i) =>
    objectIf(
      proxy?.drive === true && proxy.name !== undefined && proxy.name !== self,
      ['proxies', i, 'drive'],
      wants('false, since with self only that proxy is driven'),
    ),
  );
  return [...proxyNamed(self, proxies, ['self']), ...others];
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
  proxies: readonly (Proxy | undefined)[],
  path: Path,
): Objection[] {
  const names = proxies.map((proxy) => proxy?.name);
  if (names.length === 0 || names.includes(undefined) || names.includes(name)) return [];
  const some = `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
  return [{ path, message: wants(`the name of a proxy (${some})`) }];
}

/** The same text for two ways of writing the same address. */
function whereabouts(text: string | undefined): string | undefined {
  const link = text === undefined ? undefined : parseLink(text);
  if (link?.ok !== true) return undefined;
  switch (link.value.kind) {
    case 'unix':
      return `unix:${posix.normalize(link.value.path)}`;
    case 'tcp':
    case 'tls':
      return `${link.value.host.toLowerCase()} ${link.value.port}`;
    case 'ssh':
      return link.value.text;
    default:
      return link.value satisfies never;
  }
}
