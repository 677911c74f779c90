// What followers of `/v1/events` are told, and when: peers look at once, pages show it.
import type { Judgement, Outcome } from '../domain/decision.ts';
import type { PeerView } from '../domain/peer.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { changed } from './announce.ts';
import type { Events } from './events.ts';
import { standingOf } from './peer-view.ts';
import { toStatusGates } from './status.ts';
import { rfc3339 } from './wall.ts';

export interface EventTeller {
  /**
   * Once a round, when `/v1/view` answers with it already: a peer asks as soon as it is told. `decision` where it says
   * something new, `view` where what peers are told (null: nothing) has changed.
   */
  round(
    round: { readonly judgement: Judgement; readonly snapshot: Snapshot; readonly now: Now },
    view: PeerView | null,
  ): void;
  /** Once an outcome, as the journal has it. */
  action(outcome: Outcome): void;
}

export function makeEventTeller(events: Events): EventTeller {
  let last: Parameters<typeof changed>[0] = null;
  let told: string | null = null;
  return {
    round(round, view) {
      if (changed(last, round)) events.publish('decision', decisionEvent(round));
      last = round;
      const standing = view === null ? null : standingOf(view);
      if (standing !== told) events.publish('view', {});
      told = standing;
    },
    action: (outcome) => events.publish('action', outcome),
  };
}

function decisionEvent({ judgement, now }: { readonly judgement: Judgement; readonly now: Now }) {
  const { verdict, rule, target, gates, plan } = judgement;
  const at = rfc3339(now, now.monoMs);
  return {
    at,
    verdict,
    rule,
    target,
    gates: toStatusGates(gates, now),
    plan: plan === null ? null : { target: plan.target, reason: plan.reason, steps: plan.steps },
  };
}
