// What is told beforehand of an override: the same as the next round wants once it is really given.
import { isDeepStrictEqual } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import { obey } from '../../src/decide/obey.ts';
import { rehearse, type Rehearsal } from '../../src/decide/rehearse.ts';
import type { Gate, Step } from '../../src/domain/decision.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Now } from '../../src/domain/time.ts';
import type { ProxySight, ServerView, Snapshot } from '../../src/domain/view.ts';
import { history, type History } from './history.ts';
import { live } from './live.ts';
import { backup, main, POLICY, proxyPolicy, seen, unseen, view, worker } from './world.ts';

const NOW: Now = { monoMs: 10_000_000, wallMs: 1_800_000_000_000 };
const after = (ms: number): Now => ({ monoMs: NOW.monoMs + ms, wallMs: NOW.wallMs + ms });

type GivenOverride = Extract<Order, { kind: 'override' }>;

function overrideTo(to: string, { wallMs }: Now): GivenOverride {
  return { kind: 'override', to, untilWallMs: wallMs + 3_600_000, givenWallMs: wallMs };
}

function inWords(steps: readonly Step[], gates: readonly Gate[]) {
  return {
    steps: steps.map((step) => `${step.action} ${step.proxy}/${step.server} ${step.sessions}`),
    gates: gates.map(({ gate, proxy }) => `${gate} ${proxy}`),
  };
}

const rehearsed = ({ steps, gates }: Rehearsal) => inWords(steps, gates);

/** At the proxies that are driven; that a look is still wanted which agrees is left out. */
function really({ wanted, gates, drives }: Decision) {
  return inWords(
    wanted.filter(({ proxy }) => drives.includes(proxy)),
    gates.filter(
      ({ gate, proxy }) => proxy === null || (gate !== 'unconfirmed' && drives.includes(proxy)),
    ),
  );
}

interface World {
  readonly ha1?: readonly ServerView[] | 'unseen';
  readonly ha2?: readonly ServerView[] | 'unseen';
  readonly policy?: Partial<Policy>;
  readonly memory?: Partial<Memory>;
  readonly waiting?: readonly Order[];
}

const well = [main({ sessions: 4 }), backup()];

function lookAt({ ha1 = well, ha2 = well }: World, atMs: number): Snapshot {
  const sight = (name: string, pid: number, servers: readonly ServerView[] | 'unseen') =>
    servers === 'unseen'
      ? unseen(name, NOW.monoMs - 60_000)
      : seen(name, atMs, {
          ...view(worker(servers, { pid })),
          pin: { kind: 'table', serverId: 0, leaseMs: 0 },
        });
  return { proxies: [sight('ha1', 100, ha1), sight('ha2', 200, ha2)] };
}

/** What is told at the end of a round, and the two rounds that come when it is then really ordered. */
function ordered(to: string, world: World) {
  const policy = { ...POLICY, ...world.policy };
  const proxies = policy.proxies.map(({ name }) => ({ ...memoryOf(BLANK, name), freshLooks: 9 }));
  const memory = { ...BLANK, target: 'main', proxies, ...world.memory };
  const round = { snapshot: lookAt(world, NOW.monoMs), memory, policy, now: NOW };
  const { waiting = [] } = world;
  const override = overrideTo(to, after(10));
  const rehearsal = rehearse(round, waiting, override, after(10));
  let left = decide(round.snapshot, memory, policy, NOW).memory;
  for (const order of [...waiting, override]) left = obey(left, order, after(10));
  const next = decide(lookAt(world, NOW.monoMs + 1_000), left, policy, after(1_000));
  const confirmed = decide(lookAt(world, NOW.monoMs + 2_000), next.memory, policy, after(2_000));
  return { rehearsal, next, confirmed };
}

