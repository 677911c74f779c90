// What this supervisor tells its peers (`GET /v1/view`): what it wants, and what it sees with its own eyes.
import type { Config } from '../domain/config.ts';
import type { Judgement } from '../domain/decision.ts';
import type { Now } from '../domain/time.ts';
import type { PeerProxy, PeerView } from '../domain/peer.ts';
import type { Pin, ProxySight, Snapshot, WorkerView } from '../domain/view.ts';

export interface PeerViewInput {
  /** mainstay's own. */
  readonly version: string;
  readonly config: Pick<Config, 'self' | 'cluster' | 'backend' | 'policy'>;
  /** The last one. */
  readonly round: { readonly judgement: Judgement; readonly snapshot: Snapshot };
  /** Of the monotonic clock, when it is told: looks age between two rounds. */
  readonly nowMs: Now['monoMs'];
}

/** Null without `self`: who stands beside no proxy has no peers. */
export function toPeerView({ version, config, round, nowMs }: PeerViewInput): PeerView | null {
  const { self, cluster, backend, policy } = config;
  if (self === null) return null;
  const { producers, target, move, paused, override, clearedWallMs } = round.judgement;
  return {
    version,
    cluster,
    backend,
    self,
    mode: policy.mode,
    producers,
    target,
    move,
    paused: paused !== null,
    override,
    clearedWallMs,
    proxies: round.snapshot.proxies.flatMap((sight) => ownSight(sight, nowMs)),
  };
}

/** What a peer has told is not told on: two that tell each other would keep it alive for ever. */
function ownSight({ name, sight }: ProxySight, nowMs: number): PeerProxy[] {
  if (sight.kind === 'unseen' || sight.value.way === 'peer') return [];
  return [{ name, ageMs: Math.max(0, Math.round(nowMs - sight.atMs)), view: sight.value }];
}

/** The same text for two views that differ in nothing but what moves by itself: ages, leases, uptimes, counters. */
export function standingOf(view: PeerView): string {
  const proxies = view.proxies.map(({ name, view: { workers, pin, ...rest } }) => ({
    name,
    view: { ...rest, pin: standingPin(pin), workers: workers.map(standingWorker) },
  }));
  return JSON.stringify({ ...view, proxies });
}

function standingPin(pin: Pin): Pin {
  return pin.kind === 'table' ? { ...pin, leaseMs: 0, heartbeatMs: 0 } : pin;
}

function standingWorker(worker: WorkerView): WorkerView {
  const servers = worker.servers.map((server) => ({ ...server, lastChangeS: 0, lastSessionS: 0 }));
  return { ...worker, uptimeS: 0, servers };
}
