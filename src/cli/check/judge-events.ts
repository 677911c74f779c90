// Whether HAProxy tells of changes at once, as its file has it: a ring, and the lines of the watched backend in it.
import type { Config } from '../../domain/config.ts';
import type { BackendConfig } from '../../haproxy/config-backend.ts';
import type { Section } from '../../haproxy/config-file.ts';
import { ringLogs, ringNames } from '../../haproxy/config-ring.ts';
import { printable } from '../../haproxy/printable.ts';
import type { InFile } from './judge-file.ts';
import { span } from './span.ts';

const RING_LINES = ['ring events', '    format rfc5424', '    maxlen 2000', '    size 32768'];

export function judgeEvents(
  { events, policy, backend }: Config,
  sections: readonly Section[],
  { statements, kind, spot }: BackendConfig,
): readonly InFile[] {
  const names = ringNames(sections);
  if (events === 'off' || names === null) return [];
  const late = `changes are noticed at the next poll, up to ${span(policy.pollIntervalMs)} later, not within milliseconds`;
  const wanted = events === 'auto' ? names : names.filter((name) => name === events.ring);
  const [ring] = wanted;
  if (ring === undefined) {
    const named = events === 'auto' ? null : events.ring;
    const lines = RING_LINES.map((line) => line.replace('events', named ?? 'events'));
    const log = ['global', `    log ring@${named ?? 'events'} format rfc5424 local0`];
    return [
      {
        id: 'no-ring',
        level: named === null ? 'info' : 'warning',
        at: null,
        message: `HAProxy keeps no ring ${named === null ? 'of its events' : named}: ${late}`,
        cure: `add these lines, with "log global" in ${kind} ${backend} or its defaults, and reload HAProxy${[...lines, ...log].map((line) => `\n    ${line}`).join('')}`,
      },
    ];
  }
  const logs = ringLogs(sections, statements);
  if (logs === null || wanted.some((name) => logs.heard.includes(name))) return [];
  const global = wanted.some((name) => logs.inherited.includes(name));
  return [
    {
      id: 'ring-unused',
      level: 'warning',
      at: spot,
      message: printable(
        `what befalls the servers of ${backend} is not written into ring ${wanted.join(' or ')}: ${late}`,
      ),
      cure: global
        ? `in ${kind} ${backend}, or in its defaults, add\n    log global`
        : `add the first line to the global section; the second stands in ${kind} ${backend} or its defaults\n    log ring@${printable(ring)} format rfc5424 local0\n    log global`,
    },
  ];
}
