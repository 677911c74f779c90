// The figures of one incident, from what was noted, counted, logged and decided in it.
import type { Judgement } from '../../domain/decision.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Incident, Phase } from './incident.ts';
import { closedByProxies, closedInPlace, splitMs, type Course } from './measure.ts';

export interface Figures {
  /** From the beginning of each trouble to the first decision that names it; null: nobody looked. */
  readonly apartSeenMs: number | null;
  readonly stuckSeenMs: number | null;
  /** From the first session on backup until all were on one producer. */
  readonly united: Lasting;
  /** From when main was up at both proxies (for `stuck`, at the first) until all sessions were on it. */
  readonly mended: Lasting;
  readonly stuck: Lasting;
  /** From main's failure until every session was on backup: HAProxy's own doing. */
  readonly failoverMs: number;
  readonly redialledTo: string;
  readonly split: Lasting;
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
  const { fromMs, cutMs, apart, mended, failedMs, failedOverMs, redialledTo, stuck } = incident;
  const span = { fromMs, toMs: stuck.untilMs };
  const seenMs = (sinceMs: number, verdict: Verdict, earliestMs = sinceMs): number | null =>
    decisions === null ? null : seenAfterMs(decisions, sinceMs, verdict, earliestMs);
  return {
    // HAProxy, and so mainstay, can know of the session that splits it before the producer has counted it.
    apartSeenMs: seenMs(apart.sinceMs, 'split-brain', cutMs),
    stuckSeenMs: seenMs(stuck.sinceMs, 'holding'),
    united: healing(apart),
    mended: healing(mended),
    stuck: healing(stuck),
    failoverMs: failedOverMs - failedMs,
    redialledTo,
    split: { ms: splitMs(course, span), over: stuck.healedMs === null },
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
  earliestMs: number,
): number | null {
  const first = decisions.find(
    ({ at, decision }) => Date.parse(at) >= Math.floor(earliestMs) && decision.verdict === verdict,
  );
  return first === undefined ? null : Math.max(0, Date.parse(first.at) - sinceMs);
}
