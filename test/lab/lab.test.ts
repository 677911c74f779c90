// The lab tells the truth: what the producers count is what happens to relays behind real HAProxies.
import { expect, onTestFinished, test } from 'vitest';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import type { LabOptions } from '../../src/lab/options.ts';

const lab = async (options?: LabOptions): Promise<Lab> => {
  const started = await startLab(options);
  onTestFinished(() => started.stop());
  return started;
};

/** Until every proxy has logged that it marked the producer up again, and `restMs` have passed since. */
const upEverywhere = (it: Lab, producer: string, restMs: number): Promise<void> =>
  it.until(
    () =>
      ['ha1', 'ha2'].every((proxy) => {
        const up = it
          .proxy(proxy)
          .logged(new RegExp(`Server bp/${producer} is UP`))
          .at(-1);
        return up !== undefined && Date.now() > up.atMs + restMs;
      }),
    5000,
    `${producer} is up everywhere`,
  );

test('at rest every relay is on main through every proxy, and checks count as nothing', async () => {
  const it = await lab({ relays: 4 });

  expect(it.counts()).toEqual({ ha1: { main: 4, backup: 0 }, ha2: { main: 4, backup: 0 } });
  expect(it.allOn('main')).toBe(true);
  await it.until(() => Date.now() > it.events()[0]!.atMs + 500, 2000, 'some checks have passed');
  expect(it.events()).toHaveLength(8);
});

test('main dies and returns: the relays move to backup within a redial, and stay there', async () => {
  const it = await lab();
  const killedMs = Date.now();
  await it.producer('main').kill();
  await it.until(() => it.allOn('backup'), 3000, 'all on backup');

  const lost = it.closes();
  expect(lost).toHaveLength(6);
  expect(new Set(lost.map((close) => `${close.producer} by ${close.by}`))).toEqual(
    new Set(['main by producer']),
  );
  const opened = it.events().filter((event) => event.producer === 'backup');
  // 10 s redial at a scale of 0.02.
  for (const { atMs } of opened) expect(atMs - killedMs).toBeGreaterThanOrEqual(200);

  const mark = it.mark();
  await it.producer('main').restart();
  await upEverywhere(it, 'main', 500);
  expect(it.events(mark)).toEqual([]);
  expect(it.counts()).toEqual({ ha1: { main: 0, backup: 3 }, ha2: { main: 0, backup: 3 } });

  it.relay('relay2').restart('ha1');
  await it.until(() => it.count({ proxy: 'ha1', producer: 'main' }) === 1, 2000, 'one goes back');
  await it.until(() => it.count({}) === 6, 2000, 'all are connected');
  expect(it.counts()).toEqual({ ha1: { main: 1, backup: 2 }, ha2: { main: 0, backup: 3 } });
  expect(it.closes(mark).map(({ id, by }) => `${id} by ${by}`)).toEqual(['relay2/ha1#2 by relay']);
});

test("one proxy's way to main is cut: the brain is split, also after the way is mended", async () => {
  const it = await lab();
  await it.producer('main').cut('ha1');
  const split = { ha1: { main: 0, backup: 3 }, ha2: { main: 3, backup: 0 } };
  await it.until(() => it.count({ producer: 'backup' }) === 3, 3000, "ha1's relays are on backup");
  expect(it.counts()).toEqual(split);

  await it.producer('main').restart();
  await it.until(() => it.count({ proxy: 'ha2', producer: 'main' }) === 3, 3000, 'ha2 is back');
  expect(it.counts()).toEqual(split);

  const mark = it.mark();
  await it.producer('main').mend('ha1');
  await it.until(
    () => it.proxy('ha1').logged(/Server bp\/main is UP/).length === 1,
    3000,
    'ha1 sees main',
  );
  expect(it.closes(mark)).toEqual([]);
  expect(it.counts()).toEqual(split);
});

test('a restarted producer has its relays back before HAProxy takes it for dead', async () => {
  const it = await lab({ check: { interMs: 1000, fall: 3, rise: 2 } });
  await it.producer('main').restart();
  expect(it.count({})).toBe(0);
  await it.until(() => it.allOn('main'), 3000, 'all on main again');
  expect(it.proxy('ha1').logged(/Server bp\/main is DOWN/)).toEqual([]);
});

test('a frozen producer keeps its sessions, passes its checks, and welcomes nobody until it thaws', async () => {
  const it = await lab({ relays: 1 });
  it.producer('main').freeze();
  const mark = it.mark();
  it.relay('relay1').restart('ha1');
  await it.until(() => it.events(mark).length === 4, 5000, 'the first dial timed out');
  expect(it.events(mark).map(({ kind, by, id }) => `${kind} ${id} by ${by}`)).toEqual([
    'close relay1/ha1#1 by relay',
    'open relay1/ha1#2 by relay',
    'close relay1/ha1#2 by relay',
    'open relay1/ha1#3 by relay',
  ]);
  expect(it.proxy('ha1').logged(/Server bp\/main/)).toEqual([]);
  expect(it.counts()).toEqual({ ha1: { main: 1, backup: 0 }, ha2: { main: 1, backup: 0 } });
  // Those who left are still held: HAProxy has closed its side, and waits for the producer's.
  const held = async (): Promise<number> =>
    (await it.proxy('ha1').ask('show sess')).match(/be=bp/g)?.length ?? 0;
  await it.until(async () => (await held()) === 3, 3000, 'HAProxy holds three');

  it.producer('main').thaw();
  await it.until(async () => (await held()) === 1, 3000, 'those who left are let go');
  expect(it.closes(mark).length).toBeGreaterThanOrEqual(2);
});

test('relays that dial one proxy each, and more proxies and producers than two', async () => {
  const it = await lab({
    proxies: ['a', 'b', 'c'],
    producers: ['p1', 'p2', 'p3'],
    relays: 4,
    dials: 'one',
  });
  expect(it.counts()).toEqual({
    a: { p1: 2, p2: 0, p3: 0 },
    b: { p1: 1, p2: 0, p3: 0 },
    c: { p1: 1, p2: 0, p3: 0 },
  });
  await it.producer('p1').kill();
  await it.until(() => it.allOn('p2'), 3000, 'all on the second');
  await it.producer('p2').kill();
  await it.until(() => it.allOn('p3'), 3000, 'all on the third');
});

test('until gives up at its deadline, with what was waited for and the counts', async () => {
  const it = await lab({ relays: 1 });
  await expect(it.until(() => it.allOn('backup'), 50, 'all on backup')).rejects.toThrow(
    'not within 50 ms: all on backup\n{"ha1":{"main":1,"backup":0},"ha2":{"main":1,"backup":0}}',
  );
});

test('its mainstay.yaml names what is there, and takes other values', async () => {
  const it = await lab({ relays: 0 });
  const yaml = it.mainstayYaml({ failback: { after: '2s' }, cluster: undefined });
  expect(yaml.replaceAll(it.dir, 'DIR').replace(it.listen, 'LISTEN')).toBe(`backend: bp
producers:
  - main
  - backup
proxies:
  - name: ha1
    runtime: unix:DIR/ha1/admin.sock
    master: unix:DIR/ha1/master.sock
  - name: ha2
    runtime: unix:DIR/ha2/admin.sock
    master: unix:DIR/ha2/master.sock
listen: LISTEN
failback:
  after: 2s
`);
});
