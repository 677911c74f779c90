// The log's two forms, line by line.
import { expect, test } from 'vitest';
import { makeLog } from '../../src/report/log.ts';
import { prettyLine } from '../../src/report/pretty-line.ts';

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;

function lines(format: 'json' | 'pretty', level: 'debug' | 'info' | 'error' = 'info') {
  const written: string[] = [];
  const log = makeLog({ level, format }, { write: (line) => void written.push(line) });
  return { log, written: () => written.map((line) => line.replace(TIME, 'TIME')) };
}

test('a JSON line holds level, RFC 3339 time, fields and message, and nothing else', () => {
  const { log, written } = lines('json');
  log.warn({ journal: '/j', code: 'ENOSPC' }, 'no space');
  log.debug({}, 'not at this level');
  expect(written()).toEqual([
    '{"level":"warn","time":"TIME","journal":"/j","code":"ENOSPC","msg":"no space"}\n',
  ]);
});

test('a pretty line is for people: plain facts after the message, no nested ones', () => {
  const { log, written } = lines('pretty', 'debug');
  log.info({ journal: '/j', n: 2, gone: null, decision: { verdict: 'idle' } }, 'begun');
  log.error({ err: new Error('it broke') }, 'a bug');
  log.debug({ said: 'a "b" c' }, 'heard');
  expect(written()).toEqual([
    'TIME INFO  begun  journal=/j  n=2  gone=null\n',
    'TIME ERROR a bug  err="it broke"\n',
    'TIME DEBUG heard  said="a \\"b\\" c"\n',
  ]);
});

test.for(['json', 'pretty'] as const)('nothing secret is written as %s', (format) => {
  const { log, written } = lines(format);
  log.info(
    { token: 'hush', headers: { authorization: 'Bearer hush' }, auth: { password: 'hush' } },
    'configured',
  );
  expect(written().join()).not.toContain('hush');
  expect(written().join()).toContain('configured');
});

function pretty(level: string, msg: string, colour: boolean): string {
  return prettyLine(JSON.stringify({ time: 'T', level, msg }), colour);
}

test('what a HAProxy said cannot steer a terminal or fake a line', () => {
  expect(pretty('info', 'a\u001B[2Jb\nT ERROR c\r\u009B\u2028', false)).toBe(
    'T INFO  a\\x1b[2Jb\\x0aT ERROR c\\x0d\\x9b\\x2028\n',
  );
});

test('only a terminal gets colour, and only for what needs a look', () => {
  expect(['info', 'warn', 'error'].map((level) => pretty(level, 'm', true))).toEqual([
    'T INFO  m\n',
    'T \u001B[33mWARN \u001B[0m m\n',
    'T \u001B[31mERROR\u001B[0m m\n',
  ]);
});
