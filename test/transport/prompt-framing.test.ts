// Where answers end in prompt mode, as HAProxy 2.6.12 and 3.2.26 were seen to say them.
import { describe, expect, test } from 'vitest';
import { PromptReader, type Heard } from '../../src/transport/prompt-framing.ts';
import type { Role } from '../../src/transport/role.ts';

/** What the reader says at last, and the text, however the bytes are cut. */
function read(role: Role, commands: number, said: string, bytes: number): [Heard, string] {
  const reader = new PromptReader(role, commands);
  let heard: Heard = 'more';
  for (let at = 0; at < said.length && heard === 'more'; at += bytes)
    heard = reader.hear(said.slice(at, at + bytes));
  return [heard, reader.text()];
}

const answers: [what: string, role: Role, commands: number, said: string, text: string][] = [
  ['one answer', 'worker', 1, 'admin\n\n> ', 'admin\n\n'],
  ['an empty answer', 'worker', 1, '\n> ', '\n'],
  ['an empty line and no more', 'worker', 1, '\n\n> ', '\n\n'],
  ['several', 'worker', 3, 'admin\n\n> \n> 2.6.12\n\n> ', 'admin\n\n\n2.6.12\n\n'],
  ['a prompt within a line', 'worker', 1, 'a > b\n> c\n\n> ', 'a > b\n> c\n\n'],
  [
    'a long answer',
    'worker',
    2,
    `${'x'.repeat(5000)}\n\n> y\n\n> `,
    `${'x'.repeat(5000)}\n\ny\n\n`,
  ],
  ['a master’s', 'master', 2, '# workers\n\nmaster> 3.2\n\nmaster> ', '# workers\n\n3.2\n\n'],
  ['a master’s empty ones', 'master', 2, '\nmaster> \nmaster> ', '\n\n'],
  ['a worker’s prompt at a master', 'master', 1, 'a\n\n> b\n\nmaster> ', 'a\n\n> b\n\n'],
];

describe('every answer, and nothing of the prompts', () => {
  test.for(answers)('%s', ([, role, commands, said, text]) => {
    for (const bytes of [said.length, 1, 2, 3, 7])
      expect(read(role, commands, said, bytes)).toEqual(['whole', text]);
  });

  test.for(answers)('%s, cut off anywhere', ([, role, commands, said, text]) => {
    for (let length = 0; length < said.length; length += 1) {
      const [heard, got] = read(role, commands, said.slice(0, length), 64);
      expect(heard).toBe('more');
      // A prompt that has begun cannot be told from the answer's own words yet.
      expect(text.startsWith(got.replace(/\n?[master]*>? ?$/, ''))).toBe(true);
    }
  });
});

const gone = `Can't find the target PID matching the prefix '@!99999'\n`;

test('a worker that is gone ends the exchange, with or without a prompt behind it', () => {
  for (const said of [gone, `${gone}master> `]) {
    expect(read('master', 2, said, said.length)).toEqual(['gone', gone]);
    expect(read('master', 2, said, 1)).toEqual(['gone', gone]);
    expect(read('master', 3, `a\n\nmaster> ${said}`, 500)).toEqual(['gone', `a\n\n${gone}`]);
  }
});

test('the same words of a worker are its own', () => {
  expect(read('worker', 1, `${gone}\n> `, 500)).toEqual(['whole', `${gone}\n`]);
});

test('more than was asked for is too much', () => {
  expect(read('worker', 1, 'a\n\n> b', 500)[0]).toBe('too-much');
  expect(read('worker', 1, 'a\n\n> b\n\n> ', 500)[0]).toBe('too-much');
});
