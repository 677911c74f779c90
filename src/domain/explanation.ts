// Why a decision is as it is, and why not yet: the shape of `explain --json` and `/v1/explain`.
import type { Status, StatusGate } from './status.ts';
import type { GateName } from './verdict.ts';

export interface Explanation extends Pick<
  Status,
  | 'source'
  | 'at'
  | 'cluster'
  | 'backend'
  | 'says'
  | 'verdict'
  | 'rule'
  | 'hold'
  | 'since'
  | 'target'
  | 'election'
  | 'why'
  | 'degraded'
> {
  /** The rules of the verdict and those of the election, each in the order in which they are asked. */
  readonly verdictRules: readonly RuleAnswer[];
  readonly electionRules: readonly RuleAnswer[];
  /** Every gate there is, in contract.md's order. */
  readonly gates: readonly GateAnswer[];
}

/** One rule of a numbered table; the first that matches wins, those behind it are not asked. */
export interface RuleAnswer {
  readonly id: string;
  /** What the rule says, as a sentence without its full stop. */
  readonly says: string;
  readonly answer: 'yes' | 'no' | 'not-asked';
  /** What it saw: its inputs, in words; empty where it is not asked. */
  readonly saw: string;
}

export interface GateAnswer {
  readonly gate: GateName;
  /** What it is there for, as a sentence without its full stop. */
  readonly says: string;
  /** Where and why it is shut; empty: it is open. */
  readonly shut: readonly StatusGate[];
}
