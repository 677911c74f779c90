// What an override would come to if it were given now: the next round, decided beforehand and then forgotten.
import type { Gate, Judgement, Step } from '../domain/decision.ts';
import type { DecisionRecord } from '../domain/journal.ts';
import type { Order } from '../domain/order.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { decide } from './decide.ts';
import { obey } from './obey.ts';

export interface Rehearsal {
  readonly judgement: Judgement;
  readonly snapshot: Snapshot;
  /** What would be done at the proxies that are driven, once no gate is shut. */
  readonly steps: readonly Step[];
  /** What would hold it. */
  readonly gates: readonly Gate[];
}

/**
 * What the round after `last` would want with `override`, given now and after the orders in `before`, if nothing else
 * changed until then. That enough looks agree is taken as given: it is only waited for.
 */
export function rehearse(
  last: Pick<DecisionRecord, 'snapshot' | 'memory' | 'policy' | 'now'>,
  before: readonly Order[],
  override: Extract<Order, { kind: 'override' }>,
  now: Now,
): Rehearsal {
  const { snapshot, policy } = last;
  // What that round left in memory follows from what went into it.
  const { memory: left } = decide(snapshot, last.memory, policy, last.now);
  const ordered = [...before, override].reduce((memory, order) => obey(memory, order, now), left);
  const { memory: _, ...judgement } = decide(snapshot, ordered, { ...policy, confirm: 0 }, now);
  const { target, drives } = judgement;
  if (target !== override.to || judgement.override === null) {
    return { judgement, snapshot, steps: [], gates: [vain(override.to, judgement)] };
  }
  return {
    judgement,
    snapshot,
    steps: judgement.wanted.filter(({ proxy }) => drives.includes(proxy)),
    gates: judgement.gates.filter(({ proxy }) => proxy === null || drives.includes(proxy)),
  };
}

/** An override that would not hold: all stays as it is. */
function vain(to: string, { override }: Judgement): Gate {
  const reason =
    override === null
      ? `${to} is up at no proxy that is seen: the override would end at once`
      : `a peer has a newer override, to ${override.to}: that one would hold`;
  const gate = override === null ? 'target-not-up' : 'peer-disagrees';
  return { gate, proxy: null, untilMs: null, reason };
}
