// Converging by hand, with a person in between or an end in the middle: answers, Ctrl-C, kill -9, and a world that changes meanwhile.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import {
  BY_HAND,
  byHand,
  reportOf,
  sticky,
  stray,
  textOf,
  untilDown,
  unwrapped,
} from './by-hand.ts';
import { betweenAll, isLook, isShutdown, shutdowns } from './moments.ts';
import { closedByProxy, PATIENCE_MS, PROXIES } from './scenes.ts';
import { launch, openLab, writeConfig } from './support.ts';
import { atTerminal, CTRL_C, CTRL_D, ENTER } from './at-terminal.ts';

const QUESTION = 'Close these sessions? [y/N] ';

test.concurrent('a person at a terminal is asked: n, Ctrl-C and Ctrl-D leave everything alone, y does it', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  for (const keys of [`n${ENTER}`, CTRL_C, CTRL_D]) {
    const terminal = atTerminal(t, ['converge', '-c', file]);
    await terminal.until(QUESTION);
    terminal.type(keys);
    expect(await terminal.ended()).toBe(4);
    expect(terminal.shown()).toMatch(/\[y\/N\] [^\r\n]*\r+\nNothing was touched\.\r\n$/);
  }
  expect(lab.events(mark)).toEqual([]);

  const terminal = atTerminal(t, ['converge', '-c', file]);
  await terminal.until(QUESTION);
  terminal.type(`y${ENTER}`);
  expect(await terminal.ended()).toBe(0);
  expect(lab.allOn('main')).toBe(true);
  expect(terminal.shown()).toContain('\u001B[1msticky\u001B[0m');
  expect(terminal.shown()).toContain('\u001B[32mha1/backup: now 2 sessions on main');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('the question goes to stderr, and a no ends --json with its document', async (t) => {
  const lab = await openLab(t, { relays: 1 });
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const [asked, told] = [`${lab.dir}/asked`, `${lab.dir}/told`];
  const json = atTerminal(t, ['converge', '-c', file, '--json'], `>'${told}'`);
  await json.until(QUESTION);
  json.type(`no${ENTER}`);
  expect(await json.ended()).toBe(4);
  expect(reportOf({ out: textOf(told) })).toMatchObject({ ending: 'no', outcomes: [] });

  // No line is edited where the question does not go to the terminal: Ctrl-C comes as a signal.
  const deaf = atTerminal(t, ['converge', '-c', file], `2>'${asked}'`);
  await lab.until(() => textOf(asked).includes(QUESTION), PATIENCE_MS, 'it asks');
  deaf.type(CTRL_C);
  expect(await deaf.ended()).toBe(4);
  expect(deaf.shown()).toContain('Nothing was touched.');
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('main dies while the person thinks: after the yes the re-read refuses, and nothing is closed', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const file = await writeConfig(lab, BY_HAND);
  const mark = lab.mark();
  const terminal = atTerminal(t, ['converge', '-c', file]);
  await terminal.until(QUESTION);
  await lab.producer('main').kill();
  for (const proxy of PROXIES) await untilDown(lab, proxy);
  terminal.type(`yes${ENTER}`);

  expect(await terminal.ended()).toBe(4);
  const said = unwrapped(terminal.shown());
  for (const proxy of PROXIES) {
    expect(said).toContain(
      `close-server ${proxy}/backup refused: nothing was sent, target-not-up forbade it - main is DOWN`,
    );
  }
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('one proxy is not ready at the re-read: nobody is moved at the other', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  // The look waits for what is done meanwhile.
  const poll = { interval: '3s', timeout: '3s' };
  const file = await writeConfig(lab, { ...BY_HAND, poll, proxies });
  const mark = lab.mark();
  let looks = 0;
  const cutAtReread = async (line: string): Promise<void> => {
    if (!isLook(line) || (looks += 1) !== 3) return;
    await lab.producer('main').cut('ha2');
    await untilDown(lab, 'ha2');
  };
  ha2.intercept({ before: cutAtReread });
  const told = await byHand(file, '--yes', '--json');

  expect(told.code).toBe(4);
  const { ending, outcomes } = reportOf(told);
  expect(ending).toBe('refused');
  expect(outcomes).toMatchObject(PROXIES.map((proxy) => ({ proxy, result: 'refused' })));
  expect([...shutdowns(ha1), ...shutdowns(ha2)]).toEqual([]);
  expect(lab.events(mark)).toEqual([]);
});

test.concurrent('Ctrl-C while it waits or verifies ends it at once; who does not come back in time is told of', async (t) => {
  // Relays as slow as real ones: who is closed is away for 10 s.
  const lab = await openLab(t, { relays: 2, timeScale: 1 });
  await stray(lab, PROXIES, ['relay1', 'relay2']);
  const { ha1, proxies } = await betweenAll(t, lab);
  const file = await writeConfig(lab, { ...BY_HAND, proxies });
  const mark = lab.mark();
  const waiting = atTerminal(t, ['converge', '-c', file, '--yes', '--proxy', 'ha2']);
  await waiting.until('waiting up to 1m0s for the clients');
  waiting.type(CTRL_C);
  const askedMs = performance.now();
  expect(await waiting.ended()).toBe(0);
  expect(performance.now() - askedMs).toBeLessThan(2000);
  expect(waiting.shown()).toContain('Stopped: nothing more is done, and nobody is waited for.');
  expect(lab.count({ proxy: 'ha2' })).toBe(0);

  const hung = new Promise<void>(() => {});
  let hangs = false;
  ha1.intercept({
    before: async (line) => {
      if (line !== 'show sess' || shutdowns(ha1).length === 0) return;
      hangs = true;
      await hung;
    },
  });
  const verifying = atTerminal(t, ['converge', '-c', file, '--yes', '--proxy', 'ha1']);
  await lab.until(() => hangs, PATIENCE_MS, 'the verification hangs');
  verifying.type(CTRL_C);
  expect(await verifying.ended()).toBe(2);
  expect(unwrapped(verifying.shown())).toContain('close-server ha1/backup ');
  expect(verifying.shown()).toContain('Stopped: nothing more is done');

  ha1.intercept({});
  await stray(lab, ['ha1'], ['relay1', 'relay2']);
  const verify = { return: '1s' };
  const patient = await writeConfig(lab, { ...BY_HAND, proxies, verify }, 'patient');
  const told = await byHand(patient, '--yes', '--proxy', 'ha1');
  expect(unwrapped(told.out)).toContain(
    'ha1/backup: within 1s no client has come to main (0 sessions on main, 0 before)',
  );
  expect(told.code).toBe(0);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('kill -9 in the middle leaves nothing but what it had closed, and a second run finishes', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await sticky(lab);
  const journal = `${lab.dir}/journal`;
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  const file = await writeConfig(lab, { ...BY_HAND, proxies, journal });
  const before = await Promise.all(PROXIES.map((proxy) => serversAt(lab, proxy)));
  const mark = lab.mark();
  const child = launch(['converge', '-c', file, '--yes']);
  const ended = once(child, 'exit');
  ha1.intercept({
    after: (line) => {
      if (!isShutdown(line)) return undefined;
      child.kill('SIGKILL');
      return 'lose';
    },
  });
  ha2.intercept({ before: (line) => (isShutdown(line) ? 'lose' : undefined) });
  expect(await ended).toEqual([null, 'SIGKILL']);

  const back = () => lab.count({ proxy: 'ha1', producer: 'main' }) === 2;
  await lab.until(back, PATIENCE_MS, 'what was closed has come to main');
  expect(lab.count({ proxy: 'ha2', producer: 'backup' })).toBe(2);
  expect(await Promise.all(PROXIES.map((proxy) => serversAt(lab, proxy)))).toEqual(before);
  expect(textOf(journal)).toBe('');

  ha1.intercept({});
  ha2.intercept({});
  expect(await byHand(file, '--yes')).toMatchObject({ code: 0 });
  expect(lab.allOn('main')).toBe(true);
  expect([ha1, ha2].map((proxy) => shutdowns(proxy).length)).toEqual([1, 1]);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(closedByProxy(lab, mark)).toHaveLength(4);
});

/** What a person or a program may have changed of each server: its state and its weight. */
async function serversAt(lab: Lab, proxy: string): Promise<readonly (readonly string[])[]> {
  const answer = await lab.proxy(proxy).ask('show servers state bp');
  const [, header = '', ...rows] = answer.split('\n');
  const columns = header.replace('# ', '').split(' ');
  const kept = ['srv_name', 'srv_op_state', 'srv_admin_state', 'srv_uweight', 'srv_iweight'];
  const places = kept.map((name) => columns.indexOf(name));
  expect(places).not.toContain(-1);
  return rows.map((row) => row.split(' ')).map((cells) => places.map((at) => cells[at] ?? ''));
}
