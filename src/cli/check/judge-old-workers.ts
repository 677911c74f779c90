// What becomes of sessions that a reload leaves in an old worker: who sees them, and when they end at the latest.
import type { ProxyConfig } from '../../domain/config.ts';
import type { CommandLine } from '../../haproxy/command-line.ts';
import type { Section } from '../../haproxy/config-file.ts';
import { hasHardStop, networkSockets } from '../../haproxy/config-global.ts';
import { printable } from '../../haproxy/printable.ts';
import type { Here } from './finding.ts';

const USUAL = '/run/haproxy-master.sock';

/** `command`, `sections`: null where they are not to be had. */
export function judgeOldWorkers(
  { master }: ProxyConfig,
  command: CommandLine | null,
  sections: readonly Section[] | null,
): readonly Here[] {
  const bounded = sections === null ? null : hasHardStop(sections);
  return [
    ...openOf(command),
    ...(master === null ? [hidden(command, bounded === true)] : []),
    ...(master !== null && bounded === false ? [unbounded()] : []),
  ];
}

/** The options of a socket stand behind it, with commas for spaces. */
function openOf(command: CommandLine | null): Here[] {
  const words = command?.masterSocket?.split(',') ?? [];
  return networkSockets(words, 'admin').map(({ address, level }) => ({
    id: 'master-socket-tcp',
    level: 'warning',
    message: `master socket -S ${printable(address)}: plain text, with ${level} rights for anybody who reaches it`,
    cure: `start HAProxy with a unix socket instead\n    -S ${USUAL}`,
  }));
}

function hidden(command: CommandLine | null, bounded: boolean): Here {
  const [own = ''] = command?.masterSocket?.split(',') ?? [];
  const path = own.startsWith('/') ? printable(own) : USUAL;
  const why =
    command !== null && command.masterSocket === null
      ? 'HAProxy was started without a master socket'
      : 'mainstay.yaml names no master socket';
  const until = bounded ? ', for as long as hard-stop-after lets it' : '';
  const start =
    own === ''
      ? `start HAProxy with -W -S ${USUAL},mode,660,group,haproxy, and name that`
      : 'name it';
  const bound = bounded ? '' : '; until then hard-stop-after, in its global section, bounds it';
  return {
    id: 'no-master-socket',
    level: bounded ? 'info' : 'warning',
    message: `after a reload, sessions can live on in an old worker${until}, where mainstay neither sees nor closes them: ${why}`,
    cure: `${start} in mainstay.yaml${bound}\n    master: unix:${path}`,
  };
}

function unbounded(): Here {
  return {
    id: 'no-hard-stop',
    level: 'info',
    message:
      'after a reload an old worker, which checks no health any more, lasts until its last session ends: mainstay closes those in the wrong place only',
    cure: 'bound it in the global section; the end closes all that is left, also what is in the right place, so do not make it short\n    hard-stop-after 24h',
  };
}
