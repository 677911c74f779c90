// Framing: where one answer ends and the next begins, and that half an answer is a fault.
import { describe, expect, test } from 'vitest';
import { answerBody, splitAnswers } from '../../src/haproxy/answer.ts';

describe('splitAnswers', () => {
  const rows: [text: string, count: number, answers: string[]][] = [
    ['admin\n\n', 1, ['admin\n\n']],
    ['admin\n\na: 1\nb: 2\n\n', 2, ['admin\n\n', 'a: 1\nb: 2\n\n']],
    ['\nadmin\n\n', 2, ['\n', 'admin\n\n']],
    ['\n\n\n', 3, ['\n', '\n', '\n']],
    ['admin\n\nfirst\n\nsecond\n\n', 2, ['admin\n\n', 'first\n\nsecond\n\n']],
    ['Permission denied\n\nadmin\n\n', 2, ['Permission denied\n\n', 'admin\n\n']],
  ];
  test.for(rows)('cuts %j into %i', ([text, count, answers]) => {
    expect(splitAnswers(text, count)).toEqual({ ok: true, value: answers });
  });

  test.for(['', 'admin', 'admin\n', 'admin\nPid: 1\n'])('%j is no two answers', (text) => {
    const fault = { kind: 'truncated', bytes: text.length };
    expect(splitAnswers(text, 2)).toEqual({ ok: false, fault });
  });
});

describe('answerBody', () => {
  test('is what stands before the closing empty line', () => {
    expect(answerBody('a\nb\n\n', 'show info')).toEqual({ ok: true, value: 'a\nb\n' });
    expect(answerBody('\n', 'show info')).toEqual({ ok: true, value: '' });
  });

  test.for(['', 'a', 'a\n', 'a\nb\n'])('%j is truncated', (text) => {
    const fault = { kind: 'truncated', bytes: text.length };
    expect(answerBody(text, 'show info')).toEqual({ ok: false, fault });
  });

  test('names the command that the level is too low for', () => {
    const fault = { kind: 'denied', command: 'show sess' };
    expect(answerBody('Permission denied\n\n', 'show sess')).toEqual({ ok: false, fault });
  });

  test('keeps the first 200 characters of what HAProxy says to a command it does not know', () => {
    const text = `Unknown command: ${'x'.repeat(300)}\n\n`;
    const fault = { kind: 'protocol', said: text.slice(0, 200) };
    expect(answerBody(text, 'show sess')).toEqual({ ok: false, fault });
  });
});
