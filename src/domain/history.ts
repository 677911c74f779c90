// What happened, a line each: the shape of `history --json` (oldest first) and `/v1/history` (newest first).
import type { JournalRecord } from './journal.ts';
import type { ActionResult, HookResult, Verdict } from './verdict.ts';

export interface HistoryEntry {
  /** RFC 3339 UTC with milliseconds. */
  readonly at: string;
  readonly kind: JournalRecord['kind'];
  /** Of a decision. */
  readonly verdict: Verdict | null;
  /** Of what was done. */
  readonly result: ActionResult | HookResult | null;
  /** The log's sentence. */
  readonly says: string;
}
