// The configured proxies with the ways to them, for whatever looks or acts.
import type { DrivenProxy } from '../act/actor.ts';
import type { Config, ProxyConfig } from '../domain/config.ts';
import { makeLook } from '../observe/look.ts';
import { stateSaver } from './server-state.ts';
import type { World } from './world.ts';

export interface ReachedProxy extends DrivenProxy {
  readonly drive: boolean;
  /** What it is looked at by, as the configuration writes it. */
  readonly address: string;
}

/** In the configuration's order. Connects to nothing yet; `dropLinks` ends what they keep. */
export function reachProxies(world: World, config: Config): readonly ReachedProxy[] {
  return config.proxies.map((proxy) => reach(world, config, proxy));
}

function reach(world: World, { backend, policy }: Config, proxy: ProxyConfig): ReachedProxy {
  const { name, drive, reload, restart } = proxy;
  const link = proxy.runtime === null ? null : world.openLink(proxy.runtime, 'worker');
  const master = proxy.master === null ? null : world.openLink(proxy.master, 'master');
  const stats = proxy.stats === null ? null : world.openStats(proxy.stats);
  const { producers, pollTimeoutMs } = policy;
  const look = makeLook({ link, master, stats }, backend, producers, pollTimeoutMs);
  const lookServing = makeLook({ link, master: null, stats }, backend, producers, pollTimeoutMs);
  return {
    name,
    drive,
    address: (link ?? stats)?.address ?? '',
    link,
    master,
    stats,
    look,
    lookServing,
    reload: reload === null || reload === 'master' ? reload : world.remedyRunner(reload),
    restart: restart === null ? null : world.remedyRunner(restart),
    saveState: stateSaver(proxy, { link, look: lookServing }, backend),
  };
}

/** Ends the connections that are kept, so that they hold neither this process nor an old worker. */
export function dropLinks(proxies: readonly ReachedProxy[]): void {
  for (const { link, master } of proxies) {
    link?.drop();
    master?.drop();
  }
}
