// What would bring every session to the target, and every gate that holds it back now.
import type { Gate, Step } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { sessionsAt, unfitAt, type Facts, type ProxyFacts } from './facts.ts';
import { memoryOf } from './memory.ts';
import { leadsTo, nextServers } from './steering.ts';

/** Looks needed after the loop stood still. */
const FRESH_LOOKS = 2;

/** Sessions off the target where the target is fit to go to; what an operator drains is left to end by itself. */
export function wantedSteps(facts: Facts, target: string | null): readonly Step[] {
  if (target === null) return [];
  return facts.seen
    .filter((proxy) => unfitAt(facts, proxy, target) === null)
    .flatMap((proxy) =>
      strays(facts, proxy, target)
        .filter((server) => server.health !== 'drain')
        .map((server): Step => ({
          action: 'close-server',
          proxy: proxy.name,
          pid: proxy.serving?.pid ?? 0,
          server: server.name,
          sessions: server.sessions,
        })),
    );
}

/** Servers of other producers that have sessions in the serving worker. */
function strays(facts: Facts, proxy: ProxyFacts, target: string) {
  return (proxy.serving?.servers ?? []).filter(
    (server) =>
      server.name !== target && facts.producers.includes(server.name) && server.sessions > 0,
  );
}

/** What two looks must agree on before a proxy is touched. */
export function agreementKey(target: string, steps: readonly Step[]): string {
  return [target, ...steps.map((step) => `${step.pid}/${step.server}`).toSorted()].join(' ');
}

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
      reason: 'mode is observe: nothing is closed; set mode: converge to let mainstay act',
    });
  }
  if (memory.plans.length >= policy.budgetMax) {
    const oldest = Math.min(...memory.plans);
    gates.push({
      gate: 'budget',
      proxy: null,
      untilMs: policy.budgetMax === 0 ? null : Math.max(now.monoMs, oldest + policy.budgetWithinMs),
      reason: `${memory.plans.length} plans were begun within ${policy.budgetWithinMs / 1000}s, no more than ${policy.budgetMax} may be: look for what keeps bringing sessions back`,
    });
  }
  return gates;
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
  const gates: Gate[] = [...drainGates(facts, proxy, target, shut)];
  if (!proxy.drive) {
    gates.push(shut('not-driver', `this supervisor does not drive ${proxy.name}`));
  }
  const coolMs = (was.closedMs ?? -Infinity) + policy.cooldownMs;
  if (was.actingMs !== null) {
    gates.push(
      shut(
        'cooldown',
        `the last closing at ${proxy.name} has not ended: its sessions are waited for`,
      ),
    );
  } else if (!(coolMs <= now.monoMs)) {
    gates.push(
      shut('cooldown', `sessions at ${proxy.name} were closed lately, or may have been`, coolMs),
    );
  }
  const looks = was.agreed?.looks ?? 0;
  if (looks < policy.confirm) {
    gates.push(shut('unconfirmed', `${looks} of ${policy.confirm} looks at ${proxy.name} agree`));
  }
  if (memory.stalledMs !== null && was.freshLooks < FRESH_LOOKS) {
    gates.push(
      shut(
        'stalled',
        `the loop stood still or the clock jumped: ${was.freshLooks} of ${FRESH_LOOKS} fresh looks at ${proxy.name}`,
      ),
    );
  }
  if (proxy.serving !== null && !leadsTo(proxy.serving, target)) {
    gates.push(shut('not-steerable', wayward(nextServers(proxy.serving), target)));
  }
  return gates;
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
  if (unfit === null) return drainGates(facts, proxy, target, shut);
  const untilMs = unfit.opensInMs === null ? null : facts.now.monoMs + unfit.opensInMs;
  return [shut('target-not-up', unfit.why, untilMs)];
}

function drainGates(facts: Facts, proxy: ProxyFacts, target: string, shut: Shut): readonly Gate[] {
  return strays(facts, proxy, target)
    .filter((server) => server.health === 'drain')
    .map(({ name }) =>
      shut('draining', `${name} is draining at ${proxy.name}: its sessions are left to end`),
    );
}

/** Whether a proxy has sessions on another producer than the target, in any of its workers. */
export function isAstray(facts: Facts, proxy: ProxyFacts, target: string): boolean {
  return facts.producers.some((p) => p !== target && sessionsAt(proxy, p) > 0);
}

/** Of these, the ones that hold a closing at the proxy: a drain only leaves its own sessions out. */
export function holds(gate: Gate): boolean {
  return gate.gate !== 'draining';
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
