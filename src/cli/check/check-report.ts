// What `check` has looked at and found, and how `--json` tells it: one document (contract.md, "check --json").
import type { Config } from '../../domain/config.ts';
import type { ConfigText } from '../../haproxy/config-file.ts';
import type { ExitCode } from '../exit.ts';
import type { AskedPeer } from './ask-peers.ts';
import type { Finding } from './finding.ts';
import type { Tried, TriedProxy } from './ways.ts';

export interface CheckReport {
  readonly config: Config;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly exit: ExitCode;
  readonly proxies: readonly CheckedProxy[];
  readonly peers: readonly AskedPeer[];
}

export interface CheckedProxy {
  readonly ways: TriedProxy;
  /** HAProxy's configuration files that were read; none: not to be had. */
  readonly files: readonly ConfigText[];
}

export function checkJson({ findings, proxies, peers }: CheckReport): string {
  const seen = proxies.map(({ ways, files }) => {
    const { proxy, view, runtime, master, stats } = ways;
    const [worker] = view?.workers ?? [];
    return {
      name: proxy.name,
      address: (runtime ?? stats)?.address ?? null,
      version: view?.version ?? null,
      level: view?.level ?? null,
      pid: worker?.pid ?? null,
      uptimeS: worker?.uptimeS ?? null,
      files: files.map(({ path }) => path),
      ways: Object.entries({ runtime, master, stats }).flatMap(([setting, tried]) =>
        tried === null ? [] : [wayJson(setting, tried)],
      ),
    };
  });
  const asked = peers.map(({ peer: { name, url }, result, tookMs }) => ({
    name,
    url,
    version: result.ok ? result.value.version : null,
    fault: result.ok ? null : result.fault.kind,
    tookMs: rounded(tookMs),
  }));
  return `${JSON.stringify({ findings, proxies: seen, peers: asked }, null, 2)}\n`;
}

/** `setting`: the one of mainstay.yaml that names this way. */
function wayJson(setting: string, { address, result, tookMs }: Tried<unknown>): object {
  const fault = result.ok ? null : result.fault.kind;
  return { setting, address, fault, tookMs: rounded(tookMs) };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
