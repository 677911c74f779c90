// A line of HAProxy's configuration cut into words: by table, by laws, and as HAProxy itself cuts it.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/haproxy/config-words.ts';
import { ask } from '../../src/lab/ask.ts';
import { startHaproxy } from '../support/haproxy.ts';

const rows: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['', []],
  [' \t ', []],
  ['# only a comment', []],
  ['  server  main\t10.0.0.1:3001 check ', ['server', 'main', '10.0.0.1:3001', 'check']],
  ['global#this is the global section', ['global']],
  ['option redispatch\r', ['option', 'redispatch']],
  ['option redispatch 1 # or not', ['option', 'redispatch', '1']],
  [String.raw`log-format %{+Q}o\ %t\ %s`, ['log-format', '%{+Q}o %t %s']],
  [String.raw`log-format "%{+Q}o %t"' %s %{-Q}r'`, ['log-format', '%{+Q}o %t %s %{-Q}r']],
  [String.raw`a "" b`, ['a', '', 'b']],
  [String.raw`a"b c"d 'e f'g`, ['ab cd', 'e fg']],
  [String.raw`\#a \"b \'c \\d`, ['#a', '"b', "'c", String.raw`\d`]],
  [String.raw`\x41\x20b "\x22" '\x22'`, ['A b', '"', String.raw`\x22`]],
  [String.raw`a\tb\nc`, ['a\tb\nc']],
  [String.raw`^/(here)(/|$) \1 \q`, ['^/(here)(/|$)', String.raw`\1`, String.raw`\q`]],
  [String.raw`"\$5" '$5' $5`, ['$5', '$5', '$5']],
];

test.for(rows)('%s', ([line, words]) => {
  expect(wordsOf(line)).toEqual({ words, sure: true });
});

test.for(['server "$NAME" 10.0.0.1', 'bind "${IP}:80"', 'a "b', "a 'b", 'a "b \\"'])(
  'what it says cannot be known: %s',
  (line) => {
    expect(wordsOf(line).sure).toBe(false);
  },
);

test('no line makes it throw, and no word comes out of nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (line) => {
      const { words } = wordsOf(line);
      expect(words.join('').length).toBeLessThanOrEqual(line.length);
    }),
  );
});

test('words without special characters come back as they were, however they are quoted', () => {
  const quotes = [(word: string) => `"${word}"`, (word: string) => `'${word}'`];
  const word = fc.stringMatching(/^[a-z ]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.constantFrom(...quotes))), (list) => {
      const line = list.map(([text, quote]) => quote(text)).join(' ');
      expect(wordsOf(line).words).toEqual(list.map(([text]) => text));
    }),
  );
});

describe('HAProxy', () => {
  test('cuts lines in the same way', async () => {
    const lines = fc
      .sample(
        fc.array(
          fc.constantFrom(
            ...String.raw`a|b| |\ |\\|\"|\'|\#|\t|\x41|\$|\q|"|"|'|'|#|$|$b`.split('|'),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        { numRuns: 4000, seed: 1 },
      )
      .map((parts) => `setenv W ${parts.join('')}`)
      .filter((line) => wordsOf(line).sure && (wordsOf(line).words[2] ?? '') !== '')
      .filter((line) => wordsOf(line).words.length === 3);
    expect(lines.length).toBeGreaterThan(500);
    await using haproxy = await startHaproxy((dir) =>
      [
        'global',
        `  stats socket ${dir}/admin.sock level admin`,
        ...lines.map((line, i) => `  ${line.replace(' W ', ` W${i} `)}`),
      ].join('\n'),
    );
    const values = new Map<string, string>();
    for (const each of (await ask(`${haproxy.dir}/admin.sock`, 'show env')).split('\n')) {
      const at = each.indexOf('=');
      values.set(each.slice(0, at), each.slice(at + 1));
    }
    const read = lines.map((line) => [line, wordsOf(line).words[2]]);
    expect(read).toEqual(lines.map((line, i) => [line, values.get(`W${i}`)]));
  });
});
