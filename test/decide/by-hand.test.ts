// Converging by hand: what a person passes, what stops him, and what he cannot force. Both proxies are on backup; a row names the difference.
import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decideByHand, type Sighting, type Wish } from '../../src/decide/by-hand.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ServerView, Snapshot } from '../../src/domain/view.ts';
import { garbage } from './garbage.ts';
import { forbids } from './oracle.ts';
import { backup, main, pair, POLICY, seen, server, unseen, view, worker } from './world.ts';

const sticky = [main(), backup({ sessions: 4 })];

interface Differs {
  readonly wish?: Partial<Wish>;
  readonly ha1?: readonly ServerView[];
  readonly ha2?: readonly ServerView[] | 'unseen';
  readonly looks?: 1 | 2;
  readonly policy?: Partial<Policy>;
  readonly memory?: Partial<Memory>;
}

function look(atMs: number, { ha1 = sticky, ha2 = sticky }: Differs): Sighting {
  const snapshot: Snapshot =
    ha2 === 'unseen'
      ? { proxies: [seen('ha1', atMs, view(worker(ha1))), unseen('ha2', 0)] }
      : pair(atMs, ha1, ha2);
  return { snapshot, now: { monoMs: atMs, wallMs: atMs } };
}

function judge(differs: Differs) {
  const first = look(100_000, differs);
  const last = look(101_000, differs);
  const { target, held, passed, plan } = decideByHand(
    differs.looks === 1 ? [last] : [first, last],
    { ...BLANK, ...differs.memory },
    { ...POLICY, ...differs.policy },
    { to: null, proxy: null, force: false, ...differs.wish },
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
const undriven = [{ name: 'ha1', drive: false }, ...POLICY.proxies.slice(1)];

type Result = Partial<ReturnType<typeof judge>>;
const rows: [says: string, differs: Differs, result: Result][] = [
  ['main is gone to at once, no wait is waited', {}, { target: 'main', closes: both }],
  ['one look does not confirm', { looks: 1 }, { held: ['unconfirmed ha1', 'unconfirmed ha2'] }],
  [
    'one look may be forced to do, and that is said',
    { looks: 1, wish: { force: true } },
    { passed: ['unconfirmed ha1', 'unconfirmed ha2'], closes: both },
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
  ['a cooldown is said', { memory: closed }, { passed: ['cooldown ha1'], closes: both }],
  [
    'a proxy out of sight is said',
    { ha2: 'unseen' },
    { passed: ['blind ha2'], closes: ['ha1/backup'] },
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
    'another active server keeps main from being gone to',
    { ha1: [...sticky, third()], policy: { producers: ['main', 'backup'] } },
    { held: ['not-steerable ha1'] },
  ],
];

describe('by hand', () => {
  test.each(rows)('%s', (_, differs, result) => {
    expect(judge(differs)).toEqual({ target: 'main', held: [], passed: [], closes: [], ...result });
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
      const [first, ...others] = looks;
      const last = looks.at(-1);
      if (first === undefined || last === undefined) return true;
      const { plan } = decideByHand([first, ...others], BLANK, policy, wanted);
      return (plan?.steps ?? []).every(
        (step) => forbids(step, plan?.target ?? '', last.snapshot, policy) === null,
      );
    },
  );
});
