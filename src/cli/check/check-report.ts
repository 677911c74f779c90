// What `check` has looked at and found, and how `--json` tells it: one document (contract.md, "check --json").
import type { Config } from '../../domain/config.ts';
import type { View } from '../../domain/view.ts';
import type { ConfigText } from '../../haproxy/config-file.ts';
import type { Finding } from './finding.ts';

export interface CheckReport {
  readonly config: Config;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly proxies: readonly CheckedProxy[];
}

export interface CheckedProxy {
  readonly name: string;
  /** As mainstay.yaml writes it. */
  readonly address: string;
  /** Null: not seen. */
  readonly view: View | null;
  /** HAProxy's configuration files that were read; none: not to be had. */
  readonly files: readonly ConfigText[];
}

export function checkJson({ findings, proxies }: CheckReport): string {
  const seen = proxies.map(({ name, address, view, files }) => {
    const [worker] = view?.workers ?? [];
    return {
      name,
      address,
      version: view?.version ?? null,
      level: view?.level ?? null,
      pid: worker?.pid ?? null,
      uptimeS: worker?.uptimeS ?? null,
      files: files.map(({ path }) => path),
    };
  });
  return `${JSON.stringify({ findings, proxies: seen }, null, 2)}\n`;
}
