// A plan as a whole: one outcome a step, all or nothing where it is so, all proxies at once, and a clean end when stopped.
import { expect, test } from 'vitest';
import { carryOut, makeActor } from '../../src/act/actor.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import { OLD, optionsFor, planOf, SERVING, standIn, streams, type StandIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const HERE = { action: 'close-server', pid: SERVING } as const;

/** Two HAProxies on one clock, each with strays in both workers. */
function pair(): [StandIn, StandIn] {
  const ha1 = standIn();
  const ha2 = standIn({ name: 'ha2' });
  for (const has of [ha1, ha2]) {
    has.workers.set(SERVING, streams('backup', 2, 500));
    has.workers.set(OLD, streams('backup', 2));
  }
  return [ha1, ha2];
}

const plan = (allOrNothing: boolean) => ({
  ...planOf(HERE, {}, { ...HERE, proxy: 'ha2' }, { proxy: 'ha2' }),
  allOrNothing,
});

const told: Outcome[] = [];
const options = ([ha1, ha2]: [StandIn, StandIn]) =>
  optionsFor(ha1, told, { proxies: [ha1.proxy, ha2.proxy] });

test('the serving worker and the old ones are closed at, each with its outcome', async () => {
  const both = pair();
  const outcomes = await carryOut(options(both), plan(false), NEVER);
  expect(
    outcomes.map(({ proxy, action, result, listed }) => [proxy, action, result, listed]),
  ).toEqual([
    ['ha1', 'close-server', 'ok', 2],
    ['ha1', 'close-session', 'ok', 2],
    ['ha2', 'close-server', 'ok', 2],
    ['ha2', 'close-session', 'ok', 2],
  ]);
});

test.for([true, false])('one proxy is not ready; all or nothing: %s', async (allOrNothing) => {
  const both = pair();
  both[1].mainUp = false;
  const outcomes = await carryOut(options(both), plan(allOrNothing), NEVER);
  const ha1 = allOrNothing ? 'refused' : 'ok';
  expect(outcomes.map(({ result }) => result)).toEqual([ha1, ha1, 'refused', 'refused']);
  expect(both[1].asked).toEqual([]);
  expect(both[0].asked.length > 0).toBe(!allOrNothing);
});

test('an old worker that has ended meanwhile keeps nobody from moving', async () => {
  const both = pair();
  both[1].workers.delete(OLD);
  const outcomes = await carryOut(options(both), plan(true), NEVER);
  expect(outcomes.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('stopped before it begins, every step is abandoned and nothing is sent', async () => {
  const both = pair();
  const stopping = new AbortController();
  stopping.abort();
  const outcomes = await carryOut(options(both), plan(true), stopping.signal);
  expect(outcomes.map(({ result }) => result)).toEqual(Array(4).fill('abandoned'));
  expect([...both[0].asked, ...both[1].asked]).toEqual([]);
});

test('an actor that stops waits for the outcomes of what it was at', async () => {
  const both = pair();
  const actor = makeActor(options(both));
  expect(actor.act(plan(false))).toEqual([]);
  await actor.stop();
  const [finished] = actor.act(null);
  expect(finished?.outcomes).toHaveLength(4);
  expect(actor.act(plan(false))).toEqual([]);
});
