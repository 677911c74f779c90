// `mainstay history`: from a journal of any size and state, else from the daemon, for people and for programs.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { history } from '../../src/cli/history.ts';
import { historyTeller } from '../../src/cli/history-text.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { HistoryEntry } from '../../src/domain/history.ts';
import type { DecisionRecord, JournalRecord } from '../../src/domain/journal.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { decision, done, judged, NOW } from '../report/world.ts';
import { CONFIG, worldWith } from './world.ts';

const HOUR_MS = 3_600_000;
let dir = '';

// It stands in for Node's own client, which tests of other files need.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-history-'));
  if (!nock.isActive()) nock.activate();
});
afterAll(async () => {
  nock.restore();
  await rm(dir, { recursive: true });
});
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** `agoMs` before now. */
function decided(agoMs: number, verdict: Verdict, why = 'it is so'): DecisionRecord {
  const at = new Date(NOW.wallMs - agoMs).toISOString();
  const memory = { ...BLANK, lastTick: NOW };
  return { ...decision(why), at, memory, decision: judged({ verdict, why }) };
}

const closed: JournalRecord = {
  v: 1,
  at: new Date(NOW.wallMs - 3_000).toISOString(),
  kind: 'outcome',
  outcome: done(),
};

async function told(
  lines: readonly (JournalRecord | string)[] | null,
  options: Partial<Parameters<typeof history>[2]> = {},
) {
  const journal = lines === null ? null : join(dir, 'journal');
  const text = (lines ?? []).map((line) =>
    typeof line === 'string' ? line : `${JSON.stringify(line)}\n`,
  );
  if (journal !== null) await writeFile(journal, text.join(''));
  return run({ ...CONFIG, journal, listen: { host: '127.0.0.1', port: 9847 } }, options);
}

const pipe = (to: string[]) => ({
  write: (text: string) => void to.push(text),
  columns: null,
  colour: false,
});

async function run(config: typeof CONFIG, options: Partial<Parameters<typeof history>[2]> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const clock = { now: () => NOW, sleep: async () => {} };
  const world = worldWith({ clock, out: pipe(out), err: pipe(err) });
  const code = await history(world, config, { sinceMs: null, json: false, ...options });
  return { code, out: out.join(''), err: err.join('').replaceAll(/\n *(?=.)/g, ' ') };
}

