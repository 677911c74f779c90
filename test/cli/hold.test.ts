// Holding a producer by hand: pins are renewed until the time is over, the producer goes down or Ctrl-C, and then released.
import { expect, test } from 'vitest';
import { actAlone } from '../../src/cli/act-alone.ts';
import type { ByHand } from '../../src/cli/by-hand-acts.ts';
import { decideByHand } from '../../src/decide/by-hand.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Look } from '../../src/domain/ports.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { SERVING, standIn, streams, type StandIn } from '../act/stand-in.ts';
import { CONFIG, worldWith } from './world.ts';

const HERE: Config = {
  ...CONFIG,
  pinTable: 'pin',
  policy: {
    ...DEFAULT_POLICY,
    confirm: 1,
    producers: ['main', 'backup'],
    proxies: [{ name: 'ha1', drive: true, reload: false, restart: false }],
    verifyReturnMs: 0,
  },
};
const wish = { to: 'backup', proxy: null, force: false };

/** Two sessions on main; whoever is closed comes to where the pin says. */
async function toBackup(holdMs: number, befall: (has: Befallen) => void) {
  const has = standIn();
  has.workers.set(SERVING, streams('main', 2));
  const stopping = new AbortController();
  const said: string[] = [];
  const fate: Befallen = { has, ctrlC: () => stopping.abort(), backupUp: true };
  const look: Look = async (signal) => {
    const found = await has.proxy.look(signal);
    if (!found.ok || fate.backupUp) return found;
    const [serving] = found.value.workers;
    const servers = serving.servers.map((one) =>
      one.name === 'backup' ? { ...one, health: 'down' as const, status: 'DOWN' } : one,
    );
    return { ok: true, value: { ...found.value, workers: [{ ...serving, servers }] } };
  };
  const hand: ByHand = {
    world: worldWith({ clock: has.clock }),
    config: HERE,
    wish,
    proxies: [{ ...has.proxy, look, drive: true, address: 'unix:worker', events: null }],
    memory: { ...BLANK, target: 'main' },
    journal: {
      restored: { records: [], readable: false },
      append: async () => {},
      latest: () => [],
      decisions: () => [],
      close: async () => {},
    },
    say: (text) => void said.push(text.replaceAll(/\n */g, ' ')),
    warn: (text) => void said.push(`! ${text.replaceAll(/\n */g, ' ')}`),
    signal: stopping.signal,
  };
  befall(fate);
  const seen = await has.proxy.look();
  if (!seen.ok) throw new Error('it is seen');
  const now = has.clock.now();
  const sight = { kind: 'seen', atMs: now.monoMs, value: seen.value } as const;
  const looks = [{ snapshot: { proxies: [{ name: 'ha1', sight }] }, now }] as const;
  const decision = decideByHand([looks[0]], hand.memory, HERE.policy, wish);
  const ended = await actAlone(hand, decision, holdMs, 0);
  const writes = has.asked.flatMap((line) => /gpt0 (\d)/.exec(line)?.[1] ?? []);
  return { has, said, ended, writes, tookMs: has.clock.now().monoMs - now.monoMs };
}

interface Befallen {
  readonly has: StandIn;
  readonly ctrlC: () => void;
  backupUp: boolean;
}

/** What befalls it once time has come. */
function after(has: StandIn, ms: number, then: () => void): void {
  const atMs = has.clock.now().monoMs + ms;
  has.onLook = () => void (has.clock.now().monoMs >= atMs && then());
}

test('the pin is written before the closing, renewed each poll, and released when the time is over', async () => {
  const { has, ended, said, writes, tookMs } = await toBackup(30_000, () => {});
  expect(ended).toMatchObject({
    ending: 'done',
    code: 0,
    hold: { to: 'backup', by: 'command', end: 'over' },
  });
  const firstPin = has.asked.findIndex((line) => line.startsWith('set table'));
  const closing = has.asked.indexOf('shutdown sessions server bp/main');
  expect(firstPin).toBeGreaterThanOrEqual(0);
  expect(closing).toBeGreaterThan(firstPin);
  expect(writes.at(-1)).toBe('0');
  expect(new Set(writes.slice(0, -1))).toEqual(new Set(['2']));
  expect(writes.length).toBeGreaterThan(25);
  expect(tookMs).toBeGreaterThanOrEqual(30_000);
  expect(tookMs).toBeLessThan(33_000);
  expect(said.some((text) => /^Holding backup until \S+Z; Ctrl-C ends it\.$/.test(text))).toBe(
    true,
  );
  expect(said.at(-1)).toMatch(/^The time is over, and the pins are released/);
});

test('Ctrl-C ends it within a poll, and the pin is released all the same', async () => {
  const { ended, writes, said, tookMs } = await toBackup(3_600_000, ({ has, ctrlC }) =>
    after(has, 10_000, ctrlC),
  );
  expect(ended).toMatchObject({ code: 0, hold: { end: 'stopped' } });
  expect(writes.at(-1)).toBe('0');
  expect(tookMs).toBeLessThan(12_000);
  expect(said.at(-1)).toMatch(/^Stopped, and the pins are released/);
});

test('it yields when its producer is up nowhere', async () => {
  const { ended, writes, said } = await toBackup(3_600_000, (fate) => {
    after(fate.has, 10_000, () => void (fate.backupUp = false));
  });
  expect(ended).toMatchObject({ code: 0, hold: { end: 'yielded' } });
  expect(writes.at(-1)).toBe('0');
  expect(said.at(-1)).toContain('backup is up at no proxy that is seen');
});

test('a renewal that fails is said once, and once when it succeeds again', async () => {
  const { said } = await toBackup(30_000, ({ has }) => {
    const beganMs = has.clock.now().monoMs;
    has.intercept = (line) => {
      const fails = has.clock.now().monoMs - beganMs > 10_000 && line.startsWith('set table');
      return fails && has.clock.now().monoMs - beganMs < 20_000 ? 'Permission denied\n\n' : null;
    };
  });
  const warned = said.filter((text) => text.startsWith('! '));
  expect(warned).toHaveLength(2);
  expect(warned[0]).toContain('ha1: its pin is not renewed, and lives on until its lease ends: ');
  expect(warned[1]).toContain('ha1: its pin is renewed again');
});

test('a closing that fails is not held: the pin is released at once', async () => {
  const { ended, writes, tookMs } = await toBackup(3_600_000, ({ has }) => {
    has.intercept = (line) => (line.startsWith('shutdown') ? 'Permission denied\n\n' : null);
  });
  expect(ended).toMatchObject({ ending: 'failed', code: 2 });
  expect(ended.hold).toBeUndefined();
  expect(writes.at(-1)).toBe('0');
  expect(tookMs).toBeLessThan(20_000);
});
