// What would have been decided with another policy: a journal lived through again, up to where the two part.
import type { Judgement } from '../domain/decision.ts';
import type { DecisionRecord, JournalRecord } from '../domain/journal.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { makeTwins } from './what-if-twins.ts';

/** A decision by which something is done or the target moves, with what it was made from. */
export interface Deed {
  readonly now: Now;
  readonly snapshot: Snapshot;
  readonly judgement: Judgement;
  /** The recorded decision before it, against which it is new; null: there is none. */
  readonly before: DecisionRecord | null;
}

export interface WhatIf {
  /** What was done, and would be with the other policy. */
  readonly common: readonly Deed[];
  /**
   * The first moment at which the two act differently or choose another target: what is decided with the other policy,
   * and what the journal has next, from that moment on; null: nothing. What comes behind it nobody can tell: the world
   * would have been another.
   */
  readonly parting: { readonly recorded: Deed | null; readonly changed: Deed } | null;
  /** The last decision that was looked at; null: there was none. */
  readonly upTo: Now | null;
  /** It is too long to be lived through up to its end. */
  readonly cut: boolean;
}

/**
 * `records` oldest first; throws where one is not whole. Between two decisions nothing happened that was worth a
 * record: the last look is repeated every `poll.interval`. A restart takes up the recorded memory.
 */
export function whatIf(
  records: Iterable<JournalRecord>,
  change: (policy: Policy) => Policy,
): WhatIf {
  const twins = makeTwins(change);
  const common: Deed[] = [];
  let last: DecisionRecord | null = null;
  let changed: Deed | null = null;
  for (const record of records) {
    if (record.kind === 'outcome') twins.ended(record);
    if (record.kind !== 'decision') continue;
    changed ??= twins.live(record);
    if (twins.areTired()) return { common, parting: null, upTo: last?.now ?? null, cut: true };
    if (isDeed(record.decision, last?.decision ?? null)) {
      const { now, snapshot, decision: judgement } = record;
      const recorded: Deed = { now, snapshot, judgement, before: last };
      if (changed !== null) {
        return { common, parting: { recorded, changed }, upTo: now, cut: false };
      }
      common.push(recorded);
    }
    last = record;
  }
  const parting = changed === null ? null : { recorded: null, changed };
  return { common, parting, upTo: last?.now ?? null, cut: false };
}

function isDeed({ plan, pins, target }: Judgement, previous: Judgement | null): boolean {
  const moved = previous !== null && previous.target !== target;
  return moved || plan !== null || pins.some((order) => !order.renews);
}
