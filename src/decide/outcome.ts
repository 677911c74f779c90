// The outcome of a step before anything is known of it.
import type { Outcome, Plan, Step } from '../domain/decision.ts';

/** Failed, with nothing found and nothing done: whoever carries the step out says what it came to. */
export function blankOutcome(plan: Plan, step: Step, atMs: number): Outcome {
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
