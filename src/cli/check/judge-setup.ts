// What HAProxy's file must be set up for where mainstay.yaml counts on it: state that outlives a reload, a page that may act.
import type { ProxyConfig } from '../../domain/config.ts';
import type { BackendConfig } from '../../haproxy/config-backend.ts';
import type { Section, Statement } from '../../haproxy/config-file.ts';
import { stateFile } from '../server-state.ts';
import type { InFile } from './judge-file.ts';

export interface SetupCase {
  readonly sections: readonly Section[];
  readonly backend: string;
  readonly found: BackendConfig;
  readonly proxy: ProxyConfig;
}

export function judgeSetup(setup: SetupCase): readonly InFile[] {
  return [...stateOf(setup), ...adminOf(setup)];
}

function stateOf({ sections, backend, found, proxy }: SetupCase): InFile[] {
  if (proxy.reload === null || found.loadsState === null) return [];
  if (stateFile(sections, backend) !== null) return [];
  return [
    {
      id: 'no-server-state',
      level: 'info',
      at: found.loadsState.spot ?? found.spot,
      message:
        'after a reload the new worker starts blind: it takes a dead server to be up until its checks say otherwise, and a drain or maintenance by hand is forgotten',
      cure: `have it read what the last one knew, which mainstay saves before it reloads: the first line in the global section, the second in ${found.kind} ${backend}\n    server-state-file /run/haproxy/server-state\n    load-server-state-from-file global`,
    },
  ];
}

/** Whether the page at that URL is the one that has it cannot be told, and so one anywhere will do. */
function adminOf({ sections, proxy }: SetupCase): InFile[] {
  const lines = sections.flatMap(({ statements }) => statements);
  const page = lines.find((line) => begins(line, 'uri') || begins(line, 'enable'));
  if (proxy.stats?.auth == null || page === undefined) return [];
  if (lines.some((line) => begins(line, 'admin'))) return [];
  return [
    {
      id: 'no-stats-admin',
      level: 'warning',
      at: page.spot,
      message:
        'mainstay.yaml has a password for the statistics page, and HAProxy lets nobody close sessions there',
      cure: 'beside "stats uri", add both lines, or take "auth" out of mainstay.yaml\n    stats auth NAME:PASSWORD\n    stats admin if TRUE',
    },
  ];
}

function begins({ words }: Statement, second: string): boolean {
  return words[0] === 'stats' && words[1] === second;
}
