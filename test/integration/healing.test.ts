// Split brain and stickiness on real HAProxies: healed in time, and no session in its right place is closed.
import { expect, test } from 'vitest';
import {
  closedByProxy,
  cutOff,
  failOver,
  PATIENCE_MS,
  PROXIES,
  span,
  UNHELD,
  untilUp,
} from './scenes.ts';
import { gatesOf, measured, openLab, start } from './support.ts';

/** Issue 2: everything is healed within two polls and a second of when it may be. */
const boundMs = (pollMs: number): number => 2 * pollMs + 1000;
/** HAProxy tells the age of a state in whole seconds, between two times that were each cut off to seconds. */
const AGE_ERROR_MS = 1000;

test('without pins a split brain is healed once main has been up everywhere for split.after, and main loses nobody', async (t) => {
  const lab = await openLab(t, { relays: 4 });
  await failOver(lab);
  const daemon = await start(t, lab, { ...UNHELD, steer: 'none' });
  await lab.producer('main').cut('ha2');
  await lab.producer('main').restart();
  await untilUp(lab, ['ha1']);
  const mark = lab.mark();
  lab.relay('relay1').restart('ha1');
  await daemon.until(
    ({ decision }) => decision?.verdict === 'split-brain',
    PATIENCE_MS,
    'it is seen',
  );

  await lab.producer('main').mend('ha2');
  const mayMs = (await untilUp(lab, PROXIES)) + 3000;
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const { firstMs, lastMs } = span(closedByProxy(lab, mark, { producer: 'backup' }));
  measured('a split brain, after split.after', lastMs - mayMs);
  expect(firstMs).toBeGreaterThan(mayMs);
  expect(lastMs).toBeLessThan(mayMs + boundMs(1000));
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent("while one proxy's way to main is cut the other's sessions are left alone; mended, it alone is healed", async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, poll: { interval: '500ms', timeout: '400ms' } });
  await cutOff(lab, 'ha2');
  const mark = lab.mark();
  await daemon.until(
    ({ decision }) => decision?.verdict === 'split-brain',
    PATIENCE_MS,
    'it is seen',
  );
  await daemon.looks('ha1', 6);

  expect(lab.events(mark)).toEqual([]);
  const held = await daemon.status();
  expect(held).toMatchObject({ verdict: 'split-brain', target: 'main' });
  expect(gatesOf(held)).toEqual(['target-not-up ha2']);

  await lab.producer('main').mend('ha2');
  const upMs = await untilUp(lab, ['ha2']);
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const healed = lab.closes(mark);
  measured('a cut proxy, after main is up there', span(healed).lastMs - upMs);
  expect(span(healed).lastMs).toBeLessThan(upMs + boundMs(500));
  expect(healed.map(({ proxy, producer, by }) => `${proxy} ${producer} ${by}`)).toEqual(
    Array(3).fill('ha2 backup proxy'),
  );
});

test.concurrent('stickiness ends with the failback wait, at both proxies at once, and not before', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  await start(t, lab, { ...UNHELD, failback: { after: '3s' }, split: { after: '1s' } });
  const mark = lab.mark();
  await lab.producer('main').restart();
  const mayMs = (await untilUp(lab, PROXIES)) + 3000;
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const moved = closedByProxy(lab, mark);
  const starts = PROXIES.map((proxy) => span(moved.filter((one) => one.proxy === proxy)).firstMs);
  const apartMs = Math.max(...starts) - Math.min(...starts);
  const { firstMs, lastMs } = span(moved);
  measured('stickiness, after the failback wait', lastMs - mayMs);
  measured('  and between the two proxies', apartMs);
  expect(firstMs).toBeGreaterThan(mayMs - AGE_ERROR_MS);
  expect(lastMs).toBeLessThan(mayMs + boundMs(1000));
  expect(apartMs).toBeLessThan(1000);
  expect(moved.map(({ producer }) => producer)).toEqual(Array(6).fill('backup'));
});

test.concurrent('a supervisor that is started late does not wait anew: HAProxy has counted for it', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  const mark = lab.mark();
  await lab.producer('main').restart();
  const upMs = await untilUp(lab, PROXIES);
  await lab.until(() => Date.now() > upMs + 2500, PATIENCE_MS, 'main has been up for a while');
  const daemon = await start(t, lab, {
    ...UNHELD,
    poll: { interval: '500ms', timeout: '400ms' },
    failback: { after: '3s' },
    split: { after: '0s' },
  });
  const firstLookMs = Date.parse(
    (await daemon.until((line) => 'decision' in line, 1000, 'one')).time,
  );
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');

  const { lastMs } = span(closedByProxy(lab, mark, { producer: 'backup' }));
  const mayMs = Math.max(upMs + 3000, firstLookMs);
  measured('a late start, after the failback wait', lastMs - mayMs);
  expect(lastMs).toBeLessThan(mayMs + boundMs(500));
  expect(lastMs).toBeLessThan(firstLookMs + 3000);
});
