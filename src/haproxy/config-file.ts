// HAProxy's configuration files as sections and their statements (configuration.txt 2.1, 2.4, 4). Tolerant: what is unknown stays.
import { wordsOf } from './config-words.ts';

/** A file's path as it is told to people, and its text (latin1). */
export interface ConfigText {
  readonly path: string;
  readonly text: string;
}

/** A line of a file, counted from 1. */
export interface Spot {
  readonly path: string;
  readonly line: number;
}

export interface Statement {
  /** At least one. */
  readonly words: readonly string[];
  readonly spot: Spot;
  /** False where it holds an environment variable, or stands in an `.if` block: whether and how it holds is not known. */
  readonly sure: boolean;
}

export interface Section {
  readonly kind: string;
  /** Empty where it has none. */
  readonly name: string;
  /** The `defaults` section that it names with `from`, or null: the last one before it. */
  readonly from: string | null;
  readonly spot: Spot;
  /** False where the section as a whole may be another one, or not there. */
  readonly sure: boolean;
  readonly statements: readonly Statement[];
}

/** The words that begin a section, in any version from 2.6 on. */
const SECTION_KINDS: ReadonlySet<string> = new Set(
  [
    'global defaults frontend backend listen peers resolvers userlist mailers ring',
    'log-forward log-profile cache program http-errors acme fcgi-app crt-store traces',
    'namespace_list',
  ].flatMap((line) => line.split(' ')),
);

/** All sections of the files, in the order in which HAProxy reads them. Never throws. */
export function readSections(files: readonly ConfigText[]): readonly Section[] {
  return files.flatMap(readFile);
}

function readFile({ path, text }: ConfigText): Section[] {
  const sections: (Section & { readonly statements: Statement[] })[] = [];
  let depth = 0;
  text.split('\n').forEach((source, i) => {
    const { words, sure: known } = wordsOf(source);
    const [first] = words;
    if (first === undefined) return;
    if (first.startsWith('.')) {
      if (first === '.if') depth += 1;
      if (first === '.endif') depth = Math.max(0, depth - 1);
      return;
    }
    const spot = { path, line: i + 1 };
    const sure = known && depth === 0;
    if (SECTION_KINDS.has(first)) {
      sections.push({ ...headerOf(words), spot, sure, statements: [] });
    } else sections.at(-1)?.statements.push({ words, spot, sure });
  });
  return sections;
}

/** `KIND [NAME] [from DEFAULTS]`; a `defaults` section may have no name before its `from`. */
function headerOf(words: readonly string[]): Pick<Section, 'kind' | 'name' | 'from'> {
  const [kind = '', second = '', third, fourth] = words;
  const unnamed = kind === 'defaults' && second === 'from' && third !== undefined;
  if (unnamed) return { kind, name: '', from: third };
  return { kind, name: second, from: third === 'from' ? (fourth ?? null) : null };
}
