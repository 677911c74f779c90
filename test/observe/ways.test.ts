// One look over scripted ways: what it makes of old workers, of a reload under way, and of ways that fail.
import { describe, expect, test } from 'vitest';
import type { Fault, Trouble } from '../../src/domain/fault.ts';
import type { AskLimit, RuntimeLink, StatsLink } from '../../src/domain/ports.ts';
import type { Result } from '../../src/domain/result.ts';
import type { View } from '../../src/domain/view.ts';
import { makeLook, type Ways } from '../../src/observe/look.ts';
import { VERSIONS, fixture } from '../haproxy/fixtures.ts';

const VERSION = VERSIONS[0] ?? '';
const INFO = fixture(VERSION, 'show-info.txt');
const STAT = /# pxname[^]*$/.exec(fixture(VERSION, 'look-admin.txt'))?.[0] ?? '';
const PAGE = fixture(VERSION, 'stats-page-pair.csv');
const TIMEOUT_MS = 1000;

const infoOf = (pid: number, stopping: boolean) =>
  INFO.replace(/^Pid: .*$/m, `Pid: ${pid}`).replace('Stopping: 0', `Stopping: ${stopping ? 1 : 0}`);
const PINNED = fixture(VERSION, 'look-with-pin.txt').replace(/^Pid: .*$/m, 'Pid: 5');
const runtimeOf = (pid: number, stopping = false) => `admin\n\n${infoOf(pid, stopping)}${STAT}`;
const workerOf = (pid: number, stopping = true) => `${infoOf(pid, stopping)}${STAT}`;
const gone = (pid: number) => `Can't find the target PID matching the prefix '@!${pid}'\n`;
const processes = (...pids: number[]) =>
  [
    '#<PID>          <type>          <reloads>       <uptime>        <version>\n',
    '1               master          0 [failed: 0]   0d00h00m05s     2.6.12\n# workers\n',
    ...pids.map((pid) => `${pid}              worker          0      0d00h00m05s     2.6.12\n`),
    '\n',
  ].join('');

type Said = string | Trouble;

interface Scripted extends RuntimeLink {
  readonly asked: { line: string; deadlineMs: number }[];
  drops: number;
}

/** Answers each line with the next of its answers, the last again and again. */
function scripted(address: string, say: (line: string, nth: number) => Said): Scripted {
  const asked: Scripted['asked'] = [];
  const link: Scripted = {
    address,
    way: 'unix',
    asked,
    drops: 0,
    drop: () => void (link.drops += 1),
    ask: async (line: string, { deadlineMs }: AskLimit): Promise<Result<string, Fault>> => {
      const nth = asked.filter((one) => one.line === line).length;
      asked.push({ line, deadlineMs });
      const said = say(line, nth);
      if (typeof said === 'string') return { ok: true, value: said };
      return { ok: false, fault: { ...said, address } };
    },
  };
  return link;
}

const runtime = (...said: Said[]) =>
  scripted('unix:/a', (_, nth) => said[nth] ?? said.at(-1) ?? '');

/** A master with these lists of pids, look by look; `workers` say what each pid answers, else `Stopping: 1`. */
const master = (lists: (number[] | Trouble)[], workers: Record<number, Said[]> = {}) =>
  scripted('unix:/m', (line, nth) => {
    const list = lists[nth] ?? lists.at(-1) ?? [];
    if (line === 'show proc') return Array.isArray(list) ? processes(...list) : list;
    const pid = Number(/^@!(\d+) /.exec(line)?.[1]);
    const said = workers[pid];
    return said?.[nth] ?? said?.at(-1) ?? workerOf(pid);
  });

function page(said: Said, mayClose = false): StatsLink & { asked: number } {
  const address = 'http://h/stats';
  const link = {
    address,
    mayClose,
    asked: 0,
    csv: async (): Promise<Result<string, Fault>> => {
      link.asked += 1;
      if (typeof said === 'string') return { ok: true, value: said };
      return { ok: false, fault: { ...said, address } };
    },
    closeServer: async () => ({ ok: true as const, value: null }),
  };
  return link;
}

const look = (
  ways: Partial<Ways>,
  producers: string[] = ['main', 'backup'],
  pinTable: string | null = null,
) =>
  makeLook(
    { link: null, master: null, stats: null, ...ways },
    { backend: 'pair', producers, pinTable },
    TIMEOUT_MS,
  );

