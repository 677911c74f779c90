// Looks taken by a command itself, without a daemon.
import type { Config } from '../domain/config.ts';
import type { ProxySight } from '../domain/view.ts';
import type { Sighting } from '../decide/by-hand.ts';
import { reachProxies } from './proxies.ts';
import type { World } from './world.ts';

/** One look at every proxy, side by side; as long as the slowest, `poll.timeout` at most. */
export async function lookOnce(world: World, config: Config): Promise<Sighting> {
  const proxies = await Promise.all(
    reachProxies(world, config).map(async ({ name, look }): Promise<ProxySight> => {
      const atMs = world.clock.now().monoMs;
      const seen = await look();
      return {
        name,
        sight: seen.ok
          ? { kind: 'seen', atMs, value: seen.value }
          : { kind: 'unseen', sinceMs: atMs, fault: seen.fault },
      };
    }),
  );
  return { snapshot: { proxies }, now: world.clock.now() };
}
