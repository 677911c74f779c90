// What acting on a plan leaves in memory.
import type { Outcome, Plan } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import type { Now } from '../domain/time.ts';

/** A plan that was carried out, refused or abandoned, with one outcome a step. */
export interface Finished {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
}

/**
 * Memory after plans have ended: the cooldown of each proxy runs from here. A refused step closed nothing and
 * starts none; a voluntary move that was refused everywhere is still all or nothing.
 */
export function remember(memory: Memory, finished: readonly Finished[], now: Now): Memory {
  return finished.reduce((was, { plan, outcomes }) => {
    const touched = new Set(plan.steps.map((step) => step.proxy));
    const closed = new Set(outcomes.filter((o) => o.result !== 'refused').map((o) => o.proxy));
    const refused = plan.allOrNothing && closed.size === 0 && was.target === plan.target;
    return {
      ...was,
      pendingMove: was.pendingMove || refused,
      proxies: was.proxies.map((proxy) =>
        touched.has(proxy.name)
          ? {
              ...proxy,
              actingMs: null,
              closedMs: closed.has(proxy.name) ? now.monoMs : proxy.closedMs,
            }
          : proxy,
      ),
    };
  }, memory);
}
