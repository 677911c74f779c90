// Whether a worker does as its pin says: a pin table alone steers nobody, its `use-server` lines do.
import type { Heed, ProxyMemory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Pin, ServerView, WorkerView } from '../domain/view.ts';
import { standingPin } from './steering.ts';

/** Looks that show sessions elsewhere before a worker counts as one that does not heed its pin. */
const MISSES = 3;

/** What is known of a worker's heed is given up where it was not looked at for this many polls: a lease is no shorter. */
const POLLS = 3;

/** False once a worker has given sessions elsewhere three times under a pin; until another worker serves. */
export function isHeeded(heed: Heed | null): boolean {
  return (heed?.missed ?? 0) < MISSES;
}

/**
 * What this look adds. Misses are forgotten when the pinned server is found failing: HAProxy may have redispatched
 * what could not reach it (configuration.txt 4.2, "option redispatch").
 */
export function heedOf(
  { heed, lastLookMs }: Pick<ProxyMemory, 'heed' | 'lastLookMs'>,
  worker: WorkerView,
  pin: Pin,
  lookMs: number,
  policy: Policy,
): Heed | null {
  const { pid } = worker;
  // What another proxy brings about is judged with this look once more: it shows nothing more.
  if (heed?.pid === pid && lookMs === lastLookMs) return heed;
  const was = heed !== null && heed.pid === pid ? heed : null;
  const server = standingPin(worker, pin);
  if (isEndless(pin)) return { pid, serverId: 0, sinceMs: lookMs, missed: (was?.missed ?? 0) + 1 };
  if (server === null) return was === null ? null : { ...was, serverId: 0, sinceMs: lookMs };
  if (!isFirm(server)) return { pid, serverId: 0, sinceMs: lookMs, missed: 0 };
  const anew = { pid, serverId: server.id, sinceMs: lookMs, missed: was?.missed ?? 0 };
  const gap = lookMs - (lastLookMs ?? -Infinity) > POLLS * policy.pollIntervalMs;
  if (was === null || was.serverId !== server.id || gap) return anew;
  // The pin stood, at the latest, when the look that first showed it was answered.
  const stoodMs = was.sinceMs + policy.pollTimeoutMs;
  if (!(lookMs - server.lastChangeS * 1000 <= stoodMs)) return anew;
  const missed = worker.servers.some(
    (other) => other !== server && gaveLater(other, lookMs, stoodMs),
  );
  return missed ? { ...anew, missed: was.missed + 1 } : was;
}

/** An entry without a lease would outlive its supervisor: its table has no `expire`. An entry that ends now shows it once. */
function isEndless(pin: Pin): boolean {
  return pin.kind === 'table' && pin.serverId !== 0 && !(pin.leaseMs > 0);
}

function isFirm({ checkPassed, health, settled }: ServerView): boolean {
  return health === 'up' && settled && checkPassed;
}

/** Whether a server was surely given a session after that moment: `lastsess` is in whole seconds, rounded down. */
function gaveLater({ lastSessionS }: ServerView, lookMs: number, momentMs: number): boolean {
  return lastSessionS !== null && lookMs - (lastSessionS + 1) * 1000 > momentMs;
}
