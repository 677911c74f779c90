// How long things lasted and what was closed, worked out from what the producers counted and what HAProxy logged.
import type { HealthChange } from '../health.ts';
import type { Session, SessionEvent } from '../ledger.ts';

/** All that happened in a lab since its start, each list in order. */
export interface Course {
  readonly events: readonly SessionEvent[];
  readonly health: readonly HealthChange[];
}

/** A part of it, wall clock, ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Time with sessions on two producers or more, ms. */
export function splitMs({ events }: Course, span: Span): number {
  const open = new Map<string, Session>();
  const within = (ms: number): number => Math.min(Math.max(ms, span.fromMs), span.toMs);
  let total = 0;
  events.forEach((event, i) => {
    if (event.kind === 'open') open.set(event.id, event);
    else open.delete(event.id);
    const inUse = new Set([...open.values()].map(({ producer }) => producer));
    if (inUse.size > 1) total += within(events[i + 1]?.atMs ?? span.toMs) - within(event.atMs);
  });
  return total;
}

/** What a proxy closed, by its own doing or at mainstay's word. */
export function closedByProxies(course: Course, span: Span): readonly SessionEvent[] {
  return course.events.filter(
    ({ kind, by, atMs }) =>
      kind === 'close' && by === 'proxy' && atMs >= span.fromMs && atMs <= span.toMs,
  );
}

/** Those of them that were where all belonged: on main while every proxy had it up, else elsewhere. */
export function closedInPlace(course: Course, span: Span): readonly SessionEvent[] {
  return closedByProxies(course, span).filter(
    ({ producer, atMs }) => (producer === 'main') === isUpEverywhere(course, atMs),
  );
}

/** Whether every proxy had main up. */
function isUpEverywhere({ health }: Course, atMs: number): boolean {
  const latest = new Map(
    health.filter((change) => change.atMs <= atMs).map(({ proxy, up }) => [proxy, up]),
  );
  return ![...latest.values()].includes(false);
}
