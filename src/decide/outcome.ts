// The outcome of a step, or of a pin's order, before anything is known of it.
import type { Outcome, Plan } from '../domain/decision.ts';

/** Failed, with nothing found and nothing done: whoever carries it out says what it came to. */
export function blankOutcome(
  plan: Pick<Plan, 'target' | 'reason'>,
  step: Pick<Outcome, 'proxy' | 'action' | 'pid' | 'server'>,
  atMs: number,
): Outcome {
  return {
    atMs,
    tookMs: 0,
    proxy: step.proxy,
    action: step.action,
    pid: step.pid,
    server: step.server,
    target: plan.target,
    reason: plan.reason,
    result: 'failed',
    gate: null,
    listed: 0,
    remaining: 0,
    convergedMs: null,
    returned: null,
    trail: [],
    fault: null,
  };
}
