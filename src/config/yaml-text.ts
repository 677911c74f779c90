// Text to a YAML document, or to what is wrong with it in words that do not ask for the YAML specification.
import { LineCounter, parseDocument } from 'yaml';
import type { Node, YAMLError } from 'yaml';
import type { Result } from '../domain/result.ts';
import type { Position, Problem } from './problem.ts';

export interface YamlText {
  /** Null where the file holds nothing but comments. */
  readonly contents: Node | null;
  /** The place of an offset into the text. */
  readonly position: (offset: number) => Position;
}

/** Reads one document of YAML 1.2. Never throws, whatever the text. */
export function parseYaml(text: string): Result<YamlText, readonly Problem[]> {
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    // Also where a %YAML directive asks for 1.1, in which `off` is false and 1:30 is 90.
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    // Compares each key with each: tree.ts finds twins in one pass, and names both lines.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const troubles = [...document.errors, ...document.warnings];
  if (troubles.length === 0) return { ok: true, value: { contents: document.contents, position } };
  return { ok: false, fault: firstOfEachLine(troubles, position) };
}

/** One slip often makes a line wrong in several ways; the first is the one to mend. */
function firstOfEachLine(
  troubles: readonly YAMLError[],
  position: YamlText['position'],
): readonly Problem[] {
  const byLine = new Map<number, Problem>();
  for (const trouble of troubles) {
    const at = position(trouble.pos[0]);
    if (!byLine.has(at.line)) byLine.set(at.line, { at, path: '', message: inWords(trouble) });
  }
  return [...byLine.values()];
}

/** The slips that people make most, by the beginning of the library's code and message. */
const IN_WORDS: readonly (readonly [string, string])[] = [
  ['TAB_AS_INDENT', 'a tab in the indentation: YAML allows only spaces there'],
  ['MULTIPLE_DOCS', 'a second document begins here: only one is allowed'],
  ['TAG_RESOLVE_FAILED', 'tags (!…) are not allowed'],
  ['MISSING_CHAR Implicit map keys', 'a key without its colon, or without the space after it'],
  ['MULTILINE_IMPLICIT_KEY', 'a key without its colon, or without the space after it'],
  ['MISSING_CHAR Missing closing', 'a quote was opened and is not closed before this'],
  ['MISSING_CHAR Flow', 'a [ or { was opened and is not closed before this'],
  ['BAD_INDENT Flow', 'a [ or { was opened and is not closed before this'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    'this value runs into a further key: put it in quotes, or indent the next line less',
  ],
];

function inWords({ code, message }: YAMLError): string {
  const known = IN_WORDS.find(([start]) => `${code} ${message}`.startsWith(start));
  return known?.[1] ?? `not YAML: ${message.slice(0, 200)}`;
}
