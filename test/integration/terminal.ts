// A terminal of 80 columns: what a program that moves the cursor leaves on it.

export interface Terminal {
  /** What the program wrote. Throws where a line runs over the edge, and at a sequence that the lab does not use. */
  write(text: string): void;
  /** All lines, those that have scrolled away too. */
  lines(): readonly string[];
}

const COLUMNS = 80;
const ESCAPE = '\u001B';

/** Knows newline, return, cursor up, erasing to the end, and colours, which it forgets. */
export function makeTerminal(): Terminal {
  const rows: string[] = [''];
  let row = 0;
  let column = 0;
  /** Begun, and not yet whole: it may come in two parts. */
  let sequence = '';

  const obey = (): void => {
    const [, count, what] = /^\[(\d*)([AJm])$/.exec(sequence.slice(1)) ?? [];
    if (what === undefined) throw new Error(`unknown sequence ${JSON.stringify(sequence)}`);
    if (what === 'A') row -= Number(count);
    if (row < 0) throw new Error('the cursor left the screen');
    if (what === 'J') rows.splice(row, Infinity, rows[row]!.slice(0, column));
  };
  const put = (character: string): void => {
    if (column >= COLUMNS) throw new Error(`a line runs over the edge: ${rows[row]}`);
    const line = rows[row]!.padEnd(column);
    rows[row] = line.slice(0, column) + character + line.slice(column + 1);
    column++;
  };
  const take = (character: string): void => {
    if (sequence !== '' || character === ESCAPE) {
      sequence += character;
      if (!/[A-Za-z]$/.test(sequence)) return;
      obey();
      sequence = '';
    } else if (character === '\r') column = 0;
    else if (character === '\n') rows[++row] ??= '';
    else put(character);
  };
  return {
    write: (text) => {
      for (const character of text) take(character);
    },
    lines: () => rows,
  };
}
