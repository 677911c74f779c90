// Who may ask when: two connections to a proxy in all, whichever of its sockets they lead to.
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { AskLimit, RuntimeLink } from '../../src/domain/ports.ts';
import { inTurns } from '../../src/transport/in-turns.ts';

const LIMIT = { deadlineMs: 5000 };

/** Keeps every ask open until it is told to answer; the next in line answers first. */
function slowLink(way: RuntimeLink['way']) {
  const asked: string[] = [];
  const limits: AskLimit[] = [];
  const open: (() => void)[] = [];
  const link: RuntimeLink = {
    address: `${way}:there`,
    way,
    ask: (line, limit) => {
      asked.push(line);
      limits.push(limit);
      return new Promise((resolve) => open.push(() => resolve({ ok: true, value: line })));
    },
    drop: () => asked.push('drop'),
  };
  const answer = async (): Promise<void> => {
    open.shift()?.();
    await settled();
  };
  return { link, asked, limits, answer };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function both(runtime: RuntimeLink['way'], other: RuntimeLink['way']) {
  const one = slowLink(runtime);
  const two = slowLink(other);
  const { link, master } = inTurns({ link: one.link, master: two.link });
  if (link === null || master === null) throw new Error('no link');
  return { one, two, link, master };
}

test('two asks run at a time, whichever socket they go to; the others follow as they came', async () => {
  const { one, two, link, master } = both('unix', 'unix');
  const answers = [link.ask('a', LIMIT), master.ask('b', LIMIT), link.ask('c', LIMIT)];
  answers.push(master.ask('d', LIMIT));
  await settled();
  expect([one.asked, two.asked]).toEqual([['a'], ['b']]);
  await two.answer();
  expect([one.asked, two.asked]).toEqual([['a', 'c'], ['b']]);
  await one.answer();
  expect([one.asked, two.asked]).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ]);
  await one.answer();
  await two.answer();
  expect(await Promise.all(answers)).toEqual(
    ['a', 'b', 'c', 'd'].map((value) => ({ ok: true, value })),
  );
});

test('a connection that is kept has one of the two', async () => {
  const { one, two, link, master } = both('tls', 'tcp');
  expect(link).toBe(one.link);
  const answers = [master.ask('a', LIMIT), master.ask('b', LIMIT)];
  await settled();
  expect(two.asked).toEqual(['a']);
  await two.answer();
  expect(two.asked).toEqual(['a', 'b']);
  await two.answer();
  await Promise.all(answers);
});

test('ways that keep their connections, and those that are not there, are given as they are', () => {
  const { one, two, link, master } = both('tls', 'ssh');
  expect([link, master]).toEqual([one.link, two.link]);
  expect(inTurns({ link: null, master: null })).toEqual({ link: null, master: null });
});

test('a link says what it is and can be dropped as before', () => {
  const { one, link } = both('unix', 'unix');
  expect(link).toMatchObject({ address: 'unix:there', way: 'unix' });
  link.drop();
  expect(one.asked).toEqual(['drop']);
});

test('who waits in vain gets the timeout of its own deadline, and the turn goes to the next', async () => {
  const { one, two, link, master } = both('unix', 'unix');
  void link.ask('a', LIMIT);
  const holds = master.ask('b', LIMIT);
  const { signal } = new AbortController();
  const late = link.ask('c', { deadlineMs: 30, signal });
  const next = link.ask('d', LIMIT);
  const fault = { kind: 'timeout', afterMs: 30, connected: false, address: 'unix:there' };
  expect(await late).toEqual({ ok: false, fault });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  await two.answer();
  await holds;
  expect(one.asked).toEqual(['a', 'd']);
  await one.answer();
  await one.answer();
  expect(await next).toEqual({ ok: true, value: 'd' });
});

test('what was waited is no longer there for the answer, and a timeout tells of the whole', async () => {
  const { one, link, master } = both('unix', 'unix');
  void link.ask('a', LIMIT);
  void master.ask('b', LIMIT);
  const asked = link.ask('c', LIMIT);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await one.answer();
  const { deadlineMs = 0 } = one.limits[1] ?? {};
  expect(deadlineMs).toBeLessThan(LIMIT.deadlineMs - 15);
  expect(deadlineMs).toBeGreaterThan(LIMIT.deadlineMs - 2000);
  await one.answer();
  await asked;

  const hung: RuntimeLink = {
    ...one.link,
    ask: async (_, limit) => ({
      ok: false,
      fault: { kind: 'timeout', afterMs: limit.deadlineMs, connected: true, address: 'unix:there' },
    }),
  };
  expect(await inTurns({ link: hung, master: null }).link?.ask('a', LIMIT)).toMatchObject({
    fault: { kind: 'timeout', afterMs: LIMIT.deadlineMs, connected: true },
  });
});

test('an abort ends the waiting, and one that came before leaves nothing behind', async () => {
  const { one, two, link, master } = both('unix', 'unix');
  void link.ask('a', LIMIT);
  void master.ask('b', LIMIT);
  const stop = new AbortController();
  const waiting = link.ask('c', { ...LIMIT, signal: stop.signal });
  stop.abort();
  const abandoned = { ok: false, fault: { kind: 'abandoned', address: 'unix:there' } };
  expect(await waiting).toEqual(abandoned);
  expect(await link.ask('d', { ...LIMIT, signal: stop.signal })).toEqual(abandoned);
  const next = link.ask('e', LIMIT);
  await two.answer();
  expect(one.asked).toEqual(['a', 'e']);
  await one.answer();
  await one.answer();
  expect(await next).toMatchObject({ ok: true });
});

test('an ask that throws, which is a bug, passes its turn on', async () => {
  const { one, link } = both('unix', 'unix');
  const bug: RuntimeLink = { ...one.link, ask: () => Promise.reject(new Error('bug')) };
  const { link: broken } = inTurns({ link: bug, master: null });
  for (let turn = 0; turn < 3; turn += 1)
    await expect(broken?.ask('a', LIMIT)).rejects.toThrow('bug');
  expect(link).not.toBe(one.link);
});
