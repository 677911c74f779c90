// What several settings must agree on. It looks at all that could be read, so that no mistake hides another.
import { posix } from 'node:path';
import type { Link } from './address.ts';
import { checkProxy, linksOf } from './agree-proxy.ts';
import type { ProxyDraft } from './agree-proxy.ts';
import type { Draft } from './check-shape.ts';
import { DEFAULTS } from './defaults.ts';
import { certAndKey, distinct, notLonger, objectIf, oneOfTwo } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { TIMINGS } from './timings.ts';
import { wants } from './wants.ts';

type File = Draft<ConfigFile>;

export function checkAgreement(file: File): Objection[] {
  const { producers = [], proxies = [], peers = [], hooks = [], escalate } = file;
  return [
    ...pollFits(file),
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
    ...proxies.flatMap((proxy, i) => (proxy ? checkProxy(proxy, ['proxies', i]) : [])),
    ...distinct(
      'a name',
      proxies.map((proxy, i) => [['proxies', i, 'name'], proxy?.name]),
    ),
    ...distinct(
      'an address',
      proxies.flatMap((proxy, i) =>
        linksOf(proxy).map(([key, link]) => [['proxies', i, key], whereabouts(link)] as const),
      ),
    ),
    ...distinct(
      'an address',
      proxies.map((proxy, i) => [
        ['proxies', i, 'stats'],
        proxy?.stats && new URL(proxy.stats).href,
      ]),
    ),
    ...drivenBeside(file),
    ...distinct(
      'a rung',
      (escalate ?? []).map((rung, i) => [['escalate', i], rung]),
    ),
    ...objectIf(
      escalate !== undefined && !escalate.includes('sessions') && !escalate.includes(undefined),
      ['escalate'],
      wants('sessions among them', 'the others are for where closing sessions has failed'),
    ),
    ...distinct(
      'a name',
      peers.map((peer, i) => [['peers', i, 'name'], peer?.name]),
    ),
    ...peers.flatMap((peer, i) => peerOf(file, peer?.name, ['peers', i, 'name'])),
    ...hooks.flatMap((hook, i) => oneOfTwo(hook, ['hooks', i], 'webhook', 'exec')),
    ...certAndKey(file.api?.tls, ['api', 'tls']),
  ];
}

/** A timeout that nobody wrote is shortened to fit (build.ts). Silent where `timing`, whose interval it is, was refused. */
function pollFits(file: File): Objection[] {
  const { poll, timing } = file;
  if (poll?.timeout === undefined || ('timing' in file && timing === undefined)) return [];
  const usual = TIMINGS[timing ?? DEFAULTS.timing].poll;
  return notLonger(poll, ['poll'], ['timeout', 'interval'], usual);
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
  proxies: readonly (ProxyDraft | undefined)[],
  path: Path,
): Objection[] {
  const names = proxies.map((proxy) => proxy?.name);
  if (names.length === 0 || names.includes(undefined) || names.includes(name)) return [];
  const some = `${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
  return [{ path, message: wants(`the name of a proxy (${some})`) }];
}

/** The same text for two ways of writing the same address, whoever logs in there. */
function whereabouts(link: Link): string {
  switch (link.kind) {
    case 'unix':
      return `unix:${posix.normalize(link.path)}`;
    case 'tcp':
    case 'tls':
      return `${link.host.toLowerCase()} ${link.port}`;
    case 'ssh':
      return `ssh:${link.host.toLowerCase()} ${link.port} ${posix.normalize(link.path)}`;
    default:
      return link satisfies never;
  }
}
