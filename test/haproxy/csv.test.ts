// The CSV of `show stat`: quoting as HAProxy does it, and nothing read that it would not write.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/haproxy/csv.ts';

const good: [says: string, text: string, rows: string[][]][] = [
  ['no rows', '# a,b\n', []],
  [
    'plain fields',
    '# a,b\n1,2\n3,4\n',
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['empty fields', '# a,b,\n,,\n', [['', '', '']]],
  ['a comma in quotes', '# a,b\n"1,5",2\n', [['1,5', '2']]],
  ['doubled quotes', '# a,b\n1,"say ""no"""\n', [['1', 'say "no"']]],
  ['empty quotes', '# a,b\n"",""\n', [['', '']]],
  [
    'newlines in quotes',
    '# a,b\n1,"x\n\ny"\n3,4\n',
    [
      ['1', 'x\n\ny'],
      ['3', '4'],
    ],
  ],
  [
    'a row after a quoted one',
    '# a,b\n"1",2\n3,4\n"5",6\n',
    [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ],
  ],
];

const bad: [says: string, text: string, kind: string][] = [
  ['nothing', '', 'protocol'],
  ['no header', 'a,b\n1,2\n', 'protocol'],
  ['a header without its end', '# a,b', 'protocol'],
  ['a row without its end', '# a,b\n1,2', 'truncated'],
  ['a row that is too short', '# a,b\n1\n', 'protocol'],
  ['a row that is too long', '# a,b\n1,2,3\n', 'protocol'],
  ['an empty line', '# a,b\n\n1,2\n', 'protocol'],
  ['a quote in a plain field', '# a,b\n1,2"3"\n', 'protocol'],
  ['text after a quoted field', '# a,b\n"1"x,2\n', 'protocol'],
  ['a quote that never closes', '# a,b\n1,"2\n3,4\n', 'truncated'],
  ['an end after a closing quote', '# a,b\n1,"2"', 'truncated'],
  ['more columns than any HAProxy has', `# ${'a,'.repeat(1000)}\n`, 'protocol'],
  ['a quoted row with more fields than that', `# a\n${'"a",'.repeat(1001)}\n`, 'protocol'],
];

describe('readCsv', () => {
  test.for(good)('%s', ([, text, rows]) => {
    const csv = readCsv(text);
    expect(csv.ok && csv.value.rows).toEqual(rows);
  });

  test.for(bad)('refuses %s', ([, text, kind]) => {
    expect(readCsv(text)).toMatchObject({ ok: false, fault: { kind } });
  });

  const field = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', '\xff') });
  const row = fc.array(field, { minLength: 3, maxLength: 3 });
  test('gives back what was written as HAProxy writes it', () => {
    const writtenAndRead = fc.property(fc.array(row), (rows) => {
      const written = rows.map((fields) => `${fields.map(asHaproxyWrites).join(',')}\n`);
      const csv = readCsv(`# a,b,c\n${written.join('')}`);
      expect(csv.ok && csv.value.rows).toEqual(rows);
    });
    fc.assert(writtenAndRead);
  });

  test.for(['"', '",', '""', '"\n', ',', '\n', '"a"\n,'])(
    'a megabyte of %j takes no time',
    (part) => {
      const text = `# a,b\n${part.repeat(1_000_000 / part.length)}`;
      const beganMs = performance.now();
      expect(readCsv(text).ok).toBe(false);
      expect(performance.now() - beganMs).toBeLessThan(500);
    },
  );
});

function asHaproxyWrites(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
