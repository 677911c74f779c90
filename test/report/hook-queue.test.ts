// A hook's queue alone: one event at a time, the oldest dropped, and an end that is soon.
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/domain/time.ts';
import { makeQueue, type Told } from '../../src/report/hook-queue.ts';
import { until } from '../support/until.ts';
import { NOW } from './world.ts';

/** A receiver that ends only when the test says so, or when it is given up. */
function slowReceiver(clock: Clock = { now: () => NOW, sleep: () => new Promise(() => {}) }) {
  const began: string[] = [];
  const told: Told[] = [];
  let end: ((message: string | null) => void) | null = null;
  const queue = makeQueue(
    (body, signal) => {
      began.push(body);
      return new Promise((resolve) => {
        end = resolve;
        signal.addEventListener('abort', () => resolve('given up'));
      });
    },
    clock,
    (one) => told.push(one),
  );
  const add = (body: string) => queue.add({ event: 'gate', body });
  return { queue, add, began, told, end: (message: string | null) => end?.(message) };
}

describe('events', () => {
  test('are told one after the other, in their order, whatever comes of each', async () => {
    const { add, began, told, end } = slowReceiver();
    for (const body of ['a', 'b', 'c']) add(body);
    expect(began).toEqual([]);
    await until(() => began.length === 1, 'the first has begun');
    end('it answered 500');
    await until(() => began.length === 2, 'the second has begun');
    end(null);
    await until(() => began.length === 3, 'the third has begun');
    expect(began).toEqual(['a', 'b', 'c']);
    expect(told).toEqual([
      { event: 'gate', result: 'failed', times: 1, message: 'it answered 500' },
      { event: 'gate', result: 'ok', times: 1, message: null },
    ]);
  });

  test('that come after all have been told are told too', async () => {
    const { add, began, told, end } = slowReceiver();
    add('a');
    await until(() => began.length === 1, 'the first has begun');
    end(null);
    await until(() => told.length === 1, 'it has ended');
    add('b');
    await until(() => began.length === 2, 'the second has begun');
    expect(began).toEqual(['a', 'b']);
  });

  test('wait 32 deep; of more the oldest are dropped, and told of in one line', async () => {
    const { add, began, told, end } = slowReceiver();
    add('first');
    await until(() => began.length === 1, 'the first has begun');
    for (let i = 1; i <= 32; i += 1) add(`${i}`);
    end(null);
    await until(() => began.length === 2, 'the next has begun');
    expect(told).toHaveLength(1);
    for (let i = 33; i <= 1000; i += 1) add(`${i}`);
    end(null);
    await until(() => began.length === 3, 'another has begun');
    expect(began).toEqual(['first', '1', '969']);
    expect(told.slice(1)).toEqual([
      { event: 'gate', result: 'ok', times: 1, message: null },
      {
        event: 'gate',
        result: 'dropped',
        times: 967,
        message: '967 events are lost, more than 32 were waiting',
      },
    ]);
  });
});

describe('the end', () => {
  test('leaves what is under way 200 ms, and then gives it up and drops what waits', async () => {
    const asked: number[] = [];
    const clock = { now: () => NOW, sleep: async (ms: number) => void asked.push(ms) };
    const { queue, add, began, told } = slowReceiver(clock);
    add('a');
    add('b');
    await until(() => began.length === 1, 'the first has begun');
    await queue.stop();
    add('c');
    expect(asked).toEqual([200]);
    expect(began).toEqual(['a']);
    expect(told).toEqual([
      { event: 'gate', result: 'failed', times: 1, message: 'given up' },
      {
        event: 'gate',
        result: 'dropped',
        times: 1,
        message: '1 event is lost, mainstay was stopped',
      },
    ]);
  });

  test('waits for nothing where nothing is under way', async () => {
    const { queue, add, told } = slowReceiver();
    await queue.stop();
    add('a');
    expect(told).toEqual([]);
  });
});
