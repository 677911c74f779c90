// One supervisor, wired: the rooms that meet the world, joined to the loop that turns.
import { makeActor } from '../act/actor.ts';
import type { PinOptions } from '../act/write-pins.ts';
import { recollect } from '../decide/recollect.ts';
import { remember } from '../decide/remember.ts';
import type { Config } from '../domain/config.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { loop, type Round, type Stages } from '../loop.ts';
import { watch } from '../observe/watch.ts';
import { announceDecision, announceOutcome, changed } from '../report/announce.ts';
import { startHttp, type ListenFault } from '../report/http.ts';
import { openJournal, outcomeRecord } from '../report/journal.ts';
import { makeMetrics } from '../report/metrics.ts';
import { rfc3339 } from '../report/wall.ts';
import { bugWarner } from './known-bad.ts';
import { followAll } from './follow.ts';
import { makeOrderBook } from './orders.ts';
import { dropLinks, reachProxies } from './proxies.ts';
import { releasePins } from './release.ts';
import { sourcesOf, type Last } from './sources.ts';
import { pinTeller } from './tell-pins.ts';
import type { World } from './world.ts';

export interface Supervisor {
  /**
   * Abandons what is under way, closes everything, and gives back what it remembered; within a second. Its pins are left
   * to their lease or, with `release`, released, which may take another second.
   */
  stop(how?: { readonly release: boolean }): Promise<Memory>;
}

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
  const latest = () => last.round?.judgement ?? null;
  const book = makeOrderBook(config, clock, latest, () => {
    // Before the first round every proxy is looked at anyhow.
    if (last.round !== null) for (const { name } of proxies) watching.nudge(name);
  });
  const sources = sourcesOf(config, last, { metrics, journal, orders: book.orders }, clock);
  const http = await startHttp(config, sources, log, clock);
  if (!http.ok) {
    await journal.close();
    return http;
  }
  const stopping = new AbortController();
  const proxies = reachProxies(world, config);
  const driven = proxies.filter((proxy) => proxy.drive);
  const pinning: PinOptions = {
    proxies: driven,
    pinTable: config.pinTable,
    pollTimeoutMs: policy.pollTimeoutMs,
    clock,
    onPin: pinTeller(log, journal, metrics, clock),
  };
  const actor = makeActor({
    ...pinning,
    backend: config.backend,
    proxies: driven,
    warmupMs: policy.warmupMs,
    verifyWithinMs: policy.verifyWithinMs,
    verifyReturnMs: policy.verifyReturnMs,
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
      onLook: (proxy, seconds, result) => {
        metrics.observeLook(proxy, seconds, result.ok);
        events.lookedAt(proxy, result);
      },
    },
    stopping.signal,
  );
  const events = followAll(
    proxies,
    config,
    clock,
    (proxy) => watching.nudge(proxy),
    stopping.signal,
  );
  const { records, readable } = journal.restored;
  const warnOfBugs = bugWarner(log);
  const memory = carried ?? recollect(readable ? records : null, policy, clock.now());
  const stages: Stages = {
    observe: () => watching.next(),
    orders: () => book.take(),
    announce: async (round) => {
      if (!changed(latest(), round.judgement)) return;
      announceDecision(log, latest(), round, faultText);
      await journal.append(recordOf(round));
    },
    act: (judgement) => actor.act(judgement),
    report: (round) => {
      warnOfBugs(round.snapshot);
      metrics.observeDecision(round.judgement, round.snapshot, round.now);
      last.round = round;
      last.tickMs = round.now.monoMs;
    },
  };
  const turning = loop(stages, memory, policy, clock);
  const stop: Supervisor['stop'] = async (how) => {
    stopping.abort();
    await actor.stop();
    const remembered = await turning;
    const ours = how?.release === true && policy.mode === 'converge';
    if (ours && last.round !== null) await releasePins(pinning, last.round);
    dropLinks(proxies);
    await http.value.close();
    await journal.close();
    return remember(remembered, actor.act(NOTHING), clock.now());
  };
  return { ok: true, value: { stop } };
}

const NOTHING = { plan: null, pins: [], verdict: 'blind', target: null } as const;

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
