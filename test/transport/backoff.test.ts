// The pauses between connections that fail, by a clock that the test turns.
import { expect, test } from 'vitest';
import type { Trouble } from '../../src/domain/fault.ts';
import { makeBackoff } from '../../src/transport/backoff.ts';

const REFUSED: Trouble = { kind: 'refused' };
const DENIED: Trouble = { kind: 'ssh', stage: 'authentication', said: '' };

/** Fails again and again, each time as soon as it may; the pauses in ms. */
function pauses(trouble: Trouble, times: number, chance = 0.5): number[] {
  let monoMs = 1000;
  const clock = { now: () => ({ monoMs, wallMs: 0 }) };
  const backoff = makeBackoff({ clock, random: () => chance });
  return Array.from({ length: times }, () => {
    const beganMs = monoMs;
    backoff.failed(trouble);
    expect(backoff.holds()).toEqual(trouble);
    while (backoff.holds() !== null) monoMs += 1;
    return monoMs - beganMs;
  });
}

test('a pause is twice the one before, from half a second to 15', () => {
  expect(pauses(REFUSED, 8)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test('two and a half minutes from the first on where a key was refused, by either side', () => {
  expect(pauses(DENIED, 2)).toEqual([150_000, 150_000]);
  expect(pauses({ kind: 'ssh', stage: 'host-key', said: '' }, 1)).toEqual([150_000]);
  expect(pauses({ kind: 'ssh', stage: 'channel', said: '' }, 9).at(-1)).toBe(15_000);
});

test('chance makes it a fifth shorter or longer', () => {
  expect(pauses(REFUSED, 3, 0)).toEqual([400, 800, 1600]);
  expect(pauses(REFUSED, 3, 1)).toEqual([600, 1200, 2400]);
});

test('success ends it, and the next begins anew', () => {
  let monoMs = 0;
  const clock = { now: () => ({ monoMs, wallMs: 0 }) };
  const backoff = makeBackoff({ clock, random: () => 0.5 });
  for (let turn = 0; turn < 5; turn += 1) backoff.failed(REFUSED);
  backoff.succeeded();
  expect(backoff.holds()).toBeNull();
  backoff.failed(REFUSED);
  monoMs = 500;
  expect(backoff.holds()).toBeNull();
});
