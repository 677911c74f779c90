// What contract.md names and this version does not do: refused rather than left out in silence.
import type { Draft } from './check-shape.ts';
import { hasAny, objectIf } from './objections.ts';
import type { Objection } from './objections.ts';
import type { Path } from './problem.ts';
import type { ConfigFile } from './shape.ts';

type File = Draft<ConfigFile>;

/** One objection for each value that is neither its default nor off. */
export function checkBuilt(file: File): Objection[] {
  const { producers = [] } = file;
  return [
    ...producers.flatMap((producer, i) =>
      typeof producer === 'object'
        ? (['probe', 'forging'] as const).flatMap((key) =>
            notYet(producer[key] !== undefined, ['producers', i, key]),
          )
        : [],
    ),
    ...notYet(hasAny(file.schedule?.files), ['schedule', 'files']),
  ];
}

function notYet(asked: boolean, path: Path): Objection[] {
  return objectIf(asked, path, 'not yet supported');
}
