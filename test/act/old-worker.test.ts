// Old workers of a real HAProxy: their sessions on the wrong server end, the others stay, and nobody waits for it.
import { Worker } from 'node:worker_threads';
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
      const [outcome] = await carryOut(scene.options(), scene.plan({ pid }), NEVER);

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
      const thread = await pingThread(t);
      const scene = await reloaded(t, binary, 2000, thread.main);
      thread.ping(scene.port);
      await until(
        () => thread.report().then(({ sessions }) => sessions === 1),
        'a ping',
        () => '',
      );
      await scene.haproxy.reload();
      await mainIs(scene, 'up');
      thread.ping(scene.port);
      await until(
        () => thread.report().then(({ sessions }) => sessions === 2),
        'two pings',
        () => '',
      );
      const pid = await oldPid(scene);
      thread.forget();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const calm = await thread.report();
      thread.forget();
      const beganMs = performance.now();
      const acting = carryOut(scene.options(), scene.plan({ pid }), NEVER);
      await until(
        () => scene.backup.sessions() === 0,
        'backup holds none',
        () => '',
      );
      const goneMs = performance.now() - beganMs;
      const [outcome] = await acting;
      const busy = await thread.report();

      const stalls = (told: Report) => told.streams.map(({ longestMs }) => longestMs.toFixed(1));
      console.log(
        `measured: 2,000 sessions gone in ${Math.round(goneMs)} ms, outcome after ${Math.round(outcome?.tookMs ?? 0)} ms; ` +
          `longest wait for an echo in the old and in the serving worker: ${stalls(busy).join(' and ')} ms, before ${stalls(calm).join(' and ')} ms; ` +
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
    const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), NEVER);

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
    const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), NEVER);

    console.log(
      JSON.stringify([outcome!.fault, did(outcome!)]),
      scene.haproxy
        .logged(/./)
        .slice(-6)
        .map((l) => l.text)
        .join('\n'),
    );
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
      const [outcome] = await carryOut(scene.options({ proxies }), scene.plan({ pid }), NEVER);

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

interface Report {
  readonly sessions: number;
  readonly streams: readonly { readonly longestMs: number; readonly closed: boolean }[];
}

/** A producer and streams in a thread of their own (ping-thread.mjs). */
async function pingThread(t: TestContext) {
  const port = await freePort();
  const file = new URL('./ping-thread.mjs', import.meta.url);
  const thread = new Worker(file, { workerData: { port } });
  t.onTestFinished(async () => void (await thread.terminate()));
  const heard = () => new Promise<unknown>((resolve) => thread.once('message', resolve));
  const main: Counted = {
    port,
    listen: async () => {
      thread.postMessage(['listen']);
      await heard();
    },
    kill: async () => void (await thread.terminate()),
    sessions: () => 0,
  };
  return {
    main,
    ping: (to: number) => thread.postMessage(['ping', to]),
    forget: () => thread.postMessage(['forget']),
    report: async (): Promise<Report> => {
      thread.postMessage(['report']);
      return (await heard()) as Report;
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
