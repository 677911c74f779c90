// HAProxies that were reloaded while sessions were on them, and what became of the workers from before.
import { ask } from '../../src/lab/ask.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { failOver, PATIENCE_MS, PROXIES, untilUp } from './scenes.ts';

/** For what needs several looks over a network way, on a machine that is busy. */
export const LONG_MS = 40_000;

/**
 * A lab of five relays and two proxies after three reloads: main is up everywhere, new connections go there, and each
 * of the three old workers of each proxy carries sessions on backup. Those in the right place, which nobody may close:
 * relay2 in the serving workers, and relay1 in the youngest old worker of ha2.
 */
export async function threeReloads(lab: Lab): Promise<void> {
  await failOver(lab);
  await reloadAll(lab);
  await redial(lab, ['relay1', 'relay2', 'relay3', 'relay4'], PROXIES, 'backup');
  await reloadAll(lab);
  await redial(lab, ['relay1', 'relay2', 'relay3'], PROXIES, 'backup');
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  await redial(lab, ['relay1'], ['ha2'], 'main');
  await reloadAll(lab);
  await redial(lab, ['relay2'], PROXIES, 'main');
}

/** Who is on backup after that: relay, proxy, one a line. */
export const MISPLACED = [
  ...['relay1', 'relay3', 'relay4', 'relay5'].map((relay) => `${relay} ha1`),
  ...['relay3', 'relay4', 'relay5'].map((relay) => `${relay} ha2`),
].toSorted();

export async function reloadAll(lab: Lab, proxies: readonly string[] = PROXIES): Promise<void> {
  await Promise.all(proxies.map((proxy) => lab.proxy(proxy).reload()));
}

/** These relays dial these proxies anew, and come to this producer. */
export async function redial(
  lab: Lab,
  relays: readonly string[],
  proxies: readonly string[],
  producer: string,
): Promise<void> {
  const mark = lab.mark();
  for (const relay of relays) for (const proxy of proxies) lab.relay(relay).restart(proxy);
  const came = (): boolean => {
    const opened = lab.events(mark).filter(({ kind }) => kind === 'open');
    return relays.every((relay) =>
      proxies.every((proxy) =>
        opened.some(
          (one) => one.relay === relay && one.proxy === proxy && one.producer === producer,
        ),
      ),
    );
  };
  await lab.until(came, PATIENCE_MS, `${relays.join(', ')} are on ${producer}`);
}

/** Waits until this proxy has no worker but so many, as the kernel says: 1 is the serving one alone. */
export async function untilWorkers(lab: Lab, proxy: string, count: number): Promise<void> {
  const left = () => lab.proxy(proxy).workers().length === count;
  await lab.until(left, LONG_MS, `${count} workers of ${proxy} are left`);
}

/** Sessions that this worker, old or not, has on this server, as HAProxy's master tells. */
export async function sessionsIn(
  lab: Lab,
  proxy: string,
  pid: number,
  server: string,
): Promise<number> {
  const said = await ask(lab.proxy(proxy).sockets.master, `@!${pid} show sess;quit`);
  return said.split('\n').filter((line) => line.includes(` be=bp srv=${server} `)).length;
}
