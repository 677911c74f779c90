// Old workers of a real HAProxy: their sessions on the wrong server end, the others stay, and nobody waits for it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, type TestContext } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import { freePort } from '../support/port-of.ts';
import { until } from '../support/until.ts';
import { did, HAPROXIES, mainIs, openScene, type Counted, type Scene } from './real.ts';

const NEVER = new AbortController().signal;

/** One old worker with so many sessions on backup and some on main, and a serving one with one on main. */
async function reloaded(t: TestContext, binary: string, onBackup: number, main?: Counted) {
  const scene = await openScene(t, { binary, ...(main && { main }) });
  await mainIs(scene, 'down');
  await scene.dial(onBackup, scene.backup);
  await scene.main.listen();
  await mainIs(scene, 'up');
  return scene;
}

async function oldPid(scene: Scene): Promise<number> {
  const { old } = await scene.pids();
  expect(old).toHaveLength(1);
  return old[0] ?? 0;
}

/** The link with something done about each command that closes sessions, before HAProxy gets it. */
function tapped(link: RuntimeLink, before: (nth: number) => unknown): RuntimeLink {
  let nth = 0;
  return {
    ...link,
    ask: async (line, limit) => {
      if (line.includes('shutdown session')) await before((nth += 1));
      return link.ask(line, limit);
    },
  };
}

