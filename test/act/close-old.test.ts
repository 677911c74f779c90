// Sessions in an old worker: closed one by one, never another's, with a last look before every line.
import { expect, test } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import { closedIds, OLD, optionsFor, planOf, standIn, streams, type StandIn } from './stand-in.ts';

const NEVER = new AbortController().signal;
const closings = ({ asked }: StandIn) => asked.filter((line) => line.includes('shutdown session'));

/** An old worker with this many sessions on backup, and three on main. */
function oldWorker(onBackup: number): StandIn {
  const has = standIn();
  has.workers.set(OLD, [...streams('main', 3, 9001), ...streams('backup', onBackup)]);
  return has;
}

async function carry(has: StandIn, signal = NEVER): Promise<Outcome> {
  const [outcome] = await carryOut(optionsFor(has), planOf({}), [], signal);
  return outcome!;
}

const did = ({ trail }: Outcome) => trail.map((entry) => `${entry.did}: ${entry.saw}`);

test('all on that server in that worker are closed, each once, and nothing else', async () => {
  const has = oldWorker(250);
  has.workers.set(78, streams('backup', 2, 5001));
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'ok', listed: 250, remaining: 0, fault: null });
  expect(did(outcome)).toEqual([
    `list: 250 sessions on backup in worker ${OLD}`,
    'close: 250 of 250, in 3 lines',
    'verify: 0 of 250 are left',
    'return: 0 sessions on main, 0 before',
  ]);
  expect(closedIds(has)).toEqual(streams('backup', 250).map(({ id }) => id));
  expect(has.workers.get(OLD)).toEqual(streams('main', 3, 9001));
  expect(has.workers.get(78)).toHaveLength(2);
});

test('no line is longer than HAProxy takes, and each closes a hundred at most', async () => {
  const has = oldWorker(2000);
  await carry(has);

  expect(closings(has)).toHaveLength(20);
  for (const line of closings(has)) expect(line.length).toBeLessThan(8000);
});

test('before every line the proxy is looked at again, and after it the worker rests half as long as the line took', async () => {
  const has = oldWorker(250);
  const order: string[] = [];
  has.askMs = 30;
  has.onLook = () => order.push('look');
  has.intercept = (line) => {
    if (line !== 'show proc') order.push(line.includes('shutdown') ? 'close' : 'list');
    return null;
  };
  const beganMs = has.clock.now().monoMs;
  await carry(has);

  expect(order.slice(0, 9)).toEqual([
    'look',
    'list',
    'look',
    'close',
    'look',
    'close',
    'look',
    'close',
    'list',
  ]);
  // 4 looks, 2 lists with the processes before each, 3 lines, 2 pauses, the end, and the look for those that return.
  expect(has.clock.now().monoMs - beganMs).toBe(4 + 7 * 30 + 2 * 15 + 150 + 1);
});

test('the worker rests no longer than 25 ms', async () => {
  const has = oldWorker(101);
  has.askMs = 400;
  const beganMs = has.clock.now().monoMs;
  await carry(has);
  expect(has.clock.now().monoMs - beganMs).toBe(3 + 6 * 400 + 25 + 150 + 1);
});

test('main dies between two lines: the rest is not closed, and it is said so', async () => {
  const has = oldWorker(250);
  has.intercept = (line) => {
    if (line.includes('shutdown')) has.mainUp = false;
    return null;
  };
  const outcome = await carry(has);

  expect(closings(has)).toHaveLength(1);
  expect(outcome).toMatchObject({
    result: 'failed',
    gate: 'target-not-up',
    listed: 250,
    remaining: 150,
  });
  expect(did(outcome).slice(1, 4)).toEqual([
    'close: 100 of 250, in 1 lines',
    'verify: 150 of 250 are left',
    'reread: main is DOWN there',
  ]);
});

