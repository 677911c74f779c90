// The last look, just before a command that acts: what it showed is worth nothing once it is old.
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { AskLimit, Look } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import type { ActorOptions } from './actor.ts';
import { refusedOutcome, reread } from './reread.ts';

/** How often it is looked again where this process stood still, or could not go on, between look and command. */
const MAX_LOOKS = 3;

export interface LastLook {
  readonly view: View;
  /** For the command: it is over within two of `poll.timeout` of the look, so that it waits behind nothing for long. */
  readonly limit: AskLimit;
}

/**
 * Looks, and looks again where more than `poll.timeout` has gone by since the look was asked for, `beside` being over
 * too: the command must be sent before anything else is waited for. The outcome of the step where it may not be sent.
 */
export async function lastLook(
  options: Pick<ActorOptions, 'clock' | 'warmupMs' | 'pollTimeoutMs'>,
  look: Look,
  plan: Plan,
  step: Step,
  beside: Promise<unknown>,
  signal: AbortSignal,
): Promise<Result<LastLook, Outcome>> {
  const { clock, pollTimeoutMs } = options;
  for (let looks = 1; ; looks += 1) {
    const askedMs = clock.now().monoMs;
    const reading = reread(options, look, plan, [step], 'read-back', signal);
    const [seen] = await Promise.all([reading, beside]);
    if (!seen.ok) return { ok: false, fault: seen.fault(step) };
    const { monoMs, wallMs } = clock.now();
    const ageMs = monoMs - askedMs;
    if (ageMs < pollTimeoutMs) {
      const deadlineMs = Math.ceil(2 * pollTimeoutMs - ageMs);
      return { ok: true, value: { view: seen.value, limit: { deadlineMs, signal } } };
    }
    if (looks === MAX_LOOKS) {
      const why = `each of ${looks} looks was ${pollTimeoutMs} ms old before it could be acted on`;
      return {
        ok: false,
        fault: refusedOutcome(plan, step, wallMs, { gate: 'stalled', why }),
      };
    }
  }
}