describe.each(HAPROXIES)('%s', (binary) => {
  test(
    'its sessions on backup end, those on main stay, in both workers',
    { timeout: 30_000 },
    async (t) => {
      const scene = await reloaded(t, binary, 12);
      await scene.dial(5, scene.main);
      await scene.haproxy.reload();
      await mainIs(scene, 'up');
      await scene.dial(3, scene.main);
      const pid = await oldPid(scene);
      const [outcome] = await carryOut(scene.options(), scene.plan({ pid }), [], NEVER);

      expect(outcome).toMatchObject({ result: 'ok', listed: 12, remaining: 0, fault: null });
      await until(
        () => scene.backup.sessions() === 0,
        'backup holds none',
        () => '',
      );
      expect(scene.main.sessions()).toBe(8);
      expect(await oldPid(scene)).toBe(pid);
    },
  );

  test(
    'the old worker ends once nothing is left in it: no connection of ours keeps it',
    { timeout: 30_000 },
    async (t) => {
      const scene = await reloaded(t, binary, 12);
      await scene.haproxy.reload();
      await mainIs(scene, 'up');
      const [outcome] = await carryOut(
        scene.options(),
        scene.plan({ pid: await oldPid(scene) }),
        [],
        NEVER,
      );

      expect(outcome).toMatchObject({ result: 'ok', listed: 12, remaining: 0 });
      await until(
        () => scene.haproxy.workers().length === 1,
        'one worker is left',
        () => '',
      );
      expect(scene.backup.sessions()).toBe(0);
    },
  );

  test(
    '2,000 sessions are gone within two seconds, and no other stream stands still',
    { timeout: 60_000 },
    async (t) => {
      const pings = await pinger(t);
      const scene = await reloaded(t, binary, 2000, pings.main);
      pings.ping(scene.port);
      await until(
        () => pings.report().then(({ sessions }) => sessions === 1),
        'a ping',
        () => '',
      );
      await scene.haproxy.reload();
      await mainIs(scene, 'up');
      pings.ping(scene.port);
      await until(
        () => pings.report().then(({ sessions }) => sessions === 2),
        'two pings',
        () => '',
      );
      const pid = await oldPid(scene);
      pings.forget();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const calm = await pings.report();
      pings.forget();
      const beganMs = performance.now();
      const acting = carryOut(scene.options(), scene.plan({ pid }), [], NEVER);
      await until(
        () => scene.backup.sessions() === 0,
        'backup holds none',
        () => '',
      );
      const goneMs = performance.now() - beganMs;
      const [outcome] = await acting;
      const busy = await pings.report();

      console.log(
        `measured: 2,000 sessions gone in ${Math.round(goneMs)} ms, outcome after ${Math.round(outcome?.tookMs ?? 0)} ms; ` +
          `longest wait for an echo in the old and in the serving worker: ${stalls(busy)} ms, before ${stalls(calm)} ms; ` +
          did(outcome!).join(', '),
      );
      expect(outcome).toMatchObject({ result: 'ok', listed: 2000, remaining: 0 });
      expect(busy.streams.map(({ closed }) => closed)).toEqual([false, false]);
      expect(goneMs).toBeLessThan(10_000);
    },
  );

  test('main dies in the middle: the rest is not closed', { timeout: 30_000 }, async (t) => {
    const scene = await reloaded(t, binary, 600);
    await scene.haproxy.reload();
    await mainIs(scene, 'up');
    const pid = await oldPid(scene);
    const master = tapped(scene.proxy.master!, async (nth) => {
      if (nth !== 2) return;
      await scene.main.kill();
      await mainIs(scene, 'down');
    });
    const proxies = [{ ...scene.proxy, master }];
    const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), [], NEVER);

    expect(outcome).toMatchObject({ result: 'failed', gate: 'target-not-up', listed: 600 });
    // The second line was on its way when main died.
    expect(outcome!.remaining).toBeGreaterThan(300);
    await until(
      () => scene.backup.sessions() === outcome!.remaining,
      'the rest is held',
      () => '',
    );
  });

  test('the worker ends in the middle: that is as good', { timeout: 30_000 }, async (t) => {
    const scene = await reloaded(t, binary, 600);
    await scene.haproxy.reload();
    await mainIs(scene, 'up');
    const pid = await oldPid(scene);
    const master = tapped(scene.proxy.master!, async (nth) => {
      if (nth !== 2) return;
      process.kill(pid, 'SIGKILL');
      await until(
        () => !scene.haproxy.workers().includes(pid),
        'it has ended',
        () => '',
      );
    });
    const proxies = [{ ...scene.proxy, master }];
    const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), [], NEVER);

    expect(outcome).toMatchObject({ result: 'ok', listed: 600, remaining: 0 });
    await until(
      () => scene.backup.sessions() === 0,
      'backup holds none',
      () => '',
    );
  });

  test(
    'the master is killed in the middle: an error, and nothing is called well done',
    { timeout: 30_000 },
    async (t) => {
      const scene = await reloaded(t, binary, 600);
      await scene.haproxy.reload();
      await mainIs(scene, 'up');
      const pid = await oldPid(scene);
      const pids = [pid, (await scene.pids()).serving];
      t.onTestFinished(() => pids.forEach(kill));
      const master = tapped(scene.proxy.master!, (nth) => {
        if (nth === 2) process.kill(scene.haproxy.master()!, 'SIGKILL');
      });
      const proxies = [{ ...scene.proxy, master }];
      const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), [], NEVER);

      expect(outcome).toMatchObject({ result: 'failed', listed: 600 });
      expect(outcome!.fault).not.toBeNull();
      console.log(
        `measured: master killed: ${JSON.stringify(outcome!.fault)}; ${did(outcome!).join(', ')}`,
      );
    },
  );

  test('a stop in the middle abandons the rest at once', { timeout: 30_000 }, async (t) => {
    const scene = await reloaded(t, binary, 600);
    await scene.haproxy.reload();
    await mainIs(scene, 'up');
    const pid = await oldPid(scene);
    const stopping = new AbortController();
    let stoppedMs = 0;
    const master = tapped(scene.proxy.master!, (nth) => {
      if (nth !== 2) return;
      stopping.abort();
      stoppedMs = performance.now();
    });
    const proxies = [{ ...scene.proxy, master }];
    const [outcome] = await carryOut(
      scene.options({ proxies }),
      scene.plan({ pid }),
      [],
      stopping.signal,
    );

    expect(performance.now() - stoppedMs).toBeLessThan(1500);
    expect(outcome).toMatchObject({ result: 'abandoned', listed: 600 });
    await until(
      () => scene.backup.sessions() === outcome!.remaining,
      'the rest is held',
      () => '',
    );
    expect(outcome!.remaining).toBeGreaterThan(300);
  });
});

const stalls = (told: Report) =>
  told.streams.map(({ longestMs }) => longestMs.toFixed(1)).join(' and ');

interface Report {
  readonly sessions: number;
  readonly streams: readonly { readonly longestMs: number; readonly closed: boolean }[];
}

/** A producer and streams in a process of their own (ping-process.mjs). */
async function pinger(t: TestContext) {
  const port = await freePort();
  const child = fork(fileURLToPath(new URL('./ping-process.mjs', import.meta.url)));
  t.onTestFinished(() => void child.kill('SIGKILL'));
  const say = (word: string, about = 0) => void child.send([word, about]);
  const main: Counted = {
    port,
    listen: async () => {
      const listens = once(child, 'message');
      say('listen', port);
      await listens;
    },
    kill: async () => {},
    sessions: () => 0,
  };
  return {
    main,
    ping: (to: number) => say('ping', to),
    forget: () => say('forget'),
    report: async (): Promise<Report> => {
      const told = once(child, 'message');
      say('report');
      const [report]: Report[] = await told;
      if (report === undefined) throw new Error('no report');
      return report;
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
