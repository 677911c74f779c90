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
export function splitMs(course: Course, span: Span): number {
  return lasted(
    course,
    span,
    ({ open }) => new Set([...open.values()].map(({ producer }) => producer)).size > 1,
  );
}

/** Time with a session off main at a proxy where HAProxy had main up, ms. */
export function strandedMs(course: Course, span: Span): number {
  return lasted(course, span, ({ open, down }) =>
    [...open.values()].some(({ producer, proxy }) => producer !== 'main' && !down.has(proxy)),
  );
}

/** What a proxy closed, by its own doing or at mainstay's word. */
export function closedByProxies(course: Course, span: Span): readonly SessionEvent[] {
  return course.events.filter(
    ({ kind, by, atMs }) =>
      kind === 'close' && by === 'proxy' && atMs >= span.fromMs && atMs <= span.toMs,
  );
}

/** Those of them that were where they should be: on main, or at a proxy where HAProxy had main down. */
export function closedInPlace(course: Course, span: Span): readonly SessionEvent[] {
  return closedByProxies(course, span).filter(({ producer, proxy, atMs }) => {
    const up = course.health.findLast(
      (change) => change.proxy === proxy && change.atMs <= atMs,
    )?.up;
    return producer === 'main' || up === false;
  });
}

/** What there was at one moment. */
interface Moment {
  readonly open: Map<string, Session>;
  /** Where HAProxy had main down. */
  readonly down: Set<string>;
}

/** How much of the span it was so, ms. */
function lasted({ events, health }: Course, span: Span, isSo: (now: Moment) => boolean): number {
  const now: Moment = { open: new Map(), down: new Set() };
  const changes = [
    ...events.map((event) => ({ atMs: event.atMs, apply: () => countIn(now, event) })),
    ...health.map(({ atMs, proxy, up }) => ({
      atMs,
      apply: () => void (up ? now.down.delete(proxy) : now.down.add(proxy)),
    })),
  ].toSorted((a, b) => a.atMs - b.atMs);
  const within = (ms: number): number => Math.min(Math.max(ms, span.fromMs), span.toMs);
  let total = 0;
  changes.forEach(({ atMs, apply }, i) => {
    apply();
    const nextMs = changes[i + 1]?.atMs ?? span.toMs;
    if (isSo(now)) total += within(nextMs) - within(atMs);
  });
  return total;
}

function countIn({ open }: Moment, event: SessionEvent): void {
  if (event.kind === 'open') open.set(event.id, event);
  else open.delete(event.id);
}
