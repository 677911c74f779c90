// The judgement: one snapshot in, one decision out. Pure and total; the sentence that all of decide/ spells out.
import type { Gate, Judgement, PinOrder, Plan, Step } from '../domain/decision.ts';
import type { Memory, ProxyMemory } from '../domain/memory.ts';
import type { Move } from '../domain/peer.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { holds, holdsAny, planGates, proxyGates, unseenGates } from './closing.ts';
import { elect, type Election } from './election.ts';
import { gather, seenWhole, type Facts, type ProxyFacts } from './facts.ts';
import { failbackBlindness } from './failback.ts';
import { isHeeded } from './heed.ts';
import { isOverridden, pendingAfter, wantedOn } from './pending.ts';
import { beats, pinOrders, renewals } from './pins.ts';
import { recall } from './recall.ts';
import { diagnose } from './verdicts.ts';
import { agreementKey, isAstray, wantedSteps } from './wanted.ts';

export interface Decision extends Judgement {
  readonly memory: Memory;
}

/**
 * Decides what is, what is wanted, and what may be done now (design.md, "The loop").
 * The same input gives the same output; it never throws, whatever the numbers in the snapshot.
 */
export function decide(snapshot: Snapshot, memory: Memory, policy: Policy, now: Now): Decision {
  const facts = gather(snapshot, memory, policy, now);
  const recalled = recall(facts, memory);
  const election = elect(facts, recalled);
  const { target } = election;
  const wanted = wantedSteps(facts, recalled, target);
  const moved = afterElection(facts, recalled, election, wanted);
  const diagnosis = diagnose(facts, target, moved);
  const closing = close(facts, moved, election, wanted);
  const sinceMs = memory.verdict?.name === diagnosis.verdict ? memory.verdict.sinceMs : now.monoMs;
  const plan: Plan | null =
    closing.steps.length === 0 || target === null
      ? null
      : {
          target,
          reason: diagnosis.verdict,
          allOrNothing: moved.pendingMove,
          steps: closing.steps,
          sinceMs: moved.wrongSinceMs ?? now.monoMs,
        };
  const after = plan === null ? moved : begun(moved, plan, now);
  return {
    ...diagnosis,
    sinceMs,
    target,
    election: election.rule,
    why: election.why,
    producers: facts.producers,
    degraded: facts.proxies.filter((proxy) => !seenWhole(proxy)).map((proxy) => proxy.name),
    gates: [...election.gates, ...closing.gates].filter(firstOfItsKind),
    pins: pinsOf(facts, after, election),
    beats: beats(facts),
    drives: facts.proxies.filter((proxy) => proxy.drive).map((proxy) => proxy.name),
    move: moveOf(after, election, closing.ready),
    paused: after.paused,
    clearedWallMs: after.clearedWallMs,
    unheeded: facts.seen.filter((proxy) => !isHeeded(proxy.heed)).map((proxy) => proxy.name),
    override: after.override,
    wanted,
    plan,
    memory: { ...after, verdict: { name: diagnosis.verdict, sinceMs } },
  };
}

function pinsOf(facts: Facts, memory: Memory, { provisional }: Election): readonly PinOrder[] {
  if (memory.paused !== null) return renewals(facts);
  return provisional ? [] : pinOrders(facts, wantedOn(memory));
}

/** What is only assumed is told like a move that has not begun, from nowhere: no peer is to go by it. */
function moveOf(memory: Memory, { provisional }: Election, ready: boolean): Move | null {
  if (provisional) return { from: null, ready: false };
  return memory.pendingMove ? { from: memory.from, ready } : null;
}

/** Memory once the target is known: moves counted, and how many looks agree on what is to be closed where. */
function afterElection(
  facts: Facts,
  memory: Memory,
  election: Election,
  wanted: readonly Step[],
): Memory {
  const { now, policy } = facts;
  const moves = election.moved ? [...memory.moves, now.monoMs] : memory.moves;
  const flaps = election.moved && moves.length > policy.flapMax;
  const isMove = election.target !== memory.target;
  return {
    ...memory,
    target: election.provisional ? null : election.target,
    moves,
    flap: flaps
      ? { factor: Math.min(8, memory.flap.factor * 2), changedMs: now.monoMs }
      : memory.flap,
    ...pendingAfter(facts, memory, election),
    together: isMove ? election.together : memory.together,
    wrongSinceMs: wanted.length === 0 ? null : (memory.wrongSinceMs ?? now.monoMs),
    proxies: memory.proxies.map((was) =>
      agreed(facts, incident(facts, was, election.target), election.target, wanted),
    ),
  };
}

