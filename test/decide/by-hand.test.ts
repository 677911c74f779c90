// Converging by hand: what a person passes, what stops him, and what he cannot force. Both proxies are on backup; a row names the difference.
import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decideByHand, type Sighting, type Wish } from '../../src/decide/by-hand.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Pin, ProxySight, ServerView, Snapshot } from '../../src/domain/view.ts';
import { garbage } from './garbage.ts';
import { forbids } from './oracle.ts';
import {
  backup,
  main,
  pair,
  POLICY,
  proxyPolicy,
  seen,
  server,
  unseen,
  view,
  worker,
} from './world.ts';

const sticky = [main(), backup({ sessions: 4 })];

interface Differs {
  readonly wish?: Partial<Wish>;
  readonly ha1?: readonly ServerView[] | 'unseen';
  readonly ha2?: readonly ServerView[] | 'unseen';
  readonly looks?: 1 | 2;
  /** What ha1 showed at the first of two looks, where that was something else. */
  readonly before?: readonly ServerView[];
  /** Of both workers; default: a day. */
  readonly uptimeS?: number;
  readonly policy?: Partial<Policy>;
  readonly memory?: Partial<Memory>;
}

function look(atMs: number, { ha1 = sticky, ha2 = sticky, uptimeS }: Differs): Sighting {
  const sight = (name: string, pid: number, shows: readonly ServerView[] | 'unseen') =>
    shows === 'unseen'
      ? unseen(name, 0)
      : seen(name, atMs, view(worker(shows, { pid, ...(uptimeS !== undefined && { uptimeS }) })));
  return lookAt(atMs, { proxies: [sight('ha1', 100, ha1), sight('ha2', 200, ha2)] });
}

function lookAt(atMs: number, snapshot: Snapshot): Sighting {
  return { snapshot, now: { monoMs: atMs, wallMs: atMs } };
}

function judge(differs: Differs) {
  const first = look(100_000, { ...differs, ha1: differs.before ?? differs.ha1 ?? sticky });
  const last = look(101_000, differs);
  const { target, held, passed, plan } = decideByHand(
    differs.looks === 1 ? [last] : [first, last],
    { ...BLANK, ...differs.memory },
    { ...POLICY, ...differs.policy },
    { ...NOTHING, ...differs.wish },
  );
  return {
    target,
    held: held.map(({ gate, proxy }) => `${gate} ${proxy ?? ''}`),
    passed: passed.map(({ gate, proxy }) => `${gate} ${proxy ?? ''}`),
    closes: (plan?.steps ?? []).map((step) => `${step.proxy}/${step.server}`),
  };
}

const both = ['ha1/backup', 'ha2/backup'];
const third = (differs: Partial<ServerView> = {}) => server({ name: 'third', id: 3, ...differs });
const closed = { proxies: [{ ...memoryOf(BLANK, 'ha1'), closedMs: 100_999 }] };
const acting = { proxies: [{ ...memoryOf(BLANK, 'ha1'), actingMs: 100_999 }] };
const flapping = { flap: { factor: 8, changedMs: 0 }, moves: [100_000, 100_001], target: 'backup' };
const down = [main({ status: 'DOWN' }), backup({ sessions: 4 })];
const undriven = [proxyPolicy('ha1', { drive: false }), ...POLICY.proxies.slice(1)];

const NOTHING: Wish = { to: null, proxy: null, force: false };
const shown = (atMs: number, pid = 100, name = 'ha1') =>
  seen(name, atMs, view(worker(sticky, { pid })));
const onBackup: Pin = { kind: 'table', serverId: 2, leaseMs: 9_000 };
const pinned = (name: string, pid: number) =>
  seen(name, 101_000, { ...view(worker(sticky, { pid })), pin: onBackup });
const healed = (atMs: number) =>
  seen('ha1', atMs, view(worker([main({ sessions: 4 }), backup()], { pid: 100 })));

