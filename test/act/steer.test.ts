// Pins in a real HAProxy, by where its new sessions land, as the producers count them.
import { describe, expect, test, type TestContext } from 'vitest';
import { carryOut } from '../../src/act/actor.ts';
import { writePins } from '../../src/act/write-pins.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import { until } from '../support/until.ts';
import { HAPROXIES, mainIs, openScene, type Scene } from './real.ts';
import { orderFor } from './stand-in.ts';

const NEVER = new AbortController().signal;
const TIMEOUT = { timeout: 30_000 };

async function pin(scene: Scene): Promise<Outcome> {
  const orders = { pins: [orderFor('ha1', 2)], target: 'backup', verdict: 'holding' } as const;
  const [outcome] = await writePins(scene.options(), orders, NEVER);
  return outcome!;
}

/** Main is up, and so many sessions are on backup all the same, by its pin. */
async function pinned(t: TestContext, binary: string, count: number): Promise<Scene> {
  const scene = await openScene(t, { binary });
  await scene.main.listen();
  await mainIs(scene, 'up');
  expect(await pin(scene)).toMatchObject({ result: 'ok', action: 'pin', fault: null });
  await scene.dial(count, scene.backup);
  return scene;
}

async function closeBackup(scene: Scene) {
  const { serving } = await scene.pids();
  return scene.plan({ action: 'close-server', pid: serving });
}

const emptied = (scene: Scene) =>
  until(
    () => scene.backup.sessions() === 0,
    'backup holds none',
    () => `${scene.backup.sessions()} are there`,
  );

describe.each(HAPROXIES)('%s', (binary) => {
  test('released and closed in one go, sessions return to main', TIMEOUT, async (t) => {
    const scene = await pinned(t, binary, 3);
    const plan = await closeBackup(scene);
    const release = [orderFor('ha1', 0)];
    const [outcome] = await carryOut(scene.options(), plan, release, NEVER);

    expect(outcome).toMatchObject({ result: 'ok', listed: 3, remaining: 0 });
    await emptied(scene);
    await scene.dial(3, scene.main);
  });

  test('nobody renews a pin: new connections go to main again', TIMEOUT, async (t) => {
    const scene = await openScene(t, { binary, lease: '700ms' });
    await scene.main.listen();
    await mainIs(scene, 'up');
    const began = performance.now();
    await pin(scene);
    await scene.dial(1, scene.backup);
    await until(
      async () => {
        const view = await scene.proxy.look();
        return view.ok && view.value.pin.kind === 'table' && view.value.pin.leaseMs === 0;
      },
      'the lease is over',
      () => '',
    );
    expect(performance.now() - began).toBeGreaterThan(600);
    await scene.dial(1, scene.main);
  });

  test('a pin that cannot be moved: nothing is closed', TIMEOUT, async (t) => {
    const scene = await pinned(t, binary, 2);
    const link: typeof scene.proxy.link = {
      ...scene.proxy.link!,
      ask: async (line, limit) =>
        line.startsWith('set table')
          ? { ok: false, fault: { kind: 'refused', address: 'unix' } }
          : scene.proxy.link!.ask(line, limit),
    };
    const proxies = [{ ...scene.proxy, link }];
    const plan = await closeBackup(scene);
    const release = [orderFor('ha1', 0)];
    const [outcome] = await carryOut(scene.options({ proxies }), plan, release, NEVER);

    expect(outcome).toMatchObject({
      result: 'refused',
      gate: 'not-steerable',
      fault: { kind: 'refused' },
    });
    expect(scene.backup.sessions()).toBe(2);
    await scene.dial(1, scene.backup);
  });

  test('all or nothing: one is not ready, and both stay as they are', TIMEOUT, async (t) => {
    const ha1 = await pinned(t, binary, 2);
    const ha2 = await pinned(t, binary, 2);
    await ha2.main.kill();
    await mainIs(ha2, 'down');
    const proxies = [ha1.proxy, { ...ha2.proxy, name: 'ha2' }];
    const { steps } = await closeBackup(ha2);
    const both = await closeBackup(ha1);
    const plan = {
      ...both,
      allOrNothing: true,
      steps: [...both.steps, ...steps.map((step) => ({ ...step, proxy: 'ha2' }))],
    };
    const release = [orderFor('ha1', 0), orderFor('ha2', 0)];
    const outcomes = await carryOut(ha1.options({ proxies }), plan, release, NEVER);

    expect(outcomes.map(({ result, gate }) => [result, gate])).toEqual([
      ['refused', 'target-not-up'],
      ['refused', 'target-not-up'],
    ]);
    await ha1.dial(1, ha1.backup);
    expect([ha1.backup.sessions(), ha2.backup.sessions()]).toEqual([3, 2]);
  });
});
