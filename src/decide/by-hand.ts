// Converging by hand: the same facts and fitnesses, an operator's will in place of the election's patience.
import type { Gate, PinOrder, Plan, Step } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { GateName, Verdict } from '../domain/verdict.ts';
import type { Snapshot } from '../domain/view.ts';
import { proxyGates, unseenGates } from './closing.ts';
import { decide, type Decision } from './decide.ts';
import { fitEverywhere, gather, type Facts, type ProxyFacts } from './facts.ts';
import { memoryOf } from './memory.ts';
import { pinOrders } from './pins.ts';
import { diagnose } from './verdicts.ts';
import { agreementKey, wantedSteps } from './wanted.ts';

/** What the operator asks for. */
export interface Wish {
  /** The producer to go to; null: the most preferred that is fit to go to everywhere, at least the supervisor's target. */
  readonly to: string | null;
  /** The only proxy to touch; null: all. */
  readonly proxy: string | null;
  /** Pass every gate but those of invariant 1, and a level that is too low. */
  readonly force: boolean;
}

/** One look at all proxies, and when it was judged. */
export interface Sighting {
  readonly snapshot: Snapshot;
  readonly now: Now;
}

export interface HandDecision {
  /** What the supervisor itself would say of the last look. */
  readonly decision: Decision;
  /** The diagnosis by the target below, and the id of its rule. */
  readonly verdict: Verdict;
  readonly rule: string;
  readonly target: string | null;
  readonly why: string;
  /** What would bring every session to the target, at the proxies that are meant. */
  readonly wanted: readonly Step[];
  /** Shut gates that stop it. */
  readonly held: readonly Gate[];
  /** Shut gates that are only said. */
  readonly passed: readonly Gate[];
  /** The pins that would send new connections to the target, at the proxies that are meant. */
  readonly pins: readonly PinOrder[];
  /** Null: nothing to do, or held. */
  readonly plan: Plan | null;
}

/** design.md, "Gates", column "by hand": these stop a person; forced, only those of invariant 1 and what cannot be done at all. The rest is said. */
export const STOPS_FORCED: readonly GateName[] = [
  'not-steerable',
  'target-not-up',
  'level-too-low',
];
const STOPS: readonly GateName[] = ['unconfirmed', 'stalled', ...STOPS_FORCED];

/** Judges the last of several looks, oldest first, by what all of them agree on. Pure, as `decide` is. */
export function decideByHand(
  looks: readonly [Sighting, ...Sighting[]],
  memory: Memory,
  policy: Policy,
  wish: Wish,
): HandDecision {
  const last = looks.at(-1) ?? looks[0];
  const decision = decide(last.snapshot, memory, policy, last.now);
  // A person drives every proxy, whatever the supervisor may.
  const driven: Policy = {
    ...policy,
    mode: 'converge',
    proxies: policy.proxies.map((own) => ({ ...own, drive: true })),
  };
  const facts = gather(last.snapshot, memory, driven, last.now);
  const { target, why } = choose(facts, decision, wish);
  const { verdict, rule } = diagnose(facts, target, memory);
  const meant = (name: string | null) => wish.proxy === null || name === wish.proxy;
  const wanted = wantedSteps(facts, memory, target).filter((step) => meant(step.proxy));
  const agreed = withAgreement(looks, memory, driven, target);
  const stepsAt = ({ name }: ProxyFacts) => wanted.filter((step) => step.proxy === name);
  const gates = [
    ...(target === null
      ? []
      : facts.seen.flatMap((proxy) => proxyGates(facts, agreed, proxy, target, stepsAt(proxy)))),
    ...unseenGates(facts),
  ].filter((gate) => meant(gate.proxy));
  const stops = wish.force ? STOPS_FORCED : STOPS;
  const held = gates.filter((gate) => stops.includes(gate.gate));
  const idle = target === null || wanted.length === 0 || held.length > 0;
  return {
    decision,
    verdict,
    rule,
    target,
    why,
    wanted,
    held,
    passed: gates.filter((gate) => !held.includes(gate)),
    pins: pinOrders(facts, target).filter((order) => meant(order.proxy)),
    plan: idle
      ? null
      : {
          target,
          reason: verdict,
          allOrNothing: true,
          steps: wanted,
          sinceMs: last.now.monoMs,
        },
  };
}

function choose(facts: Facts, decision: Decision, { to }: Wish) {
  if (to !== null) return { target: to, why: 'as asked for by hand' };
  const { target } = decision;
  const better = target === null ? [] : facts.producers.slice(0, facts.producers.indexOf(target));
  const best = better.find((producer) => fitEverywhere(facts, producer));
  return best === undefined
    ? { target, why: decision.why }
    : { target: best, why: 'the most preferred producer that is fit to go to everywhere' };
}

/** Memory that says of each proxy how many of the last looks in a row call for the same closing. */
function withAgreement(
  looks: readonly Sighting[],
  memory: Memory,
  policy: Policy,
  target: string | null,
): Memory {
  const keys = looks.map(({ snapshot, now }) => {
    const steps = wantedSteps(gather(snapshot, memory, policy, now), memory, target);
    return (name: string) =>
      agreementKey(
        target ?? '',
        steps.filter((s) => s.proxy === name),
      );
  });
  return {
    ...memory,
    proxies: policy.proxies.map(({ name }) => {
      const [key = '', ...before] = keys.map((keyOf) => keyOf(name)).toReversed();
      const other = before.findIndex((earlier) => earlier !== key);
      const count = 1 + (other === -1 ? before.length : other);
      return { ...memoryOf(memory, name), agreed: { key, looks: count, lookMs: 0 } };
    }),
  };
}
