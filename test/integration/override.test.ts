// A producer that somebody has named: the daemon holds it, over a restart and until its end; without a daemon the command does.
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { atTerminal } from './at-terminal.ts';
import { byHand, reportOf, unwrapped, BY_HAND } from './by-hand.ts';
import { lineOfOld } from './moments.ts';
import { closedByProxy, FAST, PATIENCE_MS, PROXIES, UNHELD, untilUp } from './scenes.ts';
import { openLab, start, writeConfig } from './support.ts';

test.concurrent('handed to the daemon it survives a restart, shows its end, yields when its producer dies, and ends by itself', async (t) => {
  const lab = await openLab(t);
  const [journal, tokenFile] = [`${lab.dir}/journal`, `${lab.dir}/token`];
  await writeFile(journal, lineOfOld());
  await writeFile(tokenFile, 'a-token-of-some-length', { mode: 0o600 });
  const waits = { split: { after: '0s' }, failback: { after: '0s' } };
  const settings = { ...UNHELD, ...FAST, ...waits, journal, api: { tokenFile } };
  const daemon = await start(t, lab, settings);
  await daemon.looks('ha1', 2);
  const mark = lab.mark();
  const told = await byHand(daemon.file, '--to', 'backup', '--yes', '--json');
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(reportOf(told)).toMatchObject({ ending: 'done', hold: { to: 'backup', by: 'daemon' } });
  expect(lab.allOn('backup')).toBe(true);
  expect(closedByProxy(lab, mark, { producer: 'backup' })).toEqual([]);
  const { override } = await daemon.status();
  const leftMs = Date.parse(override?.until ?? '') - Date.now();
  expect(Math.abs(leftMs - 3_600_000)).toBeLessThan(60_000);
  await daemon.stop();
  const next = await start(t, lab, settings);
  const after = lab.mark();
  await next.looks('ha1', 3);
  expect(await next.status()).toMatchObject({ override, verdict: 'holding', hold: 'override' });
  expect(lab.events(after)).toEqual([]);

  await lab.producer('backup').kill();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
  await lab.until(
    async () => (await next.status()).override === null,
    PATIENCE_MS,
    'it is dropped',
  );
  await lab.producer('backup').restart();
  await untilUp(lab, PROXIES, 'backup');
  const short = await byHand(next.file, '--to', 'backup', '--for', '5s', '--yes');
  expect(short).toMatchObject({ code: 0, err: '' });
  // Once it is over, the failback has nothing to wait for here.
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are back on main');
  expect((await next.status()).override).toBeNull();
});

test.concurrent('without a daemon the command holds it, until the time is over or its producer dies', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  const file = await writeConfig(lab, BY_HAND);
  const running = byHand(file, '--to', 'backup', '--for', '8s', '--yes', '--json');
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'all are on backup');
  lab.relay('relay1').restart();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'relay1 is back');
  const told = await running;
  expect(told).toMatchObject({ code: 0, err: '' });
  const held = { to: 'backup', by: 'command', end: 'over' };
  expect(reportOf(told)).toMatchObject({ ending: 'done', hold: held });
  lab.relay('relay1').restart();
  const landed = () => lab.count({ producer: 'main' }) === PROXIES.length;
  await lab.until(landed, PATIENCE_MS, 'relay1 comes to main, as HAProxy would have it');

  const terminal = atTerminal(t, ['converge', '-c', file, '--to', 'backup', '--yes']);
  await terminal.until('Holding backup until ');
  expect(lab.allOn('backup')).toBe(true);
  await lab.producer('backup').kill();
  expect(await terminal.ended()).toBe(0);
  expect(unwrapped(terminal.shown())).toContain('backup is up at no proxy that is seen');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
});
