// One decision and what it was made from, in the shape of `status --json` and `/v1/status` (contract.md).
import type { Gate, Judgement } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Override, Pause } from '../domain/order.ts';
import type { Policy } from '../domain/policy.ts';
import type { Status, StatusGate, StatusProxy } from '../domain/status.ts';
import type { Now } from '../domain/time.ts';
import type { Hidden, ProxySight, Snapshot, WorkerView } from '../domain/view.ts';
import { gateOpens, type GateScene } from './gate-words.ts';
import { summaryOf } from './summary.ts';
import { toStatusPeer } from './status-peer.ts';
import { toStatusPin } from './status-pin.ts';
import { rfc3339 } from './wall.ts';

/** All that a status is made of. `faultText` turns a fault into its sentence (haproxy/fault-text.ts). */
export interface StatusInput {
  readonly source: Status['source'];
  readonly cluster: string;
  readonly backend: string;
  readonly mode: Policy['mode'];
  readonly snapshot: Snapshot;
  readonly judgement: Judgement;
  readonly now: Now;
  readonly faultText: (fault: Fault) => string;
}

/**
 * Servers that are not producers are left out; producers stand in order of preference, and one that a
 * worker does not know is missing there. An unseen proxy has no workers, no version, no way and no age.
 */
export function toStatus(input: StatusInput): Status {
  const { source, cluster, backend, mode, snapshot, judgement, now, faultText } = input;
  const found = {
    source,
    at: rfc3339(now, now.monoMs),
    cluster,
    backend,
    verdict: judgement.verdict,
    rule: judgement.rule,
    hold: judgement.hold,
    target: judgement.target,
    election: judgement.election,
    why: judgement.why,
    producers: judgement.producers,
    since: rfc3339(now, judgement.sinceMs),
    mode,
    degraded: judgement.degraded,
    gates: toStatusGates(judgement.gates, now, input),
    override: toStatusOverride(judgement.override),
    paused: toStatusPause(judgement.paused),
    proxies: snapshot.proxies.map((proxy) => toStatusProxy(proxy, judgement, now, faultText)),
    peers: (snapshot.peers ?? []).map((peer) => toStatusPeer(peer, now)),
  };
  return { ...found, says: summaryOf(found, judgement, now) };
}

/** Gates with the times at which they open on the wall clock, and what opens them. */
export function toStatusGates(
  gates: readonly Gate[],
  now: Now,
  scene: GateScene,
): readonly StatusGate[] {
  return gates.map((shut) => ({
    gate: shut.gate,
    proxy: shut.proxy,
    until: shut.untilMs === null ? null : rfc3339(now, shut.untilMs),
    reason: shut.reason,
    opens: gateOpens(shut, scene),
  }));
}

/** With its end, which is a time of the wall clock. */
export function toStatusOverride(override: Override | null): Status['override'] {
  if (override === null) return null;
  return { to: override.to, until: new Date(override.untilWallMs).toISOString() };
}

/** Likewise. */
export function toStatusPause(paused: Pause | null): Status['paused'] {
  if (paused === null) return null;
  const { untilWallMs } = paused;
  return { until: untilWallMs === null ? null : new Date(untilWallMs).toISOString() };
}

function toStatusProxy(
  { name, sight }: ProxySight,
  { producers, unheeded, drives }: Judgement,
  now: Now,
  faultText: (fault: Fault) => string,
): StatusProxy {
  const driven = drives.includes(name);
  switch (sight.kind) {
    case 'unseen':
      return {
        name,
        driven,
        reachable: false,
        error: { kind: sight.fault.kind, message: faultText(sight.fault) },
        version: null,
        level: null,
        transport: null,
        // Why nothing is seen there stands in `error`.
        oldWorkers: { seen: false, message: null },
        pin: { server: null, leaseMs: 0, message: null },
        ageMs: null,
        workers: [],
      };
    case 'seen':
      return {
        name,
        driven,
        reachable: true,
        error: null,
        version: sight.value.version,
        level: sight.value.level,
        transport: sight.value.way,
        oldWorkers: toOldWorkers(sight.value.hidden, faultText),
        pin: toStatusPin(sight.value, !unheeded.includes(name)),
        ageMs: Math.max(0, Math.round(now.monoMs - sight.atMs)),
        workers: sight.value.workers.map((worker) => toStatusWorker(worker, producers)),
      };
    default:
      throw sight satisfies never;
  }
}

function toOldWorkers(
  hidden: Hidden | null,
  faultText: (fault: Fault) => string,
): StatusProxy['oldWorkers'] {
  const message = hidden === null ? null : hiddenText(hidden, faultText);
  return { seen: hidden === null, message };
}

/** Why old workers are not seen, and the cure. */
export function hiddenText(hidden: Hidden, faultText: (fault: Fault) => string): string {
  return hidden.kind === 'no-master' ? NO_MASTER : faultText(hidden);
}

const NO_MASTER =
  'mainstay.yaml names no master socket; start HAProxy with -S SOCKET, and give its address as "master"';

function toStatusWorker(worker: WorkerView, producers: readonly string[]) {
  return {
    pid: worker.pid,
    old: worker.old,
    producers: producers.flatMap((producer) =>
      worker.servers
        .filter((server) => server.name === producer)
        .map(({ name, health, status, sessions, lastChangeS }) => ({
          name,
          health,
          status,
          sessions,
          lastChangeS,
        })),
    ),
  };
}
