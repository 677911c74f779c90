// Converging by hand beside a daemon: one that wants the same, one that waits, one that only observes, and one that hangs.
import { expect, test } from 'vitest';
import { BY_HAND, byHand, leftAlone, reportOf, sticky, unwrapped } from './by-hand.ts';
import { cutOff, failOver, PATIENCE_MS, PROXIES, split, untilUp } from './scenes.ts';
import { gatesOf, openLab, start } from './support.ts';

test.concurrent('a daemon that wants the same and is held back by its cooldown is told of, and closes nothing', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, PROXIES);
  // Without a journal it is cautious, and closes nothing for 150 s.
  const daemon = await start(t, lab, { ...BY_HAND, split: { after: '0s' } });
  await daemon.looks('ha1', 4);
  expect(await daemon.status()).toMatchObject({ verdict: 'split-brain', target: 'main' });
  const mark = lab.mark();
  const told = await byHand(daemon.file, '--yes');

  expect(told).toMatchObject({ code: 0, err: '' });
  expect(unwrapped(told.out)).toContain(
    'The daemon (mode converge) wants the same, and is held back by cooldown at ha1, cooldown at ha2.',
  );
  await leftAlone(lab, mark, daemon);
  expect(await daemon.status()).toMatchObject({ verdict: 'converged', target: 'main' });
});

test.concurrent('a daemon that waits on backup without pins follows', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await failOver(lab);
  const daemon = await start(t, lab, { ...BY_HAND, steer: 'none' });
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  await daemon.until(
    ({ decision }) => decision?.gates.some(({ gate }) => gate === 'failback-wait') === true,
    PATIENCE_MS,
    'it waits',
  );
  const mark = lab.mark();
  const told = await byHand(daemon.file, '--yes');

  expect(told).toMatchObject({ code: 0, err: '' });
  expect(unwrapped(told.out)).toContain(
    'The daemon (mode converge) has the target backup, and is held back by failback-wait.',
  );
  await leftAlone(lab, mark, daemon);
  expect(await daemon.status()).toMatchObject({ verdict: 'converged', target: 'main' });
});

test.concurrent('--to against the target of a daemon that cannot be told is held back; with --force it acts, and warns', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await failOver(lab);
  const daemon = await start(t, lab, { ...BY_HAND, steer: 'none' });
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  await daemon.looks('ha1', 4);
  const mark = lab.mark();
  const warning =
    "the daemon's target is backup, and it is not told another: mainstay.yaml names no api.tokenFile";
  const held = await byHand(daemon.file, '--to', 'main', '--yes', '--json');
  expect(held.code).toBe(4);
  expect(unwrapped(held.err)).toContain(warning);
  expect(reportOf(held)).toMatchObject({ ending: 'held', daemon: { target: 'backup' } });
  expect(lab.events(mark)).toEqual([]);

  const forced = await byHand(daemon.file, '--to', 'main', '--yes', '--force');
  expect(forced.code).toBe(0);
  expect(unwrapped(forced.err)).toContain(warning);
  await leftAlone(lab, mark, daemon);
});

test.concurrent('a daemon that only observes has no say, and one that hangs is gone on without', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const daemon = await start(t, lab, { ...BY_HAND, mode: 'observe' });
  const mark = lab.mark();
  const first = await byHand(daemon.file, '--to', 'main', '--proxy', 'ha1', '--yes');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('\nThe daemon (mode observe) has the target backup');
  expect(lab.count({ proxy: 'ha1', producer: 'main' })).toBe(2);

  const aliveMs = await lasts(() => byHand(daemon.file, '--dry-run'));
  daemon.signal('SIGSTOP');
  const hungMs = await lasts(async () => {
    const { out } = await byHand(daemon.file, '--dry-run');
    expect(out).toContain('\nWithout a daemon: no daemon answers within 1000 ms at');
  });
  expect(hungMs - aliveMs).toBeLessThan(2500);
  expect(await byHand(daemon.file, '--yes')).toMatchObject({ code: 0 });
  expect(lab.allOn('main')).toBe(true);
  daemon.signal('SIGCONT');
  await leftAlone(lab, mark, daemon);
});

test.concurrent("one proxy's way to main is cut: held back by target-not-up there, even with --force", async (t) => {
  const lab = await openLab(t, { relays: 2 });
  const daemon = await start(t, lab, { ...BY_HAND, partial: { policy: 'tolerate' } });
  await cutOff(lab, 'ha2');
  const mark = lab.mark();
  const told = await byHand(daemon.file, '--yes', '--force');
  expect(told.code).toBe(4);
  expect(told.out).toContain(`Held back, nothing is closed:
  target-not-up at ha2: main is DOWN there
Not even --force does it: sessions closed there would not come to the target.
`);
  await daemon.stop();
  const alone = await byHand(daemon.file, '--yes', '--json', '--to', 'main');
  expect(alone.code).toBe(4);
  expect(gatesOf({ gates: reportOf(alone).held })).toEqual(['target-not-up ha2']);
  // Without a daemon and a journal nobody knows that main was the target; nobody is moved off it all the same.
  const blank = await byHand(daemon.file, '--yes', '--force');
  expect(blank.code).toBe(4);
  expect(unwrapped(blank.err)).toContain('name it, with --to backup, and this command');
  expect(lab.events(mark)).toEqual([]);
});

async function lasts(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}