test('main dies before the first line: it is a refusal, and nothing was sent', async () => {
  const has = oldWorker(5);
  has.intercept = () => {
    has.mainUp = false;
    return null;
  };
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'refused', gate: 'target-not-up' });
  expect(closings(has)).toEqual([]);
});

test('the worker ends in the middle: that is as good', async () => {
  const has = oldWorker(250);
  let lines = 0;
  has.intercept = (line) => {
    if (line.includes('shutdown') && (lines += 1) === 2) has.workers.delete(OLD);
    return null;
  };
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'ok', listed: 250, remaining: 0 });
  expect(closings(has)).toHaveLength(2);
});

test('the worker ends in the middle of a line: that is as good', async () => {
  const has = oldWorker(250);
  has.intercept = (line) => {
    if (!line.includes('shutdown')) return null;
    has.workers.delete(OLD);
    return `\n\n\nCan't find the target PID matching the prefix '@!${OLD}'\n`;
  };
  expect(await carry(has)).toMatchObject({ result: 'ok', listed: 250, remaining: 0 });
});

test('the worker has ended before it is listed: there is nothing to do', async () => {
  const has = oldWorker(3);
  has.workers.delete(OLD);
  expect(await carry(has)).toMatchObject({ result: 'ok', listed: 0 });
  expect(closings(has)).toEqual([]);
});

test('a session that has ended by itself counts as closed', async () => {
  const has = oldWorker(3);
  has.intercept = (line) => {
    if (line.includes('shutdown')) has.workers.set(OLD, streams('backup', 2));
    return null;
  };
  expect(await carry(has)).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
});

test('an answer is lost: looking again tells, and only what is left is closed in a second round', async () => {
  const has = oldWorker(150);
  let lines = 0;
  has.intercept = (line) =>
    line.includes('shutdown') && (lines += 1) === 1 ? { kind: 'truncated', bytes: 5 } : null;
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'ok', listed: 150, remaining: 0 });
  expect(did(outcome).slice(1, 5)).toEqual([
    'close: 0 of 150, in 1 lines',
    'verify: 150 of 150 are left',
    'close: 150 of 150, in 2 lines',
    'verify: 0 of 150 are left',
  ]);
});

test('an id that another client has by now is not the session that was closed', async () => {
  const has = oldWorker(2);
  const [first] = streams('backup', 1);
  has.intercept = (line) => {
    if (!line.includes('shutdown')) return null;
    has.intercept = () => null;
    // Carried out, and its memory given at once to a stream that came over from main.
    has.workers.set(OLD, [{ ...first!, src: '127.0.0.9:9' }]);
    return '\n\n';
  };
  const outcome = await carry(has);
  expect(outcome).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
  expect(closings(has)).toHaveLength(2);
});

test('sessions that HAProxy says it closes and never does: a failure, and they are told once', async () => {
  const has = oldWorker(2);
  has.intercept = (line) => (line.includes('shutdown') ? '\n\n' : null);
  const beganMs = has.clock.now().monoMs;
  const outcome = await carry(has);

  expect(outcome).toMatchObject({ result: 'failed', listed: 2, remaining: 2, fault: null });
  expect(closings(has)).toHaveLength(1);
  expect(has.clock.now().monoMs - beganMs).toBeLessThan(6000);
});

test.for([
  ['Permission denied', 'Permission denied\n\n', 'denied'],
  ['nonsense', 'what?\n\n', 'protocol'],
] as const)(
  'HAProxy answers %s: a failure with its words, and no second try',
  async ([, said, kind]) => {
    const has = oldWorker(1);
    has.intercept = (line) => (line.includes('shutdown') ? said : null);
    const outcome = await carry(has);

    expect(outcome).toMatchObject({ result: 'failed', listed: 1, remaining: 1, fault: { kind } });
    expect(outcome.fault?.address).toBe('unix:master');
    expect(closings(has)).toHaveLength(1);
  },
);

