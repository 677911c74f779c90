// What a screen writes to a pipe and to a terminal, read by the bytes.
import { expect, test } from 'vitest';
import { makeScreen } from '../../src/cli/screen.ts';

function outputOf(columns: number | null, colour = false) {
  const written: string[] = [];
  return { written, out: { columns, colour, write: (text: string) => void written.push(text) } };
}

test('a pipe gets the lines that stay, and nothing of those that change', () => {
  const { written, out } = outputOf(null);
  const screen = makeScreen(out);
  screen.show(['table']);
  screen.say('hello', { mood: 'good' });
  screen.show([]);
  expect(screen.live).toBe(false);
  expect(written).toEqual(['hello\n']);
});

test('a terminal has the lines that change below those that stay, drawn over in place', () => {
  const { written, out } = outputOf(80);
  const screen = makeScreen(out);
  screen.show(['one', 'two']);
  screen.say('hello');
  screen.show(['one', 'three']);
  screen.show([]);
  expect(screen.live).toBe(true);
  expect(written).toEqual([
    'one\ntwo\n',
    '\u001B[2A\u001B[Jhello\none\ntwo\n',
    '\u001B[2A\u001B[Jone\nthree\n',
    '\u001B[2A\u001B[J',
  ]);
});

test('the same lines again are not drawn again', () => {
  const { written, out } = outputOf(80);
  const screen = makeScreen(out);
  screen.show(['one']);
  screen.show(['one']);
  expect(written).toHaveLength(1);
});

test('a line that changes is cut off before the edge, since one that wraps could not be drawn over', () => {
  const { written, out } = outputOf(20);
  makeScreen(out).show(['x'.repeat(30)]);
  expect(written).toEqual([`${'x'.repeat(19)}\n`]);
});

test('a long line breaks at spaces and goes on right of its lead and its own indent', () => {
  const { written, out } = outputOf(null);
  makeScreen(out).say(`  ${'word '.repeat(20).trim()}`, { lead: '1.0s' });
  expect(written.join('')).toBe(
    `1.0s  ${'word '.repeat(15).trim()}\n      ${'word '.repeat(5).trim()}\n`,
  );
});

test('colour is for a terminal that has it', () => {
  const { written, out } = outputOf(80, true);
  makeScreen(out).say('hello', { lead: '  ', mood: 'bad' });
  expect(written).toEqual(['  \u001B[31mhello\u001B[0m\n']);
});

test('a coloured line that is cut off ends its colour', () => {
  const { written, out } = outputOf(20, true);
  makeScreen(out).show(['\u001B[31mtoo long for a narrow one\u001B[0m', 'short']);
  expect(written).toEqual(['\u001B[31mtoo long for a\u001B[0m\nshort\n']);
});
