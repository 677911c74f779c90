// `mainstay status`: what a running daemon says, or what one look of our own shows.
import { decide } from '../decide/decide.ts';
import { BLANK } from '../decide/memory.ts';
import type { Config } from '../domain/config.ts';
import type { Status } from '../domain/status.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { toStatus } from '../report/status.ts';
import { askDaemon } from './daemon.ts';
import { exitOf, type ExitCode } from './exit.ts';
import { lookAtAll } from './look.ts';
import { dropLinks, reachProxies, type ReachedProxy } from './proxies.ts';
import { statusText } from './status-text.ts';
import type { World } from './world.ts';

/** Prints the status to `world.out`, and gives the exit code that goes with it. Touches nothing. */
export async function status(
  world: World,
  config: Config,
  { json }: { json: boolean },
): Promise<ExitCode> {
  const proxies = reachProxies(world, config);
  try {
    const { found, seenBy } = await findStatus(world, config, proxies);
    world.out.write(
      json
        ? `${JSON.stringify(found, null, 2)}\n`
        : statusText(found, seenBy, world.clock.now().wallMs, world.out),
    );
    return exitOf(found.verdict, found.degraded);
  } finally {
    dropLinks(proxies);
  }
}

/** The daemon's, or that of one look by ways that are kept open; `seenBy` says who looked. */
export async function findStatus(
  world: World,
  config: Config,
  proxies: readonly ReachedProxy[],
): Promise<{ readonly found: Status; readonly seenBy: string }> {
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  if (daemon.ok) return { found: daemon.value, seenBy: 'by the daemon' };
  const seenBy = `by this command, in one look: ${daemon.fault}`;
  return { found: await look(world, config, proxies), seenBy };
}

/** One look at every proxy, judged without memory: nothing is known of what was before. */
async function look(
  world: World,
  config: Config,
  proxies: readonly ReachedProxy[],
): Promise<Status> {
  const { cluster, backend, policy } = config;
  const { snapshot, now } = await lookAtAll(world, config, proxies);
  const { memory: _, ...judgement } = decide(snapshot, BLANK, policy, now);
  const { mode } = policy;
  return toStatus({ source: 'look', cluster, backend, mode, snapshot, judgement, now, faultText });
}