async function seen(ways: Partial<Ways>, pinTable: string | null = null): Promise<View> {
  const result = await look(ways, [], pinTable)();
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

const pids = (view: View) => view.workers.map(({ pid, old }) => [pid, old]);

describe('old workers', () => {
  test('are not seen without a master, and the view says so', async () => {
    const view = await seen({ link: runtime(runtimeOf(5)) });
    expect([pids(view), view.hidden, view.way]).toEqual([
      [[5, false]],
      { kind: 'no-master' },
      'unix',
    ]);
  });

  test('there are none', async () => {
    const view = await seen({ link: runtime(runtimeOf(5)), master: master([[5]]) });
    expect([pids(view), view.hidden]).toEqual([[[5, false]], null]);
  });

  test('stand behind the serving one, in the order of the list, under whatever heading', async () => {
    const at = master([[5, 4, 3]]);
    const view = await seen({ link: runtime(runtimeOf(5)), master: at });
    expect([pids(view), view.hidden]).toEqual([
      [
        [5, false],
        [4, true],
        [3, true],
      ],
      null,
    ]);
    expect(at.asked.map(({ line }) => line)).toEqual([
      'show proc',
      '@!4 show info;@!4 show stat pair 6 -1',
      '@!3 show info;@!3 show stat pair 6 -1',
    ]);
  });

  test('that have ended meanwhile, or have no such backend, are left out', async () => {
    const other = `${infoOf(3, true)}No such proxy.\n\n`;
    const at = master([[5, 4, 3]], { 4: [gone(4)], 3: [other] });
    const view = await seen({ link: runtime(runtimeOf(5)), master: at });
    expect([pids(view), view.hidden, at.asked.length]).toEqual([[[5, false]], null, 3]);
  });

  test('of which one does not answer: the others are seen, and that one is hidden', async () => {
    const late: Trouble = { kind: 'timeout', afterMs: 9, connected: true };
    const at = master([[5, 4, 3]], { 4: [late] });
    const view = await seen({ link: runtime(runtimeOf(5)), master: at });
    expect(pids(view)).toEqual([
      [5, false],
      [3, true],
    ]);
    expect(view.hidden).toEqual({ ...late, address: 'unix:/m' });
  });

  test('of which one breaks off are not asked again: the list tells whether it has ended', async () => {
    const cut = workerOf(4).slice(0, 900);
    for (const said of ['', cut]) {
      const at = master([[5, 4], [5]], { 4: [said] });
      const view = await seen({ link: runtime(runtimeOf(5)), master: at });
      expect([pids(view), view.hidden]).toEqual([[[5, false]], null]);
      expect(at.asked.filter(({ line }) => line !== 'show proc')).toHaveLength(1);
    }
    const view = await seen({
      link: runtime(runtimeOf(5)),
      master: master([[5, 4]], { 4: [cut] }),
    });
    expect(view.hidden).toEqual({ kind: 'truncated', bytes: 900, address: 'unix:/m' });
  });

  test('more than 32 are not all asked, and the view says so', async () => {
    const many = Array.from({ length: 40 }, (_, nth) => 100 + nth);
    const at = master([[5, ...many]]);
    const view = await seen({ link: runtime(runtimeOf(5)), master: at });
    expect([view.workers.length, at.asked.length]).toEqual([33, 33]);
    expect(view.hidden).toMatchObject({ kind: 'protocol', said: expect.stringContaining('40') });
  });

  test('are hidden by every trouble with the master, and the view stands', async () => {
    for (const trouble of [{ kind: 'refused' }, { kind: 'permission' }] as const) {
      const view = await seen({ link: runtime(runtimeOf(5)), master: master([trouble]) });
      expect([pids(view), view.hidden]).toEqual([[[5, false]], { ...trouble, address: 'unix:/m' }]);
    }
    const worker = scripted('unix:/m', () => fixture(VERSION, 'show-proc-of-a-worker.txt'));
    const view = await seen({ link: runtime(runtimeOf(5)), master: worker });
    expect(view.hidden).toMatchObject({ kind: 'protocol', address: 'unix:/m' });
  });
});

describe('while a reload is under way', () => {
  test('a list without the worker that serves is looked at once more, at once', async () => {
    const link = runtime(runtimeOf(4), runtimeOf(5));
    const view = await seen({ link, master: master([[5, 4]], { 5: [workerOf(5, false)] }) });
    expect([pids(view), view.hidden]).toEqual([
      [
        [5, false],
        [4, true],
      ],
      null,
    ]);
    expect(link.asked).toHaveLength(2);
  });

  test('a worker that does not serve yet is none of the old ones', async () => {
    const link = runtime(runtimeOf(4));
    const view = await seen({ link, master: master([[5, 4]], { 5: [workerOf(5, false)] }) });
    expect([pids(view), view.hidden, link.asked.length]).toEqual([[[4, false]], null, 2]);
  });

  test('an old worker that answers over a connection that is kept is dropped, and the new one asked', async () => {
    const link = runtime(runtimeOf(4, true), runtimeOf(5));
    const at = master([[5, 4]]);
    const view = await seen({ link, master: at });
    expect([pids(view), link.drops, at.drops]).toEqual([
      [
        [5, false],
        [4, true],
      ],
      1,
      1,
    ]);
  });

  test('an old worker that goes on answering is a fault', async () => {
    const result = await look({ link: runtime(runtimeOf(4, true)), master: master([[4]]) })();
    const fault = { kind: 'stopping', pid: 4, address: 'unix:/a' };
    expect(result).toEqual({ ok: false, fault });
  });

  test('the connection to the master is dropped once for each new old worker', async () => {
    const at = master([[5], [5, 4], [5, 4], [5, 4, 3], [5]]);
    const again = look({ link: runtime(runtimeOf(5)), master: at });
    const drops: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await again();
      drops.push(at.drops);
    }
    expect(drops).toEqual([0, 1, 1, 2, 2]);
  });
});

