// Real HAProxies whose ring is followed, with a poll so slow that only the ring can have told: changes, reloads, and none.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import type { View } from '../../src/domain/view.ts';
import { LabProxy } from '../../src/lab/proxy.ts';
import { followEvents, type Followed } from '../../src/observe/follow-events.ts';
import { makeLook } from '../../src/observe/look.ts';
import { watch } from '../../src/observe/watch.ts';
import { systemClock } from '../../src/transport/clock.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { openStream } from '../../src/transport/open-stream.ts';
import { startProducer } from '../support/producer.ts';
import { until } from '../support/until.ts';

const BINARIES = (process.env['MAINSTAY_HAPROXIES'] ?? '/usr/sbin/haproxy').split(':');
const TEST_MS = 60_000;
/** Longer than any of these tests. */
const NEVER_MS = 120_000;
const TIMEOUT_MS = 5000;
/** Two cores, shared with other tests. After a reload the first second may pass in a pause. */
const SOON_MS = 4000;

const unix = (path: string): Address => ({ kind: 'unix', path, text: `unix:${path}` });

const configOf = ({ sockets }: LabProxy, port: number, withRing = true) => `
  global
    stats socket ${sockets.admin} mode 600 level admin
    stats timeout 2s
    ${withRing ? 'log ring@events format rfc5424 local0' : ''}
  ${withRing ? 'ring events\n    format rfc5424\n    maxlen 2000\n    size 32768' : ''}
  defaults
    log global
    mode tcp
    timeout connect 1s
    timeout client 60s
    timeout server 60s
  backend bp
    server main 127.0.0.1:${port} check inter 50ms
    server backup 127.0.0.1:${port} check inter 50ms backup
`;

interface Scene {
  readonly proxy: LabProxy;
  readonly port: number;
  /** How main is, as the last look showed it; how many looks there were. */
  main(): string | undefined;
  version(): string | null | undefined;
  looks(): number;
  nudges(): number;
}

async function scene(binary: string, by: 'worker' | 'master', intervalMs: number): Promise<Scene> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-push-'));
  const producer = await startProducer();
  const proxy = new LabProxy('one', dir, binary);
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await proxy.kill();
    await producer[Symbol.asyncDispose]();
    await rm(dir, { recursive: true });
  });
  await proxy.configure(configOf(proxy, producer.port));
  await proxy.start();

  const address = unix(by === 'master' ? proxy.sockets.master : proxy.sockets.admin);
  const runtime = openLink(unix(proxy.sockets.admin), 'worker');
  const wanted = { backend: 'bp', producers: ['main'], pinTable: null };
  const look = makeLook({ link: runtime, master: null, stats: null }, wanted, TIMEOUT_MS);
  let seen: View | null = null;
  let [looks, nudges] = [0, 0];
  let followed: Followed | null = null;
  const options = { intervalMs, timeoutMs: TIMEOUT_MS, clock: systemClock };
  const watching = watch(
    [{ name: 'one', address: address.text, look }],
    {
      ...options,
      onLook: (_, __, result) => {
        looks += 1;
        if (!result.ok) return;
        seen = result.value;
        followed?.pidSeen(seen.workers[0].pid);
      },
    },
    stop.signal,
  );
  followed = followEvents(
    {
      backend: 'bp',
      ring: 'auto',
      link: openLink(address, by),
      stream: openStream(address),
      viaMaster: by === 'master',
      clock: systemClock,
      nudge: () => {
        nudges += 1;
        watching.nudge('one');
      },
    },
    stop.signal,
  );
  return {
    proxy,
    port: producer.port,
    main: () => seen?.workers[0].servers.find(({ name }) => name === 'main')?.health,
    version: () => seen?.version,
    looks: () => looks,
    nudges: () => nudges,
  };
}

/** Changes how main is, and waits until a look has shown it; how long that took, in ms. */
async function change(at: Scene, state: 'maint' | 'ready'): Promise<number> {
  const beganMs = performance.now();
  await at.proxy.ask(`set server bp/main state ${state}`);
  const health = state === 'ready' ? 'up' : 'maint';
  await until(
    () => at.main() === health,
    `main is seen as ${health}`,
    () => `${at.main()}, ${at.looks()} looks, ${at.nudges()} nudges`,
  );
  return performance.now() - beganMs;
}

describe.for(BINARIES)('%s', (binary) => {
  test(
    'a change is looked at when it happens; after a reload the new worker is followed, and the old one ends',
    { timeout: TEST_MS },
    async () => {
      const at = await scene(binary, 'worker', NEVER_MS);
      await until(() => at.nudges() > 0, 'the ring is followed');
      for (const state of ['maint', 'ready'] as const)
        expect(await change(at, state)).toBeLessThan(SOON_MS);
      await at.proxy.reload();
      await until(() => at.proxy.workers().length === 1, 'the old worker has ended');
      expect(await change(at, 'maint')).toBeLessThan(SOON_MS);
    },
  );

  test(
    'by the master it is the same from 3.2 on, and nothing before',
    { timeout: TEST_MS },
    async () => {
      const at = await scene(binary, 'master', NEVER_MS);
      await until(() => at.looks() > 0, 'the first look');
      const old = /^2\.|^3\.[01]/.test(at.version() ?? '');
      await (old ? systemClock.sleep(500) : until(() => at.nudges() > 0, 'the ring is followed'));
      expect(at.nudges() > 0).toBe(!old);
      if (old) return;
      for (const state of ['maint', 'ready'] as const)
        expect(await change(at, state)).toBeLessThan(SOON_MS);
      await at.proxy.reload();
      await until(() => at.proxy.workers().length === 1, 'the old worker has ended');
      expect(await change(at, 'maint')).toBeLessThan(SOON_MS);
    },
  );

  test('where there is no ring the poll goes on', { timeout: TEST_MS }, async () => {
    const at = await scene(binary, 'worker', 100);
    await at.proxy.configure(configOf(at.proxy, at.port, false));
    await at.proxy.reload();
    await until(() => at.proxy.workers().length === 1, 'the worker with a ring has ended');
    const [looks, nudges] = [at.looks(), at.nudges()];
    expect(await change(at, 'maint')).toBeLessThan(SOON_MS);
    await until(() => at.looks() > looks + 5, 'five more looks');
    expect(at.nudges() - nudges).toBeLessThanOrEqual(2);
  });
});
