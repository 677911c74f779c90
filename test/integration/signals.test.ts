// Signals to the supervisor: SIGTERM in the middle of an action, and SIGHUP with a good file and with a wrong one.
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { closedByProxy, FAST, PATIENCE_MS, PROXIES, split, UNHELD } from './scenes.ts';
import { gatesOf, openLab, start, values, writeConfig } from './support.ts';

test.concurrent('SIGTERM while sessions are waited for: every step has its outcome, and it is gone within 2 s', async (t) => {
  // Relays as slow as real ones: what is closed does not come back while the test lasts.
  const lab = await openLab(t, { timeScale: 1 });
  for (const proxy of PROXIES) await lab.proxy(proxy).ask('set server bp/main state maint');
  for (const relay of ['relay1', 'relay2', 'relay3']) lab.relay(relay).restart();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'every session is on backup');
  for (const proxy of PROXIES) await lab.proxy(proxy).ask('set server bp/main state ready');
  lab.relay('relay1').restart('ha1');
  const settings = { ...UNHELD, ...FAST, split: { after: '0s' }, journal: `${lab.dir}/journal` };
  const first = await start(t, lab, settings);
  await lab.until(() => lab.count({ producer: 'backup' }) === 0, PATIENCE_MS, 'backup is left');

  const { code, tookMs } = await first.stop('SIGTERM');
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(2000);
  const outcomes = first.log().flatMap(({ outcome }) => outcome ?? []);
  expect(outcomes.map(({ proxy, result }) => `${proxy} ${result}`).toSorted()).toEqual([
    'ha1 ok',
    'ha2 ok',
  ]);
  expect(first.log().at(-1)?.msg).toBe('stopped');
});

test.concurrent('SIGTERM while HAProxy does not answer a closing: abandoned, said, and gone within 2 s', async (t) => {
  const lab = await openLab(t);
  await split(lab, PROXIES, ['ha1']);
  const settings = { ...UNHELD, ...FAST, split: { after: '0s' } };
  const daemon = await start(t, lab, settings);
  await daemon.until(({ decision }) => decision?.plan != null, PATIENCE_MS, 'a plan is begun');
  for (const proxy of PROXIES) lab.proxy(proxy).freeze();

  const { code, tookMs } = await daemon.stop('SIGTERM');
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(2000);
  const ended = new Set(daemon.log().flatMap(({ outcome }) => outcome?.proxy ?? []));
  expect([...ended].toSorted()).toEqual(['ha1', 'ha2']);
  expect(daemon.log().at(-1)?.msg).toBe('stopped');

  for (const proxy of PROXIES) lab.proxy(proxy).thaw();
  await start(t, lab, settings);
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'the next supervisor ends it');
  expect(closedByProxy(lab, 0, { producer: 'main' })).toEqual([]);
});

test.concurrent('SIGHUP takes a good file, and refuses a wrong one with its line', async (t) => {
  const lab = await openLab(t);
  await split(lab, PROXIES, ['ha1']);
  const settings = { ...UNHELD, ...FAST, split: { after: '0s' } };
  const daemon = await start(t, lab, { ...settings, mode: 'observe' });
  await daemon.looks('ha1', 4);
  expect(gatesOf(await daemon.status())).toContain('observe-only');
  expect(closedByProxy(lab, 0)).toEqual([]);

  const good = await readFile(await writeConfig(lab, settings), 'utf8');
  const broken = `${good}mode: konverge\n`;
  await writeFile(daemon.file, broken);
  daemon.signal('SIGHUP');
  const refused = await daemon.until(
    ({ msg }) => msg.includes('konverge'),
    PATIENCE_MS,
    'the wrong file is refused',
  );
  const line = broken.split('\n').length - 1;
  expect(refused.level).toBe('error');
  expect(refused.msg).toContain(`mainstay.yaml:${line}:7 mode: `);
  await daemon.until(({ msg }) => msg.includes('the old one stays'), PATIENCE_MS, 'it says so');
  await daemon.looks('ha1', 4);
  expect(await daemon.status()).toMatchObject({ mode: 'observe', verdict: 'split-brain' });

  await writeFile(daemon.file, good);
  daemon.signal('SIGHUP');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'the good file lets it heal');
  expect(values(await daemon.metrics(), 'mainstay_mode', { mode: 'converge' })).toEqual([1]);
  expect(closedByProxy(lab, 0, { producer: 'main' })).toEqual([]);
});
