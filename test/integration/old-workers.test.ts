// Nothing hides: what sits in old workers is seen, and closed where it is misplaced, whichever way HAProxy is reached.
import { expect, test } from 'vitest';
import type { DecisionRecord } from '../../src/domain/journal.ts';
import { waitFor } from '../../src/lab/wait.ts';
import { openOver, WAYS, type WayIn } from './outside.ts';
import {
  LONG_MS,
  MISPLACED,
  redial,
  reloadAll,
  sessionsIn,
  threeReloads,
  untilWorkers,
} from './reloads.ts';
import { closedByProxy, PROXIES, UNHELD } from './scenes.ts';
import { start, values, type Daemon } from './support.ts';

/** To be over soon, but for the first look over SSH, which must log in while the machine does much else. */
const soon = (way: WayIn) => {
  const poll = way.startsWith('ssh') ? '2s' : '1s';
  return {
    ...UNHELD,
    warmup: '2s',
    split: { after: '1s' },
    poll: { interval: poll, timeout: poll },
  } as const;
};

test.concurrent.for(WAYS)(
  'after three reloads all are brought to main, no old worker is left, and nobody in the right place is closed: %s',
  async (way, t) => {
    const { lab, proxies } = await openOver(t, way, { relays: 5 });
    await threeReloads(lab);
    for (const proxy of PROXIES) expect(lab.proxy(proxy).workers()).toHaveLength(4);
    const [, , youngest = 0] = lab.proxy('ha2').workers();
    expect(await sessionsIn(lab, 'ha2', youngest, 'main')).toBe(1);
    const mark = lab.mark();

    const daemon = await start(t, lab, { ...soon(way), proxies });
    await lab.until(() => lab.allOn('main'), LONG_MS, 'every session is on main');

    const seen = await acted(daemon);
    expect(PROXIES.map((name) => oldSessions(seen, name))).toEqual([
      { way: way.split(' ')[0], workers: 3, backup: 4, main: 0 },
      { way: way.split(' ')[0], workers: 3, backup: 3, main: 1 },
    ]);
    const closed = closedByProxy(lab, mark);
    expect(closed.map(({ relay, proxy }) => `${relay} ${proxy}`).toSorted()).toEqual(MISPLACED);
    expect(new Set(closed.map(({ producer }) => producer))).toEqual(new Set(['backup']));
    await untilWorkers(lab, 'ha1', 1);
    // Of ha2 the one is left whose session is in the right place, and it ends with that session.
    await untilWorkers(lab, 'ha2', 2);
    expect(await sessionsIn(lab, 'ha2', youngest, 'main')).toBe(1);
    await redial(lab, ['relay1'], ['ha2'], 'main');
    await untilWorkers(lab, 'ha2', 1);
    await daemon.until(({ decision }) => decision?.verdict === 'converged', LONG_MS, 'it is said');
    await daemon.looks('ha2', 2);
    const done = await daemon.metrics();
    expect(values(done, 'mainstay_sessions', { worker: 'old' }).some(Boolean)).toBe(false);
    const ok = { action: 'close-session', reason: 'split-brain', result: 'ok' };
    const steps = values(done, 'mainstay_actions_total', ok).reduce((sum, value) => sum + value, 0);
    expect(steps).toBe(6);
    expect(values(done, 'mainstay_actions_total', { result: 'failed' }).some(Boolean)).toBe(false);
  },
);

test.concurrent.for(WAYS)(
  'five reloads in a row under a supervisor leave no old worker behind: %s',
  async (way, t) => {
    const { lab, proxies } = await openOver(t, way, { relays: 1 });
    const daemon = await start(t, lab, {
      ...soon(way),
      proxies,
    });
    for (let i = 0; i < 5; i += 1) {
      await reloadAll(lab);
      // Each reload meets a supervisor that has seen the worker before it.
      await daemon.looks('ha1', 2);
      await redial(lab, ['relay1'], PROXIES, 'main');
    }
    for (const proxy of PROXIES) await untilWorkers(lab, proxy, 1);
    await daemon.looks('ha2', 2);
    // A look that met a worker in its last moments could not see into it: the next one finds it gone.
    const whole = async () => (await daemon.status()).degraded.length === 0;
    await waitFor(whole, 10_000, 'both proxies are seen, old workers and all');
    expect(await daemon.status()).toMatchObject({ verdict: 'converged' });
    expect(closedByProxy(lab, 0)).toEqual([]);
  },
);

/** The decisions to close something, oldest first. */
async function acted(daemon: Daemon): Promise<readonly DecisionRecord[]> {
  const all: DecisionRecord[] = JSON.parse((await daemon.get('/v1/decisions?limit=200')).body);
  return all.toReversed().filter(({ decision }) => decision.plan !== null);
}

/** The old workers of a proxy, as they were seen when something was first to be closed there. */
function oldSessions(records: readonly DecisionRecord[], name: string) {
  const first = records.find(({ decision }) =>
    decision.plan?.steps.some(({ proxy }) => proxy === name),
  );
  const sight = first?.snapshot.proxies.find((proxy) => proxy.name === name)?.sight;
  if (sight?.kind !== 'seen') throw new Error(`${name} was acted on, and not seen`);
  const old = sight.value.workers.filter((worker) => worker.old);
  const on = (producer: string): number =>
    old
      .flatMap(({ servers }) => servers.filter((server) => server.name === producer))
      .reduce((sum, { sessions }) => sum + sessions, 0);
  return { way: sight.value.way, workers: old.length, backup: on('backup'), main: on('main') };
}
