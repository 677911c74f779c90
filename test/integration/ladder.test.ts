// The ladder on real HAProxies: where sessions cannot be closed a reload is climbed to, and a restart only where it is listed.
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { ask } from '../../src/lab/ask.ts';
import { LONG_MS, untilWorkers } from './reloads.ts';
import { closedByProxy, failOver, PATIENCE_MS, PROXIES, split, UNHELD, untilUp } from './scenes.ts';
import { gatesOf, openLab, start, type Daemon } from './support.ts';

const SOON = {
  ...UNHELD,
  split: { after: '0s' },
  failback: { after: '0s' },
  poll: { interval: '1s', timeout: '1s' },
} as const;

/** These proxies with sockets that may not close sessions. */
const low = (lab: Lab, more: object = {}, names: readonly string[] = PROXIES) =>
  names.map((name) => {
    const { operator, master } = lab.proxy(name).sockets;
    return { name, runtime: `unix:${operator}`, master: `unix:${master}`, ...more };
  });

const outcomes = (daemon: Daemon) => daemon.log().flatMap(({ outcome }) => outcome ?? []);

test.concurrent('with a level too low a reload hides the sessions, and they are closed in the old worker: none in the right place', async (t) => {
  const lab = await openLab(t, { relays: 3 });
  await split(lab, PROXIES, PROXIES);
  const mark = lab.mark();
  const daemon = await start(t, lab, { ...SOON, proxies: low(lab, { reload: 'master' }) });
  await lab.until(() => lab.allOn('main'), LONG_MS, 'every session is on main');

  const closed = closedByProxy(lab, mark).map(({ relay, producer }) => `${relay} ${producer}`);
  expect(closed.toSorted()).toEqual([
    ...Array(2).fill('relay2 backup'),
    ...Array(2).fill('relay3 backup'),
  ]);
  const returned = () => outcomes(daemon).filter((one) => one.returned === true).length >= 2;
  await lab.until(returned, PATIENCE_MS, 'their return is told');
  for (const name of PROXIES) {
    // One that is refused, since a look was late, is decided on again.
    const [reload, close] = outcomes(daemon).filter(
      ({ proxy, result }) => proxy === name && result === 'ok',
    );
    expect(reload).toMatchObject({ action: 'reload', server: null });
    expect(close).toMatchObject({ action: 'close-session', server: 'backup' });
    const { stateFile } = lab.proxy(name);
    expect(reload?.trail).toContainEqual(expect.objectContaining({ did: 'save', saw: stateFile }));
    expect(readFileSync(stateFile, 'utf8')).toMatch(/^1\n# be_id .*\n.* bp 1 main /m);
    // relay1 is on main in the old worker, where it may stay.
    expect(lab.proxy(name).workers()).toHaveLength(2);
    lab.relay('relay1').restart(name);
    await untilWorkers(lab, name, 1);
  }
  const plans = daemon.log().flatMap(({ decision }) => decision?.plan?.steps ?? []);
  const climbed = plans.filter(({ action }) => action === 'reload');
  for (const step of climbed) expect(step.climbed).toMatch(/level operator/);
  expect(new Set(climbed.map(({ proxy }) => proxy))).toEqual(new Set(PROXIES));
});

test.concurrent("a reload that fails is told in HAProxy's words, once, and no restart follows that is not listed", async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const marker = `${lab.dir}/restarted`;
  const masters = PROXIES.map((name) => lab.proxy(name).master());
  for (const name of PROXIES) {
    const { configFile } = lab.proxy(name);
    await writeFile(
      configFile,
      `${readFileSync(configFile, 'utf8')}\nfrontend broken\n    nonsense\n`,
    );
  }
  const mark = lab.mark();
  const daemon = await start(t, lab, {
    ...SOON,
    proxies: low(lab, { reload: 'master', restart: { exec: ['touch', marker] } }),
  });
  const failed = () => daemon.log().filter(({ outcome }) => outcome?.action === 'reload');
  await lab.until(() => failed().length === 2, LONG_MS, 'both reloads have failed');
  await daemon.looks('ha1', 5);

  // 2.6 tells no more than that it has failed: its words are in its own log.
  const isOld = (await lab.proxy('ha1').ask('show version')).startsWith('2.6.');
  const said = isOld ? /reload/ : /unknown keyword 'nonsense' in 'frontend' section/;
  for (const { outcome, msg } of failed()) {
    expect(outcome).toMatchObject({ result: 'failed', fault: { kind: 'reload-failed' } });
    expect(msg).toMatch(said);
  }
  expect(failed()).toHaveLength(2);
  expect(existsSync(marker)).toBe(false);
  expect(PROXIES.map((name) => lab.proxy(name).master())).toEqual(masters);
  expect(lab.events(mark)).toEqual([]);
  const held = (await daemon.status()).gates.filter(({ gate }) => gate === 'level-too-low');
  expect(held.map(({ proxy }) => proxy)).toEqual(['ha1', 'ha2']);
  // The worker that did not start is gone, and nothing keeps what it was to replace.
  for (const name of PROXIES) await untilWorkers(lab, name, 1);
});