test('a journal is told from a day ago on, oldest first, with how long each verdict lasted', async () => {
  const { code, out, err } = await told([
    decided(30 * HOUR_MS, 'sticky'),
    decided(23 * HOUR_MS, 'converged'),
    decided(7_200, 'split-brain', 'the link\u001B[2J is cut'),
    closed,
    decided(0, 'converged'),
  ]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.replaceAll(/\n {4,}/g, ' ').split('\n');
  expect(lines.map((line) => line.slice(0, 40))).toEqual([
    '2026-11-23 04:11:00Z  converged (R70): h',
    '',
    '2026-11-24 03:10:52Z  split-brain (R70):',
    '2026-11-24 03:10:57Z  close-server ha2/b',
    '2026-11-24 03:11:00Z  converged (R70): h',
    '',
  ]);
  expect(lines[4]).toMatch(/ \(after 7\.2 s of split-brain\)$/);
  // What was before the first line nobody knows.
  expect(lines[2]).not.toMatch(/of converged/);
  expect(out).not.toContain('\u001B');
  expect(out.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('what is new in the first line is new against the record before it', async () => {
  const { out } = await told([decided(2 * HOUR_MS, 'converged'), decided(0, 'idle')], {
    sinceMs: HOUR_MS,
  });
  expect(out).toMatch(/^2026-11-24 03:11:00Z {2}idle \(R70\).* target main\n$/s);
});

test('of a journal of many pieces only the end is read, and a torn line is counted', async () => {
  const filler = Array.from({ length: 1500 }, (_, at) =>
    decided((3000 - at) * HOUR_MS, 'converged'),
  );
  const torn = JSON.stringify(decided(HOUR_MS, 'idle')).slice(0, 300);
  const { code, out, err } = await told(
    [
      'no record of ours\n',
      ...filler,
      decided(HOUR_MS, 'sticky'),
      `${torn}\n`,
      decided(0, 'idle'),
      torn,
    ],
    { json: true },
  );
  expect(code).toBe(0);
  const entries: HistoryEntry[] = JSON.parse(out);
  expect(entries.map(({ verdict }) => verdict)).toEqual(['sticky', 'idle']);
  expect(err).toMatch(/^2 lines of \S+\/journal cannot be read and are passed over/);
});

test('nothing in that time is said, exit code 0; as JSON it is an empty list', async () => {
  const lines = [decided(2 * HOUR_MS, 'converged')];
  const { code, out } = await told(lines, { sinceMs: HOUR_MS });
  expect(code).toBe(0);
  expect(out).toMatch(/^Nothing in \S+\/journal since 2026-11-24 02:11:00Z\.\n$/);
  expect(await told(lines, { sinceMs: HOUR_MS, json: true })).toMatchObject({ out: '[]\n' });
});

const ENTRY: HistoryEntry = {
  at: '2026-11-24T03:10:00.000Z',
  kind: 'decision',
  verdict: 'idle',
  result: null,
  says: 'idle (R60): nobody',
};

test('without a journal the daemon is asked, and its entries are turned round', async () => {
  const older = { ...ENTRY, at: '2026-11-24T02:00:00.000Z' };
  nock('http://127.0.0.1:9847').get('/v1/history?limit=1000').reply(200, [ENTRY, older]);
  const { code, out, err } = await told(null, { json: true });
  expect({ code, entries: JSON.parse(out) }).toEqual({ code: 0, entries: [older, ENTRY] });
  expect(err).toContain('no journal is configured: this is what the daemon remembers');
});

test.each([
  [
    'there is no such file',
    join(tmpdir(), 'mainstay-no-such', 'journal'),
    /cannot be opened \(ENOENT\)/,
  ],
  ['it is a folder', tmpdir(), /cannot be opened \(it is no file\)/],
])('a journal that cannot be opened: %s; the daemon is asked', async (_, journal, why) => {
  nock('http://127.0.0.1:9847').get('/v1/history?limit=1000').reply(200, [ENTRY]);
  const asked = await run({ ...CONFIG, journal, listen: { host: '127.0.0.1', port: 9847 } });
  expect(asked).toMatchObject({ code: 0, out: '2026-11-24 03:10:00Z  idle (R60): nobody\n' });
  expect(asked.err).toMatch(why);
});

test('no journal and no daemon, or another program in its place: exit code 3, with why', async () => {
  const refused = await run({ ...CONFIG, listen: { host: '127.255.0.9', port: 9 } });
  expect(refused).toMatchObject({ code: 3, out: '' });
  expect(refused.err).toContain('there is no history: no journal is configured, and');
  nock('http://127.0.0.1:9847')
    .get('/v1/history?limit=1000')
    .reply(200, [{ at: 'today' }]);
  const other = await told(null);
  expect(other).toMatchObject({ code: 3, out: '' });
  expect(other.err).toContain('something that is not this mainstay answers');
});

test('on a terminal a verdict has its colour, what failed is red and a hook is dim', () => {
  const tell = historyTeller({ write() {}, columns: 80, colour: true });
  const colour = (difference: Partial<HistoryEntry>) =>
    // oxlint-disable-next-line no-control-regex -- colour is what is looked for
    /\u001B\[(\d+)m/.exec(tell({ ...ENTRY, ...difference }))?.[1];
  expect([
    colour({}),
    colour({ verdict: 'sticky', says: 'sticky (R50)' }),
    colour({ kind: 'outcome', verdict: null, result: 'failed' }),
    colour({ kind: 'outcome', verdict: null, result: 'refused' }),
    colour({ kind: 'outcome', verdict: null, result: 'ok' }),
    colour({ kind: 'hook', verdict: null, result: 'failed' }),
  ]).toEqual(['32', '31', '31', '33', undefined, '2']);
});
