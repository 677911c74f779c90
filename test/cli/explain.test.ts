// `mainstay explain`: from the daemon where it is to be believed, else by one look; "why not yet" before the rules.
import { stripVTControlCharacters } from 'node:util';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { explanationText } from '../../src/cli/explain-text.ts';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { toExplanation } from '../../src/report/explanation.ts';
import { backup, main, pair, POLICY } from '../decide/world.ts';
import { CONFIG, PIPE, worldWith } from './world.ts';

const HOST = 'http://127.0.0.1:9847';
const HERE = { ...CONFIG, listen: { host: '127.0.0.1', port: 9847 } };
const now = { monoMs: 10_000_000, wallMs: Date.UTC(2026, 10, 24, 3) };

// It stands in for Node's own client, which tests of other files need.
beforeAll(() => void (nock.isActive() || nock.activate()));
afterAll(() => nock.restore());
beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** Everybody is on backup, and main has been back for 18 minutes. */
function held() {
  const servers = [main({ lastChangeS: 1080 }), backup({ sessions: 4 })];
  const snapshot = pair(now.monoMs, servers, servers);
  const memory = {
    ...BLANK,
    target: 'backup',
    verdict: { name: 'holding', sinceMs: now.monoMs - 90_000 },
  } as const;
  const { memory: _, ...judgement } = decide(snapshot, memory, POLICY, now);
  const [cluster, backend, mode] = ['ADA1', 'bp', 'converge'] as const;
  const about = { source: 'daemon', cluster, backend, mode, faultText: () => '' } as const;
  return toExplanation({ ...about, snapshot, judgement, now, memory, policy: POLICY });
}

test('it says what is, why not yet, and the rules up to the one that matched', () => {
  const text = explanationText(held(), 'by the daemon', now.wallMs, PIPE);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text)
    .toBe(`All 8 sessions are on backup, while main is up everywhere. mainstay goes back at
03:12:00Z at the earliest, by itself, if main stays up; to go now: mainstay
converge --to main.

Decided by the daemon.

Why not yet
  failback-wait: main is fit to go to everywhere; the failback waits until it
    has lasted 30m. Opens by itself at 03:12:00Z, in 12m, if main stays up; to
    go now: mainstay converge --to main.

Why the verdict is holding, for 1m30s
  R10 no   no proxy can be seen - seen: ha1, ha2; not seen: none
  R20 no   no producer is up at any proxy that is seen - main is up at ha1, ha2;
           backup is up at ha1, ha2
  R30 no   sessions are on two producers or more - backup 8 (ha1, ha2)
  R40 no   the target is up at some proxies and down at others - backup is up at
           ha1, ha2
  R50 no   all sessions are on a producer that is not the target - backup 8
           (ha1, ha2); the target is backup
  R60 no   there is no session - backup 8 (ha1, ha2)
  R70 no   all sessions are on main - the target is backup; the most preferred
           is main
  R80 yes  all sessions are on the target, which is not main, while main is up
           somewhere - main is up at ha1, ha2

Why the target is backup
  E10 no   an operator wants this one, and it is up somewhere - no override
  E20 no   the target is up nowhere: failover to the producer that is fit to go
           to at most proxies - backup is up at ha1, ha2
  E25 no   the peers have settled elsewhere: all go to the first producer that
           is fit to go to everywhere, else to the one that is up at most
           proxies - there are no peers
  E40 no   a more preferred producer has been fit to go to everywhere, and the
           failback wait is over - main is fit to go to everywhere for 0s (3s
           is needed), up for 18m (30m is needed)
  E50 no   a more preferred producer is fit to go to everywhere and has sessions
           already, and nothing holds new ones back: no use in waiting - main
           has no session, fit to go to everywhere for 0s (3s is needed), new
           connections cannot be kept on backup
  E30 no   the cut is over before anybody was moved: the target is the one
           before - nobody was moved off a target that some proxies could not
           reach
  E30 no   the target is down at some proxies and stays so: everybody goes to
           the first producer that all can reach - backup is up at ha1, ha2
  E30 no   the target is up at some proxies and down at others: it stays as yet
           - backup is up at ha1, ha2
  E60 yes  the target stays - the target is backup

Open gates: not-in-sync, flapping, leader-slot, peer-disagrees, blind,
  observe-only, paused, not-driver, cooldown, budget, unconfirmed, stalled,
  not-steerable, target-not-up, level-too-low, draining.
`);
});

test('on a terminal a gate and the rules that matched are coloured, and take no more room', () => {
  const out = { write() {}, columns: 60, colour: true };
  const text = explanationText(held(), 'by the daemon', now.wallMs, out);
  expect(text).toContain('\u001B[33mfailback-wait\u001B[0m: main');
  expect(text).toContain('\u001B[32mR80 yes\u001B[0m  all sessions');
  const plain = explanationText(held(), 'by the daemon', now.wallMs, { ...out, colour: false });
  expect(stripVTControlCharacters(text)).toBe(plain);
});

async function run(json: boolean, config = HERE) {
  const written: string[] = [];
  const out = { ...PIPE, write: (text: string) => void written.push(text) };
  const clock = { now: () => now, sleep: async () => {} };
  const code = await explain(worldWith({ clock, out }), config, { json });
  return { code, text: written.join('') };
}

test("a daemon's explanation is believed; with --json it is the one document, the code is the verdict's", async () => {
  nock(HOST).get('/v1/explain').times(2).reply(200, held());
  expect(await run(true)).toEqual({ code: 0, text: `${JSON.stringify(held(), null, 2)}\n` });
  const { code, text } = await run(false);
  expect([code, text]).toEqual([0, explanationText(held(), 'by the daemon', now.wallMs, PIPE)]);
  nock(HOST)
    .get('/v1/explain')
    .reply(200, { ...held(), degraded: ['ha2'] });
  expect((await run(true)).code).toBe(3);
});

test.each<[string, object, RegExp]>([
  ['is old', { at: '2026-11-24T02:59:56.000Z' }, /the daemon's last decision is 4s old at http/],
  [
    "is another cluster's",
    { cluster: 'ADA2' },
    /the daemon of cluster ADA2, backend bp answers at/,
  ],
  ['is none', { gates: [{ gate: 'huh' }] }, /something that is not this mainstay answers at/],
])(
  'one that %s is not: a look by itself says that it remembers nothing',
  async (_, differs, why) => {
    nock(HOST)
      .get('/v1/explain')
      .reply(200, { ...held(), ...differs });
    const { code, text } = await run(false);
    const line = text.replaceAll(/\n +/g, ' ');
    expect(line).toContain(
      "Decided by this command, in one look and without the daemon's memory: ",
    );
    expect(line).toMatch(why);
    expect(line).toContain('R10 yes  no proxy can be seen - seen: none; not seen: none');
    expect(code).toBe(3);
  },
);
