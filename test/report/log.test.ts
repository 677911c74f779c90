// The log's two forms, line by line.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lineOutput } from '../../src/report/line-output.ts';
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

test.for(['json', 'pretty'] as const)(
  'of a request that failed nothing is written as %s but what it is and where',
  (format) => {
    const { log, written } = lines(format);
    const headers = { Authorization: 'Bearer hush', authorization: 'Bearer hush' };
    const err = Object.assign(new Error('it broke'), { code: 'EPROTO', config: { headers } });
    log.error({ err }, 'a bug');
    log.warn({ config: { api: { token: 'hush' }, deep: { er: { password: 'hush' } } } }, 'b');
    log.warn({ answer: { config: { headers } } }, 'c');
    expect(written().join()).not.toContain('hush');
    expect(written().join()).toContain('it broke');
  },
);

test('of an error its code is written, and of what is none all there is', () => {
  const { log, written } = lines('json');
  log.error({ err: Object.assign(new Error('it broke'), { code: 'EPROTO' }) }, 'a');
  log.error({ err: 'broken' }, 'b');
  expect(written()[0]).toContain('"type":"Error","message":"it broke","code":"EPROTO","stack":"');
  expect(written()[1]).toContain('"err":"broken"');
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

test('a file gets every line at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-log-'));
  const fd = openSync(join(folder, 'log'), 'a');
  const out = lineOutput(fd, new PassThrough());
  out.write('1\n');
  out.write('2\n');
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('1\n2\n');
  closeSync(fd);
  out.write('lost, and nothing thrown\n');
  rmSync(folder, { recursive: true });
});

test('a reader that has stopped costs lines, not memory, and one that has gone costs nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-log-'));
  const server = createServer({ pauseOnConnect: true });
  server.listen(join(folder, 'reader'));
  const connected = once(server, 'connection');
  const stream = connect(join(folder, 'reader'));
  const [reader] = await connected;
  const pipe = openSync('/dev/null', 'w');
  const out = lineOutput(pipe, stream);
  const line = `${'x'.repeat(999)}\n`;
  for (let i = 0; i < 5000; i += 1) out.write(line);
  expect(stream.writableLength).toBeGreaterThan(500_000);
  expect(stream.writableLength).toBeLessThan(1024 * 1024 + line.length);
  const gone = new Promise((resolve) => stream.once('close', resolve));
  reader.destroy();
  await gone;
  out.write(line);
  server.close();
  closeSync(pipe);
  rmSync(folder, { recursive: true });
});
