// The named facts of a snapshot that every rule is written in.
import type { Heed, Memory } from '../domain/memory.ts';
import type { PeerSight } from '../domain/peer.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Pin, ServerView, Snapshot, View, WorkerView } from '../domain/view.ts';
import { fitToStay, whyUnfit, type Unfit } from './fitness.ts';
import { heedOf } from './heed.ts';
import { memoryOf } from './memory.ts';
import { whyUndriven } from './standby.ts';

/** A proxy that carried a session within this time has a say in what "everywhere" means; an idle one moves nobody. */
const CARRIED_MS = 600_000;

/** As many as the configuration may name; a larger backend is no active/backup pair. */
const MAX_PRODUCERS = 64;

/** One configured proxy, as far as it is seen. */
export interface ProxyFacts {
  readonly name: string;
  /** Whether this supervisor acts there now; if not, why, as a sentence. */
  readonly drive: boolean;
  readonly undriven: string | null;
  /** Whether there is a way to reload it, and one to restart it. */
  readonly reload: boolean;
  readonly restart: boolean;
  /** When the look at it was begun; null: not seen. */
  readonly lookMs: number | null;
  readonly unseenSinceMs: number | null;
  /** Null: not seen. */
  readonly view: View | null;
  /** The serving worker, whose word on health counts; null: not seen. */
  readonly serving: WorkerView | null;
  readonly workers: readonly WorkerView[];
  /** The serving worker's; `off` where it is not seen. */
  readonly pin: Pin;
  /** Whether that worker does as its pin says, this look included. */
  readonly heed: Heed | null;
  readonly carried: boolean;
}

export interface Facts {
  readonly now: Now;
  readonly policy: Policy;
  /** In order of preference; the first is main. */
  readonly producers: readonly string[];
  readonly proxies: readonly ProxyFacts[];
  readonly peers: readonly PeerSight[];
  readonly seen: readonly ProxyFacts[];
  /** "Everywhere": the seen proxies that have carried sessions; all seen ones where none has. */
  readonly concerned: readonly ProxyFacts[];
  /** Producers that have sessions, in any worker of any seen proxy. */
  readonly inUse: readonly string[];
}

/** Reads the facts out of a snapshot; `memory` gives only what a proxy carried, and how it heeded its pin, earlier. */
export function gather(snapshot: Snapshot, memory: Memory, policy: Policy, now: Now): Facts {
  const producers = preference(snapshot, memory, policy);
  const { peers = [] } = snapshot;
  const proxies = snapshot.proxies.map(({ name, sight }): ProxyFacts => {
    const seen = sight.kind === 'seen';
    const workers = seen ? sight.value.workers : [];
    const was = memoryOf(memory, name);
    const { carriedMs } = was;
    const pin = seen ? pinOf(sight.value, policy) : OFF;
    const own = policy.proxies.find((proxy) => proxy.name === name) ?? { ...NOT_OURS, name };
    const undriven = whyUndriven(own, seen ? sight.value : null, pin, peers);
    return {
      name,
      drive: undriven === null,
      undriven,
      reload: own.reload,
      restart: own.restart,
      lookMs: seen ? sight.atMs : null,
      unseenSinceMs: seen ? null : sight.sinceMs,
      view: seen ? sight.value : null,
      serving: seen ? sight.value.workers[0] : null,
      workers,
      pin,
      heed: seen ? heedOf(was, sight.value.workers[0], pin, sight.atMs, policy) : was.heed,
      carried:
        carriesNow(workers, producers) ||
        (carriedMs !== null && now.monoMs - carriedMs <= CARRIED_MS),
    };
  });
  const seen = proxies.filter((proxy) => proxy.serving !== null);
  const carrying = seen.filter((proxy) => proxy.carried);
  return {
    now,
    policy,
    producers,
    proxies,
    peers,
    seen,
    concerned: carrying.length > 0 ? carrying : seen,
    inUse: producers.filter((producer) => seen.some((p) => sessionsAt(p, producer) > 0)),
  };
}

