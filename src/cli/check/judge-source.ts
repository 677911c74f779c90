// A proxy's configuration as far as it could be had: its files, whether they are what runs, and its command line.
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import type { View } from '../../domain/view.ts';
import { readSections, type Spot } from '../../haproxy/config-file.ts';
import { printable } from '../../haproxy/printable.ts';
import type { Found, Here } from './finding.ts';
import { judgeFile, type InFile } from './judge-file.ts';
import { judgeOldWorkers } from './judge-old-workers.ts';
import type { Source } from './source.ts';
import { isTold } from './told.ts';

export interface SourceCase {
  readonly config: Config;
  readonly proxy: ProxyConfig;
  /** The fault says why there is none. */
  readonly source: Result<Source, string>;
  readonly view: View | null;
  readonly producers: readonly string[];
  /** Wall clock after the look, in ms. */
  readonly nowMs: number;
}

/** Nothing of a proxy that is not seen, or that a peer tells of, and whose file nobody named: that is for `check` there. */
export function judgeSource(given: SourceCase): readonly Found[] {
  const { config, proxy, source, view, producers } = given;
  if (!source.ok && (view === null || isTold(proxy))) return [];
  const proxies = [proxy.name];
  const told = (one: Here) => ({ ...one, proxies, spot: null });
  if (!source.ok)
    return [unseen(proxy.name, source.fault), ...judgeOldWorkers(proxy, null, null).map(told)];
  const { files, command } = source.value;
  const sections = readSections(files);
  const inFiles = [
    ...newerOf(source.value, given),
    ...judgeFile({ sections, config, producers, view, proxy }),
  ];
  const isOther = inFiles.some(({ id }) => id === 'config-differs');
  return [
    ...inFiles.map(({ at, ...one }) => ({ ...one, proxies, spot: spotText(at, files[0]) })),
    ...(isTold(proxy) ? [] : judgeOldWorkers(proxy, command, isOther ? null : sections).map(told)),
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
