// Looks taken by a command itself, without a daemon.
import type { Config } from '../domain/config.ts';
import type { ProxySight } from '../domain/view.ts';
import type { Sighting } from '../decide/by-hand.ts';
import { makeLook } from '../observe/look.ts';
import type { World } from './world.ts';

/** One look at every proxy, side by side; as long as the slowest, `poll.timeout` at most. */
export async function lookOnce(world: World, config: Config): Promise<Sighting> {
  const { backend, policy } = config;
  const proxies = await Promise.all(
    config.proxies.map(async ({ name, runtime }): Promise<ProxySight> => {
      const link = world.openLink(runtime);
      const atMs = world.clock.now().monoMs;
      const seen = await makeLook(link, backend, policy.producers, policy.pollTimeoutMs)();
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
