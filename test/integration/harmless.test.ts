// When there is nothing to be gained, or no more to be risked, no session is closed; and it is said.
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import {
  closedByProxy,
  cutOff,
  failOver,
  FAST,
  PATIENCE_MS,
  PROXIES,
  UNHELD,
  untilUp,
} from './scenes.ts';
import { gatesOf, mainstay, openLab, start, values, type Daemon } from './support.ts';

/** How often the supervisor closed the sessions on a server, whatever came of it. */
const closings = async (daemon: Daemon, haproxy?: string): Promise<number> =>
  values(await daemon.metrics(), 'mainstay_actions_total', {
    action: 'close-server',
    ...(haproxy === undefined ? {} : { haproxy }),
  }).reduce((sum, value) => sum + value, 0);

test.concurrent('main down, then both down: nothing is closed, and each is said once', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, ...FAST });
  await failOver(lab);
  const mark = lab.mark();
  await daemon.until(
    ({ decision }) => decision?.verdict === 'failed-over',
    PATIENCE_MS,
    'failed-over',
  );
  await daemon.looks('ha1', 6);
  expect(lab.events(mark)).toEqual([]);
  expect(await mainstay('status', '-c', daemon.file)).toMatchObject({ code: 0, err: '' });

  await lab.producer('backup').kill();
  const none = await daemon.until(
    ({ decision }) => decision?.verdict === 'no-producer',
    PATIENCE_MS,
    'no-producer',
  );
  expect(none).toMatchObject({ level: 'warn', decision: { rule: 'R20', plan: null } });
  await daemon.looks('ha1', 6);
  expect(closedByProxy(lab, mark)).toEqual([]);
  expect(daemon.log().filter(({ decision }) => decision?.verdict === 'no-producer')).toHaveLength(
    1,
  );
  expect((await mainstay('status', '-c', daemon.file)).code).toBe(2);
  expect(await closings(daemon)).toBe(0);
});

test.concurrent('in observe mode nothing is closed; what would be, and by which mode, is told', async (t) => {
  const lab = await openLab(t);
  await failOver(lab);
  const daemon = await start(t, lab, {
    ...UNHELD,
    ...FAST,
    mode: 'observe',
    failback: { after: '0s' },
    split: { after: '0s' },
  });
  const mark = lab.mark();
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  const told = await daemon.until(
    ({ decision }) => decision?.verdict === 'sticky',
    PATIENCE_MS,
    'sticky',
  );
  expect(told.msg).toMatch(/target main .*observe-only - mode is observe/);
  await daemon.looks('ha1', 8);

  expect(lab.events(mark)).toEqual([]);
  const status = await daemon.status();
  expect(status).toMatchObject({ verdict: 'sticky', target: 'main', mode: 'observe' });
  expect(gatesOf(status)).toEqual(['observe-only']);
  const [{ decision }] = JSON.parse((await daemon.get('/v1/decisions?limit=1')).body);
  expect(decision.wanted).toMatchObject(
    PROXIES.map((proxy) => ({ action: 'close-server', proxy, server: 'backup', sessions: 3 })),
  );
  const samples = await daemon.metrics();
  expect(values(samples, 'mainstay_gate', { gate: 'observe-only' })).toEqual([1]);
  expect(values(samples, 'mainstay_mode', { mode: 'observe' })).toEqual([1]);
  expect(await closings(daemon)).toBe(0);
});

test.concurrent('with the budget used up nothing more is closed, and the gate says when it opens', async (t) => {
  const lab = await openLab(t);
  // A start without a journal has spent half of it.
  const budget = { max: 2, within: '1m' };
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, budget });
  const startMs = Date.parse(daemon.log()[0]!.time);
  await cutOff(lab, 'ha2');
  await lab.producer('main').mend('ha2');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'the first split is healed');

  await cutOff(lab, 'ha2');
  await lab.producer('main').mend('ha2');
  await untilUp(lab, ['ha2']);
  const mark = lab.mark();
  await daemon.until(
    ({ decision }) => decision?.gates.some(({ gate }) => gate === 'budget') === true,
    PATIENCE_MS,
    'the budget is used up',
  );
  await daemon.looks('ha2', 8);
  expect(lab.events(mark)).toEqual([]);
  const status = await daemon.status();
  expect(gatesOf(status)).toContain('budget');
  const opensMs = Date.parse(status.gates.find(({ gate }) => gate === 'budget')?.until ?? '');
  expect(Math.abs(opensMs - startMs - 60_000)).toBeLessThan(2000);
  expect(await closings(daemon)).toBe(1);
});

test.concurrent('sessions on a server that is not listed are never closed, only counted', async (t) => {
  const lab = await openLab(t, { producers: ['main', 'backup', 'other'] });
  const producers = ['main', 'backup'];
  const daemon = await start(t, lab, { ...UNHELD, ...FAST, producers, split: { after: '0s' } });
  await lab.producer('backup').cut('ha1');
  await cutOff(lab, 'ha1', 'other');
  await lab.producer('backup').mend('ha1');
  await untilUp(lab, ['ha1'], 'backup');
  lab.relay('relay1').restart('ha1');
  await lab.until(() => lab.count({ producer: 'backup' }) === 1, PATIENCE_MS, 'one is on backup');
  const mark = lab.mark();
  await lab.producer('main').mend('ha1');
  await untilUp(lab, ['ha1']);
  await lab.until(() => lab.count({ producer: 'main' }) === 4, PATIENCE_MS, 'backup is left');
  await daemon.looks('ha1', 8);

  expect(lab.closes(mark).map(({ relay, producer }) => `${relay} ${producer}`)).toEqual([
    'relay1 backup',
  ]);
  expect(lab.count({ producer: 'other' })).toBe(2);
  const samples = await daemon.metrics();
  expect(
    values(samples, 'mainstay_sessions', { haproxy: 'ha1', server: 'other', worker: 'current' }),
  ).toEqual([2]);
  expect((await daemon.status()).verdict).toBe('converged');
});

test.concurrent('however main flaps, no proxy loses sessions more often than cooldown lets it', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, {
    ...UNHELD,
    ...FAST,
    cooldown: '2s',
    budget: { max: 1000 },
    failback: { after: '0s' },
    split: { after: '0s' },
    // Flapping is a brake of its own, and so is waiting for sessions that main takes with it.
    flap: { max: 1000 },
    verify: { return: '0s' },
  });
  const startMs = Date.now();
  const periods = [700, 900, 1300, 800, 1000, 700, 1500, 800, 600];
  for (const upMs of periods) {
    await failOver(lab);
    await lab.producer('main').restart();
    const upEndsMs = (await untilUp(lab, PROXIES)) + upMs;
    await lab.until(() => Date.now() >= upEndsMs, PATIENCE_MS, 'main has been up');
  }
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main in the end');

  // docs/closings.md
  const most = 1 + Math.floor((Date.now() - startMs) / 2000);
  expect(most).toBeLessThan(periods.length);
  for (const proxy of PROXIES) {
    expect(burstsAt(lab, proxy)).toBeGreaterThan(0);
    expect(burstsAt(lab, proxy)).toBeLessThanOrEqual(await closings(daemon, proxy));
    expect(await closings(daemon, proxy)).toBeLessThanOrEqual(most);
  }
});

/** How often sessions on backup were closed there, as the producers saw it: those of one closing end together. */
function burstsAt(lab: Lab, proxy: string): number {
  const times = closedByProxy(lab, 0, { proxy, producer: 'backup' }).map(({ atMs }) => atMs);
  return times.filter((atMs, i) => i === 0 || atMs - times[i - 1]! > 200).length;
}
