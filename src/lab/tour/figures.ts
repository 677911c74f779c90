// The figures of one incident, from what was noted, counted, logged and decided in it.
import type { Judgement } from '../../domain/decision.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Incident, Phase } from './incident.ts';
import { closedByProxies, closedInPlace, splitMs, strandedMs, type Course } from './measure.ts';

export interface Figures {
  /** From main's failure until every session was on backup: HAProxy's own doing. */
  readonly failoverMs: number;
  /** From the beginning of each trouble to the first decision that names it; null: nobody looked. */
  readonly splitSeenMs: number | null;
  readonly stuckSeenMs: number | null;
  /** From when main was up (at both proxies; for `stuck`, at the first) until all sessions were on it. */
  readonly splitHealed: Lasting;
  readonly stuckHealed: Lasting;
  readonly split: Lasting;
  readonly stranded: Lasting;
  readonly closed: number;
  readonly closedInPlace: number;
}

/** `over`: it went on when watching ended. */
export interface Lasting {
  readonly ms: number;
  readonly over: boolean;
}

/** Of a decision: when, and what. */
type Decided = { readonly at: string; readonly decision: Pick<Judgement, 'verdict'> };

/** `decisions` are mainstay's, oldest first; null: it was off. */
export function figuresOf(
  incident: Incident,
  course: Course,
  decisions: readonly Decided[] | null,
): Figures {
  const { fromMs, failedMs, failedOverMs, mendable, stuck } = incident;
  const span = { fromMs, toMs: stuck.untilMs };
  const over = mendable.healedMs === null || stuck.healedMs === null;
  const seenMs = (sinceMs: number, verdict: Verdict): number | null =>
    decisions === null ? null : seenAfterMs(decisions, sinceMs, verdict);
  return {
    failoverMs: failedOverMs - failedMs,
    splitSeenMs: seenMs(incident.splitMs, 'split-brain'),
    stuckSeenMs: seenMs(stuck.sinceMs, 'holding'),
    splitHealed: healing(mendable),
    stuckHealed: healing(stuck),
    split: { ms: splitMs(course, span), over: mendable.healedMs === null },
    stranded: { ms: strandedMs(course, span), over },
    closed: closedByProxies(course, span).length,
    closedInPlace: closedInPlace(course, span).length,
  };
}

function healing({ sinceMs, healedMs, untilMs }: Phase): Lasting {
  return { ms: (healedMs ?? untilMs) - sinceMs, over: healedMs === null };
}

function seenAfterMs(
  decisions: readonly Decided[],
  sinceMs: number,
  verdict: Verdict,
): number | null {
  const first = decisions.find(
    ({ at, decision }) => Date.parse(at) >= Math.floor(sinceMs) && decision.verdict === verdict,
  );
  return first === undefined ? null : Math.max(0, Date.parse(first.at) - sinceMs);
}