test("another HAProxy's master shows nothing of this one", async () => {
  const at = master([[8, 7]]);
  const view = await seen({ link: runtime(runtimeOf(5)), master: at });
  const hidden = { kind: 'other-master', pid: 5, address: 'unix:/m' };
  expect([pids(view), view.hidden]).toEqual([[[5, false]], hidden]);
  expect(at.asked.map(({ line }) => line)).toEqual(['show proc', 'show proc']);
});

describe('the statistics page', () => {
  const stats = { kind: 'refused' } as const;

  test('is not asked where the socket answers', async () => {
    const at = page(PAGE);
    expect((await seen({ link: runtime(runtimeOf(5)), stats: at })).way).toBe('unix');
    expect(at.asked).toBe(0);
  });

  test('shows what the socket does not, and what may be done by it', async () => {
    const failing = runtime(stats);
    const view = await seen({ link: failing, stats: page(PAGE, true) });
    expect([view.way, view.level, pids(view)]).toEqual(['stats', 'admin', [[null, false]]]);
    expect(view.hidden).toEqual({ kind: 'no-master' });
    expect(failing.asked[0]?.deadlineMs).toBeLessThanOrEqual(0.6 * TIMEOUT_MS);
    expect((await seen({ stats: page(PAGE) })).level).toBe('user');
  });

  test('has old workers beside it that the master shows', async () => {
    const at = master([[5, 4]], { 5: [workerOf(5, false)] });
    const view = await seen({ stats: page(PAGE), master: at });
    expect([pids(view), view.hidden, at.asked.length]).toEqual([
      [
        [null, false],
        [4, true],
      ],
      null,
      3,
    ]);
  });

  test('does not stand in where HAProxy said that something is to be set right', async () => {
    const at = page(PAGE);
    const nothing = `admin\n\n${infoOf(5, false)}No such proxy.\n\n`;
    const answers: [Said, string][] = [
      [nothing, 'no-such-backend'],
      ['Permission denied\n\nPermission denied\n\nPermission denied\n\n', 'denied'],
      [{ kind: 'abandoned' }, 'abandoned'],
    ];
    for (const [said, kind] of answers)
      expect(await look({ link: runtime(said), stats: at })()).toMatchObject({ fault: { kind } });
    const missing = await look({ link: runtime(runtimeOf(5)), stats: at }, ['third'])();
    expect(missing).toMatchObject({ fault: { kind: 'no-such-server' } });
    expect(at.asked).toBe(0);
  });

  test("fails too: the fault is the socket's, or its own where there is no socket", async () => {
    const denied = page({ kind: 'http', status: 401 });
    const both = await look({ link: runtime(stats), stats: denied, master: master([[5]]) })();
    expect(both).toEqual({ ok: false, fault: { kind: 'refused', address: 'unix:/a' } });
    const alone = await look({ stats: denied })();
    expect(alone).toEqual({
      ok: false,
      fault: { kind: 'http', status: 401, address: 'http://h/stats' },
    });
    expect(await look({ stats: page('<html>') })()).toMatchObject({ fault: { kind: 'not-csv' } });
  });
});

test('the pin is that of the worker that serves, asked for where there is a table for it', async () => {
  const link = runtime(PINNED);
  const at = master([[5, 4]]);
  const view = await seen({ link, master: at }, 'pin');
  expect([view.pin, pids(view)]).toMatchObject([
    { kind: 'table', serverId: 2 },
    [
      [5, false],
      [4, true],
    ],
  ]);
  const asked = [link, at].flatMap((each) =>
    each.asked.filter(({ line }) => line.includes(' pin ')),
  );
  expect(asked.map(({ line }) => line)).toEqual([
    'show cli level;show info;show table pin data.gpt0 gt 0;show stat pair 6 -1',
  ]);
  expect((await seen({ link: runtime(runtimeOf(5)) })).pin).toEqual({ kind: 'off' });
  expect((await seen({ stats: page(PAGE) }, 'pin')).pin).toEqual({ kind: 'page' });
  expect((await seen({ stats: page(PAGE) })).pin).toEqual({ kind: 'off' });
});

test('every exchange of a look has what is left of its time, and never none', async () => {
  const link = runtime(runtimeOf(5));
  const at = master([[5, 4]]);
  await seen({ link, master: at });
  expect(link.asked[0]?.deadlineMs).toBeGreaterThan(0.9 * TIMEOUT_MS);
  for (const { deadlineMs } of at.asked) {
    expect(deadlineMs).toBeLessThanOrEqual(0.75 * TIMEOUT_MS);
    expect(deadlineMs).toBeGreaterThanOrEqual(1);
  }
});

test('a proxy without any way to it is a bug', async () => {
  await expect(look({})()).rejects.toThrow(TypeError);
});
