// What acting on a plan leaves in memory.
import type { Outcome, Plan } from '../domain/decision.ts';
import type { Memory, ProxyMemory } from '../domain/memory.ts';
import type { Rung } from '../domain/policy.ts';
import type { Now } from '../domain/time.ts';

/** A plan that was carried out, refused or abandoned, with one outcome a step. */
export interface Finished {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
}

/**
 * Memory after plans have ended: the cooldown of each proxy runs from here. A refused step closed nothing and
 * starts none, nor does a reload; a voluntary move that was refused everywhere is still all or nothing.
 */
export function remember(memory: Memory, finished: readonly Finished[], now: Now): Memory {
  return finished.reduce((was, { plan, outcomes }) => {
    const touched = new Set(plan.steps.map((step) => step.proxy));
    const done = outcomes.filter((outcome) => outcome.result !== 'refused');
    const refused = plan.allOrNothing && done.length === 0 && was.target === plan.target;
    return {
      ...was,
      pendingMove: was.pendingMove || refused,
      proxies: was.proxies.map((proxy) =>
        touched.has(proxy.name)
          ? ended(
              proxy,
              done.filter((outcome) => outcome.proxy === proxy.name),
              now,
            )
          : proxy,
      ),
    };
  }, memory);
}

/** One proxy after a plan: what was done there, and the rungs that were climbed by it. */
function ended(was: ProxyMemory, done: readonly Outcome[], now: Now): ProxyMemory {
  const closed = done.some((outcome) => outcome.action !== 'reload');
  const hid = done.some((outcome) => outcome.action === 'reload' && outcome.result === 'ok');
  return {
    ...was,
    actingMs: null,
    closedMs: closed ? now.monoMs : was.closedMs,
    // Closing has not failed yet in the worker that a reload has brought.
    climbed: [...new Set([...was.climbed, ...done.flatMap(rungs)])].filter(
      (rung) => !(hid && rung === 'sessions'),
    ),
    hid: was.hid || hid,
  };
}

/**
 * A reload or a restart is climbed once, whatever came of it. Closing sessions may be tried again while it succeeds; it
 * has not failed where a last look stopped it half-way, and old workers' sessions say nothing of the serving worker's.
 */
function rungs({ action, result, gate }: Outcome): readonly Rung[] {
  if (action === 'reload' || action === 'restart') {
    return result === 'ok' || result === 'failed' ? [action] : [];
  }
  return action === 'close-server' && result === 'failed' && gate === null ? ['sessions'] : [];
}
