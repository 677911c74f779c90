// What followers of `/v1/events` are told, and when: peers look at once, pages show it.
import type { Judgement, Outcome } from '../domain/decision.ts';
import type { PeerView } from '../domain/peer.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import type { Events } from './events.ts';
import { standingOf } from './peer-view.ts';
import { toStatusGates } from './status.ts';
import { rfc3339 } from './wall.ts';

interface Told {
  readonly judgement: Judgement;
  readonly snapshot: Snapshot;
  readonly now: Now;
}

export interface EventTeller {
  /**
   * Once a round, when `/v1/view` answers with it already: a peer asks as soon as it is told. `decision` where it says
   * something new (`isNews`), `view` where what peers are told (null: nothing) has changed.
   */
  round(round: Told, isNews: boolean, view: PeerView | null): void;
  /** Once an outcome, as the journal has it. */
  action(outcome: Outcome): void;
}

/** `backend`: HAProxy's, for what gates say. */
export function makeEventTeller(events: Events, backend: string): EventTeller {
  let told: string | null = null;
  return {
    round(round, isNews, view) {
      if (isNews) events.publish('decision', decisionEvent(round, backend));
      const standing = view === null ? null : standingOf(view);
      if (standing !== told) events.publish('view', {});
      told = standing;
    },
    action: (outcome) => events.publish('action', outcome),
  };
}

function decisionEvent({ judgement, snapshot, now }: Told, backend: string) {
  const { verdict, rule, target, gates, plan } = judgement;
  const at = rfc3339(now, now.monoMs);
  return {
    at,
    verdict,
    rule,
    target,
    gates: toStatusGates(gates, now, { backend, judgement, snapshot }),
    plan: plan === null ? null : { target: plan.target, reason: plan.reason, steps: plan.steps },
  };
}
