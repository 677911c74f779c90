// Every way to one proxy, each tried on its own: what it shows, or why it shows nothing, and how long that took.
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { Fault } from '../../domain/fault.ts';
import type { Look, RuntimeLink } from '../../domain/ports.ts';
import type { Result } from '../../domain/result.ts';
import type { Level, View, WorkerView } from '../../domain/view.ts';
import { atWorker } from '../../haproxy/at-worker.ts';
import { showCliLevel } from '../../haproxy/show-cli-level.ts';
import { showServersState } from '../../haproxy/show-servers-state.ts';
import { makeLook, type Ways } from '../../observe/look.ts';
import { listWorkers, readOldWorkers } from '../../observe/old-workers.ts';
import { patiently } from '../patience.ts';
import type { World } from '../world.ts';
import { differenceOf } from './second-opinion.ts';

export interface Tried<T> {
  /** As the configuration writes it. */
  readonly address: string;
  readonly tookMs: number;
  readonly result: Result<T, Fault>;
}

/** What the master shows that the workers' own socket does not. */
export interface MasterSight {
  /** What it may do at a worker; null: there is none, or it ended meanwhile. */
  readonly level: Level | null;
  /** Workers that a reload has left, and that have the backend. */
  readonly old: readonly WorkerView[];
}

export interface TriedProxy {
  readonly proxy: ProxyConfig;
  /** Null: not configured. */
  readonly runtime: Tried<View> | null;
  readonly master: Tried<MasterSight> | null;
  readonly stats: Tried<View> | null;
  /** By `runtime`, else by `stats`; null: the proxy is not seen. */
  readonly view: View | null;
  /** How the page differs from the socket, seen twice in a row; null: it does not, or one of them is not seen. */
  readonly difference: string | null;
  /** Each server's address by its name; what is not answered is not compared. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** Each exchange within `poll.timeout`, once its connection stands. Nothing is left open. */
export async function tryWays(
  world: World,
  config: Config,
  proxy: ProxyConfig,
): Promise<TriedProxy> {
  const { backend, policy, pinTable } = config;
  const { producers, pollTimeoutMs } = policy;
  const link = proxy.runtime === null ? null : world.openLink(proxy.runtime, 'worker');
  const masterLink = proxy.master === null ? null : world.openLink(proxy.master, 'master');
  const page = proxy.stats === null ? null : world.openStats(proxy.stats);
  const none = { link: null, master: null, stats: null };
  const lookBy = (way: Partial<Ways>): Look =>
    makeLook({ ...none, ...way }, { backend, producers, pinTable }, pollTimeoutMs);
  const byRuntime = link && lookBy({ link });
  const byStats = page && lookBy({ stats: page });
  try {
    const [runtime, stats] = await Promise.all([
      link && byRuntime && timed(world, link.address, () => patiently(link, byRuntime)),
      page && byStats && timed(world, page.address, byStats),
    ]);
    const view = seen(runtime) ?? seen(stats);
    const servingPid = seen(runtime)?.workers[0].pid ?? null;
    const master =
      masterLink &&
      (await timed(world, masterLink.address, () =>
        patiently(masterLink, () => askMaster(masterLink, servingPid, config)),
      ));
    const difference =
      byRuntime && byStats && seen(runtime) && seen(stats)
        ? await differsTwice(byRuntime, byStats, [runtime, stats])
        : null;
    const addresses = link && seen(runtime) ? await addressesBy(link, config) : new Map();
    return { proxy, runtime, master, stats, view, difference, addresses };
  } finally {
    link?.drop();
    masterLink?.drop();
  }
}

function seen(tried: Tried<View> | null): View | null {
  return tried?.result.ok === true ? tried.result.value : null;
}

async function timed<T>(
  { clock }: World,
  address: string,
  attempt: () => Promise<Result<T, Fault>>,
): Promise<Tried<T>> {
  const startMs = clock.now().monoMs;
  const result = await attempt();
  return { address, result, tookMs: clock.now().monoMs - startMs };
}

/** What may be done at a worker is told by one that answers: the serving one where it is known. */
async function askMaster(
  link: RuntimeLink,
  serving: number | null,
  { backend, policy }: Config,
): Promise<Result<MasterSight, Fault>> {
  const limit = { deadlineMs: policy.pollTimeoutMs };
  const list = await listWorkers(link, limit);
  if (!list.ok) return list;
  const { workers: old, hidden } = await readOldWorkers(
    link,
    list,
    { serving, backend },
    () => limit,
  );
  if (hidden !== null && hidden.kind !== 'no-master') return { ok: false, fault: hidden };
  const pid = serving ?? list.value[0];
  if (pid === undefined) return { ok: true, value: { level: null, old } };
  const told = await link.ask(atWorker(pid, showCliLevel.line()), limit);
  if (!told.ok) return told;
  const level = showCliLevel.read(told.value);
  return { ok: true, value: { level: level.ok ? level.value : null, old } };
}

/** Both are asked side by side, and yet a check may end in between: so twice. */
async function differsTwice(
  byRuntime: Look,
  byStats: Look,
  [runtime, stats]: readonly [Tried<View> | null, Tried<View> | null],
): Promise<string | null> {
  const [first, page] = [seen(runtime), seen(stats)];
  if (first === null || page === null || differenceOf(first, page) === null) return null;
  const [again, pageAgain] = await Promise.all([byRuntime(), byStats()]);
  return again.ok && pageAgain.ok ? differenceOf(again.value, pageAgain.value) : null;
}

async function addressesBy(
  link: RuntimeLink,
  { backend, policy }: Config,
): Promise<ReadonlyMap<string, string>> {
  const line = showServersState.line(backend);
  const answer = await link.ask(line, { deadlineMs: policy.pollTimeoutMs });
  const states = answer.ok ? showServersState.read(answer.value, backend) : answer;
  if (!states.ok) return new Map();
  return new Map(
    states.value.flatMap(({ name, address }) =>
      address === null ? [] : [[name, address] as const],
    ),
  );
}
