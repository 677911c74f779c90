// One thing that is wrong with the file: where it stands, which setting it is, and the sentence that says so.

/** A place in the file as editors count: both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  /** Null where no place in the text can be named. */
  readonly at: Position | null;
  /** The dotted path of the setting, as in `proxies[1].runtime`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with a configuration, at once and in the file's order. */
export interface ConfigError {
  /** Each is a whole line, such as `mainstay.yaml:12:5 proxies[1].runtime: expected unix:PATH, …, got "…"`. */
  readonly messages: readonly string[];
}

/** Keys and list indexes from the top of the file down. */
export type Path = readonly (string | number)[];

/** More than this helps nobody, and a file of rubbish could hold a hundred thousand. */
const MAX_MESSAGES = 50;

/** The lines for people: sorted by place, one for each setting, `file` as the user named it. */
export function messagesOf(file: string, problems: readonly Problem[]): string[] {
  const seen = new Set<string>();
  const lines = problems
    .toSorted((a, b) => order(a.at) - order(b.at))
    .filter((problem) => {
      // A setting that could not be read is not also complained about as missing.
      const key = JSON.stringify([problem.at, problem.path]);
      return !seen.has(key) && seen.add(key);
    })
    .map((problem) => lineOf(file, problem));
  if (lines.length <= MAX_MESSAGES) return lines;
  return [...lines.slice(0, MAX_MESSAGES), `${file}: … and ${lines.length - MAX_MESSAGES} more`];
}

/** `proxies[1].runtime`; a key that is no plain word stands in quotes. */
export function pathText(path: Path): string {
  return path
    .map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]{1,40}$/.test(step) ? `.${step}` : `[${JSON.stringify(step.slice(0, 40))}]`;
    })
    .join('')
    .replace(/^\./, '');
}

function order(at: Position | null): number {
  return at === null ? 0 : at.line * 1e6 + at.column;
}

function lineOf(file: string, { at, path, message }: Problem): string {
  const place = at === null ? `${file}:` : `${file}:${at.line}:${at.column}`;
  return `${place} ${path === '' ? '' : `${path}: `}${message}`;
}
