// Writing pins: one exchange, believed only by what is read back, one at a time at a proxy, all proxies side by side.
import { expect, test } from 'vitest';
import { makePinWriter, writePins, type PinOptions } from '../../src/act/write-pins.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { Fault, Trouble } from '../../src/domain/fault.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import type { Result } from '../../src/domain/result.ts';
import { optionsFor, orderFor, showTable, standIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const WHY = { target: 'backup', verdict: 'holding' } as const;
const line = (id: number) => `set table pin key 1 data.gpt0 ${id};show table pin data.gpt0 gt 0`;

test('a pin is written and read back in one exchange', async () => {
  const has = standIn();
  const told: unknown[] = [];
  const onPin: PinOptions['onPin'] = (order, outcome) => void told.push([order, outcome]);
  const order = orderFor('ha1', 2);
  const [outcome] = await writePins(
    optionsFor(has, [], { onPin }),
    { ...WHY, pins: [order] },
    NEVER,
  );

  expect(has.asked).toEqual([line(2)]);
  expect(has.pinned).toBe(2);
  expect(outcome).toMatchObject({
    proxy: 'ha1',
    action: 'pin',
    server: 'backup',
    target: 'backup',
    reason: 'holding',
    result: 'ok',
    fault: null,
    trail: [{ did: 'pin', saw: 'id 2, for 10000 ms' }],
  });
  expect(told).toEqual([[order, outcome]]);
});

const answers: [
  what: string,
  id: 0 | 2,
  answer: string | Trouble,
  result: Outcome['result'] | Fault['kind'],
][] = [
  ['a release that leaves no entry', 0, `\n${showTable({ pinned: 0 })}`, 'ok'],
  ['a release that leaves another pin', 0, `\n${showTable({ pinned: 2 })}`, 'protocol'],
  ['another pin is read back', 2, `\n${showTable({ pinned: 1 })}`, 'protocol'],
  ['no pin is read back', 2, `\n${showTable({ pinned: 0 })}`, 'protocol'],
  ['the level is too low', 2, 'Permission denied\n\nPermission denied\n\n', 'denied'],
  ['there is no such table', 2, 'No such table\n\nNo such table\n\n', 'protocol'],
  ['the answer is cut off', 2, '\n# table: pin, type: integer, size:16, used:1\n', 'truncated'],
  ['nothing comes', 2, { kind: 'timeout', afterMs: 800, connected: true }, 'timeout'],
];
test.for(answers)('%s', async ([, id, answer, expected]) => {
  const has = standIn();
  has.intercept = () => answer;
  const orders = { ...WHY, pins: [orderFor('ha1', id)] };
  const [outcome] = await writePins(optionsFor(has), orders, NEVER);
  expect(outcome!.fault?.kind ?? outcome!.result).toBe(expected);
  expect(outcome!.result).toBe(expected === 'ok' ? 'ok' : 'failed');
});

test('mainstay is stopped meanwhile: the write is abandoned, which is no failure', async () => {
  const has = standIn();
  const orders = { ...WHY, pins: [orderFor('ha1', 2)] };
  const [outcome] = await writePins(optionsFor(has), orders, AbortSignal.abort());
  expect(outcome).toMatchObject({ action: 'pin', result: 'abandoned' });
});

/** A link whose answers come when the test says so. */
function slowLink(): { link: RuntimeLink; sent: string[]; answer: () => Promise<void> } {
  const sent: string[] = [];
  const waiting: ((answer: Result<string, Fault>) => void)[] = [];
  return {
    sent,
    link: {
      ...standIn().proxy.link!,
      ask: (text) => {
        sent.push(text);
        return new Promise((resolve) => void waiting.push(resolve));
      },
    },
    answer: async () => {
      const pinned = Number(/gpt0 (\d)/.exec(sent.at(-1) ?? '')?.[1]);
      waiting.shift()?.({ ok: true, value: `\n${showTable({ pinned })}` });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('while a write is under way a renewal is left out, and of other orders the latest waits', async () => {
  const { link, sent, answer } = slowLink();
  const proxies = [{ name: 'ha1', link }];
  const write = makePinWriter({ ...optionsFor(standIn()), proxies }, NEVER);
  const results = [
    write(orderFor('ha1', 2), WHY),
    write(orderFor('ha1', 2, true), WHY),
    write(orderFor('ha1', 0), WHY),
    write(orderFor('ha1', 1), WHY),
  ];
  expect(sent).toEqual([line(2)]);
  await answer();
  expect(sent).toEqual([line(2), line(1)]);
  results.push(write(orderFor('ha1', 0), WHY));
  await answer();
  expect(sent).toEqual([line(2), line(1), line(0)]);
  await answer();
  const each = (await Promise.all(results)).map((outcome) => outcome?.server);
  expect(each).toEqual(['backup', undefined, undefined, 'main', null]);
  void write(orderFor('ha1', 2, true), WHY);
  expect(await write(orderFor('ha1', 2, true), WHY)).toBe(null);
  expect(sent).toHaveLength(4);
});

test('a proxy that does not answer keeps no other from its pin', async () => {
  const { link, sent } = slowLink();
  const has = standIn({ name: 'ha2' });
  const proxies = [{ name: 'ha1', link }, has.proxy];
  const pins = [orderFor('ha1', 2), orderFor('ha2', 2)];
  void writePins({ ...optionsFor(has), proxies }, { ...WHY, pins }, NEVER);
  await new Promise((resolve) => setImmediate(resolve));
  expect([sent, has.asked]).toEqual([[line(2)], [line(2)]]);
});