const OFF: Pin = { kind: 'off' };
const NOT_OURS = { drive: false, reload: false, restart: false };

/** A view in an older journal has none. */
function pinOf({ pin }: Partial<View>, { steer }: Policy): Pin {
  return steer === 'none' ? OFF : (pin ?? OFF);
}

/** A producer's server in the proxy's serving worker. */
export function serverAt(proxy: ProxyFacts, producer: string): ServerView | null {
  return proxy.serving?.servers.find((server) => server.name === producer) ?? null;
}

/** Sessions to a producer through a proxy, in all of its workers. */
export function sessionsAt(proxy: Pick<ProxyFacts, 'workers'>, producer: string): number {
  return proxy.workers
    .flatMap((worker) => worker.servers)
    .filter((server) => server.name === producer)
    .reduce((sum, server) => sum + server.sessions, 0);
}

/** Whether a proxy is seen, and not only through a peer: what nobody here reaches cannot be acted on. */
export function seenHere({ view }: ProxyFacts): boolean {
  return view !== null && view.way !== 'peer';
}

/** Whether all workers are seen of a proxy that has a master socket, or one has none: else what is seen is not all. */
export function seenWhole({ view }: ProxyFacts): boolean {
  return view !== null && (view.hidden == null || view.hidden.kind === 'no-master');
}

/** Whether a proxy shows the producer up in any form. */
export function staysAt(proxy: ProxyFacts, producer: string): boolean {
  return fitToStay(serverAt(proxy, producer));
}

/** Whether a producer is up in any form at any proxy that is seen. */
export function staysSomewhere(facts: Facts, producer: string): boolean {
  return facts.seen.some((proxy) => staysAt(proxy, producer));
}

/** Whether somebody has taken a producer out at a proxy, or wants it drained there. */
export function shelvedAt(proxy: ProxyFacts, producer: string): boolean {
  const health = serverAt(proxy, producer)?.health;
  return health === 'maint' || health === 'drain';
}

/** A proxy has only just gone out of sight: one missed look must not make a failure of a target that it alone shows up. */
export function justMissed({ proxies, now, policy }: Facts): boolean {
  return proxies.some(
    ({ unseenSinceMs }) =>
      unseenSinceMs !== null && now.monoMs - unseenSinceMs < policy.splitAfterMs,
  );
}

/** Why a producer is not fit to go to at a proxy; null: it is. */
export function unfitAt(facts: Facts, proxy: ProxyFacts, producer: string): Unfit | null {
  if (proxy.serving === null) return { why: `${proxy.name} is not seen`, opensInMs: null };
  const { warmupMs } = facts.policy;
  return whyUnfit(producer, serverAt(proxy, producer), proxy.serving, warmupMs);
}

/** Whether a producer is fit to go to everywhere. */
export function fitEverywhere(facts: Facts, producer: string): boolean {
  return (
    facts.concerned.length > 0 &&
    facts.concerned.every((proxy) => unfitAt(facts, proxy, producer) === null)
  );
}

/** The configuration's order, else that of the first proxy ever seen: those without `backup` first. */
function preference(snapshot: Snapshot, memory: Memory, policy: Policy): readonly string[] {
  if (policy.producers.length > 0) return policy.producers;
  if (memory.producers.length > 0) return memory.producers;
  for (const { sight } of snapshot.proxies) {
    if (sight.kind === 'unseen') continue;
    const { servers } = sight.value.workers[0];
    return [...servers.filter((s) => !s.backup), ...servers.filter((s) => s.backup)]
      .slice(0, MAX_PRODUCERS)
      .map((server) => server.name);
  }
  return [];
}

function carriesNow(workers: readonly WorkerView[], producers: readonly string[]): boolean {
  return workers
    .flatMap((worker) => worker.servers)
    .filter((server) => producers.includes(server.name))
    .some(
      ({ sessions, lastSessionS }) =>
        sessions > 0 || (lastSessionS !== null && lastSessionS * 1000 <= CARRIED_MS),
    );
}
