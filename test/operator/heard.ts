// What Alertmanager has heard: each alert from the moment when it fires until it is resolved, by its own API.
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../../src/lab/wait.ts';
import type { Ending } from '../integration/support.ts';
import type { Alert, Monitoring } from './monitoring.ts';

export interface Firing {
  readonly name: string;
  readonly alert: Alert;
  readonly firedMs: number;
  /** Null: it fires still. */
  readonly resolvedMs: number | null;
}

export interface Heard {
  /** All so far, in the order in which they fired. */
  firings(): readonly Firing[];
  /** The names of those that fire now. */
  now(): readonly string[];
  /** Waits until all of these fire at the same time. */
  untilFiring(names: readonly string[], deadlineMs: number): Promise<void>;
  /** Waits until none of these fires. */
  untilResolved(names: readonly string[], deadlineMs: number): Promise<void>;
}

const EVERY_MS = 200;

/** Listens until the test ends. */
export function listenTo(monitoring: Monitoring, { onTestFinished }: Ending): Heard {
  const firings: Firing[] = [];
  const stopping = new AbortController();
  const take = (alerts: readonly Alert[]): void => {
    const nowMs = performance.now();
    const there = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
    for (const [at, firing] of firings.entries()) {
      if (firing.resolvedMs !== null || there.delete(firing.alert.fingerprint)) continue;
      firings[at] = { ...firing, resolvedMs: nowMs };
    }
    for (const alert of there.values()) {
      const name = alert.labels['alertname'] ?? '';
      firings.push({ name, alert, firedMs: nowMs, resolvedMs: null });
    }
  };
  const listening = (async () => {
    while (!stopping.signal.aborted) {
      // An answer that is late is asked for again: what Alertmanager knows does not get lost.
      const alerts = await monitoring.firing().catch(() => null);
      if (alerts !== null) take(alerts);
      await sleep(EVERY_MS);
    }
  })();
  onTestFinished(async () => {
    stopping.abort();
    await listening;
  });
  const now = () => firings.filter(({ resolvedMs }) => resolvedMs === null).map(({ name }) => name);
  const said = () => `firing: ${now().join(', ') || 'none'}`;
  return {
    firings: () => firings,
    now,
    untilFiring: (names, deadlineMs) => {
      const all = () => names.every((name) => now().includes(name));
      return waitFor(all, deadlineMs, `${names.join(', ')} fire`, said);
    },
    untilResolved: (names, deadlineMs) => {
      const none = () => !now().some((name) => names.includes(name));
      return waitFor(none, deadlineMs, `${names.join(', ')} are resolved`, said);
    },
  };
}
