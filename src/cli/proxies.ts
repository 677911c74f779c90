// The configured proxies with the ways to them, for whatever looks or acts.
import type { Config } from '../domain/config.ts';
import type { Look, RuntimeLink } from '../domain/ports.ts';
import { makeLook } from '../observe/look.ts';
import type { World } from './world.ts';

export interface ReachedProxy {
  readonly name: string;
  readonly drive: boolean;
  /** As the configuration writes it. */
  readonly address: string;
  readonly link: RuntimeLink;
  readonly look: Look;
}

/** In the configuration's order. Connects to nothing yet. */
export function reachProxies(world: World, config: Config): readonly ReachedProxy[] {
  const { backend, policy } = config;
  return config.proxies.map(({ name, runtime, drive }) => {
    const link = world.openLink(runtime);
    const look = makeLook(link, backend, policy.producers, policy.pollTimeoutMs);
    return { name, drive, address: link.address, link, look };
  });
}
