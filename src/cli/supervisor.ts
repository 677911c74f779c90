// One supervisor, wired: the rooms that meet the world, joined to the loop that turns.
import { makeActor } from '../act/actor.ts';
import type { PinOptions } from '../act/write-pins.ts';
import { followPeers } from '../coordinate/follow-peers.ts';
import { throughPeers } from '../coordinate/through-peers.ts';
import { recollect } from '../decide/recollect.ts';
import { rehearse } from '../decide/rehearse.ts';
import { remember } from '../decide/remember.ts';
import type { Config } from '../domain/config.ts';
import type { Memory } from '../domain/memory.ts';
import type { Log } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { loop, type Stages } from '../loop.ts';
import { watch } from '../observe/watch.ts';
import { makeEvents } from '../report/events.ts';
import { startHttp } from '../report/http.ts';
import { openJournal } from '../report/journal.ts';
import type { ListenFault } from '../report/listen-fault.ts';
import { makeMetrics } from '../report/metrics.ts';
import { bugWarner } from './known-bad.ts';
import { followAll } from './follow.ts';
import { makeOrderBook, type Rehearse } from './orders.ts';
import { dropLinks, reachProxies } from './proxies.ts';
import { releasePins } from './release.ts';
import { sourcesOf, type Last } from './sources.ts';
import { makeTeller } from './tell.ts';
import { pinTeller } from './tell-pins.ts';
import type { World } from './world.ts';

export interface Supervisor {
  /** Whether the loop turns, as `/healthz` has it. */
  turns(): boolean;
  /**
   * Abandons what is under way, closes everything, and gives back what it remembered; within a second. Its pins are left
   * to their lease or, with `release`, released, which may take another second.
   */
  stop(how?: { readonly release: boolean }): Promise<Memory>;
}

/** Starts to watch and, where the mode allows it, to act. */
export async function startSupervisor(
  world: World,
  config: Config,
  log: Log,
  /** `carried`: the memory of a supervisor that ran before; `onRound` is called at the end of every round. */
  { carried, onRound }: { readonly carried: Memory | null; readonly onRound: () => void },
): Promise<Result<Supervisor, ListenFault>> {
  const { clock } = world;
  const { policy } = config;
  const journal = await openJournal(config.journal, log, clock);
  const metrics = makeMetrics(config, { version: world.version, node: process.version });
  const events = makeEvents(clock);
  const last: Last = { round: null, tickMs: clock.now().monoMs };
  // Before the first round every proxy is looked at anyhow.
  const lookNow = () => {
    if (last.round !== null) for (const { name } of proxies) watching.nudge(name);
  };
  const rehearsed: Rehearse = (...order) =>
    last.round === null ? null : rehearse(last.round, ...order);
  const latest = () => last.round?.judgement ?? null;
  const book = makeOrderBook(config, clock, latest, lookNow, rehearsed);
  const answering = { metrics, journal, orders: book.orders, events, version: world.version };
  const sources = sourcesOf(config, last, answering, clock);
  const http = await startHttp(config, sources, log, clock);
  if (!http.ok) {
    await journal.close();
    return http;
  }
  const tell = makeTeller(config, { log, journal, metrics, events, clock, last });
  const stopping = new AbortController();
  const proxies = reachProxies(world, config);
  const driven = proxies.filter((proxy) => proxy.drive !== false);
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
    onOutcome: tell.outcome,
    onBeat: tell.beat,
  });
  const pace = { intervalMs: policy.pollIntervalMs, timeoutMs: policy.pollTimeoutMs };
  const watching = watch(
    proxies,
    {
      ...pace,
      clock,
      onLook: (proxy, seconds, result) => {
        metrics.observeLook(proxy, seconds, result.ok);
        following.lookedAt(proxy, result);
      },
    },
    stopping.signal,
  );
  const following = followAll(
    proxies,
    config,
    clock,
    (proxy) => watching.nudge(proxy),
    stopping.signal,
  );
  const { cluster, backend } = config;
  const producers = () => last.round?.judgement.producers ?? policy.producers;
  const peers = followPeers(
    config.peers,
    { ...pace, cluster, backend, producers, clock, onNews: lookNow },
    stopping.signal,
  );
  const names = config.proxies.map(({ name }) => name);
  const { records, readable } = journal.restored;
  const warnOfBugs = bugWarner(log);
  const memory = carried ?? recollect(readable ? records : null, policy, clock.now());
  const stages: Stages = {
    observe: async () => {
      const seen = await watching.next();
      if (seen === null || config.peers.length === 0) return seen;
      const nowMs = clock.now().monoMs;
      const before = last.round?.snapshot ?? null;
      return throughPeers(seen, names, peers.sights(nowMs), { ...pace, nowMs, before });
    },
    orders: () => book.take(),
    announce: tell.announce,
    act: (judgement) => actor.act(judgement),
    report: (round) => {
      warnOfBugs(round.snapshot);
      last.round = round;
      last.tickMs = round.now.monoMs;
      tell.round(round, sources.view());
      onRound();
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
    await tell.stop();
    await http.value.close();
    await journal.close();
    return remember(remembered, actor.act(NOTHING), clock.now());
  };
  const turns = () => sources.sinceTickMs() <= sources.tickLimitMs;
  return { ok: true, value: { turns, stop } };
}

const NOTHING = { plan: null, pins: [], beats: [], verdict: 'blind', target: null } as const;
