// One thing that `check` has found: a stable id, how bad it is, where it stands, what it means, and its cure.
import type { Fault } from '../../domain/fault.ts';
import type { KnownBug } from '../../haproxy/version-bugs.ts';
import { EXIT, type ExitCode } from '../exit.ts';

/** Ids stand in scripts: they stay as they are. Those of faults and known bugs are their own words. */
export type FindingId =
  | Fault['kind']
  | KnownBug['id']
  // mainstay.yaml
  | 'api-tls-file'
  | 'api-tls-key'
  | 'api-tls-time'
  | 'configuration'
  | 'hook-program'
  | 'listen-loopback'
  | 'listen-without-tls'
  | 'listen-without-token'
  | 'master-tcp'
  | 'no-reload-way'
  | 'no-restart-way'
  | 'nothing-driven'
  | 'password-in-clear'
  | 'peers-without-token'
  | 'pin-unused'
  | 'reload-without-master'
  | 'runtime-tcp'
  | 'secret-shared'
  | 'token-in-clear'
  | 'token-shared'
  // The ways to a proxy
  | 'no-master-socket'
  | 'old-workers'
  | 'stats-alone'
  | 'stats-differs'
  // What a proxy shows
  | 'health-check-off'
  | 'level-too-low'
  | 'no-backup-server'
  | 'no-pin-table'
  | 'order-differs'
  | 'pin-denied'
  | 'pin-unfit'
  | 'server-unlisted'
  | 'several-active-servers'
  | 'version-too-old'
  // What several proxies show
  | 'addresses-differ'
  | 'servers-differ'
  // Peers
  | 'peer-alone'
  | 'peer-answer'
  | 'peer-blind'
  | 'peer-clock'
  | 'peer-observes'
  | 'peer-other'
  | 'peer-tls'
  | 'peer-unauthorized'
  | 'peer-unreachable'
  | 'peer-version'
  // HAProxy's configuration file and command line
  | 'allbackups'
  | 'config-differs'
  | 'config-newer'
  | 'config-unclear'
  | 'config-unseen'
  | 'master-socket-tcp'
  | 'no-hard-stop'
  | 'no-on-marked-down'
  | 'no-redispatch'
  | 'no-ring'
  | 'no-server-state'
  | 'no-stats-admin'
  | 'on-marked-up'
  | 'on-marked-up-broken'
  | 'pin-lease'
  | 'pin-not-followed'
  | 'pin-not-kept'
  | 'pin-replicated'
  | 'retries-too-short'
  | 'ring-unused'
  | 'slow-detection'
  | 'stats-socket-tcp'
  | 'stick-table';

/** Worst first. `error`: mainstay cannot do its work, or the service is not what it is taken for. */
const LEVELS = ['error', 'warning', 'info'] as const;
export type FindingLevel = (typeof LEVELS)[number];

/** As it is told (contract.md, "check --json"). `cure`: a sentence, then the exact lines, each on a line of its own. */
export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  readonly where: string;
  readonly message: string;
  readonly cure: string;
}

/** As it was found, of one proxy or of several. */
export interface Found extends Omit<Finding, 'where'> {
  /** Names of proxies; none: it is mainstay's own. */
  readonly proxies: readonly string[];
  /** `FILE:LINE` and the like, or null. */
  readonly spot: string | null;
  /** What `check` exits with, where this is an error and no other one is worse: 2 if nothing is said. */
  readonly exit?: Exit;
}

/** Of the proxy that is being judged. */
export type Here = Omit<Found, 'proxies' | 'spot'>;

type Exit = Extract<ExitCode, 2 | 3 | 4>;

/** Worst first, else in the order in which they were found; what is the same at several places is told once. */
export function together(found: readonly Found[]): readonly Finding[] {
  const same = new Map<string, Found[]>();
  for (const one of found) {
    const key = JSON.stringify([one.id, one.level, one.message, one.cure]);
    same.set(key, [...(same.get(key) ?? []), one]);
  }
  return [...same.values()]
    .flatMap(([first, ...others]) => (first === undefined ? [] : [merged(first, others)]))
    .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

/** `ha1, ha2: FILE:LINE` where the spot is the same, else `ha1: FILE:LINE; ha2: FILE:LINE`. */
function merged(first: Found, others: readonly Found[]): Finding {
  const { id, level, message, cure } = first;
  const names = new Map<string | null, string[]>();
  for (const { spot, proxies } of [first, ...others]) {
    names.set(spot, [...(names.get(spot) ?? []), ...proxies]);
  }
  const places = [...names].map(([spot, proxies]) =>
    [proxies.join(', '), spot ?? ''].filter((part) => part !== '').join(': '),
  );
  return { id, level, where: places.join('; '), message, cure };
}

/** contract.md: 3 unreachable, 4 permission, 2 another error; warnings alone 0. The first that fits. */
export function exitOfFindings(found: readonly Found[]): ExitCode {
  const exits = found.filter(({ level }) => level === 'error').map(({ exit = 2 }) => exit);
  return ([3, 4, 2] as const).find((exit) => exits.includes(exit)) ?? EXIT.good;
}

/** 3: no answer came; 4: it came to a refusal, which a right would have changed; 2: all else. */
export function exitOfFault(fault: Fault): Exit {
  switch (fault.kind) {
    case 'refused':
    case 'no-socket':
    case 'unreachable':
    case 'timeout':
    case 'truncated':
    case 'late':
    case 'not-yet':
    case 'abandoned':
    case 'peer':
      return 3;
    case 'permission':
    case 'denied':
      return 4;
    case 'ssh':
      if (fault.stage === 'authentication') return 4;
      // A host of another name than its key's is no matter of rights, and it does answer.
      return fault.stage === 'host-key' ? 2 : 3;
    case 'http':
      return fault.status === 401 || fault.status === 403 ? 4 : 2;
    case 'file':
      return fault.code === 'EACCES' || fault.code === 'EPERM' ? 4 : 2;
    case 'protocol':
    case 'too-large':
    case 'no-such-backend':
    case 'no-such-server':
    case 'stopping':
    case 'other-master':
    case 'no-worker':
    case 'tls':
    case 'not-csv':
    case 'form-refused':
    case 'reload-failed':
    case 'command-failed':
    case 'same-worker':
      return 2;
    default:
      return fault satisfies never;
  }
}
