// The workers that serve no more, which keep their sessions after a reload: found and read through the master.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, RuntimeLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { Hidden, WorkerView } from '../domain/view.ts';
import { at } from '../haproxy/answer.ts';
import { readWorker, workerLine } from '../haproxy/read-worker.ts';
import { showProc } from '../haproxy/show-proc.ts';

/** More than this are not looked at: each costs an exchange, and they come from reloads that nobody waits out. */
const MAX_OLD = 32;

/** Exchanges side by side: the master takes ten connections, and its queue is no longer. One that hangs holds one. */
const LANES = 4;

/** How long a worker that answers no more may take to end, in ms, and its master to notice. */
const ENDING_MS = 50;

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
  const read = at(master.address, showProc.read(answer.value));
  if (!read.ok) return read;
  return { ok: true, value: read.value.workers };
}

/**
 * Asks every listed worker but the `serving` one (null: not known) for `backend`. Which of them is old is told by
 * `Stopping` alone: one that neither serves nor stops has just begun, and has no sessions. One that has ended meanwhile
 * is left out, and so is one that has no such backend. None is asked twice: the master of HAProxy 2.6 can hang for ever
 * when it is asked again and again for a worker that is about to end (haproxy issue 1512).
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
  const answers = await inLanes(asked, async (pid): Promise<Answer> => {
    const answer = await master.ask(workerLine(pid, backend), limit());
    if (!answer.ok) return { pid, ...answer };
    const read = readWorker(answer.value, pid, backend);
    if (read.ok) return { pid, ...read };
    if (read.fault.kind === 'no-such-backend') return { pid, ok: true, value: null };
    return { pid, ok: false, fault: { ...read.fault, address } };
  });
  const seen = answers.flatMap((answer) => (answer.ok && answer.value ? [answer.value] : []));
  const fault = await firstOf(answers, master, limit);
  const said = `${others.length} workers beside the serving one, of which ${MAX_OLD} are looked at`;
  return {
    workers: seen.filter(({ old }) => old),
    hidden: others.length > MAX_OLD ? { kind: 'protocol', said, address } : fault,
    unsettled: serving !== null && seen.some(({ old }) => !old),
  };
}

type Answer = Result<WorkerView | null, Fault> & { readonly pid: number };

/** The first trouble, but for those of workers that broke off because they were ending. */
async function firstOf(
  answers: readonly Answer[],
  master: RuntimeLink,
  limit: () => AskLimit,
): Promise<Fault | null> {
  const failed = answers.flatMap((one) => (one.ok ? [] : [one]));
  if (!failed.some(({ fault }) => fault.kind === 'truncated')) return failed[0]?.fault ?? null;
  await sleep(ENDING_MS);
  const list = await listWorkers(master, limit());
  const left = failed.filter(
    ({ pid, fault }) => fault.kind !== 'truncated' || !list.ok || list.value.includes(pid),
  );
  return left[0]?.fault ?? null;
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
