// The shape of the journal's lines (contract.md): enough to decide it again.
import type { Judgement, Outcome } from './decision.ts';
import type { Memory } from './memory.ts';
import type { Policy } from './policy.ts';
import type { Now } from './time.ts';
import type { HookEvent, HookResult } from './verdict.ts';
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

/** What came of telling a hook. */
export interface HookRecord {
  readonly v: 1;
  readonly at: string;
  readonly kind: 'hook';
  readonly hook: string;
  readonly event: HookEvent;
  readonly result: HookResult;
  /** What went wrong, as a sentence; null: nothing. */
  readonly message: string | null;
}

export type JournalRecord = DecisionRecord | OutcomeRecord | HookRecord;
