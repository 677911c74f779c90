// Looks taken by a command itself, without a daemon.
import type { Config } from '../domain/config.ts';
import type { ProxySight } from '../domain/view.ts';
import type { Sighting } from '../decide/by-hand.ts';
import { patiently } from './patience.ts';
import { isReached, type ReachedProxy } from './proxies.ts';
import type { World } from './world.ts';

/**
 * One look at every proxy, by ways that are kept open. Side by side; as long as the slowest, `poll.timeout` at most, but for connections
 * by TLS or SSH that have to be made first. What only a peer tells of is not seen: a command asks no peers.
 */
export async function lookAtAll(
  { clock }: World,
  config: Config,
  proxies: readonly ReachedProxy[],
): Promise<Sighting> {
  const sights = await Promise.all(
    proxies.map(async ({ name, link, master, look }): Promise<ProxySight> => {
      let atMs = clock.now().monoMs;
      const again = () => {
        atMs = clock.now().monoMs;
        return look();
      };
      const seen = await patiently(
        master,
        () => patiently(link, again),
        (found) => (found.ok ? found.value.hidden : null),
      );
      return {
        name,
        sight: seen.ok
          ? { kind: 'seen', atMs, value: seen.value }
          : { kind: 'unseen', sinceMs: atMs, fault: seen.fault },
      };
    }),
  );
  const now = clock.now();
  const names = config.proxies.map(({ name }) => name);
  const unreached = config.proxies
    .filter((proxy) => !isReached(proxy))
    .map(({ name }): ProxySight => {
      const fault = { kind: 'peer', peer: name, said: ASKS_NONE, address: name } as const;
      return { name, sight: { kind: 'unseen', sinceMs: now.monoMs, fault } };
    });
  const all = [...sights, ...unreached];
  const inOrder = all.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  return { snapshot: { proxies: inOrder }, now };
}

const ASKS_NONE = 'only a daemon asks peers, and this command looks by itself';
