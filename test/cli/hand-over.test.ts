// Orders to a daemon: what is sent, what becomes of a refusal, and how long the command watches what the daemon does.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clear } from '../../src/cli/clear.ts';
import { handOver } from '../../src/cli/hand-over.ts';
import { orderDaemon } from '../../src/cli/order-daemon.ts';
import { pause, resume } from '../../src/cli/tell-daemon.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Config } from '../../src/domain/config.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Status } from '../../src/domain/status.ts';
import { proxy, STATUS, worker } from './status.ts';
import { CONFIG, worldWith } from './world.ts';

const HOST = 'http://127.0.0.1:9847';
const TOKEN = 'a-token-of-some-length';
const NOW_MS = Date.parse(STATUS.at);
const HERE: Config = {
  ...CONFIG,
  listen: { host: '127.0.0.1', port: 9847 },
  token: TOKEN,
  policy: { ...DEFAULT_POLICY, verifyWithinMs: 2000, verifyReturnMs: 3000 },
};
const UNTIL = '2026-11-24T09:00:00.000Z';
const OVERRIDE = { to: 'backup', until: UNTIL };

// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** A world whose time moves only when somebody waits, and what it says. */
function here() {
  const said: string[] = [];
  let wallMs = NOW_MS;
  const write = (text: string) => void said.push(text.trimEnd().replaceAll(/\n */g, ' '));
  const world = worldWith({
    clock: {
      now: () => ({ monoMs: wallMs - NOW_MS, wallMs }),
      sleep: async (ms) => void (wallMs += ms),
    },
    out: { write, columns: null, colour: false },
    err: { write, columns: null, colour: false },
  });
  return { world, said, nowMs: () => wallMs };
}

/** Answers each question for the status with the next of these, and then with the last again and again. */
function statuses(nowMs: () => number, ...all: readonly Partial<Status>[]): void {
  let asked = 0;
  nock(HOST)
    .get('/v1/status')
    .times(200)
    .reply(200, () => {
      const next = all[Math.min(asked, all.length - 1)];
      asked += 1;
      return { ...STATUS, ...next, at: new Date(nowMs()).toISOString() };
    });
}

const order = () => nock(HOST, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
const sessions = (main: number, backup: number) => [
  proxy('ha1', { workers: [worker(11, false, main, backup)] }),
];

async function over(...all: readonly Partial<Status>[]) {
  const { world, said, nowMs } = here();
  order()
    .post('/v1/converge', { to: 'backup', for: '3600000ms' })
    .reply(202, { override: OVERRIDE });
  statuses(nowMs, ...all);
  const acting = {
    world,
    config: HERE,
    wish: { to: 'backup', proxy: null, force: false },
    proxies: [],
    memory: BLANK,
    journal: {
      restored: { records: [], readable: false },
      append: async () => {},
      latest: () => [],
      decisions: () => [],
      close: async () => {},
    },
    say: (text: string) => world.out.write(text),
    warn: (text: string) => world.err.write(`! ${text}`),
    signal: new AbortController().signal,
  };
  const course = { kind: 'hand-over', to: 'backup', forMs: 3_600_000, has: 'main' } as const;
  return { ended: await handOver(acting, course, 0), said, tookMs: nowMs() - NOW_MS };
}

test('it is watched until every session is there and none elsewhere, whatever is in the way meanwhile', async () => {
  const gates = [
    { gate: 'unconfirmed', proxy: 'ha1', until: null, reason: '1 of 2', opens: 'by itself' },
  ] as const;
  const { ended, said, tookMs } = await over(
    // What was decided before the order was heeded.
    { proxies: sessions(4, 0) },
    { target: 'backup', override: OVERRIDE, gates, proxies: sessions(4, 0) },
    { target: 'backup', override: OVERRIDE, gates, proxies: sessions(1, 3) },
    { target: 'backup', override: OVERRIDE, proxies: sessions(0, 0) },
    { target: 'backup', override: OVERRIDE, proxies: sessions(0, 4) },
  );
  expect(ended).toEqual({
    ending: 'done',
    code: 0,
    hold: { to: 'backup', until: '2026-11-24T09:00:00Z', by: 'daemon', end: null },
  });
  expect(tookMs).toBe(5000);
  expect(said).toEqual([
    'The daemon has taken it, and holds backup until 2026-11-24T09:00:00Z.',
    'The daemon is held back by unconfirmed at ha1.',
    'All 4 sessions are on backup, and none elsewhere.',
  ]);
});

test('sessions that stay elsewhere are told with the gates, once it has had its time', async () => {
  const gates = [
    {
      gate: 'draining',
      proxy: 'ha1',
      until: null,
      reason: 'main is draining',
      opens: 'when ended',
    },
  ] as const;
  const stuck = { target: 'backup', override: OVERRIDE, gates, proxies: sessions(1, 3) };
  const { ended, said, tookMs } = await over(stuck);
  expect(ended).toMatchObject({ ending: 'failed', code: 2 });
  expect(said.at(-1)).toBe(
    'After 17s 1 session is not on backup; the daemon is held back by draining (main is draining).',
  );
  expect(tookMs).toBe(17_000);
});

test('an override that the daemon has dropped is no success', async () => {
  const { ended, said } = await over(
    { target: 'backup', override: OVERRIDE, proxies: sessions(4, 0) },
    { target: 'main', why: 'backup is down', proxies: sessions(4, 0) },
  );
  expect(ended).toMatchObject({ ending: 'failed', code: 2 });
  expect(said.at(-1)).toBe('The daemon holds backup no longer: backup is down.');
});

test('where no client comes back, that is said and is no failure', async () => {
  const { ended, said } = await over({
    target: 'backup',
    override: OVERRIDE,
    proxies: sessions(0, 0),
  });
  expect(ended).toMatchObject({ ending: 'done', code: 0 });
  expect(said.at(-1)).toBe('Within 17s no client has come to backup.');
});

test.each([
  [
    409,
    { error: 'no-journal', message: 'no journal' },
    { error: 'no-journal', message: 'no journal' },
  ],
  [
    401,
    { error: 'unauthorized', message: 'wrong\u001B[2J' },
    { error: 'unauthorized', message: 'wrong\\x1b[2J' },
  ],
  [200, { override: null }, { error: 'unknown' }],
  [500, '<html>', { error: 'unknown' }],
])('an answer of %i is a refusal', async (status, body, fault) => {
  nock(HOST).post('/v1/resume').reply(status, body);
  const told = await orderDaemon(HERE, { path: '/v1/resume', body: {} });
  expect(told).toMatchObject({ ok: false, fault });
});

test('an order that is not answered is no-answer, and the token stands nowhere in what is said of it', async () => {
  nock(HOST).post('/v1/resume').replyWithError(`Bearer ${TOKEN}`);
  const told = await orderDaemon(HERE, { path: '/v1/resume', body: {} });
  expect(told).toMatchObject({ ok: false, fault: { error: 'no-answer' } });
  expect(JSON.stringify(told)).not.toContain(TOKEN);
});

test.each<[string, { status: number; body: object } | null, Config, number, number]>([
  ['taken', { status: 202, body: { override: null } }, HERE, 0, 0],
  [
    'nothing to clear',
    { status: 409, body: { error: 'no-override', message: 'none' } },
    HERE,
    0,
    1,
  ],
  ['no token', null, { ...HERE, token: null }, 4, 1],
  ['a wrong token', { status: 401, body: { error: 'unauthorized', message: 'no' } }, HERE, 4, 1],
])('--clear and resume: %s', async (_, answer, config, cleared, resumed) => {
  const { world, nowMs } = here();
  statuses(nowMs, {});
  if (answer !== null) {
    nock(HOST).post('/v1/converge', { clear: true }).reply(answer.status, answer.body);
    nock(HOST).post('/v1/resume', {}).reply(answer.status, answer.body);
  }
  expect(await clear(world, config, { json: false })).toBe(cleared);
  expect(await resume(world, config)).toBe(resumed);
});

test('without a daemon there is nobody to order: exit code 3, and with --json a document', async () => {
  const { world, said } = here();
  nock(HOST).get('/v1/status').twice().reply(503, {});
  expect(await resume(world, HERE)).toBe(3);
  expect(await clear(world, HERE, { json: true })).toBe(3);
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ ending: 'no-daemon' });
});

