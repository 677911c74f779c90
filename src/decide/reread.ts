// The last look before acting: why a step must not be taken after all.
import type { Step } from '../domain/decision.ts';
import type { GateName } from '../domain/verdict.ts';
import type { View } from '../domain/view.ts';
import { whyUnfit } from './fitness.ts';
import { leadsTo, nextUnder } from './steering.ts';

export interface Refusal {
  readonly gate: GateName;
  readonly why: string;
}

/**
 * Null when the proxy, as just read again, may lose these sessions (design.md, invariant 1), by the serving worker's
 * word. An old worker that has ended meanwhile is no reason to refuse: nothing is left in it to close.
 * `steering`: whether the pin that was ordered for the target must have been read back, or is yet to be written.
 */
export function refusal(
  view: View,
  step: Step,
  target: string,
  warmupMs: number,
  steering: 'read-back' | 'to-come',
): Refusal | null {
  const [serving] = view.workers;
  const other = otherWorker(view, step);
  if (other !== null) return other;
  const server = serving.servers.find((one) => one.name === target) ?? null;
  const unfit = whyUnfit(target, server, serving, warmupMs);
  if (unfit !== null) return { gate: 'target-not-up', why: unfit.why };
  if (steering === 'read-back' && !leadsTo(serving, view.pin, target)) {
    const next = nextUnder(serving, view.pin).join(' or ') || 'nowhere';
    return { gate: 'not-steerable', why: `the next new connection would go to ${next}` };
  }
  // An old worker's drain is frozen, and a reload or a restart names no server.
  const stray = serving.servers.find((one) => one.name === step.server);
  if (step.action === 'close-server' && stray?.health === 'drain') {
    return { gate: 'draining', why: `${step.server} is draining now` };
  }
  return null;
}

/** Why the workers are not those that were decided on. */
function otherWorker({ workers, hidden }: View, { action, pid }: Step): Refusal | null {
  const [serving] = workers;
  if ((action === 'close-session' || action === 'reload') && hidden !== null) {
    return { gate: 'blind', why: 'old workers are not seen now' };
  }
  if (action === 'close-session') {
    return workers.some((worker) => worker.pid === pid && !worker.old)
      ? { gate: 'unconfirmed', why: `worker ${pid} was an old one, and serves now` }
      : null;
  }
  if (serving.pid === pid) return null;
  return {
    gate: 'unconfirmed',
    why: `worker ${pid} was decided on, ${serving.pid} serves now`,
  };
}
