// What a statistics page may answer that is not as it should be: what the fault says, and that nothing tells the password.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readStatsView } from '../../src/haproxy/stats-page.ts';
import { openStats } from '../../src/transport/open-stats.ts';
import { fixture } from '../haproxy/fixtures.ts';
import { statsPage } from '../support/stats-page.ts';

const LIMIT = { deadlineMs: 5000 };
const SHORT = { deadlineMs: 150 };
const MAX_BYTES = 16 * 1024 * 1024;

const CSV = fixture('2.6.12', 'stats-page-pair.csv');
const SECRET = 'c0rrect:horse';

let dir: string;
let passwordFile: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mainstay-stats-'));
  passwordFile = join(dir, 'password');
  writeFileSync(passwordFile, `${SECRET}\n`);
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (url: string) => openStats(statsPage(url, { auth: { username: 'me', passwordFile } }));

const HOST = 'http://10.0.0.1:8404';
const link = () => open(`${HOST}/haproxy?stats`);
const table = () => nock(HOST).get('/haproxy?stats;csv;scope=pair');
const form = () => nock(HOST).post('/haproxy?stats', 's=main&action=shutdown&b=pair');
const fault = (trouble: object) => ({
  ok: false,
  fault: { ...trouble, address: `${HOST}/haproxy?stats` },
});
// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  if (unused.length > 0) throw new Error(`not asked for: ${unused.join(', ')}`);
});

test('the table is asked for with the password, and given as it comes', async () => {
  const authorization = `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`;
  const headers = { authorization, 'accept-encoding': 'identity' };
  nock(HOST, { reqheaders: headers })
    .get('/haproxy?stats;csv;scope=pair')
    .reply(200, Buffer.from([0x23, 0x20, 0xe9, 0xff, 0x00, 0x0a]));
  expect(await link().csv('pair', LIMIT)).toEqual({ ok: true, value: '# \xe9\xff\0\n' });
});

test('without a name and a password there is no such header', async () => {
  nock(HOST, { badheaders: ['authorization'] })
    .get('/stats;csv;scope=pair')
    .reply(200, CSV);
  const csv = await openStats(statsPage(`${HOST}/stats`)).csv('pair', LIMIT);
  expect(csv).toEqual({ ok: true, value: CSV });
});

test.for([204, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 407, 500, 502, 503])(
  'status %i is no table, and leads nowhere',
  async (status) => {
    table().reply(status, CSV, { location: `${HOST}/elsewhere` });
    const elsewhere = nock(HOST).get('/elsewhere').reply(200, CSV);
    expect(await link().csv('pair', LIMIT)).toEqual(fault({ kind: 'http', status }));
    expect(elsewhere.isDone()).toBe(false);
    nock.cleanAll();
  },
);

test.for([200, 204, 301, 302, 307, 308, 401, 403, 500])(
  'status %i is no answer to the form, and leads nowhere',
  async (status) => {
    form().reply(status, '', { location: '/haproxy?stats;st=DONE' });
    const closed = await link().closeServer('pair', 'main', LIMIT);
    expect(closed).toEqual(fault({ kind: 'http', status }));
  },
);

test.for([
  ['/haproxy?stats;st=DENY', { kind: 'form-refused', st: 'DENY' }],
  ['/login', { kind: 'protocol', said: '/login' }],
  [undefined, { kind: 'protocol', said: '' }],
] as const)('a form that is answered by 303 to %s', async ([location, trouble]) => {
  form().reply(303, '', location === undefined ? {} : { location });
  expect(await link().closeServer('pair', 'main', LIMIT)).toEqual(fault(trouble));
});

test('HTML with status 200 is given, and is no table', async () => {
  table().reply(200, '<html><body>Please log in</body></html>', { 'content-type': 'text/html' });
  const csv = await link().csv('pair', LIMIT);
  const said = '<html><body>Please log in</body></html>';
  expect(csv.ok && readStatsView(csv.value, 'pair', [], true)).toEqual({
    ok: false,
    fault: { kind: 'not-csv', said },
  });
});

test('nothing with status 200 is truncated', async () => {
  table().reply(200, '');
  expect(await link().csv('pair', LIMIT)).toEqual(fault({ kind: 'truncated', bytes: 0 }));
});

