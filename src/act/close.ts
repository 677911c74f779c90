// Carries out the steps at one proxy: list what is wrong, close it, look again until it is gone. Holds no policy.
import type { Outcome, Plan, Step, TrailEntry } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Clock } from '../domain/time.ts';
import type { ActionResult } from '../domain/verdict.ts';
import { shutdownSessionsServer } from '../haproxy/shutdown-sessions-server.ts';
import { blankOutcome } from '../decide/outcome.ts';
import type { Refusal } from '../decide/reread.ts';
import { listSessions } from './list.ts';

/** How long to wait before looking again, in ms: HAProxy closes thousands of sessions in under a second. */
const LOOK_AGAIN_MS = [10, 20, 40, 80, 160, 250];
const LAST_LOOK_MS = 500;

export interface Closing {
  readonly link: RuntimeLink;
  readonly backend: string;
  readonly clock: Clock;
  readonly verifyWithinMs: number;
  readonly signal: AbortSignal;
  /** The last look, just before the command that acts: the outcome of a step that it forbids. */
  readonly forbids: (step: Step) => Promise<Outcome | null>;
}

/** Closes the sessions of one step, and says what came of it. A session that arrives meanwhile is not counted. */
export async function closeStep(closing: Closing, plan: Plan, step: Step): Promise<Outcome> {
  const began = closing.clock.now();
  const trail: TrailEntry[] = [];
  const note = (did: TrailEntry['did'], saw: string) => {
    trail.push({ atMs: closing.clock.now().wallMs, did, saw });
  };
  const end = (result: ActionResult, rest: Partial<Outcome> = {}): Outcome => {
    const now = closing.clock.now();
    return {
      ...blankOutcome(plan, step, began.wallMs),
      tookMs: now.monoMs - began.monoMs,
      result,
      convergedMs: result === 'ok' ? now.monoMs - plan.sinceMs : null,
      trail,
      ...rest,
    };
  };
  const failed = (fault: Fault, rest: Partial<Outcome> = {}) =>
    end(fault.kind === 'abandoned' ? 'abandoned' : 'failed', { ...rest, fault });

  const listed = await listNow(closing, step);
  if (!listed.ok) return failed(listed.fault);
  const listedCount = listed.value.size;
  note('list', `${listedCount} sessions on ${step.server}`);
  if (listedCount === 0) return end('ok');

  // Other proxies and the listing may have taken seconds, in which the target may have died.
  const forbidden = await closing.forbids(step);
  if (forbidden !== null) return forbidden;
  const closed = await sendClose(closing, step);
  note('close', closed.ok ? 'accepted' : closed.fault.kind);
  // Without an answer the command may still have been carried out: only looking again tells.
  if (!closed.ok && closed.fault.kind !== 'timeout' && closed.fault.kind !== 'truncated') {
    return failed(closed.fault, { listed: listedCount, remaining: listedCount });
  }
  const left = await untilGone(closing, step, listed.value);
  if (!left.ok) {
    const unknown = { listed: listedCount, remaining: listedCount, fault: left.fault };
    return end(closing.signal.aborted ? 'abandoned' : 'failed', unknown);
  }
  note('verify', `${left.value} of ${listedCount} are left`);
  const counts = { listed: listedCount, remaining: left.value };
  if (left.value === 0) return end('ok', counts);
  return end(closing.signal.aborted ? 'abandoned' : 'failed', {
    ...counts,
    fault: closed.ok ? null : closed.fault,
  });
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
export function unreadOutcome(plan: Plan, step: Step, atMs: number, fault: Fault): Outcome {
  const result = fault.kind === 'abandoned' ? 'abandoned' : 'refused';
  const trail: TrailEntry[] = [{ atMs, did: 'reread', saw: fault.kind }];
  return { ...blankOutcome(plan, step, atMs), result, gate: 'blind', trail, fault };
}

/** The sessions of a server, each by id and peer: ids are addresses in memory, and are used again. */
async function listNow(
  { link, backend, verifyWithinMs, signal }: Closing,
  { server }: Step,
): Promise<Result<ReadonlySet<string>, Fault>> {
  const found = await listSessions(
    link,
    { backend, server },
    { deadlineMs: verifyWithinMs, signal },
  );
  if (!found.ok) return found;
  return { ok: true, value: new Set(found.value.map(({ id, src }) => `${id} ${src}`)) };
}

async function sendClose(
  { link, backend, verifyWithinMs, signal }: Closing,
  step: Step,
): Promise<Result<null, Fault>> {
  const line = shutdownSessionsServer.line(backend, step.server);
  const answer = await link.ask(line, { deadlineMs: verifyWithinMs, signal });
  if (!answer.ok) return answer;
  const read = shutdownSessionsServer.read(answer.value, backend, step.server);
  return read.ok
    ? { ok: true, value: null }
    : { ok: false, fault: { ...read.fault, address: link.address } };
}

/** How many of the listed sessions are left, at the latest after `verifyWithinMs`. */
async function untilGone(
  closing: Closing,
  step: Step,
  listed: ReadonlySet<string>,
): Promise<Result<number, Fault>> {
  const { clock, signal, verifyWithinMs } = closing;
  const endMs = clock.now().monoMs + verifyWithinMs;
  for (let attempt = 0; ; attempt += 1) {
    let still = await listNow(closing, step);
    if (!still.ok && still.fault.kind === 'abandoned') still = await lastLook(closing, step);
    if (!still.ok) return still;
    const left = [...still.value].filter((session) => listed.has(session)).length;
    const waitMs = LOOK_AGAIN_MS[Math.min(attempt, LOOK_AGAIN_MS.length - 1)] ?? 0;
    if (left === 0 || signal.aborted || clock.now().monoMs + waitMs > endMs) {
      return { ok: true, value: left };
    }
    await clock.sleep(waitMs, signal);
  }
}

/** What a closing that was already sent has come to, seen once more before mainstay stops. */
function lastLook(closing: Closing, step: Step): ReturnType<typeof listNow> {
  const signal = new AbortController().signal;
  return listNow({ ...closing, verifyWithinMs: LAST_LOOK_MS, signal }, step);
}
