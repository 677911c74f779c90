// The few forms of disagreement between settings: twins, one longer than another, one of two, both or neither.
import { parseDuration } from './duration.ts';
import { pathText } from './problem.ts';
import type { Path } from './problem.ts';
import { wants } from './wants.ts';

/** A setting that may not be as it is, though its form is right; the message still waits for what was found. */
export interface Objection {
  readonly path: Path;
  readonly message: string;
}

/** The objection, if there is cause for it. */
export function objectIf(cause: boolean, path: Path, message: string): Objection[] {
  return cause ? [{ path, message }] : [];
}

/** Whether a map or a list asks for anything. */
export function hasAny(value: object | undefined): boolean {
  return value !== undefined && Object.keys(value).length > 0;
}

/** A map of which the values may have been refused: such a key is there, and undefined. */
type Partly = object | undefined;

/** Each value once. A value of undefined is unknown, and no twin of anything. */
export function distinct(what: string, items: readonly (readonly [Path, unknown])[]): Objection[] {
  const first = new Map<unknown, Path>();
  return items.flatMap(([path, value]) => {
    const twin = first.get(value);
    if (value !== undefined && twin !== undefined)
      return [{ path, message: wants(`${what} of its own`, `${pathText(twin)} has the same`) }];
    first.set(value, path);
    return [];
  });
}

/** The duration `short` of a map is at most its duration `long`, counting the defaults of what is not given. */
export function notLonger<Short extends string, Long extends string>(
  map: { readonly [Key in Short | Long]?: string | undefined } | undefined,
  path: Path,
  [short, long]: readonly [Short, Long],
  defaults: { readonly [Key in Short | Long]: string },
): Objection[] {
  const value = (key: Short | Long) => (map !== undefined && key in map ? map[key] : defaults[key]);
  const shortMs = parseDuration(value(short) ?? '');
  const longMs = parseDuration(value(long) ?? '');
  if (shortMs === null || longMs === null || shortMs <= longMs) return [];
  return map !== undefined && short in map
    ? [{ path: [...path, short], message: wants(`at most ${name(long)}`) }]
    : [{ path: [...path, long], message: wants(`at least ${name(short)}`) }];

  function name(key: Short | Long): string {
    const usual = map === undefined || !(key in map) ? ` (by default ${defaults[key]})` : '';
    return `${pathText([...path, key])}${usual}`;
  }
}

/** A map, where there is one, has exactly one of these two keys. */
export function oneOfTwo(map: Partly, path: Path, a: string, b: string): Objection[] {
  if (map === undefined || a in map !== b in map) return [];
  return [{ path, message: `expected either ${a} or ${b}, got ${a in map ? 'both' : 'neither'}` }];
}

/** A certificate and its key come together. */
export function certAndKey(map: Partly, path: Path): Objection[] {
  if (map === undefined || 'cert' in map === 'key' in map) return [];
  const [given, missing] = 'cert' in map ? ['cert', 'key'] : ['key', 'cert'];
  return [{ path, message: `expected cert and key together, got ${given} without ${missing}` }];
}
