// One line of HAProxy's configuration cut into its words: quotes, escapes and comments (configuration.txt 2.2).

export interface Words {
  readonly words: readonly string[];
  /** False where the text of a word cannot be known: it holds an environment variable, or its quote never ends. */
  readonly sure: boolean;
}

const NAMED_ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Never throws. A variable stays in the word as it is written: only HAProxy knows its value. */
export function wordsOf(line: string): Words {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  let sure = true;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (char === quote) quote = null;
    else if (quote === null && (char === '"' || char === "'")) {
      quote = char;
      word ??= '';
    } else if (quote === null && ' \t'.includes(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === null && '#\r\n'.includes(char)) break;
    else if (char === '\\' && quote !== "'") {
      const { text, length } = escapeAt(line, at + 1, quote === '"');
      word = (word ?? '') + text;
      at += length;
    } else {
      if (char === '$' && quote === '"') sure = false;
      word = (word ?? '') + char;
    }
  }
  if (word !== null) words.push(word);
  return { words, sure: sure && quote === null };
}

/** What a backslash just before `at` makes of what follows, and how many characters that took. */
function escapeAt(line: string, at: number, quoted: boolean): { text: string; length: number } {
  const char = line[at] ?? '';
  const hex = /^x[0-9A-Fa-f]{2}/.exec(line.slice(at, at + 3))?.[0];
  if (hex !== undefined)
    return { text: String.fromCharCode(parseInt(hex.slice(1), 16)), length: 3 };
  const named = NAMED_ESCAPES.get(char);
  if (named !== undefined) return { text: named, length: 1 };
  if (/[ \\#"']/.test(char) || (char === '$' && quoted)) return { text: char, length: 1 };
  return { text: '\\', length: 0 };
}
