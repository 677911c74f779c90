// What several settings must agree on. It looks at all that could be read, so that no mistake hides another.
import { posix } from 'node:path';
import type { Link } from './address.ts';
import { checkProxy, linksOf } from './agree-proxy.ts';
import { checkSidecar, mayBeTold } from './agree-sidecar.ts';
import type { Draft } from './check-shape.ts';
import { DEFAULTS } from './defaults.ts';
import { certAndKey, distinct, hasAny, notLonger, objectIf, oneOfTwo } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';
import { TIMINGS } from './timings.ts';
import { wants } from './wants.ts';

type File = Draft<ConfigFile>;
type HookDraft = Draft<NonNullable<ConfigFile['hooks']>[number]>;

export function checkAgreement(file: File): Objection[] {
  const { producers = [], proxies = [], hooks = [], escalate } = file;
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
    ...proxies.flatMap((proxy, i) =>
      proxy ? checkProxy(proxy, ['proxies', i], mayBeTold(file, proxy.name)) : [],
    ),
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
    ...checkSidecar(file),
    ...distinct(
      'a rung',
      (escalate ?? []).map((rung, i) => [['escalate', i], rung]),
    ),
    ...objectIf(
      escalate !== undefined && !escalate.includes('sessions') && !escalate.includes(undefined),
      ['escalate'],
      wants('sessions among them', 'the others are for where closing sessions has failed'),
    ),
    ...hooks.flatMap((hook, i) => hookOf(hook, ['hooks', i])),
    ...serverTls(file.api?.tls, ['api', 'tls']),
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

/** A webhook or a program; the token is for the one that can be sent it. */
function hookOf(hook: HookDraft | undefined, path: Path): Objection[] {
  return [
    ...oneOfTwo(hook, path, 'webhook', 'exec'),
    ...objectIf(
      hook !== undefined && 'tokenFile' in hook && 'exec' in hook && !('webhook' in hook),
      [...path, 'tokenFile'],
      'expected webhook, which it is for, got exec; take it out',
    ),
    ...distinct(
      'an event',
      (hook?.on ?? []).map((event, i) => [[...path, 'on', i], event]),
    ),
  ];
}

/** A server of TLS has both; `ca` alone asks for it too. */
function serverTls(tls: object | undefined, path: Path): Objection[] {
  const neither = hasAny(tls) && tls !== undefined && !('cert' in tls) && !('key' in tls);
  return [
    ...certAndKey(tls, path),
    ...objectIf(neither, path, 'expected cert and key, got neither; add both, or take it out'),
  ];
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
