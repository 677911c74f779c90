// The workers that serve no more, which keep their sessions after a reload: found and read through the master.
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Hidden, WorkerView } from '../domain/view.ts';
import { readWorker, workerLine } from '../haproxy/read-worker.ts';
import { showProc } from '../haproxy/show-proc.ts';

/** More than this are not looked at: each costs an exchange, and they come from reloads that nobody waits out. */
const MAX_OLD = 32;

/** Exchanges side by side: the master takes ten connections, and its queue is no longer. One that hangs holds one. */
const LANES = 4;

export interface OldWorkers {
  /** Each of them stopping, in the master's order. */
  readonly workers: readonly WorkerView[];
  readonly hidden: Hidden | null;
  /** The list and its answers do not fit together, as while a reload is under way: another look may tell more. */
  readonly unsettled: boolean;
}

/** The pids of all workers, or why they are not known. */
export async function listWorkers(
  master: RuntimeLink,
  limit: AskLimit,
): Promise<Result<readonly number[], Fault>> {
  const answer = await master.ask(showProc.line(), limit);
  if (!answer.ok) return answer;
  const read = showProc.read(answer.value);
  if (!read.ok) return { ok: false, fault: { ...read.fault, address: master.address } };
  return { ok: true, value: read.value.workers };
}

/**
 * Asks every listed worker but the `serving` one (null: not known) for `backend`. Which of them is old is told by
 * `Stopping` alone: one that neither serves nor stops has just begun, and has no sessions. One that has ended meanwhile
 * is left out, and so is one that has no such backend.
 */
export async function readOldWorkers(
  master: RuntimeLink,
  list: Result<readonly number[], Fault>,
  { serving, backend }: { readonly serving: number | null; readonly backend: string },
  limit: () => AskLimit,
): Promise<OldWorkers> {
  const { address } = master;
  if (!list.ok) return { workers: [], hidden: list.fault, unsettled: false };
  const listed = list.value;
  // Those on the list may be another HAProxy's, and are none of ours.
  if (serving !== null && !listed.includes(serving))
    return {
      workers: [],
      hidden: { kind: 'other-master', pid: serving, address },
      unsettled: true,
    };
  const others = listed.filter((pid) => pid !== serving);
  const asked = others.slice(0, MAX_OLD);
  const answers = await inLanes(asked, async (pid): Promise<Result<WorkerView | null, Fault>> => {
    const answer = await master.ask(workerLine(pid, backend), limit());
    if (!answer.ok) return answer;
    const read = readWorker(answer.value, pid, backend);
    if (read.ok) return read;
    if (read.fault.kind === 'no-such-backend') return { ok: true, value: null };
    return { ok: false, fault: { ...read.fault, address } };
  });
  const seen = answers.flatMap((answer) => (answer.ok && answer.value ? [answer.value] : []));
  const faults = answers.flatMap((answer) => (answer.ok ? [] : [answer.fault]));
  const said = `${others.length} workers beside the serving one, of which ${MAX_OLD} are looked at`;
  return {
    workers: seen.filter(({ old }) => old),
    hidden: others.length > MAX_OLD ? { kind: 'protocol', said, address } : (faults[0] ?? null),
    unsettled:
      (serving !== null && seen.some(({ old }) => !old)) ||
      faults.some(({ kind }) => kind === 'truncated'),
  };
}

/** Does `work` for each, a few at a time; the results stand in the order of `items`. */
async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const lane = async (): Promise<void> => {
    for (const [place, item] of left) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