test('answers stay away for ever: it ends, as a failure', async () => {
  const has = oldWorker(300);
  has.intercept = (line) =>
    line.includes('shutdown') ? { kind: 'timeout', afterMs: 5000, connected: true } : null;
  const outcome = await carry(has);

  expect(outcome).toMatchObject({
    result: 'failed',
    listed: 300,
    remaining: 300,
    fault: { kind: 'timeout' },
  });
  expect(closings(has)).toHaveLength(4);
});

test('the worker is ending while it is listed: a moment later it is gone', async () => {
  const has = oldWorker(3);
  let cut = 0;
  has.intercept = (line) => {
    if (line.includes('show sess') && closings(has).length > 0 && (cut += 1) < 3) return '';
    if (cut === 3) has.workers.delete(OLD);
    return null;
  };
  expect(await carry(has)).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
});

test('a list that never comes whole is a fault, in the end', async () => {
  const has = oldWorker(3);
  has.intercept = (line) => (line.includes('show sess') ? '' : null);
  const beganMs = has.clock.now().monoMs;
  const outcome = await carry(has);
  expect(outcome).toMatchObject({ result: 'failed', fault: { kind: 'truncated' } });
  expect(has.clock.now().monoMs - beganMs).toBeLessThan(6000);
});

test('which workers are old is not asked again before every line, only what serves', async () => {
  const has = oldWorker(250);
  has.onLook = () => {
    if (has.looks > 1) has.hidden = { kind: 'refused', address: 'unix:master' };
  };
  expect(await carry(has)).toMatchObject({ result: 'ok', listed: 250, remaining: 0 });
});

test('a worker that ends with its last session is not asked for again at once', async () => {
  const has = oldWorker(3);
  let closedMs = 0;
  const asked: number[] = [];
  has.intercept = (line) => {
    if (line.includes('shutdown session')) closedMs = has.clock.now().monoMs;
    else if (line.includes(`@!${OLD}`) && closedMs > 0)
      asked.push(has.clock.now().monoMs - closedMs);
    return null;
  };
  expect(await carry(has)).toMatchObject({ result: 'ok' });
  for (const afterMs of asked) expect(afterMs).toBeGreaterThanOrEqual(150);
});

test('the master dies in the middle: half of it is not called well done', async () => {
  const has = oldWorker(250);
  let lines = 0;
  has.intercept = (_, link) => {
    if (link === 'master' && (lines += 1) > 2) return { kind: 'refused' };
    return null;
  };
  const outcome = await carry(has);
  expect(outcome).toMatchObject({
    result: 'failed',
    listed: 250,
    remaining: 250,
    fault: { kind: 'refused' },
  });
});

test('without a way to the master it fails, and says so', async () => {
  const has = standIn({ master: null });
  const outcome = await carry(has);
  expect(outcome).toMatchObject({
    result: 'failed',
    fault: { kind: 'unreachable', address: 'ha1' },
  });
});

test.for([1, 2, 3, 4, 5, 6])(
  'a stop at exchange %i abandons it, within a second',
  async (stopAt) => {
    const has = oldWorker(250);
    const stopping = new AbortController();
    let exchanges = 0;
    has.intercept = (line) => {
      if (line !== 'show proc' && (exchanges += 1) === stopAt) stopping.abort();
      return null;
    };
    const outcome = await carry(has, stopping.signal);
    const after = closings(has).length;

    expect(outcome.result).toBe(stopAt >= 5 ? 'ok' : 'abandoned');
    expect(after).toBe(Math.min(3, Math.max(0, stopAt - 1)));
    expect(outcome.listed - outcome.remaining).toBe(
      outcome.listed === 0 ? 0 : 250 - (has.workers.get(OLD)!.length - 3),
    );
  },
);

test('connections that were kept are let go, so that no old worker stays for them', async () => {
  const has = oldWorker(1);
  await carry(has);
  expect(has.drops).toContain('master');
});
