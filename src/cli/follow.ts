// Every proxy's events, followed beside the looks at it: what happens there is looked at when it happens.
import type { Config } from '../domain/config.ts';
import type { Fault } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { View } from '../domain/view.ts';
import { followEvents, type Followed } from '../observe/follow-events.ts';
import type { ReachedProxy } from './proxies.ts';

export interface EventFollower {
  /** To be told of every look: in another worker than before events come by another stream. */
  lookedAt(proxy: string, result: Result<View, Fault>): void;
}

/** Driven or not; nothing where `events` is off. Until `signal` aborts. */
export function followAll(
  proxies: readonly ReachedProxy[],
  { backend, events }: Config,
  clock: Clock,
  nudge: (proxy: string) => void,
  signal: AbortSignal,
): EventFollower {
  const followed = new Map<string, Followed>();
  if (events !== 'off') {
    for (const { name, events: way } of proxies) {
      if (way === null) continue;
      const options = { ...way, backend, ring: events, clock, nudge: () => nudge(name) };
      followed.set(name, followEvents(options, signal));
    }
  }
  return {
    lookedAt: (proxy, result) => {
      if (result.ok) followed.get(proxy)?.pidSeen(result.value.workers[0].pid);
    },
  };
}
