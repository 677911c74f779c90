// Every gate that holds a closing back now, and which steps it holds.
import type { Gate, Step } from '../domain/decision.ts';
import type { Memory, ProxyMemory } from '../domain/memory.ts';
import { seenHere, unfitAt, type Facts, type ProxyFacts } from './facts.ts';
import { levelGap } from './ladder.ts';
import { memoryOf } from './memory.ts';
import { judgePartition } from './partial.ts';
import { peerGates } from './peers.ts';
import { isOverridden } from './pending.ts';
import { comesTo, pinOnceOrdered } from './pins.ts';
import { nextUnder } from './steering.ts';
import { isAstray, strays } from './wanted.ts';
import { span } from './words.ts';

/** Looks needed after the loop stood still. */
const FRESH_LOOKS = 2;

/** Every shut gate that concerns the whole plan. */
export function planGates(facts: Facts, memory: Memory, wanted: readonly Step[]): readonly Gate[] {
  const { now, policy } = facts;
  if (wanted.length === 0) return [];
  const gates: Gate[] = [];
  if (policy.mode === 'observe') {
    gates.push({
      gate: 'observe-only',
      proxy: null,
      untilMs: null,
      reason: 'mode is observe: mainstay only says what it would do',
    });
  }
  if (memory.paused !== null) {
    const { untilWallMs } = memory.paused;
    gates.push({
      gate: 'paused',
      proxy: null,
      untilMs: untilWallMs === null ? null : now.monoMs + untilWallMs - now.wallMs,
      reason: 'an operator has paused mainstay: nothing is closed',
    });
  }
  if (memory.plans.length >= policy.budgetMax && !passesWaits(memory)) {
    const oldest = Math.min(...memory.plans);
    gates.push({
      gate: 'budget',
      proxy: null,
      untilMs: policy.budgetMax === 0 ? null : Math.max(now.monoMs, oldest + policy.budgetWithinMs),
      reason: overBudget(memory.plans.length, policy),
    });
  }
  const dueMs = awaitsPartition(facts, memory);
  if (dueMs !== null) {
    const reason = `the target is down at some proxies: if that lasts everybody goes elsewhere, and who is sent to it now is moved twice`;
    gates.push({ gate: 'unconfirmed', proxy: null, untilMs: dueMs, reason });
  }
  const isVoluntary = memory.pendingMove && !isOverridden(memory);
  return isVoluntary ? [...gates, ...peerGates(facts, memory)] : gates;
}

function overBudget(plans: number, { budgetMax, budgetWithinMs }: Facts['policy']): string {
  if (budgetMax === 0) return 'budget.max is 0: nothing may be closed at all';
  return `sessions were closed ${plans} times within ${span(budgetWithinMs)}, or may have been; the budget is ${budgetMax}`;
}

/** When a partition that is only waited for moves everybody off the target; null: none does. */
function awaitsPartition(facts: Facts, memory: Memory): number | null {
  if (memory.target === null || memory.pendingMove) return null;
  return judgePartition(facts, memory, memory.target)?.dueMs ?? null;
}

/** Every shut gate at one proxy that is seen. */
export function proxyGates(
  facts: Facts,
  memory: Memory,
  proxy: ProxyFacts,
  target: string,
  steps: readonly Step[],
): readonly Gate[] {
  const shut = (gate: Gate['gate'], reason: string, untilMs: number | null = null): Gate => ({
    gate,
    proxy: proxy.name,
    untilMs,
    reason,
  });
  if (steps.length === 0) return idleGates(facts, proxy, target, shut);
  const { now, policy } = facts;
  const was = memoryOf(memory, proxy.name);
  const gates: Gate[] = [...ownGates(facts, proxy, target, steps, shut)];
  if (proxy.undriven !== null) {
    gates.push(shut('not-driver', proxy.undriven));
  } else if (!seenHere(proxy)) {
    gates.push(
      shut('blind', `${proxy.name} is seen through a peer alone: nothing is closed there`),
    );
  }
  const coolMs = (was.closedMs ?? -Infinity) + policy.cooldownMs;
  if (was.actingMs !== null) {
    gates.push(
      shut(
        'cooldown',
        `the last closing at ${proxy.name} has not ended: its sessions are waited for`,
      ),
    );
  } else if (
    !(coolMs <= now.monoMs) &&
    !passesWaits(memory) &&
    steps.some((step) => !goesOn(step, was))
  ) {
    gates.push(
      shut('cooldown', `sessions at ${proxy.name} were closed lately, or may have been`, coolMs),
    );
  }
  const looks = was.agreed?.looks ?? 0;
  if (looks < policy.confirm) {
    gates.push(
      shut(
        'unconfirmed',
        `${looks} of ${policy.confirm} looks at ${proxy.name} agree on what is to be closed`,
      ),
    );
  }
  if (memory.stalledMs !== null && was.freshLooks < FRESH_LOOKS) {
    gates.push(
      shut(
        'stalled',
        `mainstay stood still or the clock jumped: ${was.freshLooks} of ${FRESH_LOOKS} fresh looks at ${proxy.name} since then`,
      ),
    );
  }
  if (proxy.serving !== null && !comesTo(facts, proxy, target)) {
    const next = nextUnder(proxy.serving, pinOnceOrdered(facts, proxy, target));
    gates.push(shut('not-steerable', wayward(next, target)));
  }
  return gates;
}

