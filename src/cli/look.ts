// Looks taken by a command itself, without a daemon.
import type { Config } from '../domain/config.ts';
import type { ProxySight } from '../domain/view.ts';
import type { Sighting } from '../decide/by-hand.ts';
import { patiently } from './patience.ts';
import { dropLinks, reachProxies, type ReachedProxy } from './proxies.ts';
import type { World } from './world.ts';

/** One look at every proxy, and nothing kept open after it. */
export async function lookOnce(world: World, config: Config): Promise<Sighting> {
  const proxies = reachProxies(world, config);
  try {
    return await lookAtAll(world, proxies);
  } finally {
    dropLinks(proxies);
  }
}

/**
 * The same by ways that are kept open. Side by side; as long as the slowest, `poll.timeout` at most, but for connections
 * by TLS or SSH that have to be made first.
 */
export async function lookAtAll(
  { clock }: World,
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
  return { snapshot: { proxies: sights }, now: clock.now() };
}
