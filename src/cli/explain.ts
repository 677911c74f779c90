// `mainstay explain`: why the last decision of a running daemon is as it is, or what one look of our own would lead to.
import { decide } from '../decide/decide.ts';
import { BLANK } from '../decide/memory.ts';
import type { Config } from '../domain/config.ts';
import type { Explanation } from '../domain/explanation.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { toExplanation } from '../report/explanation.ts';
import { askExplanation } from './ask-explanation.ts';
import { exitOf, type ExitCode } from './exit.ts';
import { explanationText } from './explain-text.ts';
import { lookAtAll } from './look.ts';
import { dropLinks, reachProxies } from './proxies.ts';
import type { World } from './world.ts';

/** Prints it to `world.out`, and gives the exit code that goes with the verdict, as `status` does. Touches nothing. */
export async function explain(
  world: World,
  config: Config,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  const { found, decidedBy } = await findExplanation(world, config);
  world.out.write(
    json
      ? `${JSON.stringify(found, null, 2)}\n`
      : explanationText(found, decidedBy, world.clock.now().wallMs, world.out),
  );
  return exitOf(found.verdict, found.degraded);
}

async function findExplanation(
  world: World,
  config: Config,
): Promise<{ readonly found: Explanation; readonly decidedBy: string }> {
  const daemon = await askExplanation(config, world.clock.now().wallMs);
  if (daemon.ok) return { found: daemon.value, decidedBy: 'by the daemon' };
  const decidedBy = `by this command, in one look and without the daemon's memory: ${daemon.fault}`;
  const proxies = reachProxies(world, config);
  try {
    const { snapshot, now } = await lookAtAll(world, config, proxies);
    const { cluster, backend, policy } = config;
    const { memory: _, ...judgement } = decide(snapshot, BLANK, policy, now);
    const found = toExplanation({
      source: 'look',
      cluster,
      backend,
      mode: policy.mode,
      snapshot,
      judgement,
      now,
      faultText,
      memory: BLANK,
      policy,
    });
    return { found, decidedBy };
  } finally {
    dropLinks(proxies);
  }
}
