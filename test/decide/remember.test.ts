// What the end of a plan leaves in memory.
import { describe, expect, test } from 'vitest';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import { remember } from '../../src/decide/remember.ts';
import type { Outcome, Plan } from '../../src/domain/decision.ts';
import type { Memory, ProxyMemory } from '../../src/domain/memory.ts';

const now = { monoMs: 9_000, wallMs: 0 };

/** Both proxies are being closed since 5 s. */
const acting: Memory = {
  ...BLANK,
  target: 'main',
  proxies: ['ha1', 'ha2'].map((name) => ({ ...memoryOf(BLANK, name), actingMs: 5_000 })),
};

function plan(...proxies: readonly string[]): Plan {
  return {
    target: 'main',
    reason: 'sticky',
    allOrNothing: true,
    steps: proxies.map((proxy) => ({
      action: 'close-server',
      proxy,
      pid: 100,
      server: 'backup',
      sessions: 4,
      climbed: null,
    })),
    sinceMs: 5_000,
  };
}

function outcome(proxy: string, result: Outcome['result']): Outcome {
  return {
    atMs: 0,
    tookMs: 0,
    proxy,
    action: 'close-server',
    pid: 11,
    server: 'backup',
    target: 'main',
    reason: 'sticky',
    result,
    gate: null,
    listed: 4,
    remaining: 0,
    convergedMs: null,
    returned: null,
    trail: [],
    fault: null,
  };
}

function after(results: Readonly<Record<string, Outcome['result']>>, memory = acting) {
  const outcomes = Object.entries(results).map(([proxy, result]) => outcome(proxy, result));
  const { pendingMove, proxies } = remember(
    memory,
    [{ plan: plan(...Object.keys(results)), outcomes }],
    now,
  );
  return {
    pendingMove,
    proxies: proxies.map(({ closedMs, actingMs }) => ({ closedMs, actingMs })),
  };
}

describe('the end of a plan', () => {
  const closed = { closedMs: 9_000, actingMs: null };
  const untouched = { closedMs: null, actingMs: null };
  const busy = { closedMs: null, actingMs: 5_000 };

  test.each(['ok', 'failed', 'abandoned'] as const)(
    'that came to %s begins the cooldown',
    (result) => {
      expect(after({ ha1: result, ha2: result })).toEqual({
        pendingMove: false,
        proxies: [closed, closed],
      });
    },
  );

  test('that was refused everywhere begins none, and is still all or nothing', () => {
    expect(after({ ha1: 'refused', ha2: 'refused' })).toEqual({
      pendingMove: true,
      proxies: [untouched, untouched],
    });
  });

  test('that was refused at one proxy only has begun: the other is tried again alone', () => {
    expect(after({ ha1: 'refused', ha2: 'ok' })).toEqual({
      pendingMove: false,
      proxies: [untouched, closed],
    });
  });

  test('says nothing of a proxy that it did not touch', () => {
    expect(after({ ha2: 'ok' })).toEqual({ pendingMove: false, proxies: [busy, closed] });
  });

  test('that was refused is no longer all or nothing when the target has moved on meanwhile', () => {
    expect(after({ ha1: 'refused' }, { ...acting, target: 'backup' }).pendingMove).toBe(false);
  });

  test('that was refused and never was all or nothing does not become so', () => {
    const healing = { ...plan('ha1'), allOrNothing: false };
    const finished = { plan: healing, outcomes: [outcome('ha1', 'refused')] };
    expect(remember(acting, [finished], now).pendingMove).toBe(false);
  });

  test('that was refused keeps the cooldown of an earlier closing', () => {
    const earlier = { ...acting, proxies: acting.proxies.map((p) => ({ ...p, closedMs: 1_000 })) };
    expect(after({ ha1: 'refused' }, earlier).proxies[0]).toEqual({
      closedMs: 1_000,
      actingMs: null,
    });
  });

  test('of no plan changes nothing', () => {
    expect(remember(acting, [], now)).toEqual(acting);
  });
});

describe('what was tried, and is not again in this incident', () => {
  type Rungs = ProxyMemory['climbed'];
  const rows: [action: Outcome['action'], result: Outcome['result'], climbed: Rungs][] = [
    ['close-server', 'ok', []],
    ['close-server', 'failed', ['sessions']],
    ['close-session', 'failed', []],
    ['close-server', 'abandoned', []],
    ['reload', 'ok', ['reload']],
    ['reload', 'failed', ['reload']],
    ['reload', 'refused', []],
    ['restart', 'ok', ['restart']],
    ['restart', 'failed', ['restart']],
    ['restart', 'refused', []],
  ];
  test.each(rows)('%s, which came to %s: %j', (action, result, climbed) => {
    const finished = { plan: plan('ha1'), outcomes: [{ ...outcome('ha1', result), action }] };
    const [ha1, ha2] = remember(acting, [finished], now).proxies;
    expect(ha1).toMatchObject({ climbed, hid: action === 'reload' && result === 'ok' });
    expect(ha1?.closedMs).toBe(action === 'reload' || result === 'refused' ? null : 9_000);
    expect(ha2).toMatchObject({ climbed: [], hid: false });
  });

  test('closing does not count as tried where a last look stopped it half-way', () => {
    const stopped = { ...outcome('ha1', 'failed'), gate: 'target-not-up' as const };
    const finished = { plan: plan('ha1'), outcomes: [stopped] };
    expect(remember(acting, [finished], now).proxies[0]?.climbed).toEqual([]);
  });

  test('closing counts as tried no more once a reload has brought another worker', () => {
    const before: Memory = {
      ...acting,
      proxies: acting.proxies.map((one) => ({ ...one, climbed: ['sessions'] })),
    };
    const outcomes = [{ ...outcome('ha1', 'ok'), action: 'reload' as const }];
    const [ha1, ha2] = remember(before, [{ plan: plan('ha1'), outcomes }], now).proxies;
    expect(ha1?.climbed).toEqual(['reload']);
    expect(ha2?.climbed).toEqual(['sessions']);
  });

  test('is added to what was tried before, once', () => {
    const before: Memory = {
      ...acting,
      proxies: acting.proxies.map((one) => ({ ...one, climbed: ['sessions'] })),
    };
    const failed = { ...outcome('ha1', 'failed'), action: 'reload' as const };
    const outcomes = [outcome('ha1', 'failed'), failed];
    const [ha1] = remember(before, [{ plan: plan('ha1'), outcomes }], now).proxies;
    expect(ha1?.climbed).toEqual(['sessions', 'reload']);
  });
});
