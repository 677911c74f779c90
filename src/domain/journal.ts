// The shape of the journal's lines (contract.md): enough to decide it again.
import type { Judgement, Outcome } from './decision.ts';
import type { Memory } from './memory.ts';
import type { Policy } from './policy.ts';
import type { Now } from './time.ts';
import type { Snapshot } from './view.ts';

export interface DecisionRecord {
  readonly v: 1;
  /** RFC 3339 UTC with milliseconds. */
  readonly at: string;
  readonly kind: 'decision';
  readonly now: Now;
  readonly snapshot: Snapshot;
  /** The memory that went in. */
  readonly memory: Memory;
  readonly policy: Policy;
  readonly decision: Judgement;
}

export interface OutcomeRecord {
  readonly v: 1;
  readonly at: string;
  readonly kind: 'outcome';
  readonly outcome: Outcome;
}

export type JournalRecord = DecisionRecord | OutcomeRecord;
