// A proxy that is frozen or not ours to close, and more proxies and producers than two: what can be healed is healed.
import { expect, test } from 'vitest';
import {
  closedByProxy,
  cutOff,
  failOver,
  FAST,
  PATIENCE_MS,
  PROXIES,
  span,
  split,
  UNHELD,
  untilUp,
} from './scenes.ts';
import { gatesOf, measured, openLab, start } from './support.ts';

test('without pins, one proxy is frozen: the other is healed in time all the same, and the frozen one once it thaws', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  const daemon = await start(t, lab, {
    ...UNHELD,
    poll: { interval: '500ms', timeout: '400ms' },
    split: { after: '500ms' },
    steer: 'none',
  });
  lab.proxy('ha1').freeze();
  await daemon.until(({ decision }) => decision?.degraded[0] === 'ha1', PATIENCE_MS, 'ha1 unseen');
  const mark = lab.mark();
  await lab.producer('main').restart();
  const mayMs = (await untilUp(lab, ['ha2'])) + 500;
  lab.relay('relay1').restart('ha2');
  const healed = () => closedByProxy(lab, mark, { proxy: 'ha2', producer: 'backup' });
  await lab.until(() => healed().length === 2, PATIENCE_MS, 'ha2 is healed');

  measured('the other of a frozen proxy, after split.after', span(healed()).lastMs - mayMs);
  expect(span(healed()).lastMs).toBeLessThan(mayMs + 2 * 500 + 1000);
  expect(closedByProxy(lab, mark, { proxy: 'ha1' })).toEqual([]);
  const said = daemon.log().find(({ decision }) => decision?.plan != null);
  expect(said?.msg).toMatch(/closing ha2\/backup \(2\); held: blind ha1/);

  lab.proxy('ha1').thaw();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'ha1 is healed too');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('a failback waits while one proxy is frozen, says so, and happens once it thaws', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  const short = { failback: { after: '1s' }, split: { after: '0s' } };
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, ...short });
  lab.proxy('ha1').freeze();
  const mark = lab.mark();
  await lab.producer('main').restart();
  const mayMs = (await untilUp(lab, ['ha2'])) + 1000;
  await lab.until(() => Date.now() > mayMs, PATIENCE_MS, 'the wait is over');
  await daemon.looks('ha2', 8);

  expect(lab.events(mark)).toEqual([]);
  const status = await daemon.status();
  expect(status).toMatchObject({ verdict: 'holding', target: 'backup', degraded: ['ha1'] });
  expect(gatesOf(status)).toEqual(['blind ha1']);
  const said = daemon.log().find(({ msg }) => msg.includes('blind ha1'));
  expect(said).toMatchObject({ level: 'warn', msg: expect.stringContaining('waits for sight') });

  lab.proxy('ha1').thaw();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  const starts = PROXIES.map((proxy) => span(closedByProxy(lab, mark, { proxy })).firstMs);
  expect(Math.abs(starts[0]! - starts[1]!)).toBeLessThan(1000);
});

test.concurrent('a proxy that is not driven is left alone, and the other is healed', async (t) => {
  const lab = await openLab(t);
  await split(lab, PROXIES, ['ha1']);
  const proxies = PROXIES.map((name) => ({
    name,
    runtime: `unix:${lab.proxy(name).sockets.admin}`,
    drive: name === 'ha1',
  }));
  const mark = lab.mark();
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, proxies, split: { after: '0s' } });
  const healed = () => lab.count({ proxy: 'ha1', producer: 'main' }) === 3;
  await lab.until(healed, PATIENCE_MS, 'ha1 is healed');
  await daemon.looks('ha2', 8);

  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(closedByProxy(lab, mark, { proxy: 'ha2' })).toEqual([]);
  const status = await daemon.status();
  expect(status).toMatchObject({ verdict: 'split-brain', target: 'main' });
  expect(gatesOf(status)).toEqual(['not-driver ha2']);
});

test.concurrent('three proxies with their sessions on three producers come together on main', async (t) => {
  const lab = await openLab(t, {
    proxies: ['ha1', 'ha2', 'ha3'],
    producers: ['main', 'backup', 'spare'],
  });
  const daemon = await start(t, lab, { ...UNHELD, ...FAST });
  await cutOff(lab, 'ha2');
  await lab.producer('backup').cut('ha3');
  await cutOff(lab, 'ha3', 'spare');
  const mark = lab.mark();
  await lab.producer('backup').mend('ha3');
  await untilUp(lab, ['ha3'], 'backup');
  await daemon.looks('ha3', 6);
  // Backup is no target: nobody is moved from one wrong place to another.
  expect(lab.events(mark)).toEqual([]);
  expect(gatesOf(await daemon.status())).toEqual(['target-not-up ha2', 'target-not-up ha3']);

  await lab.producer('main').mend('ha2');
  await lab.producer('main').mend('ha3');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  const moved = lab.closes(mark).map(({ proxy, producer, by }) => `${proxy} ${producer} ${by}`);
  expect(moved.toSorted()).toEqual([
    ...Array<string>(3).fill('ha2 backup proxy'),
    ...Array<string>(3).fill('ha3 spare proxy'),
  ]);
});

test.concurrent("without producers in the file their order is the backend's, those without `backup` first", async (t) => {
  const lab = await openLab(t, {
    producers: ['main', 'backup', 'spare'],
    // Main stands last in the backend here.
    configure: (config) => {
      const main = /^ +server main .*\n/m.exec(config)?.[0] ?? '';
      return config.replace(main, '').replace(/^( +server spare .*\n)/m, `$1${main}`);
    },
  });
  await failOver(lab);
  const short = { failback: { after: '0s' }, split: { after: '0s' } };
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, ...short, producers: undefined });
  expect(await daemon.status()).toMatchObject({
    producers: ['main', 'backup', 'spare'],
    target: 'backup',
  });
  const mark = lab.mark();
  await lab.producer('main').restart();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  expect(closedByProxy(lab, mark).map(({ producer }) => producer)).toEqual(Array(6).fill('backup'));
});
