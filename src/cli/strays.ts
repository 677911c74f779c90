// The sessions that a plan would close, one by one, for the person who is asked.
import { listInWorker, listSessions } from '../act/list.ts';
import type { Config } from '../domain/config.ts';
import type { Step } from '../domain/decision.ts';
import type { ReachedProxy } from './proxies.ts';

export interface Strays {
  readonly step: Step;
  /** Each client's address and how long it has been connected, oldest first; null: HAProxy would not list them. */
  readonly sessions: readonly { readonly client: string; readonly ageS: number }[] | null;
}

/** Within `poll.timeout` each; what cannot be listed is said to be so, and closing does not depend on it. */
export async function listStrays(
  config: Config,
  proxies: readonly ReachedProxy[],
  steps: readonly Step[],
): Promise<readonly Strays[]> {
  return Promise.all(
    steps.map(async (step): Promise<Strays> => {
      const proxy = proxies.find(({ name }) => name === step.proxy);
      const found = proxy === undefined ? null : await list(config, proxy, step);
      if (found?.ok !== true) return { step, sessions: null };
      const sessions = found.value.map(({ src, ageS }) => ({ client: src ?? 'unknown', ageS }));
      return { step, sessions: sessions.toSorted((a, b) => b.ageS - a.ageS) };
    }),
  );
}

/** Null: there is nobody to ask. A statistics page lists no sessions, and a step for a whole proxy names no server. */
async function list(
  { backend, policy }: Config,
  { link, master }: ReachedProxy,
  { action, server, pid }: Step,
) {
  const limit = { deadlineMs: policy.pollTimeoutMs };
  if (server === null) return null;
  if (action === 'close-session') {
    if (master === null || pid === null) return null;
    return listInWorker(master, { backend, server, pid }, limit);
  }
  return link === null ? null : listSessions(link, { backend, server }, limit);
}
