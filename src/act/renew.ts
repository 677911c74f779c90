// Reloads or restarts a whole HAProxy, once, and looks until another worker serves.
import type { Outcome, Plan, Step } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import { at } from '../haproxy/answer.ts';
import { masterReload } from '../haproxy/master-reload.ts';
import { showProc, type Processes } from '../haproxy/show-proc.ts';
import type { DrivenProxy } from './actor.ts';
import { beginStep, type Acting, type StepRecord } from './step.ts';
import { isLost } from './until-gone.ts';

/** For the command, and again for the new worker to serve: a large configuration takes seconds to load. */
const RENEW_WITHIN_MS = 20_000;
const LOOK_MS = 100;
/** For what is asked beside, which is quick or not to be had. */
const ASK_MS = 2000;

/**
 * `ok` where another worker serves, and after a restart none of those from before is left. What a reload leaves in an
 * old worker is for the next plan: `remaining` are the sessions off the target in the worker that serves now.
 */
export async function renew(acting: Acting, plan: Plan, step: Step): Promise<Outcome> {
  const { signal } = acting;
  const record = beginStep(acting, plan, step);
  const did = step.action === 'restart' ? 'restart' : 'reload';
  // The new worker starts with what its servers were, where HAProxy is set up for it, instead of taking all to be up.
  if (did === 'reload') await save(acting, record);
  const processes = await askProcesses(acting);
  const before = await acting.lookAgain(step);
  if (!before.ok) return record.forbid(before.fault);

  const fault = await tell(acting, did);
  record.note(did, fault?.kind ?? 'accepted');
  const counts = { listed: step.sessions, remaining: step.sessions };
  if (fault !== null && !mayBeDone(fault)) return record.fail(fault, counts);
  const after = await untilRenewed(acting, did, before.value.view, processes);
  if (!after.ok) {
    if (signal.aborted) return record.end('abandoned', { ...counts, fault });
    record.note('verify', after.fault?.kind ?? 'nothing shows another worker');
    const why = after.fault?.kind === 'reload-failed' ? after.fault : (fault ?? after.fault);
    return record.end('failed', { ...counts, fault: why });
  }
  const [serving] = after.value.workers;
  const astray = serving.servers
    .filter(({ name }) => name !== plan.target)
    .reduce((sum, { sessions }) => sum + sessions, 0);
  record.note('verify', `another worker serves, with ${astray} sessions off ${plan.target}`);
  if (did === 'restart') return record.end('ok', { listed: step.sessions });
  const remaining = Math.min(astray, step.sessions);
  return record.end('ok', { listed: step.sessions, remaining, convergedMs: null });
}

/** A failure is noted, and does not stop the reload. */
async function save({ proxy, signal }: Acting, record: StepRecord): Promise<void> {
  const saved = await proxy.saveState?.({ deadlineMs: ASK_MS, signal });
  if (saved === undefined) return;
  if (!saved.ok) record.note('save', saved.fault.kind);
  else if (saved.value !== null) record.note('save', saved.value);
}

/** Sends the command, once. Null: taken, as far as HAProxy says. */
async function tell({ proxy, signal }: Acting, did: 'reload' | 'restart'): Promise<Fault | null> {
  const way = proxy[did];
  const limit: AskLimit = { deadlineMs: RENEW_WITHIN_MS, signal };
  if (typeof way === 'function') {
    const ran = await way(limit);
    return ran.ok ? null : ran.fault;
  }
  if (way === null || proxy.master === null) {
    return { kind: 'unreachable', code: `no way to ${did}`, address: addressOf(proxy) };
  }
  const answer = await proxy.master.ask(masterReload.line(), limit);
  if (!answer.ok) return answer.fault;
  const read = at(proxy.master.address, masterReload.read(answer.value));
  return read.ok ? null : read.fault;
}

/** Whether it may have been carried out all the same: only looking tells. */
function mayBeDone(fault: Fault): boolean {
  if (fault.kind === 'ssh') return fault.stage === 'lost';
  if (fault.kind === 'command-failed') return fault.code === null;
  return isLost(fault);
}

/** The first view of another worker, or why there is none; null where a page without process ids shows no sign of one. */
async function untilRenewed(
  acting: Acting,
  did: 'reload' | 'restart',
  before: View,
  processes: Processes | null,
): Promise<Result<View, Fault | null>> {
  const { proxy, clock, signal } = acting;
  const [{ pid }] = before.workers;
  const endMs = clock.now().monoMs + RENEW_WITHIN_MS;
  for (;;) {
    // A connection that is kept would keep the old worker, and be answered by it.
    proxy.link?.drop();
    proxy.master?.drop();
    const view = await (did === 'restart' ? proxy.look : proxy.lookServing)(signal);
    if (view.ok && isAnother(view.value, before, did)) return view;
    if (did === 'reload' && (await hasFailed(acting, processes))) {
      return { ok: false, fault: { kind: 'reload-failed', said: '', address: addressOf(proxy) } };
    }
    if (signal.aborted || clock.now().monoMs + LOOK_MS > endMs) {
      if (!view.ok) return view;
      if (pid === null) return { ok: false, fault: null };
      return { ok: false, fault: { kind: 'same-worker', pid, address: addressOf(proxy) } };
    }
    await clock.sleep(LOOK_MS, signal);
  }
}

/** By the process id; where none is shown, a worker that counts from anew. A restart leaves none of those before. */
function isAnother(after: View, before: View, did: 'reload' | 'restart'): boolean {
  const [now] = after.workers;
  const [was] = before.workers;
  if (now.pid === null || was.pid === null) return now.uptimeS < was.uptimeS;
  const left = before.workers.some(({ pid }) => after.workers.some((one) => one.pid === pid));
  return did === 'restart' ? !left : now.pid !== was.pid;
}

/** Whether the master has counted one more failure: 2.6 says nothing else of it. */
async function hasFailed(acting: Acting, before: Processes | null): Promise<boolean> {
  if (before === null) return false;
  const now = await askProcesses(acting);
  return (now?.failedReloads ?? 0) > (before.failedReloads ?? 0);
}

async function askProcesses({ proxy, signal }: Acting): Promise<Processes | null> {
  const answer = await proxy.master?.ask(showProc.line(), { deadlineMs: ASK_MS, signal });
  if (answer?.ok !== true) return null;
  const read = showProc.read(answer.value);
  return read.ok ? read.value : null;
}

/** What the faults of the whole proxy are told of. */
function addressOf({ name, link, master, stats }: DrivenProxy): string {
  return (master ?? link ?? stats)?.address ?? name;
}