test.each<[string, number | null, { for?: string }, Config['peers'], string]>([
  ['for ever', null, {}, [], 'does not act until mainstay resume.'],
  [
    'with an end, of one with peers',
    1_800_000,
    { for: '1800000ms' },
    [{ name: 'ha2', url: 'https://10.0.0.2:9847', token: null, ca: null }],
    'does not act until 2026-11-24T08:30:00Z, or until mainstay resume. Its peers act on at the proxies that they drive: pause them on their hosts.',
  ],
])(
  'a pause is told with its end, and that peers go on: %s',
  async (_, forMs, body, peers, words) => {
    const { world, said, nowMs } = here();
    statuses(nowMs, {});
    order()
      .post('/v1/pause', body)
      .reply(202, { override: null, paused: { until: null } });
    expect(await pause(world, { ...HERE, peers }, forMs)).toBe(0);
    expect(said).toEqual([`The daemon watches on, and ${words}`]);
  },
);

test.each<[string, Partial<Status>, string]>([
  ['nothing', {}, 'The daemon was not paused, nor is it now.'],
  ['a pause without an end', { paused: { until: null } }, 'The pause is ended; it had no end.'],
  [
    'a pause, and flapping',
    {
      paused: { until: UNTIL },
      gates: [
        { gate: 'flapping', proxy: null, until: null, reason: 'four moves', opens: 'by itself' },
      ],
    },
    `The pause is ended; it was to last until ${UNTIL}. The daemon has forgotten that its target was flapping.`,
  ],
  ['flapping', { hold: 'flapping' }, 'The daemon has forgotten that its target was flapping.'],
])('resume says what it has ended: %s', async (_, before, words) => {
  const { world, said, nowMs } = here();
  statuses(nowMs, before);
  nock(HOST).post('/v1/resume', {}).reply(202, { override: null, paused: null });
  expect(await resume(world, HERE)).toBe(0);
  expect(said).toEqual([words]);
});

test('what a daemon with TLS is to be trusted by cannot be read: nothing is sent, and the file is named', async () => {
  const tls = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem', ca: null };
  const told = await orderDaemon({ ...HERE, tls }, { path: '/v1/resume', body: {} });
  expect(told).toEqual({
    ok: false,
    fault: {
      error: 'file',
      message: 'the daemon is not told, since /nowhere/cert.pem cannot be read (ENOENT)',
    },
  });
});