test('50 MB are too many', { timeout: 60_000 }, async () => {
  table().reply(200, () => Readable.from(Array.from({ length: 50 }, () => 'x'.repeat(1_000_000))));
  const trouble = { kind: 'too-large', limitBytes: MAX_BYTES };
  expect(await link().csv('pair', { deadlineMs: 50_000 })).toEqual(fault(trouble));
});

test.for([
  ['what says that it is packed and is not', Buffer.from(CSV)],
  ['what is packed, however much it holds', gzipSync(Buffer.alloc(20_000_000))],
] as const)('%s stays as it is', async ([, body]) => {
  table().reply(200, body, { 'content-encoding': 'gzip' });
  const csv = await link().csv('pair', LIMIT);
  expect(csv).toEqual({ ok: true, value: body.toString('latin1') });
});

test('an answer after the deadline is none', async () => {
  table().delay(10_000).reply(200, CSV);
  const trouble = { kind: 'timeout', afterMs: 150, connected: false };
  expect(await link().csv('pair', SHORT)).toEqual(fault(trouble));
  nock.abortPendingRequests();
});

test('a connection that is reset is tried once', async () => {
  const reset = Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    syscall: 'read',
  });
  table().replyWithError(reset);
  form().replyWithError(reset);
  const truncated = fault({ kind: 'truncated', bytes: 0 });
  expect(await link().csv('pair', LIMIT)).toEqual(truncated);
  expect(await link().closeServer('pair', 'main', LIMIT)).toEqual(truncated);
});

test.for([
  ['ENOTFOUND', 'getaddrinfo'],
  ['EHOSTUNREACH', 'connect'],
  ['ENETUNREACH', 'connect'],
])('%s goes by its code', async ([code = '', syscall = '']) => {
  table().replyWithError(Object.assign(new Error(code), { code, syscall }));
  expect(await link().csv('pair', LIMIT)).toEqual(fault({ kind: 'unreachable', code }));
});

test('the password is read anew for each request, without the newline at its end', async () => {
  const same = link();
  for (const [text, password] of [
    ['one\n', 'one'],
    ['two\r\n', 'two'],
    ['three', 'three'],
    [' four \n\n', ' four \n'],
    ['\xe9', '\xe9'],
    ['', ''],
  ] as const) {
    writeFileSync(passwordFile, text, 'latin1');
    const credentials = Buffer.from(`me:${password}`, 'latin1').toString('base64');
    nock(HOST, { reqheaders: { authorization: `Basic ${credentials}` } })
      .get('/haproxy?stats;csv;scope=pair')
      .reply(200, CSV);
    expect(await same.csv('pair', LIMIT)).toMatchObject({ ok: true });
  }
});

const unreadable: [says: string, spoil: (path: string) => void, code: string][] = [
  ['is not there', (path) => rmSync(path), 'ENOENT'],
  ['is larger than 4 kB', (path) => writeFileSync(path, 'x'.repeat(4097)), 'EFBIG'],
  ['is a folder', () => (passwordFile = dir), 'EISDIR'],
  ['has no end', () => (passwordFile = '/dev/zero'), 'EFBIG'],
  [
    'is a pipe that nobody writes to',
    (path) => {
      rmSync(path);
      execFileSync('mkfifo', [path]);
    },
    'ESPIPE',
  ],
];
test.for(unreadable)('nothing is sent where the password %s', async ([, spoil, code]) => {
  spoil(passwordFile);
  const trouble = fault({ kind: 'file', path: passwordFile, code });
  expect(await link().csv('pair', LIMIT)).toEqual(trouble);
  expect(await link().closeServer('pair', 'main', LIMIT)).toEqual(trouble);
});

test('no fault tells the password', async () => {
  const errors = [{ code: 'ECONNRESET' }, { code: 'EHOSTUNREACH', syscall: 'connect' }];
  const told: unknown[] = [];
  for (const error of errors) {
    table().replyWithError(Object.assign(new Error('no'), error));
    told.push(await link().csv('pair', LIMIT));
  }
  for (const status of [401, 500]) {
    table().reply(status, 'no');
    told.push(await link().csv('pair', LIMIT));
    form().reply(status, 'no');
    told.push(await link().closeServer('pair', 'main', LIMIT));
  }
  const text = JSON.stringify(told);
  expect(text).not.toContain('c0rrect');
  expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(2, 10));
});
