// What a decision says beside its verdict, and what it carries over from tick to tick.
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Snapshot, View } from '../../src/domain/view.ts';
import { backup, main, pair, POLICY, seen, server, unseen, view, worker } from './world.ts';

const well = [main({ sessions: 4 }), backup()];
const astray = [main({ sessions: 3 }), backup({ sessions: 1 })];

/** Decides once a second, from 0 on. */
function ticks(snapshots: readonly ((atMs: number) => Snapshot)[], policy: Policy = POLICY) {
  const decisions: Decision[] = [];
  let memory: Memory = BLANK;
  for (const [s, snapshot] of snapshots.entries()) {
    const now = { monoMs: s * 1_000, wallMs: s * 1_000 };
    const decision = decide(snapshot(s * 1_000), memory, policy, now);
    decisions.push(decision);
    memory = decision.memory;
  }
  return decisions;
}

const good = (atMs: number) => pair(atMs, well, well);
const bad = (atMs: number) => pair(atMs, astray, well);
const worse = (atMs: number) => pair(atMs, astray, astray);

describe('a verdict', () => {
  test('counts from the first look that gave it, without a break', () => {
    const since = ticks([good, good, bad, bad, good, good]).map(({ sinceMs }) => sinceMs);
    expect(since).toEqual([0, 0, 2_000, 2_000, 4_000, 4_000]);
  });
});

describe('what holds all on backup while main is up somewhere', () => {
  const rows: [status: string, hold: string][] = [
    ['DOWN', 'wait'],
    ['MAINT', 'operator'],
    ['DRAIN', 'operator'],
    ['UP 1/3', 'wait'],
  ];
  const used = backup({ sessions: 4 });
  test.each(rows)('where it is %s at the other proxy, is: %s', (status, hold) => {
    const snapshot = (atMs: number) => pair(atMs, [main(), used], [main({ status }), used]);
    expect(ticks([snapshot])[0]).toMatchObject({ verdict: 'holding', hold });
  });
});

describe('a target that is no producer any more', () => {
  test('is as good as none: the one that has the sessions is taken', () => {
    const memory = { ...BLANK, target: 'gone' };
    const snapshot = pair(0, [main(), backup({ sessions: 4 })], [main(), backup()]);
    const decision = decide(snapshot, memory, POLICY, { monoMs: 0, wallMs: 0 });
    expect(decision).toMatchObject({ target: 'backup', election: 'E70' });
  });
});

describe('a plan', () => {
  test('counts from the first look that called for closing, wherever that was', () => {
    const plans = ticks([good, bad, worse], { ...POLICY, confirm: 2 }).map(({ plan }) => plan);
    expect(plans).toEqual([
      null,
      null,
      {
        target: 'main',
        reason: 'split-brain',
        allOrNothing: false,
        steps: [
          {
            action: 'close-server',
            proxy: 'ha1',
            pid: 100,
            server: 'backup',
            sessions: 1,
            climbed: null,
          },
        ],
        sinceMs: 1_000,
      },
    ]);
  });

  test('counts anew after a look that called for none', () => {
    const last = ticks([bad, good, bad, bad]).at(-1);
    expect(last?.plan?.sinceMs).toBe(2_000);
  });

  test('of a failback is all or nothing, the next one to the same target is not', () => {
    const policy = { ...POLICY, cooldownMs: 0 };
    const sticky = [main(), backup({ sessions: 4 })];
    const all = Array.from({ length: 7 }, () => (atMs: number) => pair(atMs, sticky, sticky));
    const plans = ticks(all, policy).map(({ plan }) => plan?.allOrNothing ?? null);
    expect(plans.filter((plan) => plan !== null)).toEqual([true]);
    const memory = ticks(all, policy).at(-1)?.memory ?? BLANK;
    expect(memory.pendingMove).toBe(false);
  });

  test('is not begun twice while it is carried out', () => {
    const many = Array.from({ length: 9 }, () => bad);
    const policy = { ...POLICY, cooldownMs: 0, confirm: 1 };
    expect(ticks(many, policy).filter(({ plan }) => plan !== null)).toHaveLength(1);
  });
});

