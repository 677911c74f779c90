// The worker that serves: by the Runtime API, else by the statistics page.
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import { at } from '../haproxy/answer.ts';
import { lookLine, readView, type Wanted } from '../haproxy/read-view.ts';
import { readStatsView } from '../haproxy/stats-page.ts';

/**
 * By the Runtime API. An old worker that answers has been reached over a connection that is kept, and which keeps it
 * alive: that is dropped, and the next one asked once.
 */
export async function askRuntime(
  link: RuntimeLink,
  wanted: Wanted,
  limit: () => AskLimit,
): Promise<Result<View, Fault>> {
  const first = await askOnce(link, wanted, limit());
  if (first.ok || first.fault.kind !== 'stopping') return first;
  link.drop();
  return askOnce(link, wanted, limit());
}

async function askOnce(
  link: RuntimeLink,
  wanted: Wanted,
  limit: AskLimit,
): Promise<Result<View, Fault>> {
  const answer = await link.ask(lookLine(wanted.backend, wanted.pinTable), limit);
  if (!answer.ok) return answer;
  return at(link.address, readView(answer.value, wanted, link.way));
}

/** By the statistics page. */
export async function askStats(
  stats: StatsLink,
  { backend, producers, pinTable }: Wanted,
  limit: AskLimit,
): Promise<Result<View, Fault>> {
  const answer = await stats.csv(backend, limit);
  if (!answer.ok) return answer;
  const view = at(stats.address, readStatsView(answer.value, backend, producers, stats.mayClose));
  if (!view.ok || pinTable !== null) return view;
  return { ok: true, value: { ...view.value, pin: { kind: 'off' } } };
}

/** HAProxy has answered, and something is to be set right: no other way to it makes that good. */
const ANSWERED: ReadonlySet<Fault['kind']> = new Set([
  'no-such-backend',
  'no-such-server',
  'denied',
  'abandoned',
]);

/** Whether the statistics page may show what the Runtime API did not. */
export function isUnreached(runtime: Result<View, Fault>): boolean {
  return !runtime.ok && !ANSWERED.has(runtime.fault.kind);
}
