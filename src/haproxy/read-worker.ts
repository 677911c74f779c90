// One worker that the master names, old or not: one line through the master, and its answer as a WorkerView.
import type { Trouble } from '../domain/fault.ts';
import type { Result } from '../domain/result.ts';
import type { WorkerView } from '../domain/view.ts';
import { splitAnswers, truncated, unexpected } from './answer.ts';
import { atWorker, isGone } from './at-worker.ts';
import { showInfo } from './show-info.ts';
import { showStat } from './show-stat.ts';

/** The line to send to the master. `show stat` stands last: see `splitAnswers`. */
export function workerLine(pid: number, backend: string): string {
  return atWorker(pid, showInfo.line(), showStat.line(backend));
}

/**
 * Reads the whole answer to `workerLine(pid, backend)`; null: the worker has ended. Level `user` is enough. Never throws.
 * Faults: `truncated`, `protocol`, `denied`; `no-such-backend` where this worker began without that backend.
 */
export function readWorker(
  text: string,
  pid: number,
  backend: string,
): Result<WorkerView | null, Trouble> {
  if (isGone(text, pid)) return { ok: true, value: null };
  const answers = splitAnswers(text, 2);
  if (!answers.ok) return answers;
  const [infoAnswer = '', statAnswer = ''] = answers.value;
  const info = showInfo.read(infoAnswer);
  if (!info.ok) return info;
  if (info.value.pid !== pid) return unexpected(infoAnswer);
  const stat = showStat.read(statAnswer, backend);
  if (!stat.ok) return stat.fault.kind === 'truncated' ? truncated(text) : stat;
  const { uptimeS, stopping } = info.value;
  return { ok: true, value: { pid, old: stopping, uptimeS, ...stat.value } };
}
