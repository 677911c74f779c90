// Real HAProxies are reloaded and restarted: done when another worker serves, failed with HAProxy's own words.
import { readFile } from 'node:fs/promises';
import { describe, expect, test, type TestContext } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import type { DrivenProxy } from '../../src/act/actor.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import { until } from '../support/until.ts';
import { did, HAPROXIES, mainIs, openScene, type Scene } from './real.ts';

const NEVER = new AbortController().signal;

/** Six sessions on backup and four on main, all in the serving worker. */
async function strayed(t: TestContext, binary: string): Promise<Scene> {
  const scene = await openScene(t, { binary });
  await mainIs(scene, 'down');
  await scene.dial(6, scene.backup);
  await scene.main.listen();
  await mainIs(scene, 'up');
  await scene.dial(4, scene.main);
  return scene;
}

async function renew(
  scene: Scene,
  action: 'reload' | 'restart',
  differ: Partial<DrivenProxy> = {},
): Promise<Outcome> {
  const { serving: pid } = await scene.pids();
  const options = scene.options({ proxies: [{ ...scene.proxy, ...differ }] });
  const step = { action, pid, server: null, sessions: 6 };
  const [outcome] = await carryOut(options, scene.plan(step), [], NEVER);
  return outcome!;
}

describe.each(HAPROXIES)('%s', (binary) => {
  test(
    'by the master: another worker serves, and every session is where it was',
    { timeout: 30_000 },
    async (t) => {
      const scene = await strayed(t, binary);
      const before = await scene.pids();
      const outcome = await renew(scene, 'reload');

      expect(outcome).toMatchObject({
        result: 'ok',
        listed: 6,
        remaining: 0,
        convergedMs: null,
        returned: null,
        fault: null,
      });
      // The master of 2.6 begins anew, and does not answer meanwhile.
      await until(async () => (await scene.pids()).old.length === 1, 'the old worker is seen');
      const after = await scene.pids();
      expect(after.serving).not.toBe(before.serving);
      expect(after.old).toEqual([before.serving]);
      expect([scene.main.sessions(), scene.backup.sessions()]).toEqual([4, 6]);
      console.log(`measured: reload ${Math.round(outcome.tookMs)} ms; ${did(outcome).join(', ')}`);
    },
  );

  test(
    'the configuration is wrong: a failure in its own words, and the same worker serves on',
    { timeout: 30_000 },
    async (t) => {
      const scene = await strayed(t, binary);
      const before = await scene.pids();
      const good = await readFile(scene.haproxy.configFile, 'utf8');
      await scene.haproxy.configure(`${good}    frobnicate yes\n`);
      for (let time = 1; time <= 2; time += 1) {
        const outcome = await renew(scene, 'reload');
        expect(outcome).toMatchObject({
          result: 'failed',
          listed: 6,
          remaining: 6,
          fault: { kind: 'reload-failed' },
        });
        const said = outcome.fault?.kind === 'reload-failed' ? outcome.fault.said : '';
        // HAProxy 2.6 says nothing to who asks; it counts, and writes its log.
        const silent = (await versionOf(scene)).startsWith('2.6.');
        expect(said).toContain(silent ? '' : 'frobnicate');
        expect((await scene.pids()).serving).toBe(before.serving);
        expect(outcome.tookMs).toBeLessThan(10_000);
        console.log(
          `measured: failed reload ${Math.round(outcome.tookMs)} ms: ${JSON.stringify(outcome.fault)}; ${did(outcome).join(', ')}`,
        );
      }
      expect([scene.main.sessions(), scene.backup.sessions()]).toEqual([4, 6]);

      await scene.haproxy.configure(good);
      expect(await renew(scene, 'reload')).toMatchObject({ result: 'ok' });
    },
  );

  test('a restart leaves no session and no worker from before', { timeout: 30_000 }, async (t) => {
    const scene = await strayed(t, binary);
    await scene.haproxy.reload();
    await mainIs(scene, 'up');
    const before = await scene.pids();
    const restart = async () => {
      await scene.haproxy.restart();
      return { ok: true, value: '' } as const;
    };
    const outcome = await renew(scene, 'restart', { restart });

    expect(outcome).toMatchObject({ action: 'restart', result: 'ok', listed: 6, remaining: 0 });
    const after = await scene.pids();
    expect(after.old).toEqual([]);
    expect([before.serving, ...before.old]).not.toContain(after.serving);
    await until(() => scene.main.sessions() + scene.backup.sessions() === 0, 'all are gone');
  });

  test(
    'five reloads, each with sessions on backup: all old workers are cleared and end',
    { timeout: 60_000 },
    async (t) => {
      const scene = await openScene(t, { binary });
      await mainIs(scene, 'down');
      for (let reload = 1; reload <= 5; reload += 1) {
        await scene.dial(3, scene.backup);
        await scene.haproxy.reload();
        await mainIs(scene, 'down');
      }
      await scene.main.listen();
      await mainIs(scene, 'up');
      await scene.dial(4, scene.main);
      const { old } = await scene.pids();
      expect(old).toHaveLength(5);
      const plan = scene.plan(...old.map((pid) => ({ pid })));
      const outcomes = await carryOut(scene.options(), plan, [], NEVER);

      expect(outcomes.map(({ result, listed }) => [result, listed])).toEqual(
        old.map(() => ['ok', 3]),
      );
      await until(() => scene.haproxy.workers().length === 1, 'one worker is left');
      expect([scene.main.sessions(), scene.backup.sessions()]).toEqual([4, 0]);
    },
  );
});

async function versionOf({ proxy }: Scene): Promise<string> {
  const view = await proxy.look();
  return view.ok ? (view.value.version ?? '') : '';
}