test.concurrent('a restart is climbed to where it is listed, and all come back to main', async (t) => {
  const lab = await openLab(t, { proxies: ['ha1'], relays: 2 });
  await split(lab, ['ha1'], ['ha1']);
  const asked = `${lab.dir}/asked`;
  const done = `${lab.dir}/done`;
  const script = `touch ${asked}; until [ -e ${done} ]; do sleep 0.05; done`;
  const daemon = await start(t, lab, {
    ...SOON,
    escalate: ['sessions', 'restart'],
    proxies: low(lab, { restart: { exec: ['/bin/sh', '-c', script] } }, ['ha1']),
  });
  await lab.until(() => existsSync(asked), PATIENCE_MS, 'a restart is asked for');
  await lab.proxy('ha1').restart();
  await writeFile(done, '');
  const { outcome } = await daemon.until((line) => line.outcome !== undefined, LONG_MS, 'it ends');
  expect(outcome).toMatchObject({ action: 'restart', result: 'ok', proxy: 'ha1' });
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
  await daemon.looks('ha1', 3);
  // It is told once when it has ended, and again when the sessions have come to main.
  const told = outcomes(daemon).filter(({ action }) => action === 'restart');
  expect(told.filter(({ returned }) => returned === null)).toHaveLength(1);
});

test.concurrent('one proxy with a level too low and no way up holds a failback everywhere: nobody is moved', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await failOver(lab);
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  const mark = lab.mark();
  const [ha1] = low(lab);
  const { admin, master } = lab.proxy('ha2').sockets;
  const ha2 = { name: 'ha2', runtime: `unix:${admin}`, master: `unix:${master}` };
  const daemon = await start(t, lab, { ...SOON, proxies: [ha1, ha2] });
  await daemon.until(
    ({ decision }) => decision?.gates.some(({ gate }) => gate === 'level-too-low') === true,
    PATIENCE_MS,
    'the gate is shut',
  );
  await daemon.looks('ha2', 6);

  const status = await daemon.status();
  expect(status).toMatchObject({ verdict: 'sticky', target: 'main' });
  expect(gatesOf(status)).toContain('level-too-low ha1');
  expect(status.proxies.map(({ level }) => level)).toEqual(['operator', 'admin']);
  // Who dials anew meanwhile is kept where all the others are.
  const done = outcomes(daemon).map(({ action, server }) => `${action} ${server}`);
  expect(new Set(done)).toEqual(new Set(['pin backup']));
  expect(lab.events(mark)).toEqual([]);
  expect(await ask(lab.proxy('ha2').sockets.master, 'show proc;quit')).not.toContain('failed: 1');
});
