// What an operator's orders leave in memory, and what the next decision makes of them.
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { obey } from '../../src/decide/obey.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Order } from '../../src/domain/order.ts';
import type { ServerView, Snapshot } from '../../src/domain/view.ts';
import { backup, main, pair, POLICY, seen, unseen, view, worker } from './world.ts';

const now = { monoMs: 5_000, wallMs: 1_000_000 };
const given = (givenWallMs: number, to = 'backup'): Order => ({
  kind: 'override',
  to,
  untilWallMs: givenWallMs + 3_600_000,
  givenWallMs,
});
const after = (...orders: readonly Order[]) =>
  orders.reduce((memory, order) => obey(memory, order, now), BLANK).override;

describe('an override', () => {
  test('is remembered as it was given', () => {
    expect(after(given(1_000_000))).toEqual({
      to: 'backup',
      untilWallMs: 4_600_000,
      givenWallMs: 1_000_000,
    });
  });

  test('that is newer takes the place of the one that holds, and an older one does not', () => {
    expect(after(given(999_000), given(1_000_000, 'main'))?.to).toBe('main');
    expect(after(given(1_000_000, 'main'), given(999_000))?.to).toBe('main');
    expect(after(given(1_000_000), given(1_000_000, 'main'))?.to).toBe('main');
  });

  test('that is given now is never older, wherever the clock stood when the other one was', () => {
    expect(after(given(9_000_000), given(1_000_000, 'main'))?.to).toBe('main');
    expect(after(given(9_000_000), given(999_999, 'main'))?.to).toBe('backup');
  });

  test('is ended by clear', () => {
    expect(after(given(1_000_000), { kind: 'clear' })).toBeNull();
  });
});

test('clear is remembered by its time, or by that of the override it ends, and what is given after it is newer', () => {
  const cleared = obey(BLANK, { kind: 'clear' }, now);
  expect(cleared.clearedWallMs).toBe(1_000_000);
  const ahead = obey(BLANK, given(1_000_500), now);
  expect(obey(ahead, { kind: 'clear' }, now).clearedWallMs).toBe(1_000_500);
  expect(obey(cleared, given(1_000_000), now).override?.givenWallMs).toBe(1_000_001);
});

test('pause is remembered with its end, and ended by resume', () => {
  const paused = obey(BLANK, { kind: 'pause', untilWallMs: 2_000_000 }, now);
  expect(paused.paused).toEqual({ untilWallMs: 2_000_000 });
  expect(obey(paused, { kind: 'resume' }, now).paused).toBeNull();
});

test('resume forgets the moves and the longer wait, and nothing else', () => {
  const memory: Memory = {
    ...BLANK,
    target: 'backup',
    moves: [1_000, 2_000],
    flap: { factor: 8, changedMs: 2_000 },
    plans: [1_000],
  };
  expect(obey(memory, { kind: 'resume' }, now)).toEqual({
    ...memory,
    moves: [],
    flap: { factor: 1, changedMs: 5_000 },
  });
});

const used = [main({ sessions: 4 }), backup()];
const down = [main({ sessions: 4 }), backup({ status: 'DOWN' })];
const drained = [main({ sessions: 4 }), backup({ status: 'DRAIN' })];
const both = (servers: readonly ServerView[]) => pair(now.monoMs, servers, servers);
const holding = obey({ ...BLANK, target: 'main' }, given(1_000_000), now);

/** The rule that chose the target, and the override that is left. */
function judge(snapshot: Snapshot, memory = holding, wallMs = now.wallMs): string {
  const { election, memory: next, override } = decide(snapshot, memory, POLICY, { ...now, wallMs });
  expect(next.override).toEqual(override);
  return `${election} ${override?.to ?? 'none'}`;
}

describe('in the next decision an override', () => {
  test('holds until its time is over', () => {
    expect(judge(both(used))).toBe('E10 backup');
    expect(judge(both(used), holding, 4_599_999)).toBe('E10 backup');
    expect(judge(both(used), holding, 4_600_000)).toBe('E60 none');
  });

  test('holds while its producer is up in any form, anywhere', () => {
    expect(judge(pair(now.monoMs, down, drained))).toBe('E10 backup');
    expect(judge(both(down))).toBe('E60 none');
    expect(judge(both([main({ sessions: 4 })]))).toBe('E60 none');
  });

  test('holds while nothing is seen, or something has only just gone out of sight', () => {
    expect(judge({ proxies: [unseen('ha1', 0), unseen('ha2', 0)] })).toBe('E10 backup');
    const ha1 = seen('ha1', now.monoMs, view(worker(down)));
    expect(judge({ proxies: [ha1, unseen('ha2', now.monoMs - 2_999)] })).toBe('E10 backup');
    expect(judge({ proxies: [ha1, unseen('ha2', now.monoMs - 3_000)] })).toBe('E60 none');
  });

  test('to a server that is no producer of ours is dropped', () => {
    const third = obey({ ...BLANK, target: 'main' }, given(1_000_000, 'third'), now);
    const servers = [...used, backup({ name: 'third', id: 3 })];
    expect(judge(both(servers), third)).toBe('E60 none');
  });

  test('names no gate of a failback, and moves without counting as a move', () => {
    const back = obey({ ...BLANK, target: 'main' }, given(1_000_000), now);
    const { gates, memory } = decide(both(used), back, POLICY, now);
    expect(new Set(gates.map(({ gate }) => gate))).toEqual(
      new Set(['unconfirmed', 'not-steerable']),
    );
    expect(memory).toMatchObject({ target: 'backup', moves: [], pendingMove: true, from: 'main' });
  });
});
