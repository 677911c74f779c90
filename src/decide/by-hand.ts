// Converging by hand: the same facts and fitnesses, an operator's will in place of the election's patience.
import type { Gate, Plan, Step } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { GateName } from '../domain/verdict.ts';
import type { Snapshot } from '../domain/view.ts';
import { proxyGates, unseenGates, wantedSteps } from './closing.ts';
import { decide, type Decision } from './decide.ts';
import { fitEverywhere, gather, type Facts } from './facts.ts';

/** What the operator asks for. */
export interface Wish {
  /** The producer to go to; null: the most preferred that is fit to go to everywhere. */
  readonly to: string | null;
  /** The only proxy to touch; null: all. */
  readonly proxy: string | null;
  /** Pass every gate but those of invariant 1. */
  readonly force: boolean;
}

export interface HandDecision {
  /** What the supervisor itself would say of the same looks. */
  readonly decision: Decision;
  readonly target: string | null;
  readonly why: string;
  /** What would bring every session to the target, at the proxies that are meant. */
  readonly wanted: readonly Step[];
  /** Shut gates that stop it. */
  readonly held: readonly Gate[];
  /** Shut gates that are only said. */
  readonly passed: readonly Gate[];
  /** Null: nothing to do, or held. */
  readonly plan: Plan | null;
}

/** design.md, "Gates", column "by hand": what stops a person, forced or not; the rest is said. */
const STOPS: readonly GateName[] = ['unconfirmed', 'stalled', 'not-steerable', 'target-not-up'];
const STOPS_FORCED: readonly GateName[] = ['not-steerable', 'target-not-up'];

/** Judges looks taken one after the other, oldest first; there must be one at least. Pure, as `decide` is. */
export function decideByHand(
  looks: readonly { readonly snapshot: Snapshot; readonly now: Now }[],
  memory: Memory,
  policy: Policy,
  wish: Wish,
): HandDecision {
  const [decision, last] = lookThrough(looks, memory, policy);
  const facts = gather(last.snapshot, decision.memory, policy, last.now);
  const { target, why } = choose(facts, decision, wish);
  const meant = (name: string | null) => wish.proxy === null || name === null || name === wish.proxy;
  const wanted = wantedSteps(facts, target).filter((step) => meant(step.proxy));
  const gates =
    target === null
      ? unseenGates(facts)
      : [
          ...facts.seen.flatMap((proxy) =>
            proxyGates(
              facts,
              agreedBy(decision.memory, looks.length),
              proxy,
              target,
              wanted.filter((step) => step.proxy === proxy.name),
            ),
          ),
          ...unseenGates(facts),
        ].filter((gate) => meant(gate.proxy));
  const stops = wish.force ? STOPS_FORCED : STOPS;
  const held = gates.filter((gate) => stops.includes(gate.gate));
  return {
    decision,
    target,
    why,
    wanted,
    held,
    passed: gates.filter((gate) => !held.includes(gate)),
    plan:
      target === null || wanted.length === 0 || held.length > 0
        ? null
        : {
            target,
            reason: decision.verdict,
            allOrNothing: true,
            steps: wanted,
            sinceMs: last.now.monoMs,
          },
  };
}
