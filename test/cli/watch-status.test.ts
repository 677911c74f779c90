// `status --watch`: a block for each change on a pipe, drawn over in place on a terminal, and the last status at its end.
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { watchStatus } from '../../src/cli/watch-status.ts';
import type { Status } from '../../src/domain/status.ts';
import { proxy, STATUS, worker } from './status.ts';
import { CONFIG, worldWith } from './world.ts';

const HERE = { ...CONFIG, listen: { host: '127.0.0.1', port: 9847 } };
const NOW_MS = Date.parse(STATUS.at);
const SPLIT = {
  verdict: 'split-brain',
  rule: 'R30',
  proxies: [proxy('ha1', { workers: [worker(11, false, 2, 2)] })],
} as const;

// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** One status a second, and Ctrl-C while it waits after the last. */
async function watched(columns: number | null, statuses: readonly Partial<Status>[]) {
  const written: string[] = [];
  const waits: number[] = [];
  const stopping = new AbortController();
  const now = () => ({ monoMs: waits.length * 1000, wallMs: NOW_MS + waits.length * 1000 });
  const sleep = async (ms: number) => {
    waits.push(ms);
    if (waits.length === statuses.length) stopping.abort();
  };
  for (const [i, status] of statuses.entries()) {
    const at = new Date(NOW_MS + i * 1000).toISOString();
    nock('http://127.0.0.1:9847')
      .get('/v1/status')
      .reply(200, { ...STATUS, at, ...status });
  }
  const out = { write: (text: string) => void written.push(text), columns, colour: false };
  const world = worldWith({ clock: { now, sleep }, out });
  const code = await watchStatus(world, HERE, stopping.signal);
  return { code, written, waits };
}

test('on a pipe a block with its time comes only when something has changed but the time', async () => {
  const gate = { gate: 'unconfirmed', proxy: null, until: null, opens: 'by itself' } as const;
  const { code, written, waits } = await watched(null, [
    {},
    { why: 'the target stays, 2s old', proxies: [] },
    { ...SPLIT, gates: [{ ...gate, reason: '1 of 2' }] },
    { ...SPLIT, gates: [{ ...gate, reason: '2 of 2' }] },
    {},
  ]);
  expect(
    written.map((text) => /^(.*\n)[^]*\n(verdict .*?) \(/.exec(text)?.slice(1).join('')),
  ).toEqual([
    '2026-11-24T08:00:00Z\nverdict  converged',
    '2026-11-24T08:00:02Z\nverdict  split-brain',
    '2026-11-24T08:00:04Z\nverdict  converged',
  ]);
  expect(waits).toEqual([1000, 1000, 1000, 1000, 1000]);
  expect(code).toBe(0);
});

test('on a terminal it is drawn over with every poll; the exit code is that of the last status', async () => {
  const { code, written } = await watched(60, [{}, SPLIT]);
  const [first = '', second = ''] = written;
  expect(first).toMatch(/^2026-11-24T08:00:00Z\nAll 8 sessions [^]*\nverdict {2}converged/);
  const lines = first.split('\n').length - 1;
  expect(second.startsWith(`\u001B[${lines}A\u001B[J2026-11-24T08:00:01Z\n`)).toBe(true);
  expect(second).toContain('split-brain');
  for (const line of written.join('').split('\n')) expect(line.length).toBeLessThan(70);
  expect(code).toBe(2);
});
