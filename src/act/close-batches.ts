// Sends the lines that close sessions of one worker by id, paced, with a last look before each of them.
import type { Outcome, Step } from '../domain/decision.ts';
import type { Fault, Trouble } from '../domain/fault.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import { splitAnswers } from '../haproxy/answer.ts';
import { isGone } from '../haproxy/at-worker.ts';
import { shutdownBatches } from '../haproxy/shutdown-batches.ts';
import { shutdownSession } from '../haproxy/shutdown-session.ts';
import type { Acting } from './step.ts';
import { isLost } from './until-gone.ts';

/** After a line the worker is left alone for half as long as that took, but no longer than this. */
const MAX_PAUSE_MS = 25;

export interface Sent {
  /** The ids that HAProxy said it closes, or no longer knew. */
  readonly told: readonly string[];
  readonly lines: number;
  /** Why no more were sent: the last look; or a fault, after which looking again tells where the answer was `lost`. */
  readonly forbidden: Outcome | null;
  readonly fault: Fault | null;
  readonly lost: boolean;
}

/** Sends them all, or as many as may be sent. Once the worker has ended there is nothing more to send. */
export async function closeBatches(
  { clock, signal, lookAgain }: Acting,
  {
    master,
    pid,
    step,
  }: { readonly master: RuntimeLink; readonly pid: number; readonly step: Step },
  ids: readonly string[],
): Promise<Sent> {
  const told: string[] = [];
  let lines = 0;
  let pauseMs = 0;
  const sent = (rest: Partial<Sent> = {}): Sent => ({
    told,
    lines,
    forbidden: null,
    fault: null,
    lost: false,
    ...rest,
  });
  for (const batch of shutdownBatches(pid, ids)) {
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
    const seen = await lookAgain(step);
    if (!seen.ok) return sent({ forbidden: seen.fault });
    const beganMs = clock.now().monoMs;
    const answer = await master.ask(batch.line, seen.value.limit);
    lines += 1;
    pauseMs = Math.min((clock.now().monoMs - beganMs) / 2, MAX_PAUSE_MS);
    if (answer.ok && isGone(answer.value, pid)) return sent();
    const fault = answer.ok ? readAnswers(answer.value, batch.ids, told) : answer.fault;
    if (fault !== null) {
      const at = { ...fault, address: master.address };
      return sent({ fault: at, lost: isLost(at) });
    }
  }
  return sent();
}

/** Adds to `told` what was answered well; gives back the first trouble. */
function readAnswers(text: string, ids: readonly string[], told: string[]): Trouble | null {
  const answers = splitAnswers(text, ids.length);
  if (!answers.ok) return answers.fault;
  for (const [i, id] of ids.entries()) {
    const read = shutdownSession.read(answers.value[i] ?? '', id);
    if (!read.ok) return read.fault;
    told.push(id);
  }
  return null;
}
