// HAProxy is reloaded or restarted while something is to be healed: nothing is done to a worker that is not the serving one.
import { expect, test } from 'vitest';
import { closedByProxy, cutOff, FAST, PATIENCE_MS, span, UNHELD, untilUp } from './scenes.ts';
import { openLab, start, values } from './support.ts';

test.concurrent('after a reload only the serving worker is acted on; a restart then leaves all on main', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, warmup: '1s', confirm: 4 });
  await cutOff(lab, 'ha2');
  await lab.producer('main').mend('ha2');
  await daemon.until(
    ({ decision }) => decision?.gates.some(({ gate }) => gate === 'unconfirmed') === true,
    PATIENCE_MS,
    'the closing is about to be confirmed',
  );
  const mark = lab.mark();
  await lab.proxy('ha2').reload();
  // The old worker keeps its sessions; the new one gets this one, which goes to main.
  lab.relay('relay1').restart('ha2');
  await daemon.looks('ha2', 8);
  expect(closedByProxy(lab, mark)).toEqual([]);
  expect(lab.count({ producer: 'backup' })).toBe(2);

  // Something to heal in the new worker, while the old one still has its own.
  await lab.producer('main').cut('ha2');
  await lab.until(() => lab.count({ producer: 'backup' }) === 3, PATIENCE_MS, 'relay1 has moved');
  await lab.producer('main').mend('ha2');
  await lab.until(
    () => lab.count({ proxy: 'ha2', producer: 'main' }) === 1,
    PATIENCE_MS,
    'the new worker is healed',
  );
  expect(closedByProxy(lab, mark).map(({ relay, producer }) => `${relay} ${producer}`)).toEqual([
    'relay1 backup',
  ]);

  await lab.proxy('ha2').restart();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  const results = await daemon.metrics();
  expect(values(results, 'mainstay_actions_total', { result: 'ok', haproxy: 'ha2' })).toContain(1);
  expect(values(results, 'mainstay_actions_total', { result: 'failed' }).some(Boolean)).toBe(false);
});

test.concurrent('a HAProxy that restarts in the middle is found again, believed after warm-up, and healed', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, warmup: '4s', confirm: 4 });
  await cutOff(lab, 'ha2');
  await lab.producer('main').mend('ha2');
  await daemon.until(
    ({ decision }) => decision?.gates.some(({ gate }) => gate === 'unconfirmed') === true,
    PATIENCE_MS,
    'the closing is about to be confirmed',
  );
  await lab.producer('main').cut('ha2');
  const restartMs = Date.now();
  await lab.proxy('ha2').restart();
  await lab.until(
    () => lab.count({ proxy: 'ha2', producer: 'backup' }) === 3,
    PATIENCE_MS,
    'its relays are on backup again',
  );
  const mark = lab.mark();
  await lab.producer('main').mend('ha2');
  await untilUp(lab, ['ha2']);
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const moved = closedByProxy(lab, mark);
  // HAProxy tells its age in whole seconds.
  expect(span(moved).firstMs).toBeGreaterThan(restartMs + 4000 - 1000);
  expect(moved.map(({ proxy, producer }) => `${proxy} ${producer}`)).toEqual(
    Array(3).fill('ha2 backup'),
  );
  const serving = new Set(lab.proxy('ha2').workers());
  const plans = daemon.log().flatMap(({ decision }) => decision?.plan?.steps ?? []);
  expect(plans.map(({ pid }) => serving.has(pid))).toEqual([true]);
});
