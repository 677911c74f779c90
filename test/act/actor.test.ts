// A plan as a whole: pins first, one outcome a step, all or nothing where it is so, all proxies at once, and a clean end.
import { expect, test } from 'vitest';
import { carryOut, makeActor } from '../../src/act/actor.ts';
import type { Outcome, PinOrder, Plan } from '../../src/domain/decision.ts';
import {
  OLD,
  optionsFor,
  orderFor,
  planOf,
  SERVING,
  standIn,
  streams,
  type StandIn,
} from './stand-in.ts';

const NEVER = new AbortController().signal;
const RELEASE_LINE = 'set table pin key 1 data.gpt0 0;show table pin data.gpt0 gt 0';
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
  const outcomes = await carryOut(options(both), plan(false), [], NEVER);
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
  const outcomes = await carryOut(options(both), plan(allOrNothing), [], NEVER);
  const ha1 = allOrNothing ? 'refused' : 'ok';
  expect(outcomes.map(({ result }) => result)).toEqual([ha1, ha1, 'refused', 'refused']);
  expect(both[1].asked).toEqual([]);
  expect(both[0].asked.length > 0).toBe(!allOrNothing);
});

test('an old worker that has ended meanwhile keeps nobody from moving', async () => {
  const both = pair();
  both[1].workers.delete(OLD);
  const outcomes = await carryOut(options(both), plan(true), [], NEVER);
  expect(outcomes.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('stopped before it begins, every step is abandoned and nothing is sent', async () => {
  const both = pair();
  const stopping = new AbortController();
  stopping.abort();
  const outcomes = await carryOut(options(both), plan(true), [], stopping.signal);
  expect(outcomes.map(({ result }) => result)).toEqual(Array(4).fill('abandoned'));
  expect([...both[0].asked, ...both[1].asked]).toEqual([]);
});

/** A judgement with a plan or without, and with these orders. */
const judged = (
  pins: readonly PinOrder[],
  plan_: Plan | null = null,
  beats: readonly string[] = [],
) => ({ plan: plan_, pins, beats, target: 'main', verdict: 'sticky' }) as const;
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const pinLines = ({ asked }: StandIn) =>
  asked.flatMap((line) => /gpt0 (\d);/.exec(line)?.slice(1) ?? []);
const closings = ({ asked }: StandIn) =>
  asked.filter((line) => line.includes('shutdown session')).length;
/** New connections are kept on backup, as while a failback is waited for. */
function held(): [StandIn, StandIn] {
  const both = pair();
  for (const has of both) has.pinned = 2;
  return both;
}
const RELEASES = [orderFor('ha1', 0), orderFor('ha2', 0)];
const DENIED = 'Permission denied\n\nPermission denied\n\n';

test('an actor that stops waits for the outcomes of what it was at', async () => {
  const both = pair();
  const actor = makeActor(options(both));
  expect(actor.act(judged([], plan(false)))).toEqual([]);
  await actor.stop();
  const [finished] = actor.act(judged([]));
  expect(finished?.outcomes).toHaveLength(4);
  expect(actor.act(judged([orderFor('ha1', 2)], plan(false)))).toEqual([]);
  expect([pinLines(both[0]), closings(both[0])]).toEqual([[], 0]);
});

test('pins are written without a plan, and nobody waits for them', async () => {
  const both = pair();
  const actor = makeActor(options(both));
  expect(actor.act(judged([orderFor('ha1', 2), orderFor('ha2', 2, true)]))).toEqual([]);
  await settled();
  expect(both.map(pinLines)).toEqual([['2'], ['2']]);
});

test('a proxy is released before its re-read, and closed at then', async () => {
  const both = held();
  const outcomes = await carryOut(options(both), plan(false), RELEASES, NEVER);
  expect(outcomes.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(both.map(({ asked }) => asked[0])).toEqual(Array(2).fill(RELEASE_LINE));
});

test('its release fails and it leads elsewhere: refused, with the reason; the other goes on', async () => {
  const both = held();
  both[0].intercept = (line) => (line.startsWith('set table') ? DENIED : null);
  const outcomes = await carryOut(options(both), plan(false), RELEASES, NEVER);
  expect(outcomes.map(({ result, gate, fault }) => [result, gate, fault?.kind])).toEqual([
    ['refused', 'not-steerable', 'denied'],
    ['refused', 'not-steerable', 'denied'],
    ['ok', null, undefined],
    ['ok', null, undefined],
  ]);
  expect(closings(both[0])).toBe(0);
});

test('its release fails and it leads to the target all the same: closed', async () => {
  const both = held();
  both[0].intercept = (line) => {
    if (line.startsWith('set table')) both[0].pinned = 0;
    return line.startsWith('set table') ? DENIED : null;
  };
  const outcomes = await carryOut(options(both), plan(false), RELEASES, NEVER);
  expect(outcomes.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('all or nothing: one is not ready, and nothing is written for anybody', async () => {
  const both = held();
  both[1].mainUp = false;
  const outcomes = await carryOut(options(both), plan(true), RELEASES, NEVER);
  expect(outcomes.map(({ result }) => result)).toEqual(Array(4).fill('refused'));
  expect(both.flatMap(({ asked }) => asked)).toEqual([]);
});

test('all or nothing: one pin cannot be moved, and nothing is closed anywhere', async () => {
  const both = held();
  both[1].intercept = (line) => (line.startsWith('set table') ? DENIED : null);
  const outcomes = await carryOut(options(both), plan(true), RELEASES, NEVER);
  expect(outcomes.map(({ gate, fault }) => [gate, fault?.kind])).toEqual([
    ['target-not-up', undefined],
    ['target-not-up', undefined],
    ['not-steerable', 'denied'],
    ['not-steerable', 'denied'],
  ]);
  expect(both.map(closings)).toEqual([0, 0]);
});

test('all or nothing: a proxy without sessions has its pin moved too, or nothing is closed', async () => {
  const alone = { ...planOf(HERE), allOrNothing: true };
  const both = held();
  await carryOut(options(both), alone, RELEASES, NEVER);
  expect(both.map(({ pinned }) => pinned)).toEqual([0, 0]);
  expect(closings(both[0])).toBe(1);

  const others = held();
  others[1].intercept = () => DENIED;
  const [outcome] = await carryOut(options(others), alone, RELEASES, NEVER);
  expect(outcome).toMatchObject({ result: 'refused', gate: 'target-not-up' });
  expect(closings(others[0])).toBe(0);
});

test('until it is known that all are ready, and that one was not, no pin moves; leases go on', async () => {
  const both = held();
  both[1].mainUp = false;
  const actor = makeActor(options(both));
  actor.act(judged(RELEASES, plan(true)));
  actor.act(judged([orderFor('ha1', 0), orderFor('ha2', 2, true)]));
  await settled();
  // This round was judged before the plan's end was known.
  expect(actor.act(judged(RELEASES))).toHaveLength(1);
  await settled();
  expect(both.map(pinLines)).toEqual([[], ['2']]);
  actor.act(judged(RELEASES));
  await settled();
  expect(both.map(pinLines)).toEqual([['0'], ['2', '0']]);
});
