// A proxy's configuration as far as it could be had: its files, whether they are what runs, and its command line.
import type { Config } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import type { View } from '../../domain/view.ts';
import type { CommandLine } from '../../haproxy/command-line.ts';
import { readSections, type Section, type Spot } from '../../haproxy/config-file.ts';
import { hasHardStop, networkSockets } from '../../haproxy/config-global.ts';
import { printable } from '../../haproxy/printable.ts';
import type { Found } from './finding.ts';
import { judgeFile, type InFile } from './judge-file.ts';
import type { Source } from './source.ts';

export interface SourceCase {
  readonly config: Config;
  readonly proxy: string;
  /** The fault says why there is none. */
  readonly source: Result<Source, string>;
  readonly view: View | null;
  readonly producers: readonly string[];
  /** Wall clock after the look, in ms. */
  readonly nowMs: number;
}

/** Nothing of a proxy that is not seen and whose file nobody named: first things first. */
export function judgeSource(given: SourceCase): readonly Found[] {
  const { config, proxy, source, view, producers } = given;
  const proxies = [proxy];
  if (!source.ok && view === null) return [];
  if (!source.ok) return [unseen(proxy, source.fault), ...masterOf(proxies, null, [])];
  const { files, command } = source.value;
  const sections = readSections(files);
  const inFiles = [
    ...newerOf(source.value, given),
    ...judgeFile({ sections, backend: config.backend, producers, view }),
  ];
  return [
    ...inFiles.map(({ at, ...one }) => ({ ...one, proxies, spot: spotText(at, files[0]) })),
    ...masterOf(proxies, command, sections),
  ];
}

function spotText(at: Spot | null, file: { readonly path: string } | undefined): string | null {
  if (at !== null) return `${printable(at.path)}:${at.line}`;
  return file === undefined ? null : printable(file.path);
}

function unseen(proxy: string, why: string): Found {
  return {
    id: 'config-unseen',
    level: 'info',
    proxies: [proxy],
    spot: null,
    message: `HAProxy's configuration file was not checked: ${printable(why)}`,
    cure: `name it, or a copy of it\n    mainstay check --haproxy ${proxy}=/etc/haproxy/haproxy.cfg`,
  };
}

/** A start cannot have been later than now less whole seconds of uptime. */
function newerOf({ command, changedMs }: Source, { view, nowMs }: SourceCase): InFile[] {
  const [worker] = view?.workers ?? [];
  if (command === null || worker === undefined) return [];
  if (changedMs <= nowMs - worker.uptimeS * 1000) return [];
  return [
    {
      id: 'config-newer',
      level: 'warning',
      at: null,
      message: 'changed since HAProxy last read it: what runs may lack what the file has',
      cure: 'reload HAProxy, and check again\n    systemctl reload haproxy',
    },
  ];
}

/** This version of mainstay sees serving workers only; `hard-stop-after` bounds what it does not see. */
function masterOf(
  proxies: readonly string[],
  command: CommandLine | null,
  sections: readonly Section[],
): Found[] {
  const socket = command?.masterSocket ?? null;
  // Its options stand behind it, with commas for spaces.
  const open = socket === null ? [] : networkSockets(socket.split(','), 'admin');
  const found = open.map(({ address, level }): Found => ({
    id: 'master-socket-tcp',
    level: 'warning',
    proxies,
    spot: null,
    message: `master socket -S ${printable(address)}: plain text, with ${level} rights for anybody who reaches it`,
    cure: 'start HAProxy with a unix socket instead\n    -S /run/haproxy-master.sock',
  }));
  if (hasHardStop(sections) !== false) return found;
  const without = command !== null && socket === null;
  found.push({
    id: 'no-master-socket',
    level: without ? 'warning' : 'info',
    proxies,
    spot: null,
    message: `after a reload, sessions can live on in an old worker, where mainstay neither sees nor closes them: ${without ? 'HAProxy was started without a master socket' : 'it knows of no master socket'}`,
    cure: `bound their life in HAProxy's global section${without ? ', and start HAProxy with -W -S /run/haproxy-master.sock' : ''}\n    hard-stop-after 1h`,
  });
  return found;
}