type Result = Partial<ReturnType<typeof judge>>;
const rows: [says: string, differs: Differs, result: Result][] = [
  ['main is gone to at once, no wait is waited', {}, { target: 'main', closes: both }],
  ['one look does not confirm', { looks: 1 }, { held: ['unconfirmed ha1', 'unconfirmed ha2'] }],
  [
    'two looks that differ do not either',
    { before: [main(), backup()] },
    { held: ['unconfirmed ha1'] },
  ],
  [
    'one look may be forced to do, and that is said',
    { looks: 1, wish: { force: true } },
    { passed: ['unconfirmed ha1', 'unconfirmed ha2'], closes: both },
  ],
  [
    'a loop that stood still is looked at anew',
    { memory: { stalledMs: 100_500 } },
    { held: ['stalled ha1', 'stalled ha2'] },
  ],
  [
    'or forced to act',
    { memory: { stalledMs: 100_500 }, wish: { force: true } },
    { passed: ['stalled ha1', 'stalled ha2'], closes: both },
  ],
  [
    'one proxy is touched where one is named',
    { wish: { proxy: 'ha2' } },
    { closes: ['ha2/backup'] },
  ],
  [
    'a server that the next connection would not go to is not gone to',
    { wish: { to: 'backup' }, ha1: [main({ sessions: 4 }), backup()] },
    { target: 'backup', held: ['not-steerable ha1'] },
  ],
  [
    'a server that the next connection would not go to is not gone to by force either',
    { wish: { to: 'backup', force: true }, ha1: [main({ sessions: 4 }), backup()] },
    { target: 'backup', held: ['not-steerable ha1'] },
  ],
  [
    'what is down at one proxy is not gone to at the other',
    { wish: { to: 'main' }, ha1: [main({ status: 'DOWN' }), backup({ sessions: 4 })] },
    { target: 'main', held: ['target-not-up ha1'] },
  ],
  [
    'what is down at one proxy is not gone to by force either',
    { wish: { to: 'main', force: true }, ha1: [main({ status: 'DOWN' }), backup({ sessions: 4 })] },
    { target: 'main', held: ['target-not-up ha1'] },
  ],
  [
    'what is down at one proxy is gone to where only the other is meant',
    {
      wish: { to: 'main', proxy: 'ha2' },
      ha1: [main({ status: 'DOWN' }), backup({ sessions: 4 })],
    },
    { target: 'main', closes: ['ha2/backup'] },
  ],
  [
    'in a young worker what is up is not believed, by force neither',
    { uptimeS: 5, memory: { target: 'main' }, wish: { force: true } },
    { held: ['target-not-up ha1', 'target-not-up ha2'] },
  ],
  [
    'a name that is no server is not gone to, by force neither',
    { wish: { to: 'nobody', force: true } },
    { target: 'nobody', held: ['target-not-up ha1', 'target-not-up ha2'] },
  ],
  ['a cooldown is said', { memory: closed }, { passed: ['cooldown ha1'], closes: both }],
  [
    'a closing that has not ended is said',
    { memory: acting },
    { passed: ['cooldown ha1'], closes: both },
  ],
  ['flapping and the failback wait do not matter', { memory: flapping }, { closes: both }],
  [
    'a proxy out of sight is said',
    { ha2: 'unseen' },
    { passed: ['blind ha2'], closes: ['ha1/backup'] },
  ],
  [
    'but not where only the other is meant',
    { ha2: 'unseen', wish: { proxy: 'ha1' } },
    { closes: ['ha1/backup'] },
  ],
  [
    'with no proxy in sight there is no target',
    { ha1: 'unseen', ha2: 'unseen' },
    { target: null, passed: ['blind ha1', 'blind ha2'] },
  ],
  [
    'with no producer up there is none either',
    { ha1: [main({ status: 'DOWN' })], ha2: [main({ status: 'MAINT' })] },
    { target: null },
  ],
  [
    'a drain is said, and left alone',
    { ha1: [main(), backup({ sessions: 4, status: 'DRAIN' })] },
    { passed: ['draining ha1'], closes: ['ha2/backup'] },
  ],
  [
    'the mode, the budget and who drives do not matter',
    { policy: { mode: 'observe', budgetMax: 0, proxies: undriven } },
    { closes: both },
  ],
  ['with all on main there is nothing to do', { ha1: [main({ sessions: 4 })], ha2: [main()] }, {}],
  [
    'with main fit nowhere the target is what it was',
    {
      ha1: [main({ checkPassed: false }), backup({ sessions: 4 })],
      ha2: [main({ checkPassed: false }), backup()],
    },
    { target: 'backup' },
  ],
  [
    'what is up everywhere is no reason to leave a main that is cut off at one proxy',
    { ha1: down, ha2: [main({ sessions: 4 }), backup()], memory: { target: 'main' } },
    { target: 'main', held: ['target-not-up ha1'] },
  ],
  [
    'a main that is up at one proxy only is not gone to where the target is backup',
    { ha1: down, memory: { target: 'backup' } },
    { target: 'backup' },
  ],
  [
    'main is gone to where it is asked for, though another is fit too',
    { wish: { to: 'main' }, memory: { target: 'backup' } },
    { closes: both },
  ],
  [
    'another active server keeps main from being gone to',
    { ha1: [...sticky, third()], policy: { producers: ['main', 'backup'] } },
    { held: ['not-steerable ha1'] },
  ],
];

