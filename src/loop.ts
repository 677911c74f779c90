// The sentence: observe, decide, act, report. Level-triggered: every round starts from what is.
import { decide } from './decide/decide.ts';
import { obey } from './decide/obey.ts';
import { remember, type Finished } from './decide/remember.ts';
import type { Judgement } from './domain/decision.ts';
import type { Memory } from './domain/memory.ts';
import type { Order } from './domain/order.ts';
import type { Policy } from './domain/policy.ts';
import type { Clock, Now } from './domain/time.ts';
import type { Snapshot } from './domain/view.ts';

/** One round: all that a decision was made from, and the decision. */
export interface Round {
  readonly now: Now;
  readonly snapshot: Snapshot;
  /** The memory that went in, with what was ordered. */
  readonly memory: Memory;
  readonly policy: Policy;
  readonly judgement: Judgement;
}

export interface Stages {
  /** The next snapshot; null when mainstay is stopping. */
  observe(): Promise<Snapshot | null>;
  /** What operators have ordered since the last round, in the order in which they did. */
  orders(): readonly Order[];
  /** Resolves once the decision is safe in the journal, or could not be kept there: before it is acted on. */
  announce(round: Round): Promise<void>;
  /** Has the pins written, begins the plan, and gives back the plans that have ended. */
  act(judgement: Judgement): readonly Finished[];
  report(round: Round): void;
}

/** Turns until `observe` ends; gives back the memory it ended with. */
export async function loop(
  stages: Stages,
  memory: Memory,
  policy: Policy,
  clock: Clock,
): Promise<Memory> {
  let remembered = memory;
  for (;;) {
    const snapshot = await stages.observe();
    if (snapshot === null) return remembered;
    const now = clock.now();
    for (const order of stages.orders()) remembered = obey(remembered, order, now);
    const { memory: next, ...judgement } = decide(snapshot, remembered, policy, now);
    const round = { now, snapshot, memory: remembered, policy, judgement };
    await stages.announce(round);
    const finished = stages.act(judgement);
    stages.report(round);
    remembered = remember(next, finished, clock.now());
  }
}
