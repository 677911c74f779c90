// The sessions that a plan would close, one by one, for the person who is asked.
import { listSessions } from '../act/list.ts';
import type { Config } from '../domain/config.ts';
import type { Step } from '../domain/decision.ts';
import type { World } from './world.ts';

export interface Strays {
  readonly step: Step;
  /** Each client's address and how long it has been connected, oldest first; null: HAProxy would not list them. */
  readonly sessions: readonly { readonly client: string; readonly ageS: number }[] | null;
}

/** Within `poll.timeout` each; what cannot be listed is said to be so, and closing does not depend on it. */
export async function listStrays(
  world: World,
  config: Config,
  steps: readonly Step[],
): Promise<readonly Strays[]> {
  return Promise.all(
    steps.map(async (step): Promise<Strays> => {
      const proxy = config.proxies.find(({ name }) => name === step.proxy);
      if (proxy === undefined) return { step, sessions: null };
      const found = await listSessions(
        world.openLink(proxy.runtime),
        { backend: config.backend, server: step.server },
        { deadlineMs: config.policy.pollTimeoutMs },
      );
      if (!found.ok) return { step, sessions: null };
      const sessions = found.value.map(({ src, ageS }) => ({ client: src ?? 'unknown', ageS }));
      return { step, sessions: sessions.toSorted((a, b) => b.ageS - a.ageS) };
    }),
  );
}
