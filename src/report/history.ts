// What happened, in the log's own sentences, from the records of the journal.
import type { Judgement } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { DecisionRecord, HookRecord, JournalRecord } from '../domain/journal.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { decisionSentence } from './sentences.ts';

/** `records` oldest first, and so are the entries, one each. */
export function toHistory(
  records: readonly JournalRecord[],
  faultText: (fault: Fault) => string,
): HistoryEntry[] {
  return records.map(makeHistorian(faultText));
}

/** The same for one record after the other, oldest first. Never throws, whatever a record of another version lacks. */
export function makeHistorian(
  faultText: (fault: Fault) => string,
): (record: JournalRecord) => HistoryEntry {
  let last: DecisionRecord | null = null;
  return (record) => {
    const previous = last;
    if (record.kind === 'decision') last = record;
    try {
      return entryOf(record, previous, faultText);
    } catch {
      const { at, kind } = record;
      return { at, kind, verdict: null, result: null, says: UNTOLD };
    }
  };
}

const UNTOLD = 'another version of mainstay wrote this, and this one cannot tell it';

function entryOf(
  record: JournalRecord,
  previous: DecisionRecord | null,
  faultText: (fault: Fault) => string,
): HistoryEntry {
  const { at, kind } = record;
  switch (kind) {
    case 'decision': {
      const { verdict } = record.decision;
      const before = previous === null || isFirst(record, previous) ? null : told(previous);
      const says = decisionSentence(before, told(record), faultText);
      return { at, kind, verdict, result: null, says };
    }
    case 'outcome': {
      const { outcome } = record;
      const says = outcomeSentence(outcome, faultText);
      return { at, kind, verdict: null, result: outcome.result, says };
    }
    case 'hook':
      return { at, kind, verdict: null, result: record.result, says: hookSentence(record) };
    default:
      throw kind satisfies never;
  }
}

/** The first decision of a supervisor: it knows of none before. */
function isFirst({ memory, policy }: DecisionRecord, previous: DecisionRecord): boolean {
  const reread = JSON.stringify(policy) !== JSON.stringify(previous.policy);
  return memory.lastTick == null || reread;
}

/** With what a record from before there were pins, peers or pauses does not have. */
function told({ decision, snapshot, now }: DecisionRecord) {
  return { judgement: { ...LATER, ...decision }, snapshot, now };
}

const LATER = {
  gates: [],
  pins: [],
  drives: [],
  move: null,
  paused: null,
  unheeded: [],
  override: null,
  plan: null,
} satisfies Partial<Judgement>;

/** As a hook's own line in the log has it. */
export function hookSentence({
  hook,
  event,
  result,
  message,
}: Pick<HookRecord, 'hook' | 'event' | 'result' | 'message'>): string {
  return result === 'ok'
    ? `hook ${hook} has been told of ${event}`
    : `hook ${hook} was not told of ${event}: ${message}`;
}
