// What can be wrong with the way to a master: it is said, old workers count as not seen, and nothing is done on a guess.
import { expect, test } from 'vitest';
import { byHand, BY_HAND, reportOf, unwrapped } from './by-hand.ts';
import { MISPLACED, reloadAll, threeReloads, untilWorkers } from './reloads.ts';
import { closedByProxy, failOver, PATIENCE_MS, PROXIES, UNHELD, untilUp } from './scenes.ts';
import { mainstay, openLab, start, writeConfig } from './support.ts';

const SOON = {
  ...UNHELD,
  split: { after: '0s' },
  failback: { after: '0s' },
  poll: { interval: '1s', timeout: '1s' },
} as const;

test.concurrent("another HAProxy's master, none, and one that is not there: the old workers are not seen, and that is said", async (t) => {
  const lab = await openLab(t, { relays: 1, proxies: ['ha1', 'ha2', 'ha3', 'ha4'] });
  await failOver(lab);
  await reloadAll(lab, ['ha1', 'ha2', 'ha3', 'ha4']);
  await lab.producer('main').restart();
  await untilUp(lab, ['ha1', 'ha2', 'ha3', 'ha4']);
  const mark = lab.mark();
  const runtime = (name: string) => `unix:${lab.proxy(name).sockets.admin}`;
  const proxies = [
    { name: 'ha1', runtime: runtime('ha1'), master: `unix:${lab.proxy('ha2').sockets.master}` },
    { name: 'ha2', runtime: runtime('ha2') },
    { name: 'ha3', runtime: runtime('ha3'), master: `unix:${lab.dir}/nobody.sock` },
    { name: 'ha4', runtime: runtime('ha4'), master: `unix:${lab.proxy('ha4').sockets.master}` },
  ];
  const daemon = await start(t, lab, { ...SOON, proxies });
  const healed = () => lab.count({ proxy: 'ha4', producer: 'main' }) === 1;
  await lab.until(healed, PATIENCE_MS, 'the one whose master is known is healed');
  await daemon.looks('ha1', 4);

  // A look that is late on a busy machine leaves its proxy unseen for a moment.
  await t.expect
    .poll(async () => (await daemon.status()).proxies.map(({ oldWorkers }) => oldWorkers.message), {
      timeout: PATIENCE_MS,
    })
    .toEqual([
      expect.stringMatching(/another HAProxy/),
      expect.stringMatching(/master/),
      expect.stringMatching(/nobody\.sock does not exist/),
      null,
    ]);
  const { proxies: seen } = await daemon.status();
  expect(seen.map(({ workers }) => workers.filter(({ old }) => old).length)).toEqual([0, 0, 0, 0]);
  expect(seen.map(({ oldWorkers }) => oldWorkers.seen)).toEqual([false, false, false, true]);
  const why = seen.map(({ oldWorkers }) => oldWorkers.message);
  const text = await mainstay('status', '-c', daemon.file);
  for (const name of ['ha1', 'ha2', 'ha3']) {
    expect(unwrapped(text.out)).toMatch(
      new RegExp(`${name}: sessions that a reload left in old workers are not seen: `),
    );
  }
  expect(closedByProxy(lab, mark).map(({ proxy }) => proxy)).toEqual(['ha4']);
  const log = daemon.log().map(({ msg }) => msg);
  expect(log).toContainEqual(expect.stringContaining(why[0] ?? '?'));
});

test.concurrent('by hand the sessions in old workers stand in the plan, worker by worker, and are closed', async (t) => {
  const lab = await openLab(t, { relays: 5 });
  await threeReloads(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const dry = await byHand(file, '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  for (const proxy of PROXIES) {
    const [, ...old] = lab.proxy(proxy).workers().toReversed();
    for (const pid of old) {
      expect(unwrapped(dry.out)).toMatch(
        new RegExp(
          `${proxy}: close [12] sessions? on backup in old worker ${pid}, to bring (?:it|them) to main`,
        ),
      );
    }
  }
  expect(lab.events(mark)).toEqual([]);

  const done = await byHand(file, '--yes', '--json');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(reportOf(done)).toMatchObject({ ending: 'done', target: 'main' });
  expect(lab.allOn('main')).toBe(true);
  const closed = closedByProxy(lab, mark).map(({ relay, proxy }) => `${relay} ${proxy}`);
  expect(closed.toSorted()).toEqual(MISPLACED);
  await untilWorkers(lab, 'ha1', 1);
  await untilWorkers(lab, 'ha2', 2);
});