const BOTH = ['close-server ha1/main 4', 'close-server ha2/main 4'];
const closed = (ms: number) => [
  { ...memoryOf(BLANK, 'ha1'), freshLooks: 9, actingMs: NOW.monoMs - ms },
  { ...memoryOf(BLANK, 'ha2'), freshLooks: 9 },
];
const rows: [says: string, world: World, steps: readonly string[], ...gates: readonly string[]][] =
  [
    ['everybody is moved', {}, BOTH],
    [
      'whoever is there already is left',
      { ha2: [main(), backup({ sessions: 4 })] },
      [BOTH[0] ?? ''],
    ],
    [
      'a proxy that is out of sight holds nobody else',
      { ha2: 'unseen' },
      [BOTH[0] ?? ''],
      'blind ha2',
    ],
    [
      'a proxy that another supervisor drives is not told of',
      { policy: { proxies: [proxyPolicy('ha1'), proxyPolicy('ha2', { drive: false })] } },
      [BOTH[0] ?? ''],
    ],
    [
      'where it is down it holds all',
      { ha2: [main({ sessions: 4 }), backup({ status: 'DOWN' })] },
      [BOTH[0] ?? ''],
      'target-not-up ha2',
    ],
    ['a pause holds it', { memory: { paused: { untilWallMs: null } } }, BOTH, 'paused null'],
    [
      'a pause that no round has had yet does too',
      { waiting: [{ kind: 'pause', untilWallMs: null }] },
      BOTH,
      'paused null',
    ],
    [
      'a closing that is under way holds its proxy',
      { memory: { proxies: closed(500) } },
      BOTH,
      'cooldown ha1',
    ],
    [
      'and so does one that this very round has begun',
      {
        ha1: [main({ sessions: 4 }), backup({ sessions: 2 })],
        memory: {
          proxies: closed(0).map((was) => ({
            ...was,
            actingMs: null,
            agreed: { key: 'main close-server/100/backup', looks: 1, lookMs: NOW.monoMs - 1_000 },
          })),
        },
      },
      BOTH,
      'cooldown ha1',
    ],
    [
      'no cooldown and no budget holds it',
      {
        memory: {
          plans: Array.from({ length: 12 }, () => NOW.monoMs - 1_000),
          proxies: closed(0).map((was) => ({
            ...was,
            actingMs: null,
            closedMs: NOW.monoMs - 1_000,
          })),
        },
      },
      BOTH,
    ],
    [
      'an override to another producer is gone then',
      { memory: { override: overrideTo('main', after(-5_000)) } },
      BOTH,
    ],
    [
      'what is draining is left to end',
      { ha1: [main({ sessions: 4, status: 'DRAIN' }), backup()] },
      [BOTH[1] ?? ''],
      'draining ha1',
    ],
  ];

describe('an override to backup while all is on main, told beforehand and then given', () => {
  test.each(rows)('%s', (_, world, steps, ...gates) => {
    const { rehearsal, next, confirmed } = ordered('backup', world);
    expect(rehearsed(rehearsal)).toEqual({ steps, gates });
    expect(really(next)).toEqual({ steps, gates });
    // A second look agrees: then it is done, or a gate that was told of holds it.
    const held = gates.some((gate) => !gate.startsWith('draining') && !gate.startsWith('blind'));
    const did = inWords(confirmed.plan?.steps ?? [], []).steps;
    expect(did).toEqual(held ? [] : steps);
  });
});

test('where it is up nowhere it would end at once: nothing would be done, and it is said why', () => {
  const down = [main({ sessions: 4 }), backup({ status: 'DOWN' })];
  const { rehearsal, next } = ordered('backup', { ha1: down, ha2: down });
  expect(rehearsed(rehearsal)).toEqual({ steps: [], gates: ['target-not-up null'] });
  expect(rehearsal.gates[0]?.reason).toBe(
    'backup is up at no proxy that is seen: the override would end at once',
  );
  expect([next.target, next.override]).toEqual(['main', null]);
});

/** Where what is told of an override, in some tick of a history, is not what the next round wants. */
function apart(story: History, at: number): readonly unknown[] {
  const ticks = live(story);
  const tick = ticks[at % ticks.length];
  if (tick === undefined) return [];
  const { snapshot, policy, decision } = tick;
  const now = { monoMs: tick.now.monoMs + 20, wallMs: tick.now.wallMs + 20 };
  const proxies = snapshot.proxies.map((proxy) => again(proxy, 10));
  return decision.producers
    .map((to) => {
      const override = overrideTo(to, now);
      const rehearsal = rehearse(tick, [], override, now);
      const memory = obey(decision.memory, override, now);
      const next = decide({ ...snapshot, proxies }, memory, policy, now);
      const holds = next.target === to && next.override !== null;
      const wanted = holds ? really(next) : { steps: [], gates: ['target-not-up null'] };
      return { story, wanted: lasting(wanted), told: lasting(rehearsed(rehearsal)) };
    })
    .filter(({ wanted, told }) => !isDeepStrictEqual(wanted, told));
}

/** One look more may be what a loop that stood still has waited for. */
function lasting({ steps, gates }: ReturnType<typeof inWords>) {
  return { steps, gates: gates.filter((gate) => !gate.startsWith('stalled')) };
}

/** The same, looked at again. */
function again({ name, sight }: ProxySight, ms: number): ProxySight {
  return { name, sight: sight.kind === 'seen' ? { ...sight, atMs: sight.atMs + ms } : sight };
}

function expectNone(breaches: readonly unknown[]): void {
  expect(breaches).toEqual([]);
}

property.prop([history(), fc.nat()], { numRuns: 20 })(
  'whatever has happened, what is told is what the next round wants',
  (story, at) => expectNone(apart(story, at)),
);
