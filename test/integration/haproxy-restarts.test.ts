// HAProxy is reloaded or restarted while something is to be healed: what was closed and where is what each of its workers called for.
import { expect, test } from 'vitest';
import { closedByProxy, cutOff, FAST, PATIENCE_MS, span, UNHELD, untilUp } from './scenes.ts';
import { redial, untilWorkers } from './reloads.ts';
import { openLab, start, values } from './support.ts';

test.concurrent('after a reload the serving worker is cleared by server and the old one by session, and it ends', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, warmup: '1s', confirm: 4 });
  await cutOff(lab, 'ha2');
  await lab.proxy('ha2').reload();
  await redial(lab, ['relay1'], ['ha2'], 'backup');
  const [old] = lab
    .proxy('ha2')
    .workers()
    .toSorted((a, b) => a - b);
  const mark = lab.mark();
  await lab.producer('main').mend('ha2');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const closed = closedByProxy(lab, mark);
  expect(
    closed.map(({ relay, proxy, producer }) => `${relay} ${proxy} ${producer}`).toSorted(),
  ).toEqual(['relay1', 'relay2', 'relay3'].map((relay) => `${relay} ha2 backup`));
  await untilWorkers(lab, 'ha2', 1);
  expect(lab.proxy('ha2').workers()).not.toContain(old);
  const results = await daemon.metrics();
  for (const action of ['close-server', 'close-session']) {
    const ok = { action, result: 'ok', haproxy: 'ha2' };
    expect(values(results, 'mainstay_actions_total', ok)).toContain(1);
  }
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
  const serving = new Set<number | null>(lab.proxy('ha2').workers());
  const plans = daemon.log().flatMap(({ decision }) => decision?.plan?.steps ?? []);
  expect(plans.map(({ pid }) => serving.has(pid))).toEqual([true]);
});