describe('what is wanted', () => {
  test('is told though nothing may be done', () => {
    const [first, second] = ticks([bad, bad], { ...POLICY, mode: 'observe' });
    expect(first?.wanted).toEqual(second?.wanted);
    expect(second?.wanted).toMatchObject([{ proxy: 'ha1', server: 'backup' }]);
    expect(second?.plan).toBeNull();
  });

  test('is judged by the serving worker, whatever an old one shows', () => {
    const old = worker([main({ status: 'DOWN' }), backup()], { pid: 99, old: true });
    const snapshot = (atMs: number): Snapshot => ({
      proxies: [seen('ha1', atMs, view(worker(astray), old))],
    });
    expect(ticks([snapshot, snapshot]).at(-1)?.plan?.steps).toMatchObject([
      { pid: 100, server: 'backup' },
    ]);
  });
});

function half(atMs: number): Snapshot {
  return { proxies: [seen('ha1', atMs, view(worker(well))), unseen('ha2', 0)] };
}

describe('a proxy that is not seen', () => {
  test('degrades whatever verdict there is', () => {
    expect(ticks([half])[0]).toMatchObject({ verdict: 'converged', degraded: ['ha2'] });
    expect(ticks([good])[0]).toMatchObject({ verdict: 'converged', degraded: [] });
  });

  test.each<[says: string, hidden: View['hidden'], degraded: readonly string[]]>([
    ['degrades where the master cannot be read', { kind: 'no-socket', address: 'm' }, ['ha1']],
    ['does not where the configuration names no master', { kind: 'no-master' }, []],
  ])('in part %s, and holds nothing', (_, hidden, degraded) => {
    const partly = (atMs: number): Snapshot => ({
      proxies: [seen('ha1', atMs, { ...view(worker(astray)), hidden })],
    });
    const second = ticks([partly, partly])[1];
    expect(second?.degraded).toEqual(degraded);
    expect(second?.gates).toEqual([]);
    expect(second?.plan?.steps).toHaveLength(1);
  });
});

function cannotReachMain(lastSessionS: number | null) {
  return [main({ status: 'DOWN' }), backup({ lastSessionS })];
}

describe('an idle proxy', () => {
  const sticky = [main(), backup({ sessions: 4 })];
  const targetWith = (lastSessionS: number | null) =>
    ticks(
      Array.from(
        { length: 5 },
        () => (atMs: number) => pair(atMs, sticky, cannotReachMain(lastSessionS)),
      ),
    ).at(-1)?.target;

  test('has no say, even to a supervisor that has just begun', () => {
    expect(targetWith(null)).toBe('main');
    expect(targetWith(601)).toBe('main');
  });

  test('has none for the sessions of a server that is not listed', () => {
    const other = server({ name: 'other', id: 3, sessions: 9, lastSessionS: 0 });
    const ha2 = [...cannotReachMain(null), other];
    const all = Array.from({ length: 5 }, () => (atMs: number) => pair(atMs, sticky, ha2));
    expect(ticks(all).at(-1)?.target).toBe('main');
  });

  test('has one while HAProxy remembers a session of the last ten minutes', () => {
    expect(targetWith(590)).toBe('backup');
  });
});

/** A backup listed before two active servers. */
function others(atMs: number): Snapshot {
  const servers = [
    server({ name: 'c', id: 1, backup: true }),
    server({ name: 'a', id: 2 }),
    server({ name: 'b', id: 3 }),
  ];
  return { proxies: [seen('ha1', atMs, view(worker(servers)))] };
}

describe('without producers in the configuration', () => {
  const policy = { ...POLICY, producers: [] };
  test('their order is that of the backend, those without the backup keyword first', () => {
    expect(ticks([others], policy)[0]?.producers).toEqual(['a', 'b', 'c']);
  });

  test('it stays what it was at the first look, and so does the target when sight is lost', () => {
    const [first, second, third] = ticks(
      [others, () => ({ proxies: [unseen('ha1', 0)] }), good],
      policy,
    );
    expect(first?.target).toBe('a');
    expect(second).toMatchObject({ target: 'a', producers: ['a', 'b', 'c'] });
    expect(third?.producers).toEqual(['a', 'b', 'c']);
  });
});
