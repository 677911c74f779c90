// What each way to a proxy lacks: one that shows nothing, a master that may not act, and what nobody sees or does without it.
import type { Config } from '../../domain/config.ts';
import type { Fault } from '../../domain/fault.ts';
import type { WorkerView } from '../../domain/view.ts';
import { faultWords } from '../../haproxy/fault-text.ts';
import { exitOfFault, type Here } from './finding.ts';
import type { MasterSight, Tried, TriedProxy } from './ways.ts';

/** What a unix socket of the master's needs to be opened by others than root, who starts HAProxy. */
const LINE = '-S /run/haproxy-master.sock,mode,660,group,haproxy';

const LET_IN = `let a group in that this user is in, and restart HAProxy\n    ${LINE}`;

/** Whatever can be said of the ways themselves, in the order in which they stand in the configuration. */
export function judgeWays(config: Config, tried: TriedProxy): readonly Here[] {
  const { runtime, master, stats } = tried;
  return [
    ...[runtime, stats].flatMap((way) =>
      way?.result.ok === false ? [fault(way.result.fault)] : [],
    ),
    ...(master === null ? [] : judgeMaster(config, tried, master)),
    ...pageAlone(tried),
    ...differs(tried),
  ];
}

/** `cure`: one that fits better than the usual, or empty. */
function fault(met: Fault, cure = ''): Here {
  const words = faultWords(met);
  const exit = exitOfFault(met);
  return { id: met.kind, level: 'error', message: words.what, cure: cure || words.cure, exit };
}

function judgeMaster(
  { policy }: Config,
  { proxy }: TriedProxy,
  { address, result }: Tried<MasterSight>,
): Here[] {
  if (!result.ok) return [fault(result.fault, result.fault.kind === 'permission' ? LET_IN : '')];
  const { level, old } = result.value;
  const acts = proxy.drive && policy.mode === 'converge';
  const found = oldWorkers(old);
  if (level === null || level === 'admin') return found;
  return [
    {
      id: 'level-too-low',
      level: acts ? 'error' : 'info',
      message: acts
        ? `${address} is at level ${level}: HAProxy will refuse to close sessions in old workers`
        : `${address} is at level ${level}: enough to watch; to close sessions in old workers it must be admin`,
      cure: `take the level off the master socket, for without one it is admin, and restart HAProxy\n    ${LINE}`,
      exit: 4,
    },
    ...found,
  ];
}

function oldWorkers(old: readonly WorkerView[]): Here[] {
  const held = new Map<string, number>();
  const carrying = old.filter(({ servers }) => servers.some(({ sessions }) => sessions > 0));
  for (const { name, sessions } of carrying.flatMap(({ servers }) => servers)) {
    if (sessions > 0) held.set(name, (held.get(name) ?? 0) + sessions);
  }
  if (carrying.length === 0) return [];
  const what = [...held].map(([name, sessions]) => `${sessions} on ${name}`).join(', ');
  const many =
    carrying.length === 1 ? 'an old worker holds' : `${carrying.length} old workers hold`;
  return [
    {
      id: 'old-workers',
      level: 'info',
      message: `${many} sessions from before a reload: ${what}`,
      cure: 'none is needed: mainstay counts them, and closes those that are in the wrong place\n    mainstay status',
    },
  ];
}

function pageAlone({ proxy, view }: TriedProxy): Here[] {
  if (proxy.runtime !== null || proxy.stats === null || view === null) return [];
  return [
    {
      id: 'stats-alone',
      level: 'info',
      message:
        "only its statistics page is named: that tells neither the clients of sessions nor HAProxy's version, nor of changes as they happen; new connections cannot be steered, and nothing can be saved for a reload",
      cure: 'name its Runtime API too, by SSH or TLS where it is on another host\n    runtime: ssh:USER@HOST/run/haproxy/admin.sock',
    },
  ];
}

function differs({ difference, runtime, stats }: TriedProxy): Here[] {
  if (difference === null || runtime === null || stats === null) return [];
  return [
    {
      id: 'stats-differs',
      level: 'warning',
      message: `${runtime.address} and ${stats.address} do not show the same: ${difference}`,
      cure: 'make sure that both are of the same HAProxy, and correct the address that is not',
    },
  ];
}
