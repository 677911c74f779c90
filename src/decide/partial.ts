// A partial partition: the target is up at some proxies and down at others. Whether, and whereto, everybody is moved.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { failbackBlindness, flappingWaitMs } from './failback.ts';
import { shelvedAt, staysAt, staysSomewhere, type Facts } from './facts.ts';
import { sinceOf } from './memory.ts';
import { isAwaited } from './peers.ts';
import { isSteered } from './pins.ts';
import { span } from './words.ts';

export interface Partition {
  /** Where everybody goes now; null: nobody is moved. */
  readonly to: string | null;
  /** Why nobody is moved, or what is waited for, as a sentence. */
  readonly why: string;
  /** Shut gates that hold the move back, where nothing else does. */
  readonly gates: readonly Gate[];
  /** When everybody is moved if it lasts (monotonic ms), where only that is waited for. */
  readonly dueMs: number | null;
}

/**
 * What is to be done while the target is up at some proxies only (design.md, "Election", rule 3). Null: they all agree
 * on it.
 */
export function judgePartition(facts: Facts, memory: Memory, target: string): Partition | null {
  if (!staysSomewhere(facts, target) || facts.seen.every((at) => staysAt(at, target))) return null;
  const { now, policy } = facts;
  const stay = (why: string, rest: Partial<Partition> = {}): Partition => ({
    to: null,
    why: `the target is up at some proxies and down at others: it stays, ${why}`,
    gates: [],
    dueMs: null,
    ...rest,
  });
  if (policy.partialPolicy === 'tolerate') return stay('since partial.policy is tolerate');
  if (!isSteered(facts)) return stay('since not every proxy has a pin that new connections follow');
  if (facts.concerned.some((proxy) => shelvedAt(proxy, target))) {
    return stay('since an operator has taken it out somewhere, or drains it there');
  }
  const { apart } = memory;
  if (apart === null || apart.producer !== target) {
    return stay('since the proxies that carry sessions agree on it');
  }
  const to = facts.producers.find((p) => p !== target && hasLasted(facts, memory, p));
  if (to === undefined)
    return stay('since no other producer has been fit to go to everywhere for long enough');
  const dueMs = apart.sinceMs + policy.partialAfterMs;
  // A peer that could see both sides while we could not has done the waiting.
  if (!(now.monoMs >= dueMs) && !isAwaited(facts, to)) {
    const after = span(policy.partialAfterMs);
    return stay(`and if it lasts ${after} everybody goes to ${to}`, { dueMs });
  }
  const gates = failbackBlindness(facts);
  if (gates.length > 0)
    return stay(`until every proxy is seen; then everybody goes to ${to}`, { gates });
  return { to, why: '', gates: [], dueMs: null };
}

/** Fit to go to everywhere for `split.after`, or as long as flapping asks for. */
function hasLasted(facts: Facts, memory: Memory, producer: string): boolean {
  const sinceMs = sinceOf(memory.fitSince, producer);
  const waitMs = flappingWaitMs(facts, memory) ?? facts.policy.splitAfterMs;
  return sinceMs !== null && facts.now.monoMs - sinceMs >= waitMs;
}
