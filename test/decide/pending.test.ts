// A failback from backup to main while it is carried out, by ticks that go on meanwhile: where new connections are wanted.
import { expect, test } from 'vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { blankOutcome } from '../../src/decide/outcome.ts';
import { remember } from '../../src/decide/remember.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Pin } from '../../src/domain/view.ts';
import { backup, main, POLICY, seen, view, worker } from './world.ts';

/** One look at two proxies whose sessions are all on backup; both pins say this. */
function look(atS: number, memory: Memory, serverId: number, confirm = 1): Decision {
  const pin: Pin = { kind: 'table', serverId, leaseMs: 9_000 };
  const servers = [main(), backup({ sessions: 4 })];
  const proxies = ['ha1', 'ha2'].map((name, at) =>
    seen(name, atS * 1_000, { ...view(worker(servers, { pid: 100 * (at + 1) })), pin }),
  );
  const policy = { ...POLICY, confirm, failbackAfterMs: 0 };
  return decide({ proxies }, memory, policy, { monoMs: atS * 1_000, wallMs: atS * 1_000 });
}

const orders = ({ pins }: Decision) =>
  pins.map(({ server, renews }) => `${server ?? 'release'}${renews ? ' again' : ''}`).join();

/** Up to the tick that begins the failback. */
function begun(): Decision {
  const moving: Memory = { ...BLANK, target: 'main', pendingMove: true, from: 'backup' };
  const decision = look(10, moving, 2);
  expect(decision.plan?.allOrNothing).toBe(true);
  return decision;
}

/** Memory once the plan has come to this at both proxies, a tick after it began. */
function ended(decision: Decision, result: Outcome['result']): Memory {
  const { plan } = decision;
  if (plan === null) throw new Error('there is no plan');
  const { memory } = look(11, decision.memory, 0);
  const outcomes = plan.steps.map((step) => ({ ...blankOutcome(plan, step, 10_000), result }));
  return remember(memory, [{ plan, outcomes }], { monoMs: 11_500, wallMs: 11_500 });
}

test('in the tick that begins it the pins move, and while it is carried out they stay where they are', () => {
  const decision = begun();
  expect(orders(decision)).toBe('release,release');
  expect(orders(look(11, decision.memory, 0))).toBe('');
});

test('refused everywhere, it is pending again, and the pins go back to where everybody is', () => {
  const memory = ended(begun(), 'refused');
  expect(memory).toMatchObject({ pendingMove: true, from: 'backup' });
  expect(orders(look(12, memory, 0, 3))).toBe('backup,backup');
});

test('done, or failed half-way, it has begun: the pins stay on the target', () => {
  for (const result of ['ok', 'failed', 'abandoned'] as const) {
    const { memory } = look(12, ended(begun(), result), 0);
    expect(memory).toMatchObject({ pendingMove: false, from: null });
    expect(orders(look(13, memory, 0))).toBe('');
  }
});
