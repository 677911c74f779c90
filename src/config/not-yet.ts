// What contract.md names and this version does not do: refused rather than left out in silence.
import { parseLink } from './address.ts';
import type { Draft } from './check-shape.ts';
import { DEFAULTS } from './defaults.ts';
import { objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';

type File = Draft<ConfigFile>;

/** One objection for each value that is neither its default nor off. */
export function checkBuilt(file: File): Objection[] {
  const { producers = [], proxies = [], escalate = ['sessions'] } = file;
  return [
    ...producers.flatMap((producer, i) =>
      typeof producer === 'object'
        ? (['probe', 'forging'] as const).flatMap((key) =>
            notYet(producer[key] !== undefined, ['producers', i, key]),
          )
        : [],
    ),
    ...proxies.flatMap((proxy, i) => (proxy === undefined ? [] : ofProxy(proxy, ['proxies', i]))),
    ...notYet(!isOff(file.timing, 'normal'), ['timing'], 'use normal, and single durations'),
    ...notYet(!isOff(file.steer, 'auto', 'none'), ['steer'], 'use auto or none'),
    ...notYet(!isOff(file.pin?.table, DEFAULTS.pin.table), ['pin', 'table']),
    ...notYet(!isOff(file.events, 'auto', 'off'), ['events'], 'use auto or off'),
    ...escalate.flatMap((rung, i) => notYet(rung === 'restart', ['escalate', i])),
    ...notYet(
      !escalate.includes('sessions') && !escalate.includes(undefined),
      ['escalate'],
      'include sessions',
    ),
    ...notYet(hasAny(file.api?.tls), ['api', 'tls']),
    ...notYet(hasAny(file.schedule?.files), ['schedule', 'files']),
    ...notYet(hasAny(file.peers), ['peers']),
    ...notYet(hasAny(file.hooks), ['hooks']),
  ];
}

function ofProxy(
  proxy: NonNullable<NonNullable<File['proxies']>[number]>,
  path: Path,
): Objection[] {
  const link = proxy.runtime === undefined ? undefined : parseLink(proxy.runtime);
  const far = link?.ok === true && (link.value.kind === 'tls' || link.value.kind === 'ssh');
  return [
    ...notYet(far, [...path, 'runtime'], 'use unix:PATH or tcp:HOST:PORT'),
    ...(['master', 'stats', 'reload', 'restart'] as const).flatMap((key) =>
      notYet(proxy[key] !== undefined, [...path, key]),
    ),
    ...(['tls', 'ssh', 'auth'] as const).flatMap((key) =>
      notYet(hasAny(proxy[key]), [...path, key]),
    ),
    ...notYet(proxy.drive === 'standby', [...path, 'drive'], 'use true or false'),
  ];
}

function notYet(asked: boolean, path: Path, instead?: string): Objection[] {
  return objectIf(asked, path, `not yet supported${instead === undefined ? '' : `; ${instead}`}`);
}

/** Not given, or one of the values that ask for nothing. */
function isOff(value: string | undefined, ...off: readonly string[]): boolean {
  return value === undefined || off.includes(value);
}

function hasAny(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0;
}
