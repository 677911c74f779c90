// `mainstay converge --json`: one document, whatever happened.
import type { HandDecision } from '../decide/by-hand.ts';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import type { Now } from '../domain/time.ts';
import type { Snapshot } from '../domain/view.ts';
import { toStatusGates } from '../report/status.ts';
import { NOTHING_DONE } from './act-alone.ts';
import type { Ended } from './converge.ts';

export interface ConvergeReport extends Omit<Ended, 'code'> {
  readonly config: Config;
  readonly hand: HandDecision;
  /** The look that was judged. */
  readonly snapshot: Snapshot;
  readonly daemon: Result<Status, string>;
  readonly now: Now;
}

export function convergeJson(report: ConvergeReport): string {
  const { config, hand, snapshot, daemon, ending, acted = NOTHING_DONE, hold = null, now } = report;
  const { producers } = hand.decision;
  const scene = {
    backend: config.backend,
    judgement: { producers, target: hand.target },
    snapshot,
  };
  const document = {
    cluster: config.cluster,
    backend: config.backend,
    ending,
    verdict: hand.verdict,
    rule: hand.rule,
    target: hand.target,
    why: hand.why,
    degraded: hand.decision.degraded,
    wanted: hand.wanted,
    held: toStatusGates(hand.held, now, scene),
    passed: toStatusGates(hand.passed, now, scene),
    daemon: daemon.ok ? { target: daemon.value.target, mode: daemon.value.mode } : null,
    pins: hand.pins,
    hold,
    outcomes: acted.outcomes,
    leftInOldWorkers: acted.leftInOld,
    next: acted.next,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
