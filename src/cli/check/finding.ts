// One thing that `check` has found: a stable id, how bad it is, where it stands, what it means, and its cure.
import type { Fault } from '../../domain/fault.ts';
import type { ExitCode } from '../exit.ts';

/** Ids stand in scripts: they stay as they are. Those of faults are the faults' own words. */
export type FindingId =
  | Fault['kind']
  // mainstay.yaml
  | 'configuration'
  | 'listen-without-token'
  | 'nothing-driven'
  | 'runtime-tcp'
  | 'token-shared'
  // What a proxy shows
  | 'health-check-off'
  | 'level-too-low'
  | 'no-backup-server'
  | 'order-differs'
  | 'server-unlisted'
  | 'several-active-servers'
  | 'version-too-old'
  // What several proxies show
  | 'addresses-differ'
  | 'servers-differ'
  // HAProxy's configuration file and command line
  | 'allbackups'
  | 'config-differs'
  | 'config-newer'
  | 'config-unclear'
  | 'config-unseen'
  | 'master-socket-tcp'
  | 'no-master-socket'
  | 'no-on-marked-down'
  | 'no-redispatch'
  | 'on-marked-up'
  | 'on-marked-up-broken'
  | 'retries-too-short'
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
}

/** Not in sight: no decision is made for such a proxy. */
const UNREACHABLE: ReadonlySet<FindingId> = new Set<Fault['kind']>([
  ...(['refused', 'no-socket', 'unreachable', 'timeout', 'truncated'] as const),
  ...(['late', 'not-yet', 'abandoned'] as const),
]);

const PERMISSION: ReadonlySet<FindingId> = new Set<FindingId>([
  'permission',
  'denied',
  'level-too-low',
]);

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
export function exitOfFindings(findings: readonly Finding[]): ExitCode {
  const errors = findings.filter(({ level }) => level === 'error').map(({ id }) => id);
  if (errors.some((id) => UNREACHABLE.has(id))) return 3;
  if (errors.some((id) => PERMISSION.has(id))) return 4;
  return errors.length > 0 ? 2 : 0;
}
