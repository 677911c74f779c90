// A HAProxy of which nothing but the statistics page can be had: seen by it, and healed by its form where that is allowed.
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { closedByProxy, PATIENCE_MS, PROXIES, split, UNHELD } from './scenes.ts';
import { gatesOf, mainstay, openLab, start, writeConfig } from './support.ts';

const SOON = {
  ...UNHELD,
  split: { after: '0s' },
  poll: { interval: '500ms', timeout: '500ms' },
} as const;
const PASSWORD = 'a secret of this test';

test.concurrent('the page alone shows what is wrong, and that nothing can be done by it', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const proxies = PROXIES.map((name) => ({ name, stats: lab.statsUrl(name) }));
  const file = await writeConfig(lab, { ...SOON, proxies });
  const told = await mainstay('status', '--json', '-c', file);
  expect({ code: told.code, err: told.err }).toEqual({ code: 2, err: '' });
  const status = JSON.parse(told.out);
  expect(status).toMatchObject({ verdict: 'split-brain', degraded: [] });
  for (const proxy of status.proxies) {
    expect(proxy).toMatchObject({
      reachable: true,
      transport: 'stats',
      version: null,
      level: 'user',
      oldWorkers: { seen: false },
    });
    expect(proxy.workers).toHaveLength(1);
    expect(proxy.workers[0]).toMatchObject({ pid: null, old: false });
  }
  const daemon = await start(t, lab, { ...SOON, proxies });
  await daemon.looks('ha2', 5);
  expect(gatesOf(await daemon.status())).toEqual(
    expect.arrayContaining(['level-too-low ha1', 'level-too-low ha2']),
  );
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('with stats admin and a password a split brain is healed through the form', async (t) => {
  const lab = await openLab(t, {
    relays: 2,
    configure: (config) =>
      config.replace(
        /^( +)stats uri \/stats$/m,
        `$&\n$1stats admin if TRUE\n$1stats auth "admin:${PASSWORD}"`,
      ),
  });
  await split(lab, PROXIES, ['ha1']);
  const passwordFile = `${lab.dir}/password`;
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  const mark = lab.mark();
  const auth = { username: 'admin', passwordFile };
  const proxies = PROXIES.map((name) => ({ name, stats: lab.statsUrl(name), auth }));
  const daemon = await start(t, lab, { ...SOON, proxies });
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const closed = closedByProxy(lab, mark).map(({ proxy, producer }) => `${proxy} ${producer}`);
  expect(closed.toSorted()).toEqual(['ha1 backup', 'ha2 backup', 'ha2 backup']);
  await daemon.until(({ decision }) => decision?.verdict === 'converged', PATIENCE_MS, 'said');
  const steps = daemon.log().flatMap(({ outcome }) => (outcome?.returned === null ? outcome : []));
  expect(steps.map(({ proxy, result }) => `${proxy} ${result}`).toSorted()).toEqual([
    'ha1 ok',
    'ha2 ok',
  ]);
  const everything = [
    JSON.stringify(daemon.log()),
    ...(await Promise.all(
      ['/metrics', '/v1/status', '/v1/decisions'].map(
        async (path) => (await daemon.get(path)).body,
      ),
    )),
  ].join('\n');
  expect(everything).not.toContain(PASSWORD);
});
