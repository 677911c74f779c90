// How long a producer has been up, by whose word, and what breaks it.
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { ageMs } from '../../src/decide/failback.ts';
import { gather } from '../../src/decide/facts.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ServerView, Snapshot } from '../../src/domain/view.ts';
import { backup, DAY_S, main, pair, POLICY, seen, unseen, view, worker } from './world.ts';

const NOW_MS = 1_000_000;
const now = { monoMs: NOW_MS, wallMs: 0 };

/** ha1 has seen main unbroken for so long. */
function sighted(forMs: number): Memory {
  const upSince = [{ producer: 'main', sinceMs: NOW_MS - forMs }];
  return { ...BLANK, proxies: [{ ...memoryOf(BLANK, 'ha1'), upSince }] };
}

function ageS(snapshot: Snapshot, memory: Memory): number {
  return ageMs(gather(snapshot, memory, POLICY, now), memory, 'main') / 1000;
}

const at = (difference: Partial<ServerView>, uptimeS: number) =>
  view(worker([main(difference), backup()], { uptimeS }));

describe('the age of main', () => {
  test('is what HAProxy says since its last change', () => {
    const snapshot = { proxies: [seen('ha1', NOW_MS, at({ lastChangeS: 70 }, 500))] };
    expect(ageS(snapshot, BLANK)).toBe(70);
  });

  test('is no more than the life of the worker that says so', () => {
    const snapshot = { proxies: [seen('ha1', NOW_MS, at({ lastChangeS: 70 }, 50))] };
    expect(ageS(snapshot, BLANK)).toBe(50);
  });

  test('is what this supervisor has seen unbroken, where that is longer', () => {
    const snapshot = { proxies: [seen('ha1', NOW_MS, at({ lastChangeS: 70 }, 50))] };
    expect(ageS(snapshot, sighted(60_000))).toBe(60);
    expect(ageS(snapshot, sighted(40_000))).toBe(50);
  });

  test('is the longest of all proxies', () => {
    const proxies = [
      seen('ha1', NOW_MS, at({ lastChangeS: 70 }, 500)),
      seen('ha2', NOW_MS, at({ lastChangeS: 90 }, 500)),
    ];
    expect(ageS({ proxies }, BLANK)).toBe(90);
  });

  test('counts only where it is up: down, unseen or absent says nothing', () => {
    const none = view(worker([backup()]));
    const proxies = [
      seen('ha1', NOW_MS, at({ status: 'DOWN' }, 500)),
      seen('ha2', NOW_MS, none),
      unseen('ha3', 0),
    ];
    expect(ageS({ proxies }, sighted(60_000))).toBe(0);
  });

  test('is nothing where HAProxy says no number', () => {
    const snapshot = { proxies: [seen('ha1', NOW_MS, at({ lastChangeS: NaN }, 500))] };
    expect(ageS(snapshot, BLANK)).not.toBeGreaterThan(0);
  });
});

/** Ticks a second apart from `fromS`; main is up and shows `changeS(s)` at both proxies. */
function watch(
  fromS: number,
  toS: number,
  changeS: (s: number) => number,
  policy: Policy,
  memory: Memory = BLANK,
): Decision & { readonly atS: number } {
  let last: Decision & { atS: number } = {
    ...decideAt(fromS, changeS, policy, memory),
    atS: fromS,
  };
  for (let s = fromS + 1; s <= toS && last.election !== 'E40'; s += 1) {
    last = { ...decideAt(s, changeS, policy, last.memory), atS: s };
  }
  return last;
}

function decideAt(s: number, changeS: (s: number) => number, policy: Policy, memory: Memory) {
  const servers = sticky(changeS(s));
  return decide(pair(s * 1000, servers, servers), memory, policy, {
    monoMs: s * 1000,
    wallMs: s * 1000,
  });
}

/** All on backup, main up since so long. */
function sticky(lastChangeS: number): readonly ServerView[] {
  return [main({ lastChangeS }), backup({ sessions: 4 })];
}

/** Seconds since main's last change, which was at `atS`, or a day ago. */
function returns(atS: number | null): (s: number) => number {
  return (s) => (atS === null || s < atS ? DAY_S : s - atS);
}

describe('a break between two looks', () => {
  const policy = { ...POLICY, failbackAfterMs: 0, splitAfterMs: 10_000 };

  test('that HAProxy remembers begins split.after anew, within the second that it rounds to', () => {
    const { atS } = watch(0, 100, returns(8), policy);
    expect(atS).toBeGreaterThanOrEqual(8 + 10 - 1);
    expect(atS).toBeLessThanOrEqual(8 + 10 + 1);
  });

  test.each([
    [8, null],
    [null, 8],
  ])('that only one of the proxies remembers counts as well: at %s, at %s', (first, second) => {
    let memory = BLANK;
    for (let s = 0; s < 17; s += 1) {
      const snapshot = pair(s * 1000, sticky(returns(first)(s)), sticky(returns(second)(s)));
      const decision = decide(snapshot, memory, policy, { monoMs: s * 1000, wallMs: s * 1000 });
      expect(decision.target).toBe('backup');
      memory = decision.memory;
    }
  });

  test('is not seen where there was none, though HAProxy counts in whole seconds', () => {
    const wait = { ...policy, splitAfterMs: 4_000 };
    let memory = BLANK;
    const targets = [10_000, 12_000, 13_900, 14_000].map((atMs) => {
      const servers = sticky(Math.trunc((atMs - 10_000) / 1_000));
      const then = { monoMs: atMs, wallMs: atMs };
      const decision = decide(pair(atMs, servers, servers), memory, wait, then);
      memory = decision.memory;
      return decision.target;
    });
    expect(targets).toEqual(['backup', 'backup', 'backup', 'main']);
  });

  test('never makes split.after shorter, not even by the second that HAProxy rounds to', () => {
    expect(watch(0, 100, returns(8), policy).atS).toBeGreaterThanOrEqual(8 + 10);
  });

  test('while the loop stood still is a break of our own sight too: the failback wait begins anew', () => {
    const wait = { ...POLICY, failbackAfterMs: 60_000 };
    const before = watch(0, 20, (s) => s, wait);
    expect(before.target).toBe('backup');
    // Stopped from 20 to 100; main was down meanwhile and has been up for 5 s.
    const { atS } = watch(100, 300, (s) => s - 95, wait, before.memory);
    expect(atS).toBeGreaterThanOrEqual(95 + 60);
  });

  test('is taken for granted while the loop stood still: split.after begins anew', () => {
    const before = watch(0, 5, returns(null), policy);
    expect(watch(100, 200, returns(null), policy, before.memory).atS).toBe(100 + 10);
  });
});

describe('a look', () => {
  test('counts from when it was begun, the last one where there are two', () => {
    const shown = view(worker([main(), backup({ sessions: 4 })]));
    const proxies = [seen('ha1', NOW_MS - 700, shown), seen('ha2', NOW_MS - 300, shown)];
    const { memory } = decide({ proxies }, BLANK, POLICY, now);
    const since = { producer: 'main', sinceMs: NOW_MS - 300 };
    expect(memory.fitSince).toContainEqual(since);
    expect(memoryOf(memory, 'ha1').upSince).toContainEqual({ ...since, sinceMs: NOW_MS - 700 });
  });
});
