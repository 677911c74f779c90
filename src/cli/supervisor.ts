// One supervisor, wired: the rooms that meet the world, joined to the loop that turns.
import { makeActor, type Actor } from '../act/actor.ts';
import { recollect } from '../decide/recollect.ts';
import { remember } from '../decide/remember.ts';
import type { Config } from '../domain/config.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { loop, type Round, type Stages } from '../loop.ts';
import { watch } from '../observe/watch.ts';
import { announceDecision, announceOutcome, changed } from '../report/announce.ts';
import { startHttp, type HttpServer, type ListenFault } from '../report/http.ts';
import { openJournal, outcomeRecord, type OpenJournal } from '../report/journal.ts';
import { makeMetrics, type Metrics } from '../report/metrics.ts';
import { toStatus } from '../report/status.ts';
import { rfc3339 } from '../report/wall.ts';
import { bugWarner } from './known-bad.ts';
import { dropLinks, reachProxies, type ReachedProxy } from './proxies.ts';
import type { World } from './world.ts';

export interface Supervisor {
  /** Abandons what is under way, closes everything, and gives back what it remembered; within a second. */
  stop(): Promise<Memory>;
}

/** The loop may be late by this much before `/healthz` says that it is stuck. */
const TURN_GRACE_MS = 5000;

/** Starts to watch and, where the mode allows it, to act. `carried`: the memory of a supervisor that ran before. */
export async function startSupervisor(
  world: World,
  config: Config,
  log: Log,
  carried: Memory | null,
): Promise<Result<Supervisor, ListenFault>> {
  const { clock } = world;
  const { policy } = config;
  const journal = await openJournal(config.journal, log, clock);
  const metrics = makeMetrics(config, { version: world.version, node: process.version });
  const last: Last = { round: null, tickMs: clock.now().monoMs };
  const http = await startHttp(
    config,
    sourcesOf(config, last, metrics, journal, world),
    log,
    clock,
  );
  if (!http.ok) {
    await journal.close();
    return http;
  }
  const stopping = new AbortController();
  const proxies = reachProxies(world, config);
  const actor = makeActor({
    backend: config.backend,
    proxies: proxies.filter((proxy) => proxy.drive),
    warmupMs: policy.warmupMs,
    verifyWithinMs: policy.verifyWithinMs,
    verifyReturnMs: policy.verifyReturnMs,
    clock,
    onOutcome: (outcome) => {
      if (outcome.returned === null) metrics.observeOutcome(outcome);
      announceOutcome(log, outcome, faultText);
      void journal.append(outcomeRecord(outcome, clock.now()));
    },
  });
  const watching = watch(
    proxies,
    {
      intervalMs: policy.pollIntervalMs,
      timeoutMs: policy.pollTimeoutMs,
      clock,
      onLook: (proxy, seconds, ok) => metrics.observeLook(proxy, seconds, ok),
    },
    stopping.signal,
  );
  const { records, readable } = journal.restored;
  const warnOfBugs = bugWarner(log);
  const memory = carried ?? recollect(readable ? records : null, policy, clock.now());
  const stages: Stages = {
    observe: () => watching.next(),
    announce: async (round) => {
      if (!changed(last.round?.judgement ?? null, round.judgement)) return;
      announceDecision(log, last.round?.judgement ?? null, round, faultText);
      await journal.append(recordOf(round));
    },
    act: (plan) => actor.act(plan),
    report: (round) => {
      warnOfBugs(round.snapshot);
      metrics.observeDecision(round.judgement, round.snapshot, round.now);
      last.round = round;
      last.tickMs = round.now.monoMs;
    },
  };
  const turning = loop(stages, memory, policy, clock);
  return {
    ok: true,
    value: { stop: () => stop(world, stopping, actor, turning, proxies, http.value, journal) },
  };
}

interface Last {
  round: Round | null;
  tickMs: number;
}

async function stop(
  { clock }: World,
  stopping: AbortController,
  actor: Actor,
  turning: Promise<Memory>,
  proxies: readonly ReachedProxy[],
  http: HttpServer,
  journal: OpenJournal,
): Promise<Memory> {
  stopping.abort();
  await actor.stop();
  const memory = await turning;
  dropLinks(proxies);
  await http.close();
  await journal.close();
  return remember(memory, actor.act(null), clock.now());
}

function sourcesOf(
  { cluster, backend, policy }: Config,
  last: Last,
  metrics: Metrics,
  journal: OpenJournal,
  { clock }: World,
) {
  return {
    metrics,
    sinceTickMs: () => clock.now().monoMs - last.tickMs,
    tickLimitMs: 2 * policy.pollIntervalMs + TURN_GRACE_MS,
    unready: () => {
      const driven = policy.proxies.filter((proxy) => proxy.drive).map((proxy) => proxy.name);
      // Not the decision's `degraded`: a proxy whose old workers are hidden is seen all the same.
      const sights = last.round?.snapshot.proxies ?? [];
      const seen = sights.filter(({ sight }) => sight.kind === 'seen').map(({ name }) => name);
      return driven.filter((name) => !seen.includes(name));
    },
    status: (): Status | null =>
      last.round === null
        ? null
        : toStatus({
            source: 'daemon',
            cluster,
            backend,
            mode: policy.mode,
            ...last.round,
            faultText,
          }),
    decisions: (limit: number) => journal.decisions(limit),
  };
}

function recordOf({ now, snapshot, memory, policy, judgement }: Round) {
  const at = rfc3339(now, now.monoMs);
  return {
    v: 1,
    at,
    kind: 'decision',
    now,
    snapshot,
    memory,
    policy,
    decision: judgement,
  } as const;
}
