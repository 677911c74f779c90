// Acting by hand beyond one plan: what a reload hides is closed in its old worker, and the next rung is only said.
import { expect, test } from 'vitest';
import { actByHand, type ByHand } from '../../src/cli/by-hand-acts.ts';
import type { ReachedProxy } from '../../src/cli/proxies.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Config } from '../../src/domain/config.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Level } from '../../src/domain/view.ts';
import { closedIds, planOf, SERVING, standIn, streams, type StandIn } from '../act/stand-in.ts';
import { CONFIG, worldWith } from './world.ts';

const NEW = 101;
const RELOAD = planOf({ action: 'reload', pid: SERVING, server: null, sessions: 4 });
const CLOSE = planOf({ action: 'close-server', pid: SERVING, sessions: 4 });

const policy = {
  ...DEFAULT_POLICY,
  producers: ['main', 'backup'],
  proxies: [{ name: 'ha1', drive: true, reload: true, restart: false }],
  verifyReturnMs: 0,
};
const HERE: Config = { ...CONFIG, policy };

/** Four strays on backup, two sessions on main, and a socket of this level. */
function strayed(level: Level) {
  const has = standIn();
  has.workers.set(SERVING, [...streams('backup', 4), ...streams('main', 2, 100)]);
  const proxy: ReachedProxy = {
    ...has.proxy,
    drive: true,
    address: 'unix:worker',
    events: null,
    look: async (signal) => {
      const seen = await has.proxy.look(signal);
      return seen.ok ? { ok: true, value: { ...seen.value, level } } : seen;
    },
  };
  const said: string[] = [];
  const kept: JournalRecord[] = [];
  const hand: ByHand = {
    world: worldWith({ clock: has.clock }),
    config: HERE,
    wish: { to: null, proxy: null, force: false },
    proxies: [proxy],
    memory: { ...BLANK, target: 'main' },
    journal: {
      restored: { records: [], readable: false },
      append: async (record) => void kept.push(record),
      latest: () => [],
      decisions: () => [],
      close: async () => {},
    },
    say: (text) => void said.push(text),
    warn: (text) => void said.push(text),
    signal: new AbortController().signal,
  };
  return { has, hand, said, kept };
}

/** After the reload a new worker serves, as old as the time since then. */
function renewedByReload(has: StandIn, then: () => void = () => {}): void {
  let sinceMs: number | null = null;
  has.intercept = (line) => {
    if (line !== 'reload' || sinceMs !== null) return null;
    sinceMs = has.clock.now().monoMs;
    has.workers.set(NEW, streams('main', 1, 200));
    has.serving = NEW;
    then();
    return null;
  };
  has.onLook = () => {
    if (sinceMs !== null) has.uptimeS = Math.floor((has.clock.now().monoMs - sinceMs) / 1000);
  };
}

test('what a reload hides is closed in its old worker once the new one is believed, and nothing else', async () => {
  const { has, hand, said, kept } = strayed('operator');
  renewedByReload(has);
  const beganMs = has.clock.now().monoMs;
  const acted = await actByHand(hand, RELOAD, []);
  expect(acted.outcomes).toMatchObject([
    { action: 'reload', server: null, result: 'ok' },
    { action: 'close-session', server: 'backup', result: 'ok', listed: 4 },
  ]);
  expect(acted).toMatchObject({ leftInOld: false, next: [] });
  expect(closedIds(has).toSorted()).toEqual(streams('backup', 4).map(({ id }) => id));
  expect(has.workers.get(SERVING)).toEqual(streams('main', 2, 100));
  const tookMs = has.clock.now().monoMs - beganMs;
  expect(tookMs).toBeGreaterThan(policy.warmupMs);
  expect(tookMs).toBeLessThan(policy.warmupMs + 5000);
  expect(said[1]).toBe('Waiting until the new worker of ha1 is believed.');
  expect(kept.map(({ kind }) => kind)).toContain('outcome');
});

test('what strays in the new worker meanwhile is not what was asked for', async () => {
  const { has, hand } = strayed('admin');
  renewedByReload(has, () => has.workers.set(NEW, streams('backup', 1, 200)));
  const { outcomes } = await actByHand(hand, RELOAD, []);
  expect(outcomes.map(({ action }) => action)).toEqual(['reload', 'close-session']);
  expect(has.workers.get(NEW)).toEqual(streams('backup', 1, 200));
});

test('where main is not up in the new worker, nothing is closed and that is no success', async () => {
  const { has, hand, said } = strayed('operator');
  renewedByReload(has, () => (has.mainUp = false));
  const acted = await actByHand(hand, RELOAD, []);
  expect(acted.outcomes).toMatchObject([{ action: 'reload', result: 'ok' }]);
  expect(acted.leftInOld).toBe(true);
  expect(closedIds(has)).toEqual([]);
  expect(said.at(-1)).toContain('left in old workers');
});

test('where the sessions have ended by themselves, nobody is waited for', async () => {
  const { has, hand } = strayed('operator');
  renewedByReload(has, () => has.workers.set(SERVING, streams('main', 2, 100)));
  const beganMs = has.clock.now().monoMs;
  expect(await actByHand(hand, RELOAD, [])).toMatchObject({ leftInOld: false });
  expect(has.clock.now().monoMs - beganMs).toBeLessThan(10_000);
});

test('a closing that fails is followed by a word on the next rung, not by the rung', async () => {
  const { has, hand } = strayed('admin');
  has.intercept = (line) => (line.startsWith('shutdown') ? '\n' : null);
  const acted = await actByHand(hand, CLOSE, []);
  expect(acted.outcomes).toMatchObject([
    { action: 'close-server', result: 'failed', remaining: 4 },
  ]);
  expect(acted.next).toMatchObject([{ action: 'reload', proxy: 'ha1', sessions: 4 }]);
  expect(has.asked).not.toContain('master: reload');
});

test('a closing that succeeds has no next rung', async () => {
  const { hand } = strayed('admin');
  const acted = await actByHand(hand, CLOSE, []);
  expect(acted.outcomes).toMatchObject([{ result: 'ok', listed: 4 }]);
  expect(acted).toMatchObject({ leftInOld: false, next: [] });
});
