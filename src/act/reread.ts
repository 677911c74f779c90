// The re-read: a proxy is looked at again just before anything is done to it, and left alone where it has changed.
import { blankOutcome } from '../decide/outcome.ts';
import { refusal, type Refusal } from '../decide/reread.ts';
import type { Outcome, Plan, Step, TrailEntry } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Look } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { View } from '../domain/view.ts';

/** `to-come`: the pins that are to lead new connections to the target are not written yet. */
export type Steering = 'read-back' | 'to-come';

interface Reading {
  readonly clock: Clock;
  readonly warmupMs: number;
}

/** The view where all of the steps may be taken; else what makes the outcome of each: one is enough to refuse all. */
export type Reread = Result<View, (step: Step) => Outcome>;

/** Looks once more, and judges by that whether these steps may be taken. */
export async function reread(
  { clock, warmupMs }: Reading,
  look: Look,
  plan: Plan,
  steps: readonly Step[],
  steering: Steering,
  signal: AbortSignal,
): Promise<Reread> {
  const view = await look(signal);
  const { wallMs } = clock.now();
  if (!view.ok)
    return { ok: false, fault: (step) => unreadOutcome(plan, step, wallMs, view.fault) };
  const reasons = steps.map((step) => refusal(view.value, step, plan.target, warmupMs, steering));
  const first = reasons.find((reason) => reason !== null);
  if (first == null) return view;
  return { ok: false, fault: (step) => refusedOutcome(plan, step, wallMs, first) };
}

/** The same; a proxy that does not lead to the target carries the fault for which its pin was not written. */
export function withFault(seen: Reread, fault: Fault | null): Reread {
  if (seen.ok || fault === null) return seen;
  return {
    ok: false,
    fault: (step) => {
      const outcome = seen.fault(step);
      return outcome.gate === 'not-steerable' ? { ...outcome, fault } : outcome;
    },
  };
}

/** The outcome of a step that the re-read forbade. */
export function refusedOutcome(
  plan: Plan,
  step: Step,
  atMs: number,
  { gate, why }: Refusal,
): Outcome {
  const trail: TrailEntry[] = [{ atMs, did: 'reread', saw: why }];
  return { ...blankOutcome(plan, step, atMs), result: 'refused', gate, trail };
}

/** The outcome of a step at a proxy that could not be read again. */
function unreadOutcome(plan: Plan, step: Step, atMs: number, fault: Fault): Outcome {
  const result = fault.kind === 'abandoned' ? 'abandoned' : 'refused';
  const trail: TrailEntry[] = [{ atMs, did: 'reread', saw: fault.kind }];
  return { ...blankOutcome(plan, step, atMs), result, gate: 'blind', trail, fault };
}
