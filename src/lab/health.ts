// What the lab's HAProxies say of main, from their own logs.
import type { Lab } from './lab.ts';

/** Main went up or down at one proxy. Before its first word a proxy has it up. */
export interface HealthChange {
  /** HAProxy's own time of it, wall clock, ms. */
  readonly atMs: number;
  readonly proxy: string;
  readonly up: boolean;
}

/** Of all proxies, oldest first. */
export function mainChanges(lab: Lab): readonly HealthChange[] {
  return Object.keys(lab.counts())
    .flatMap((proxy) => changesAt(lab, proxy))
    .toSorted((a, b) => a.atMs - b.atMs);
}

export function mainIsUpAt(lab: Lab, proxy: string): boolean {
  return changesAt(lab, proxy).at(-1)?.up ?? true;
}

function changesAt(lab: Lab, proxy: string): readonly HealthChange[] {
  return lab
    .proxy(proxy)
    .logged(/Server bp\/main is (UP|DOWN)/)
    .map(({ atMs, text }) => ({ atMs, proxy, up: text.includes('is UP') }));
}
