// What contract.md names and this version does not do: refused rather than left out in silence.
import type { Draft } from './check-shape.ts';
import { hasAny, objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';

type File = Draft<ConfigFile>;

/** One objection for each value that is neither its default nor off. */
export function checkBuilt(file: File): Objection[] {
  const { producers = [], proxies = [] } = file;
  return [
    ...producers.flatMap((producer, i) =>
      typeof producer === 'object'
        ? (['probe', 'forging'] as const).flatMap((key) =>
            notYet(producer[key] !== undefined, ['producers', i, key]),
          )
        : [],
    ),
    ...proxies.flatMap((proxy, i) =>
      notYet(proxy?.drive === 'standby', ['proxies', i, 'drive'], 'use true or false'),
    ),
    ...notYet(hasAny(file.api?.tls), ['api', 'tls']),
    ...notYet(hasAny(file.schedule?.files), ['schedule', 'files']),
    ...notYet(hasAny(file.peers), ['peers']),
    ...notYet(hasAny(file.hooks), ['hooks']),
  ];
}

function notYet(asked: boolean, path: Path, instead?: string): Objection[] {
  return objectIf(asked, path, `not yet supported${instead === undefined ? '' : `; ${instead}`}`);
}
