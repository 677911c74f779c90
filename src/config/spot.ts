// Where a value stands in the file, and how the file writes it.
import type { Path, Position } from './problem.ts';

export interface Spot {
  readonly at: Position;
  /** Where its key stands; for what has none, the value itself. */
  readonly keyAt: Position;
  /** For messages: quoted, shortened, and never what an environment variable holds. */
  readonly found: string;
  /** The same without quotes, for suggestions. */
  readonly bare: string;
  readonly children: ReadonlyMap<string | number, Spot>;
}

const MAX_SHOWN_CHARS = 60;

/** The text as it is, but not more of it than a line can hold. */
export function shortened(text: string): string {
  return text.length <= MAX_SHOWN_CHARS ? text : `${text.slice(0, MAX_SHOWN_CHARS)}…`;
}

/** The text in quotes, shortened, with what could upset a terminal escaped and without a URL's password. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text.replaceAll(/\/\/[^/@\s]*@/g, '//…@'))).replaceAll(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    '?',
  );
}

/** The spot at `path`, or null where the file has nothing there. */
export function spotAt(root: Spot, path: Path): Spot | null {
  const spot = path.reduce<Spot | undefined>((at, step) => at?.children.get(step), root);
  return spot ?? null;
}

/** The spot at `path`, or of the innermost thing around it that the file has. */
export function nearestSpot(root: Spot, path: Path): Spot {
  return path.length === 0 ? root : (spotAt(root, path) ?? nearestSpot(root, path.slice(0, -1)));
}
