// Whether new connections can be steered at a proxy, as far as a look at it tells: its pin table, and the right to it.
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { View } from '../../domain/view.ts';
import type { Here } from './finding.ts';
import { followLines, tableLine, tableLines, type Numbered } from './pin-lines.ts';

/** `producers`: in order of preference, as the decision would take them. */
export function judgePin(
  config: Config,
  { runtime, stats, drive }: ProxyConfig,
  view: View,
  producers: readonly string[],
): readonly Here[] {
  const { policy, pinTable } = config;
  if (pinTable === null) return [];
  const must = policy.steer === 'pin';
  switch (view.pin.kind) {
    case 'off':
    case 'table':
      return [];
    case 'no-table': {
      const ids = view.workers[0].servers.filter(({ name }) => producers.includes(name));
      return [noTable(config, pinTable, ids, drive)];
    }
    case 'unfit':
      return [unfitTable(config, pinTable, drive)];
    case 'denied':
      // One that acts is told to be admin anyway.
      if (view.way === 'peer' || policy.mode === 'observe' || (drive && view.level !== 'admin'))
        return [];
      return [
        {
          id: 'pin-denied',
          level: 'warning',
          message: `at level ${view.level} HAProxy shows neither its pin nor its events: changes are noticed by polls alone, and nothing is steered anywhere, since all proxies must be`,
          cure: `level operator is enough for both, admin for closing sessions too\n    stats socket ${runtime?.kind === 'unix' ? runtime.path : '/run/haproxy/admin.sock'} mode 660 group haproxy level operator`,
        },
      ];
    case 'page':
      // Where the socket does not answer, that has been said.
      if (!must || runtime !== null) return [];
      return [
        {
          id: 'no-pin-table',
          level: 'error',
          message: `steer is pin, and ${stats?.url} is a page that shows no tables: nothing is steered`,
          cure: 'name its Runtime API too, or write "steer: auto"\n    runtime: ssh:USER@HOST/run/haproxy/admin.sock',
        },
      ];
    default:
      return view.pin satisfies never;
  }
}

/** The cure has a line for each of `servers`. */
export function noTable(
  { backend, policy }: Config,
  table: string,
  servers: readonly Numbered[],
  drive: ProxyConfig['drive'],
): Here {
  const lines = [...tableLines(policy, table), ...followLines(backend, table, servers)];
  return {
    id: 'no-pin-table',
    level: policy.steer === 'pin' || drive === 'standby' ? 'error' : 'info',
    message: `HAProxy has no stick table ${table}, so that new connections cannot be steered: it sends them to main as soon as that is up. The first one ends the wait for a failback, and proxies that see different producers are not brought together${withoutHeartbeat(drive)}`,
    cure: `add these lines (haproxy/haproxy.cfg in this package says what each is for) and reload HAProxy; or write "steer: none"${lines.map((line) => `\n    ${line}`).join('')}`,
  };
}

/** The heartbeat of the proxy's own mainstay stands in the same table. */
function withoutHeartbeat(drive: ProxyConfig['drive']): string {
  return drive === 'standby'
    ? "; and with drive: standby nothing is ever done there, since the heartbeat of the proxy's own mainstay has no place"
    : '';
}

export function unfitTable({ policy }: Config, table: string, drive: ProxyConfig['drive']): Here {
  return {
    id: 'pin-unfit',
    level: drive === 'standby' ? 'error' : 'warning',
    message: `table ${table} cannot hold a pin, which is gpt0 of an integer key: nothing is steered${withoutHeartbeat(drive)}`,
    cure: `declare it so, and reload HAProxy; or name another table in mainstay.yaml (pin: { table: NAME })\n    ${tableLine(policy)}`,
  };
}
