// What a failback to a producer still waits for: the gates that hold the target itself.
import type { Gate } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { serverAt, staysAt, unfitAt, type Facts } from './facts.ts';
import { memoryOf, sinceOf } from './memory.ts';
import { span } from './words.ts';

/** Every gate that keeps `producer` from becoming the target by rule E40; none: it may. */
export function failbackGates(facts: Facts, memory: Memory, producer: string): readonly Gate[] {
  return [...waitGates(facts, memory, producer), ...failbackBlindness(facts)];
}

/** While flapping: how long the producer must have been fit everywhere, in ms. Null: not flapping. */
export function flappingWaitMs({ policy }: Facts, memory: Memory): number | null {
  if (memory.flap.factor === 1) return null;
  return Math.max(policy.failbackAfterMs, policy.splitAfterMs) * memory.flap.factor;
}

/** How long a producer has been up: by HAProxy's own word within its worker's life, or unbroken in our sight. */
export function ageMs(facts: Facts, memory: Memory, producer: string): number {
  const ages = facts.seen
    .filter((proxy) => staysAt(proxy, producer))
    .map((proxy) => {
      const server = serverAt(proxy, producer);
      const saidS = Math.min(server?.lastChangeS ?? 0, proxy.serving?.uptimeS ?? 0);
      const sinceMs = sinceOf(memoryOf(memory, proxy.name).upSince, producer) ?? facts.now.monoMs;
      return Math.max(saidS * 1000, facts.now.monoMs - sinceMs);
    });
  return Math.max(0, ...ages);
}

function waitGates(facts: Facts, memory: Memory, producer: string): readonly Gate[] {
  const { now, policy } = facts;
  const flapMs = flappingWaitMs(facts, memory);
  const gate = flapMs === null ? 'failback-wait' : 'flapping';
  for (const proxy of facts.concerned) {
    const unfit = unfitAt(facts, proxy, producer);
    if (unfit === null) continue;
    const untilMs = unfit.opensInMs === null ? null : now.monoMs + unfit.opensInMs;
    const reason = `no failback before ${proxy.name} is ready for it: ${unfit.why}`;
    return [{ gate, proxy: null, untilMs, reason }];
  }
  const fitForMs = now.monoMs - (sinceOf(memory.fitSince, producer) ?? now.monoMs);
  // After a move by E30 it was up somewhere all the time: only its being fit everywhere counts.
  const lastedMs = memory.together ? fitForMs : ageMs(facts, memory, producer);
  const waitMs =
    flapMs === null
      ? Math.max(policy.splitAfterMs - fitForMs, policy.failbackAfterMs - lastedMs)
      : flapMs - fitForMs;
  if (waitMs <= 0) return [];
  const reason =
    flapMs === null
      ? `${producer} is fit to go to everywhere${memory.together ? ' again' : ''}; the failback waits until it has lasted ${span(Math.max(policy.failbackAfterMs, policy.splitAfterMs))}`
      : `everybody was moved too often lately; ${producer} must last ${span(flapMs)} now (${memory.flap.factor} times the wait)`;
  return [{ gate, proxy: null, untilMs: now.monoMs + waitMs, reason }];
}

/** The proxies that are not seen, and have not been for less than `failback.unseen`: they hold every voluntary move. */
export function failbackBlindness({ now, policy, proxies }: Facts): readonly Gate[] {
  return proxies.flatMap((proxy): readonly Gate[] => {
    if (proxy.unseenSinceMs === null) return [];
    const untilMs = proxy.unseenSinceMs + policy.failbackUnseenMs;
    if (now.monoMs >= untilMs) return [];
    const reason = `${proxy.name} is not seen; a failback waits for sight of every proxy`;
    return [{ gate: 'blind', proxy: proxy.name, untilMs, reason }];
  });
}
