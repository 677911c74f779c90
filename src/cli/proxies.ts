// The configured proxies with the ways to them, for whatever looks or acts.
import type { DrivenProxy } from '../act/actor.ts';
import type { Config, ProxyConfig } from '../domain/config.ts';
import type { RuntimeLink, StreamLink } from '../domain/ports.ts';
import { makeLook } from '../observe/look.ts';
import { inTurns } from '../transport/in-turns.ts';
import { stateSaver } from './server-state.ts';
import type { World } from './world.ts';

export interface ReachedProxy extends DrivenProxy {
  readonly drive: ProxyConfig['drive'];
  /** What it is looked at by, as the configuration writes it. */
  readonly address: string;
  /** What its events can be followed by; null: nothing but its statistics page is configured. */
  readonly events: EventsWay | null;
}

/** `link` asks which rings there are, `stream` follows one, both at the same socket. */
interface EventsWay {
  readonly link: RuntimeLink;
  readonly stream: StreamLink;
  /** It is the master's socket. */
  readonly viaMaster: boolean;
}

/**
 * In the configuration's order, without those that only a peer tells of. Connects to nothing yet; `dropLinks` ends
 * what they keep.
 */
export function reachProxies(world: World, config: Config): readonly ReachedProxy[] {
  return config.proxies.filter(isReached).map((proxy) => reach(world, config, proxy));
}

/** Whether there is a way to it from here. */
export function isReached({ runtime, stats }: ProxyConfig): boolean {
  return runtime !== null || stats !== null;
}

function reach(world: World, config: Config, proxy: ProxyConfig): ReachedProxy {
  const { backend, policy, pinTable } = config;
  const { name, drive, reload, restart } = proxy;
  const { link, master } = inTurns({
    link: proxy.runtime === null ? null : world.openLink(proxy.runtime, 'worker'),
    master: proxy.master === null ? null : world.openLink(proxy.master, 'master'),
  });
  const stats = proxy.stats === null ? null : world.openStats(proxy.stats);
  const { producers, pollTimeoutMs } = policy;
  const watched = { backend, producers, pinTable };
  const look = makeLook({ link, master, stats }, watched, pollTimeoutMs);
  const lookServing = makeLook({ link, master: null, stats }, watched, pollTimeoutMs);
  return {
    name,
    drive,
    address: (link ?? stats)?.address ?? '',
    events: eventsWay(world, proxy, { link, master }),
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

function eventsWay(
  world: World,
  { runtime, master: masterAt }: ProxyConfig,
  { link, master }: ReturnType<typeof inTurns>,
): EventsWay | null {
  if (runtime !== null && link !== null) {
    return { link, stream: world.openStream(runtime), viaMaster: false };
  }
  if (masterAt === null || master === null) return null;
  return { link: master, stream: world.openStream(masterAt), viaMaster: true };
}

/** Ends the connections that are kept, so that they hold neither this process nor an old worker. */
export function dropLinks(proxies: readonly ReachedProxy[]): void {
  for (const { link, master } of proxies) {
    link?.drop();
    master?.drop();
  }
}
