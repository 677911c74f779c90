// Why a decision is as it is: the rules that were asked, each with what it saw. Pure and total, as `decide` is.
import type { RuleAnswer } from '../domain/explanation.ts';
import type { Memory } from '../domain/memory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { ELECTION_RULES, NO_TARGET } from './election-rules.ts';
import { electFrom } from './election.ts';
import { gather } from './facts.ts';
import { recall } from './recall.ts';
import { VERDICT_RULES } from './verdicts.ts';

export interface Explained {
  readonly verdictRules: readonly RuleAnswer[];
  readonly electionRules: readonly RuleAnswer[];
}

/** Of the decision that `decide` makes of the same input: the rules in the order in which they are asked. */
export function explainRules(
  snapshot: Snapshot,
  memory: Memory,
  policy: Policy,
  now: Now,
): Explained {
  const facts = gather(snapshot, memory, policy, now);
  const recalled = recall(facts, memory);
  // Where nothing is remembered there are two contests: the one is told in which the decision's rule was found.
  const { election, told } = electFrom(facts, recalled);
  const seen = { facts, target: election.target };
  return {
    verdictRules: answers(VERDICT_RULES, seen, (rule) => rule.match(seen)),
    electionRules: answers([...ELECTION_RULES, NO_TARGET], told, (rule) =>
      'match' in rule ? rule.match(told) !== null : true,
    ),
  };
}

interface Asked<Input> {
  readonly id: string;
  readonly says: string;
  readonly saw: (input: Input) => string;
}

function answers<Input, Rule extends Asked<Input>>(
  rules: readonly Rule[],
  input: Input,
  matches: (rule: Rule) => boolean,
): readonly RuleAnswer[] {
  const first = rules.findIndex(matches);
  return rules.map(({ id, says, saw }, at) => {
    if (at > first) return { id, says, answer: 'not-asked', saw: '' };
    return { id, says, answer: at === first ? 'yes' : 'no', saw: saw(input) };
  });
}
