// A screen on a stream: on a terminal the lines that change are drawn over in place, elsewhere there are none.
import type { Mood, Screen } from '../domain/screen.ts';
import { paint, widthOf, wrap } from './layout.ts';
import type { Output } from './world.ts';

const COLOUR = { title: 'bold', good: 'green', bad: 'red', quiet: 'dim' } as const satisfies Record<
  Mood,
  Parameters<typeof paint>[1]
>;

/** Nothing but text goes to a stream that is no terminal: no colour, no cursor movement. */
export function makeScreen(out: Output): Screen {
  return out.columns === null ? onPipe(out) : onTerminal(out);
}

function onPipe(out: Output): Screen {
  return {
    live: false,
    say: (text, how) => out.write(sentence(out, text, how)),
    show: () => {},
  };
}

function onTerminal(out: Output): Screen {
  let shown: readonly string[] = [];
  // Up to the first line shown, and everything from there on away.
  const wipe = (): string => (shown.length === 0 ? '' : `\u001B[${shown.length}A\u001B[J`);
  const draw = (lines: readonly string[]): string => {
    const room = (out.columns ?? 80) - 1;
    return lines.map((line) => `${cut(line, room).trimEnd()}\n`).join('');
  };
  return {
    live: true,
    say: (text, how) => out.write(wipe() + sentence(out, text, how) + draw(shown)),
    show: (lines) => {
      if (lines.join('\n') === shown.join('\n')) return;
      const text = wipe() + draw(lines);
      shown = lines;
      out.write(text);
    },
  };
}

/** What is cut off takes the end of its colour away. */
function cut(line: string, room: number): string {
  if (line.length <= room) return line;
  return line.slice(0, room) + (line.includes('\u001B') ? '\u001B[0m' : '');
}

function sentence(out: Output, text: string, how: Parameters<Screen['say']>[1] = {}): string {
  const words = text.trimStart();
  const lead = (how.lead ?? '') + text.slice(0, text.length - words.length);
  return wrap(words, widthOf(out) - lead.length, '')
    .split('\n')
    .map((line, i) => {
      const before = i === 0 ? lead : ' '.repeat(lead.length);
      const said = how.mood === undefined ? line : paint(out, COLOUR[how.mood], line);
      return `${`${before}${said}`.trimEnd()}\n`;
    })
    .join('');
}
