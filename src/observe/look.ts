// One look at one proxy: the serving worker and the old ones, side by side, as a View within one deadline.
import type { Fault } from '../domain/fault.ts';
import type { AskLimit, Look, RuntimeLink, StatsLink } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import type { View } from '../domain/view.ts';
import type { Wanted } from '../haproxy/read-view.ts';
import { listWorkers, readOldWorkers, type OldWorkers } from './old-workers.ts';
import { askRuntime, askStats, isUnreached } from './serving.ts';

/** Of `link` and `stats` there is at least one; `master` shows old workers. */
export interface Ways {
  readonly link: RuntimeLink | null;
  readonly master: RuntimeLink | null;
  readonly stats: StatsLink | null;
}

/**
 * The part of the deadline that the Runtime API has where a statistics page stands behind it. The page is asked only
 * once the socket has failed: asked beside it, each look would be one more line in HAProxy's log of requests.
 */
const RUNTIME_PART = 0.6;
/** The master's part: a worker that hangs must not make the whole look so late that it counts as none. */
const MASTER_PART = 0.75;

interface Sight {
  readonly view: Result<View, Fault>;
  readonly unsettled: boolean;
}

/** How long an exchange may take that begins now; `part`: of the whole look. */
type Limit = (part: number) => AskLimit;

/**
 * Looks at what is `wanted`. Trouble with the master hides old workers, and is no fault of the look. What does not fit
 * together, as while a reload is under way, is looked at once more.
 */
export function makeLook(ways: Ways, wanted: Wanted, timeoutMs: number): Look {
  let known: ReadonlySet<number> = new Set();

  /** A connection that is kept may run through a worker that has just become old, and would keep it. */
  const dropAtReload = ({ workers }: OldWorkers): void => {
    const old = new Set(workers.flatMap(({ pid }) => pid ?? []));
    if ([...old].some((pid) => !known.has(pid))) ways.master?.drop();
    known = old;
  };

  return async (signal) => {
    const beganMs = performance.now();
    const limit: Limit = (part) => ({
      deadlineMs: Math.max(1, Math.ceil(beganMs + part * timeoutMs - performance.now())),
      ...(signal && { signal }),
    });
    const first = await lookOnce(ways, wanted, limit, dropAtReload);
    if (!first.unsettled || signal?.aborted === true) return first.view;
    return (await lookOnce(ways, wanted, limit, dropAtReload)).view;
  };
}

async function lookOnce(
  { link, master, stats }: Ways,
  wanted: Wanted,
  limit: Limit,
  onOld: (old: OldWorkers) => void,
): Promise<Sight> {
  const runtimePart = stats === null ? 1 : RUNTIME_PART;
  const [runtime, list] = await Promise.all([
    link && askRuntime(link, wanted, () => limit(runtimePart)),
    master && listWorkers(master, limit(MASTER_PART)),
  ]);
  const asksPage = stats !== null && (runtime === null || isUnreached(runtime));
  if (runtime?.ok === false && !asksPage) return { view: runtime, unsettled: false };

  const pid = runtime?.ok === true ? runtime.value.workers[0].pid : null;
  const [serving, old] = await Promise.all([
    asksPage ? askStats(stats, wanted, limit(1)) : runtime,
    master &&
      list &&
      readOldWorkers(master, list, { serving: pid, backend: wanted.backend }, () =>
        limit(MASTER_PART),
      ),
  ]);
  if (serving === null) throw new TypeError('a proxy without a way to it');
  if (old !== null) onOld(old);
  if (!serving.ok) return { view: runtime ?? serving, unsettled: false };
  if (old === null) return { view: serving, unsettled: false };
  const workers: View['workers'] = [serving.value.workers[0], ...old.workers];
  const view: View = { ...serving.value, workers, hidden: old.hidden };
  return { view: { ok: true, value: view }, unsettled: old.unsettled };
}
