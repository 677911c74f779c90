// `mainstay converge` as scripts run it, the scenes it is called to, and what is found out afterwards.
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { StatusGate } from '../../src/domain/status.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { closedByProxy, failOver, PATIENCE_MS, PROXIES, untilUp } from './scenes.ts';
import { mainstay, type Daemon, type Told } from './support.ts';

/** Of the configuration: no HAProxy of a lab is as old as the warm-up. */
export const BY_HAND = { warmup: '0s', poll: { interval: '500ms', timeout: '500ms' } };

/** What `--json` tells, as far as tests look at it. */
export interface Report {
  readonly ending: string;
  readonly verdict: string;
  readonly target: string | null;
  readonly held: readonly StatusGate[];
  readonly hold: { readonly to: string; readonly by: string } | null;
  readonly outcomes: readonly { readonly proxy: string; readonly result: string }[];
}

/** Runs it with its output a pipe, which must then be plain text of at most 80 columns. */
export async function byHand(file: string, ...args: readonly string[]): Promise<Told> {
  const told = await mainstay('converge', '-c', file, ...args);
  const texts = args.includes('--json') ? [told.err] : [told.out, told.err];
  for (const text of texts) {
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\r');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
  return told;
}

/** The one document on stdout. */
export function reportOf({ out }: Pick<Told, 'out'>): Report {
  return JSON.parse(out);
}

/** Without line breaks, wherever the lines were wrapped. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** All sessions are on backup, and main is up again at both proxies. */
export async function sticky(lab: Lab): Promise<void> {
  await failOver(lab);
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
}

/** With main up everywhere: these relays' sessions stray to backup at these proxies, at once. */
export async function stray(
  lab: Lab,
  proxies: readonly string[],
  relays: readonly string[],
): Promise<void> {
  const ask = (command: string) =>
    Promise.all(proxies.map((proxy) => lab.proxy(proxy).ask(command)));
  await ask('set server bp/main state drain');
  for (const proxy of proxies) for (const relay of relays) lab.relay(relay).restart(proxy);
  const gone = () =>
    proxies.every((proxy) => lab.count({ proxy, producer: 'backup' }) === relays.length);
  await lab.until(gone, PATIENCE_MS, `${relays.join(', ')} are on backup`);
  await ask('set server bp/main state ready');
  const up = async () => (await ask('show stat')).every((csv) => /^bp,main,.*,UP,/m.test(csv));
  await lab.until(up, PATIENCE_MS, 'main is up');
}

/** A daemon has seen what was done by hand and has closed nothing: not then, and not in ten polls after. */
export async function leftAlone(lab: Lab, mark: number, daemon: Daemon): Promise<void> {
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
  const after = lab.mark();
  await daemon.looks('ha1', 10);
  expect(lab.events(after)).toEqual([]);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(daemon.log().flatMap(({ outcome }) => outcome ?? [])).toEqual([]);
}

/** Waits until this proxy says that main is down. */
export async function untilDown(lab: Lab, proxy: string): Promise<void> {
  const last = () =>
    lab
      .proxy(proxy)
      .logged(/Server bp\/main is (UP|DOWN)/)
      .at(-1)?.text;
  const down = () => last()?.includes('is DOWN') === true;
  await lab.until(down, PATIENCE_MS, `main is down at ${proxy}`);
}

/** Empty where there is no such file. */
export function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