describe('by hand', () => {
  test.each(rows)('%s', (_, differs, result) => {
    expect(judge(differs)).toEqual({ target: 'main', held: [], passed: [], closes: [], ...result });
  });

  test.each<[says: string, wish: Partial<Wish>, said: readonly string[]]>([
    ['main', {}, ['sticky', 'R50', 'sticky']],
    ['backup', { to: 'backup' }, ['holding', 'R80', 'no plan']],
  ])('the diagnosis is by the target that is gone to: %s', (_, wanted, said) => {
    const looks: [Sighting, Sighting] = [look(100_000, {}), look(101_000, {})];
    const hand = decideByHand(looks, BLANK, POLICY, { ...NOTHING, ...wanted });
    expect(hand.decision.verdict).toBe('holding');
    expect([hand.verdict, hand.rule, hand.plan?.reason ?? 'no plan']).toEqual(said);
  });

  test('all move or none: a gate at one proxy holds the other', () => {
    const split = [main({ sessions: 1 }), backup({ sessions: 3 })];
    const before = lookAt(100_000, pair(100_000, [main({ sessions: 4 }), backup()], split));
    const last = lookAt(101_000, pair(101_000, split, split));
    const { plan, held } = decideByHand([before, last], BLANK, POLICY, NOTHING);
    expect(held.map(({ gate, proxy }) => `${gate} ${proxy}`)).toEqual(['unconfirmed ha1']);
    expect(plan).toBeNull();
    const forced = decideByHand([before, last], BLANK, POLICY, { ...NOTHING, force: true });
    expect(forced.plan).toMatchObject({ allOrNothing: true, sinceMs: 101_000, target: 'main' });
  });

  test.each<[says: string, wanted: Partial<Wish>, pins: readonly string[], closes: number]>([
    ['to main, pins on backup are released', {}, ['ha1 null', 'ha2 null'], 2],
    ['at one proxy, only its own pin is', { proxy: 'ha1' }, ['ha1 null'], 1],
    ['to backup, where all are, they stay', { to: 'backup' }, ['ha1 backup', 'ha2 backup'], 0],
    ['to a name that is no server, they go', { to: 'nobody' }, ['ha1 null', 'ha2 null'], 0],
  ])('a person writes every pin: %s', (_, wanted, orders, closes) => {
    const last = lookAt(101_000, { proxies: [pinned('ha1', 100), pinned('ha2', 200)] });
    const policy: Policy = { ...POLICY, mode: 'observe', proxies: undriven };
    const { pins, plan } = decideByHand([last, last], BLANK, policy, { ...NOTHING, ...wanted });
    expect(pins.map(({ proxy, server: name }) => `${proxy} ${name}`)).toEqual(orders);
    expect(plan?.steps ?? []).toHaveLength(closes);
  });

  test.each<[says: string, ha1: readonly ProxySight[], tooMany: readonly number[]]>([
    ['all three', [shown(1), shown(2), shown(3)], [4]],
    ['two: the first showed another worker', [shown(1, 99), shown(2), shown(3)], [3, 4]],
    ['one: nothing was seen before it', [shown(1), unseen('ha1', 0), shown(3)], [2, 3, 4]],
    ['one: all were on main before it', [shown(1), healed(2), shown(3)], [2, 3, 4]],
    ['none, but there is nothing to close', [shown(1), shown(2), healed(3)], []],
  ])('looks that agree: %s', (_, ha1, tooMany) => {
    const looks = ha1.map((sight, at) =>
      lookAt(at * 1000, { proxies: [sight, shown(at, 200, 'ha2')] }),
    );
    const stops = (confirm: number): boolean => {
      const policy = { ...POLICY, confirm };
      const { held } = decideByHand(oneOrMore(looks), BLANK, policy, NOTHING);
      return held.some(({ gate, proxy }) => gate === 'unconfirmed' && proxy === 'ha1');
    };
    expect([1, 2, 3, 4].filter(stops)).toEqual(tooMany);
  });

  const wish = fc.record({
    to: fc.constantFrom(null, 'main', 'backup', '__proto__'),
    proxy: fc.constantFrom(null, 'ha1', 'ha2'),
    force: fc.boolean(),
  });
  law.prop([garbage(), wish], { numRuns: 500 })(
    'nothing is done that the last way out forbids, whatever is shown and however it is forced',
    ({ policy, snapshots }, wanted) => {
      const looks = snapshots.map((snapshot, at) => ({
        snapshot,
        now: { monoMs: at * 1_000, wallMs: at * 1_000 },
      }));
      const last = looks.at(-1);
      if (last === undefined) return true;
      const { pins, plan } = decideByHand(oneOrMore(looks), BLANK, policy, wanted);
      return (plan?.steps ?? []).every(
        (step) => forbids(step, plan?.target ?? '', last.snapshot, policy, pins) === null,
      );
    },
  );
});

function oneOrMore([first, ...others]: readonly Sighting[]): [Sighting, ...Sighting[]] {
  if (first === undefined) throw new Error('no look at all');
  return [first, ...others];
}