/** The first plan of a move by an operator's will waits for no cooldown and no budget. */
function passesWaits(memory: Memory): boolean {
  return memory.pendingMove && isOverridden(memory);
}

function wayward(next: readonly string[], target: string): string {
  const surely = next.includes(target) ? 'surely ' : '';
  return `new connections there go to ${next.join(' or ') || 'nobody'}: what is closed would not ${surely}come to ${target}`;
}

type Shut = (gate: Gate['gate'], reason: string, untilMs?: number | null) => Gate;

/** Nothing is to be closed here: because the target is not fit, because of a drain, or because all is well. */
function idleGates(facts: Facts, proxy: ProxyFacts, target: string, shut: Shut): readonly Gate[] {
  if (!isAstray(facts, proxy, target)) return [];
  const unfit = unfitAt(facts, proxy, target);
  if (unfit === null) return ownGates(facts, proxy, target, [], shut);
  const untilMs = unfit.opensInMs === null ? null : facts.now.monoMs + unfit.opensInMs;
  return [shut('target-not-up', unfit.why, untilMs)];
}

/** What keeps some sessions in the serving worker from having a step at all: an operator's drain, or a low level. */
function ownGates(
  facts: Facts,
  proxy: ProxyFacts,
  target: string,
  steps: readonly Step[],
  shut: Shut,
): readonly Gate[] {
  const astray = strays(facts, proxy.serving, target);
  const drained = astray.filter((server) => server.health === 'drain');
  const stuck =
    drained.length < astray.length && steps.every((step) => step.action === 'close-session');
  return [
    ...drained.map(({ name }) =>
      shut('draining', `${name} is draining at ${proxy.name}: its sessions are left to end`),
    ),
    ...(stuck ? [shut('level-too-low', levelGap(proxy))] : []),
  ];
}

/** Whether a gate holds an all-or-nothing plan: a drain only leaves its own sessions out. */
export function holdsAny({ gate }: Gate): boolean {
  return gate !== 'draining';
}

/** Whether a gate holds this step. A level says nothing of old workers, which are reached through the master. */
export function holds(gate: Gate, step: Step, memory: Memory): boolean {
  if (gate.proxy !== step.proxy || gate.gate === 'draining') return false;
  if (gate.gate === 'level-too-low') return step.action !== 'close-session';
  return gate.gate !== 'cooldown' || !goesOn(step, memoryOf(memory, step.proxy));
}

/**
 * A plan once begun is not stopped by cooldown: the next rung after one that failed, and the sessions that a reload has
 * hidden. Each comes to pass once an incident.
 */
function goesOn({ action }: Step, { actingMs, climbed, hid }: ProxyMemory): boolean {
  if (actingMs !== null) return false;
  return action === 'close-session' ? hid : action !== 'close-server' && climbed.length > 0;
}

/** Proxies that cannot be seen while there is something to heal: nothing is done there. */
export function unseenGates(facts: Facts): readonly Gate[] {
  return facts.proxies
    .filter((proxy) => proxy.serving === null)
    .map((proxy) => ({
      gate: 'blind' as const,
      proxy: proxy.name,
      untilMs: null,
      reason: `${proxy.name} is not seen: nothing is closed there`,
    }));
}
