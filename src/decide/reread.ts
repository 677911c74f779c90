// The last look before acting: why a step must not be taken after all.
import type { Step } from '../domain/decision.ts';
import type { GateName } from '../domain/verdict.ts';
import type { View } from '../domain/view.ts';
import { whyUnfit } from './fitness.ts';
import { leadsTo, nextServers } from './steering.ts';

export interface Refusal {
  readonly gate: GateName;
  readonly why: string;
}

/** Null when the proxy, as just read again, may lose these sessions (design.md, invariant 1). */
export function refusal(view: View, step: Step, target: string, warmupMs: number): Refusal | null {
  const [serving] = view.workers;
  if (serving.pid !== step.pid) {
    return {
      gate: 'unconfirmed',
      why: `worker ${step.pid} was decided on, ${serving.pid} serves now`,
    };
  }
  const server = serving.servers.find((one) => one.name === target) ?? null;
  const unfit = whyUnfit(target, server, serving, warmupMs);
  if (unfit !== null) return { gate: 'target-not-up', why: unfit.why };
  if (!leadsTo(serving, target)) {
    const next = nextServers(serving).join(' or ') || 'nowhere';
    return { gate: 'not-steerable', why: `the next new connection would go to ${next}` };
  }
  const stray = serving.servers.find((one) => one.name === step.server);
  if (stray?.health === 'drain') return { gate: 'draining', why: `${step.server} is draining now` };
  return null;
}
