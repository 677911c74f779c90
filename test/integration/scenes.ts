// What befalls a lab in more than one test, and how its ground truth is read.
import type { Lab } from '../../src/lab/lab.ts';
import type { SessionEvent } from '../../src/lab/ledger.ts';

/** For what takes a second or two: only a failing test waits as long as this, or one on a machine that is very busy. */
export const PATIENCE_MS = 20_000;

/** HAProxy looks for a dead server every 100 ms here, and a relay redials after 200 to 280 ms. */
export const PROXIES = ['ha1', 'ha2'] as const;

/** For what does not depend on how often the supervisor looks. */
export const FAST = { poll: { interval: '300ms', timeout: '300ms' } } as const;

/** The settings of a supervisor that is not to be held up by what a test is not about. */
export const UNHELD = { warmup: '0s', cooldown: '0s' } as const;

/** Main fails everywhere, and every relay has moved to backup. */
export async function failOver(lab: Lab): Promise<void> {
  await lab.producer('main').kill();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'every relay is on backup');
}

/** Main cannot be reached from `proxy` any more, and that one's relays have moved to `to`. */
export async function cutOff(lab: Lab, proxy: string, to = 'backup'): Promise<void> {
  const before = lab.count({ proxy });
  await lab.producer('main').cut(proxy);
  const moved = () => lab.count({ proxy, producer: to }) === before;
  await lab.until(moved, PATIENCE_MS, `every relay at ${proxy} is on ${to}`);
}

/** Waits until these proxies show a producer up again; the latest of the times at which they said so in their logs. */
export async function untilUp(
  lab: Lab,
  proxies: readonly string[],
  producer = 'main',
): Promise<number> {
  const said = (proxy: string) =>
    lab
      .proxy(proxy)
      .logged(new RegExp(`Server bp/${producer} is (UP|DOWN)`))
      .at(-1);
  const up = () => proxies.every((proxy) => said(proxy)?.text.includes('is UP') === true);
  await lab.until(up, PATIENCE_MS, `${producer} is up at ${proxies.join(', ')}`);
  return Math.max(...proxies.map((proxy) => said(proxy)?.atMs ?? 0));
}

/** Sessions that a proxy closed since the mark: what mainstay did, while no producer failed. */
export function closedByProxy(
  lab: Lab,
  mark: number,
  where: { proxy?: string; producer?: string } = {},
): readonly SessionEvent[] {
  return lab
    .closes(mark)
    .filter(({ by }) => by === 'proxy')
    .filter(({ proxy }) => where.proxy === undefined || where.proxy === proxy)
    .filter(({ producer }) => where.producer === undefined || where.producer === producer);
}

/** Wall ms of the first and the last of these; NaN of none. */
export function span(events: readonly SessionEvent[]): { firstMs: number; lastMs: number } {
  return { firstMs: events[0]?.atMs ?? Number.NaN, lastMs: events.at(-1)?.atMs ?? Number.NaN };
}

/** Main has been away and is back, up at these proxies; relay1 is on it again through `at`, all else sticks to backup. */
export async function split(
  lab: Lab,
  proxies: readonly string[],
  at: readonly string[],
): Promise<void> {
  await failOver(lab);
  await lab.producer('main').restart();
  await untilUp(lab, proxies);
  for (const proxy of at) lab.relay('relay1').restart(proxy);
  const back = () => at.every((proxy) => lab.count({ proxy, producer: 'main' }) === 1);
  await lab.until(back, PATIENCE_MS, `relay1 is on main through ${at.join(', ')}`);
}
