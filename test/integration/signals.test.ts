// Signals to the supervisor: SIGTERM in the middle of an action, and SIGHUP with a good file and with a wrong one.
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { betweenAll, shutdowns } from './moments.ts';
import { closedByProxy, FAST, PATIENCE_MS, PROXIES, split, UNHELD } from './scenes.ts';
import { gatesOf, openLab, start, values, writeConfig } from './support.ts';

test.concurrent('SIGTERM while the sessions that were closed have not come back: it is gone within 2 s', async (t) => {
  // Relays as slow as real ones: what is closed does not come back while the test lasts.
  const lab = await openLab(t, { timeScale: 1 });
  for (const proxy of PROXIES) await lab.proxy(proxy).ask('set server bp/main state maint');
  for (const relay of ['relay1', 'relay2', 'relay3']) lab.relay(relay).restart();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'every session is on backup');
  for (const proxy of PROXIES) await lab.proxy(proxy).ask('set server bp/main state ready');
  lab.relay('relay1').restart('ha1');
  const settings = { ...UNHELD, ...FAST, split: { after: '0s' } };
  const first = await start(t, lab, settings);
  for (const name of PROXIES) {
    await first.until(({ outcome }) => outcome?.proxy === name, PATIENCE_MS, `${name} is closed`);
  }

  const { code, tookMs } = await first.stop('SIGTERM');
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(2000);
  const results = first.log().flatMap(({ outcome }) => outcome?.result ?? []);
  expect(results).toEqual(['ok', 'ok']);
  await lab.until(() => lab.count({ producer: 'backup' }) === 0, PATIENCE_MS, 'backup is left');
  expect(first.log().at(-1)?.msg).toBe('stopped');
});

test.concurrent('SIGTERM while HAProxy does not answer the verification: abandoned, said, and gone within 2 s', async (t) => {
  const lab = await openLab(t);
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  let hangs = false;
  const hang = new Promise<void>(() => {});
  const verification = (line: string) => line === 'show sess' && shutdowns(ha1).length > 0;
  ha1.intercept({
    before: (line) => {
      hangs ||= verification(line);
      return verification(line) ? hang : undefined;
    },
  });
  const settings = { ...UNHELD, ...FAST, split: { after: '0s' }, proxies };
  const first = await start(t, lab, settings);
  await lab.until(() => hangs, PATIENCE_MS, 'the verification hangs');

  const { code, tookMs } = await first.stop('SIGTERM');
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(2000);
  const abandoned = first.log().find(({ outcome }) => outcome?.proxy === 'ha1');
  expect(abandoned).toMatchObject({ level: 'warn', outcome: { result: 'abandoned' } });
  expect(first.log().at(-1)?.msg).toBe('stopped');

  ha1.intercept({});
  await start(t, lab, settings);
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all is on main, with the next supervisor');
  expect([ha1, ha2].map((proxy) => shutdowns(proxy).length)).toEqual([1, 1]);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
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
