// A recorded decision, decided again from all that it was made from.
import type { Judgement } from '../domain/decision.ts';
import type { DecisionRecord } from '../domain/journal.ts';
import { decide } from './decide.ts';
import { BLANK } from './memory.ts';

/** One thing in a decision that comes out otherwise; both as JSON, null: it is not there. */
export interface Difference {
  readonly what: string;
  readonly recorded: string | null;
  readonly decided: string | null;
}

export interface Replay {
  /** Empty: the decision comes out again, byte for byte. */
  readonly differences: readonly Difference[];
  /** It is the same but for what is said of it: every reason is a sentence. */
  readonly wordsAlone: boolean;
  /** Another version of mainstay wrote the record: it knows of other things than this one, or has other words for them. */
  readonly foreign: boolean;
}

/** Throws where the record is not whole. */
export function replay({ snapshot, memory, policy, now, decision }: DecisionRecord): Replay {
  const { memory: _, ...judgement } = decide(snapshot, memory, policy, now);
  const differences = differencesOf(decision, judgement);
  const wordsAlone = differences.length > 0 && wordless(judgement) === wordless(decision);
  const foreign = wordsAlone || !sameKeys(judgement, decision) || !sameKeys(BLANK, memory);
  return { differences, wordsAlone, foreign };
}

function differencesOf(recorded: Judgement, decided: Judgement): readonly Difference[] {
  if (JSON.stringify(recorded) === JSON.stringify(decided)) return [];
  const [was, is] = [textsOf(recorded), textsOf(decided)];
  const differences = [...new Set([...was.keys(), ...is.keys()])]
    .map((what) => ({ what, recorded: was.get(what) ?? null, decided: is.get(what) ?? null }))
    .filter((one) => one.recorded !== one.decided);
  return differences.length > 0 ? differences : [OTHER_ORDER];
}

/** Fields that are sentences. */
const WORDS = ['why', 'reason', 'climbed'];

function wordless(decision: Judgement): string {
  return JSON.stringify(decision, (key, value: unknown) =>
    WORDS.includes(key) && typeof value === 'string' ? '' : value,
  );
}

const OTHER_ORDER: Difference = {
  what: 'the order in which it stands written',
  recorded: null,
  decided: null,
};

function textsOf(decision: Judgement): ReadonlyMap<string, string> {
  return new Map(Object.entries(decision).map(([what, value]) => [what, JSON.stringify(value)]));
}

function sameKeys(one: object, other: object): boolean {
  return keysOf(one) === keysOf(other);
}

function keysOf(one: object): string {
  return Object.keys(one).toSorted().join(' ');
}
