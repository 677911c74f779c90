// One step on its way: what it is carried out with, what it notes, and the outcome that it ends with.
import type { Outcome, Plan, Step, TrailEntry } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { ActionResult } from '../domain/verdict.ts';
import type { View } from '../domain/view.ts';
import { blankOutcome } from '../decide/outcome.ts';
import type { DrivenProxy } from './actor.ts';
import type { LastLook } from './last-look.ts';

/** What the steps at one proxy are carried out with. */
export interface Acting {
  readonly proxy: DrivenProxy;
  /** The proxy as it was re-read before its first step. */
  readonly view: View;
  readonly backend: string;
  readonly clock: Clock;
  readonly verifyWithinMs: number;
  readonly signal: AbortSignal;
  /**
   * The last look, just before a command that acts: the outcome of the step where it forbids the command. `beside`: what
   * the command waits for as well.
   */
  readonly lookAgain: (step: Step, beside?: Promise<unknown>) => Promise<Result<LastLook, Outcome>>;
}

export interface StepRecord {
  note(did: TrailEntry['did'], saw: string): void;
  /** The outcome with all that was noted, as of now. */
  end(result: ActionResult, rest?: Partial<Outcome>): Outcome;
  /** `failed`, or `abandoned` where that is why. */
  fail(fault: Fault, rest?: Partial<Outcome>): Outcome;
  /** The outcome of a last look that forbade the command, with what was noted before it. */
  forbid(outcome: Outcome): Outcome;
}

export function beginStep({ clock }: Acting, plan: Plan, step: Step): StepRecord {
  const began = clock.now();
  const trail: TrailEntry[] = [];
  const end: StepRecord['end'] = (result, rest = {}) => {
    const now = clock.now();
    return {
      ...blankOutcome(plan, step, began.wallMs),
      tookMs: now.monoMs - began.monoMs,
      result,
      convergedMs: result === 'ok' ? now.monoMs - plan.sinceMs : null,
      trail,
      ...rest,
    };
  };
  return {
    note: (did, saw) => void trail.push({ atMs: clock.now().wallMs, did, saw }),
    end,
    fail: (fault, rest = {}) =>
      end(fault.kind === 'abandoned' ? 'abandoned' : 'failed', { ...rest, fault }),
    forbid: (outcome) => ({ ...outcome, trail: [...trail, ...outcome.trail] }),
  };
}
