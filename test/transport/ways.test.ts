// The contract of RuntimeLink, kept by every way to a real HAProxy, a worker's CLI and the master's.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import type { Role } from '../../src/transport/role.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { openStream } from '../../src/transport/open-stream.ts';
import { freeze } from '../support/freeze.ts';
import { until } from '../support/until.ts';
import { openScene, SERVERS, WAYS, type Scene } from './scene.ts';

const LIMIT = { deadlineMs: 5000 };
const LOOK = 'show cli level;show info;show stat bp 6 -1';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
}, 30_000);
afterAll(() => scene?.[Symbol.asyncDispose]());

/** The whole answer, or the fault as an error. */
async function say(link: RuntimeLink, line: string): Promise<string> {
  const answer = await link.ask(line, LIMIT);
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

const open = (way: (typeof WAYS)[number], role: Role = 'worker'): RuntimeLink => {
  const link = openLink(scene.address(way, role), role);
  onTestFinished(() => link.drop());
  return link;
};

/** Of an answer to a look what stays the same, in a few words. */
function gist(said: string): unknown[] {
  const [level, info = '', stat = ''] = said.split('\n\n');
  const rows = stat.split('\n').map((row) => row.split(',', 2).join('/'));
  return [level, info.match(/^(?:Name|Version|Pid|Stopping): .*$/gm), rows.length, rows.slice(-2)];
}

/** `show proc`: the worker that serves and how many there are in all; -1: none. */
function workers(said: string): number[] {
  return [...said.matchAll(/^(\d+)\s+worker\s/gm)].map(([, pid]) => Number(pid));
}

/** By the unix socket, and waits until another worker serves. */
async function reload(): Promise<void> {
  const master = open('unix', 'master');
  const before = workers(await say(master, 'show proc'));
  await say(master, 'reload');
  await until(async () => {
    const proc = await master.ask('show proc', LIMIT);
    return proc.ok && workers(proc.value).some((pid) => !before.includes(pid));
  }, 'there is a new worker');
}

describe.each(WAYS)('%s', (way) => {
  test('says what it is', () => {
    const address = scene.address(way, 'worker');
    expect(openLink(address, 'worker')).toMatchObject({ address: address.text, way: address.kind });
  });

  test('a look is answered as over the unix socket, again and again', async () => {
    const link = open(way);
    const expected = gist(await say(open('unix'), LOOK));
    expect(expected).toEqual(['admin', expect.anything(), SERVERS + 2, ['bp/s500', 'bp/BACKEND']]);
    for (let turn = 0; turn < 5; turn += 1) expect(gist(await say(link, LOOK))).toEqual(expected);
  });

  test('a long answer is whole', async () => {
    const said = await say(open(way), 'show stat bp 4 -1;show version');
    expect(said.length).toBeGreaterThan(100_000);
    const [rows = '', version] = said.split('\n\n');
    expect(rows.split('\n')).toHaveLength(SERVERS + 1);
    expect(version).toMatch(/^\d+\.\d+/);
  });

  test('a line of many commands has an answer to each', async () => {
    const commands = Array.from({ length: 150 }, (_, at) => `shutdown session 0x${at}aaaaaaaaaa`);
    const link = open(way);
    for (let turn = 0; turn < 3; turn += 1)
      expect(await say(link, commands.join(';'))).toBe(
        `No such session (use 'show sess').\n\n`.repeat(commands.length),
      );
  });

  test('what HAProxy refuses is an answer, and does not stop the rest', async () => {
    const said = await say(open(way), 'show stat nosuch 6 -1;nonsense;show cli level');
    expect(said).toMatch(/^No such proxy\.\n\nUnknown command[^]*\n\nadmin\n\n$/);
  });

  test('the master lists its workers, and hands commands on', async () => {
    const master = open(way, 'master');
    const [pid] = workers(await say(master, 'show proc'));
    expect(pid).toBeGreaterThan(0);
    const said = await say(master, `@!${pid} show cli level;@!${pid} show stat bp 4 -1;show proc`);
    expect(said).toMatch(/^admin\n\n# pxname[^]*\n\n#<PID>/);
    expect(said.length).toBeGreaterThan(100_000);
    const commands = Array.from(
      { length: 100 },
      (_, at) => `@!${pid} shutdown session 0x${at}aaaa`,
    );
    expect(await say(master, commands.join(';'))).toBe(
      `No such session (use 'show sess').\n\n`.repeat(commands.length),
    );
  });

  test('a worker that is gone gives the master’s words, once', async () => {
    const master = open(way, 'master');
    for (let turn = 0; turn < 2; turn += 1)
      expect(await say(master, '@!999999 show info;@!999999 show stat')).toBe(
        `Can't find the target PID matching the prefix '@!999999'\n`,
      );
    expect(workers(await say(master, 'show proc'))).toHaveLength(1);
  });

  test('gives up at the deadline when HAProxy hangs, and is there again when it goes on', async () => {
    const link = open(way);
    const master = open('unix', 'master');
    const [pid = 0] = workers(await say(master, 'show proc'));
    await say(link, 'show cli level');
    await freeze(pid);
    try {
      const beganMs = performance.now();
      const result = await link.ask('show info', { deadlineMs: 200 });
      expect(result).toMatchObject({
        ok: false,
        fault: { kind: 'timeout', afterMs: 200, connected: true },
      });
      expect(performance.now() - beganMs).toBeLessThan(1200);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await say(link, 'show cli level')).toBe('admin\n\n');
  });

  test('is abandoned by an abort, and goes on afterwards', async () => {
    const link = open(way);
    await say(link, 'show cli level');
    const stop = new AbortController();
    const asked = link.ask('show stat', { ...LIMIT, signal: stop.signal });
    stop.abort();
    expect(await asked).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
    expect(await say(link, 'show cli level')).toBe('admin\n\n');
  });

  test('`drop` leaves no connection at HAProxy', async () => {
    const link = open(way);
    await say(link, 'show cli level');
    link.drop();
    const watcher = open('unix');
    await expect
      .poll(async () => (await say(watcher, 'show sess')).match(/^0x/gm), { timeout: 8000 })
      .toHaveLength(1);
  });

  test('a stream of events is a connection of its own, and an abort leaves none', async () => {
    const watcher = open('unix');
    const sessions = async () => (await say(watcher, 'show sess')).match(/^0x/gm)?.length;
    const before = await sessions();
    const stop = new AbortController();
    const heard: string[] = [];
    const events = openStream(scene.address(way, 'worker'));
    const limit = { silenceMs: 8000, signal: stop.signal };
    const over = events.stream(
      'set timeout cli 60;show events events -w -n',
      (line) => heard.push(line),
      limit,
    );
    await until(() => heard.length > 0, 'HAProxy has begun');
    for (const state of ['ready', 'maint']) await say(watcher, `set server bp/s1 state ${state}`);
    await until(() => heard.some((line) => /Server bp\/s1 is going DOWN/.test(line)), 'an event');
    stop.abort();
    const fault = { kind: 'abandoned', address: events.address };
    expect(await over).toEqual(fault);
    expect(await events.stream('show events', () => {}, limit)).toEqual(fault);
    await expect.poll(sessions, { timeout: 8000 }).toBe(before);
  });

  test('a stream ends with HAProxy’s answer where there is nothing to follow', async () => {
    const heard: string[] = [];
    const limit = { silenceMs: 8000, signal: new AbortController().signal };
    const events = openStream(scene.address(way, 'worker'));
    const line = 'show events nosuch -w -n';
    expect(await events.stream(line, (said) => heard.push(said), limit)).toBe(null);
    expect(heard[0]).toBe('No such event sink');
  });

  test(
    'five reloads with asks going on leave no old worker behind',
    { timeout: 30_000 },
    async () => {
      const link = open(way);
      const master = open(way, 'master');
      const stop = new AbortController();
      // As a look does: an old worker's answer, and the sight of one, ends the connections.
      const asking = (async () => {
        while (!stop.signal.aborted) {
          const info = await link.ask('show info', LIMIT);
          if (info.ok && info.value.includes('Stopping: 1')) link.drop();
          const proc = await master.ask('show proc', LIMIT);
          if (proc.ok && workers(proc.value).length > 1) master.drop();
          await sleep(20);
        }
      })();
      try {
        for (let turn = 0; turn < 5; turn += 1) await reload();
        const watcher = open('unix', 'master');
        await until(
          async () => workers(await say(watcher, 'show proc')).length === 1,
          'one worker is left',
        );
        const [pid] = workers(await say(watcher, 'show proc'));
        await expect
          .poll(() => link.ask('show info', LIMIT), { timeout: 8000 })
          .toMatchObject({ ok: true, value: expect.stringContaining(`Pid: ${pid}\n`) });
      } finally {
        stop.abort();
        await asking;
      }
    },
  );

  test('a reload by the master’s command is taken', { timeout: 30_000 }, async () => {
    const master = open(way, 'master');
    const [before] = workers(await say(master, 'show proc'));
    const answer = await master.ask('reload', LIMIT);
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.value).toMatch(/^(?:Success=1\n|$)/);
    await until(async () => {
      const proc = await master.ask('show proc', LIMIT);
      const pids = proc.ok ? workers(proc.value) : [];
      if (pids.length > 1) master.drop();
      return pids.length === 1 && pids[0] !== before;
    }, 'only the new worker is left');
  });
});