/** Forgets what was tried once a proxy is seen, old workers and all, with no session off the target. */
function incident(facts: Facts, was: ProxyMemory, target: string | null): ProxyMemory {
  const proxy = facts.proxies.find(({ name }) => name === was.name);
  const over =
    proxy !== undefined && seenWhole(proxy) && target !== null && !isAstray(facts, proxy, target);
  return over ? { ...was, climbed: [], hid: false } : was;
}

function agreed(
  facts: Facts,
  was: ProxyMemory,
  target: string | null,
  wanted: readonly Step[],
): ProxyMemory {
  const steps = wanted.filter((step) => step.proxy === was.name);
  const lookMs = facts.proxies.find((proxy) => proxy.name === was.name)?.lookMs ?? null;
  if (target === null || steps.length === 0 || lookMs === null) return { ...was, agreed: null };
  const key = agreementKey(target, steps);
  if (was.agreed?.key !== key) return { ...was, agreed: { key, looks: 1, lookMs } };
  // What HAProxy pushes brings looks within milliseconds of each other: together they show no more than one of them.
  if (!(lookMs - was.agreed.lookMs >= facts.policy.pollIntervalMs / 2)) return was;
  return { ...was, agreed: { key, looks: was.agreed.looks + 1, lookMs } };
}

interface Closing {
  /** The steps that may be taken now. */
  readonly steps: readonly Step[];
  /** What holds the others. */
  readonly gates: readonly Gate[];
  /** Of an all-or-nothing move: nothing holds it at the driven proxies but the peers. */
  readonly ready: boolean;
}

function close(
  facts: Facts,
  memory: Memory,
  { target, provisional }: Election,
  wanted: readonly Step[],
): Closing {
  if (target === null) {
    return { steps: [], gates: facts.seen.length === 0 ? unseenGates(facts) : [], ready: false };
  }
  const stepsAt = (proxy: ProxyFacts) => wanted.filter((step) => step.proxy === proxy.name);
  const general = [
    ...(provisional && wanted.length > 0 ? [halfSeen] : []),
    ...planGates(facts, memory, wanted),
  ];
  const local = facts.seen.flatMap((p) => proxyGates(facts, memory, p, target, stepsAt(p)));
  const healing = wanted.length > 0 || facts.inUse.length > 1 || facts.seen.length === 0;
  const unseen = healing ? unseenGates(facts) : [];
  const gates = [...general, ...local, ...unseen];
  const held = holdsAll(facts, memory, local.filter(holdsAny));
  const own = general.filter(({ gate }) => gate !== 'peer-disagrees');
  const idle = facts.proxies.every((proxy) => !proxy.drive || stepsAt(proxy).length === 0);
  const ready = !held && (idle || own.length === 0);
  if (general.length > 0 || (memory.pendingMove && held)) return { steps: [], gates, ready };
  const free = (step: Step) => !local.some((gate) => holds(gate, step, memory));
  return { steps: wanted.filter(free), gates, ready };
}

const halfSeen: Gate = {
  gate: 'unconfirmed',
  proxy: null,
  untilMs: null,
  reason:
    'nothing is remembered, and not every proxy has been seen yet: it may carry what decides where all belong',
};

/** Of an all-or-nothing move: a gate at one driven proxy holds every proxy, and so does one out of sight, but for an operator's will. */
function holdsAll(facts: Facts, memory: Memory, holding: readonly Gate[]): boolean {
  const driven = facts.proxies.filter((proxy) => proxy.drive).map((proxy) => proxy.name);
  const blind = !isOverridden(memory) && failbackBlindness(facts).length > 0;
  return blind || holding.some((gate) => driven.includes(gate.proxy ?? ''));
}

function begun(memory: Memory, plan: Plan, now: Now): Memory {
  const stepsAt = (name: string) => plan.steps.filter((step) => step.proxy === name);
  return {
    ...memory,
    pendingMove: false,
    plans: [...memory.plans, now.monoMs],
    proxies: memory.proxies.map((was) => {
      const steps = stepsAt(was.name);
      if (steps.length === 0) return was;
      const hid = was.hid && steps.every((step) => step.action !== 'close-session');
      return { ...was, agreed: null, hid, actingMs: now.monoMs };
    }),
  };
}

/** The election and the closing may both name `blind` for a proxy; once is enough. */
function firstOfItsKind(gate: Gate, index: number, gates: readonly Gate[]): boolean {
  return (
    index === gates.findIndex((other) => other.gate === gate.gate && other.proxy === gate.proxy)
  );
}
