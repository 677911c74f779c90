// What a supervisor answers over HTTP, taken from its last round.
import { parseDuration } from '../config/duration.ts';
import type { Config } from '../domain/config.ts';
import type { Clock } from '../domain/time.ts';
import { faultText } from '../haproxy/fault-text.ts';
import type { Round } from '../loop.ts';
import type { Sources } from '../report/endpoints.ts';
import type { Events } from '../report/events.ts';
import { toExplanation } from '../report/explanation.ts';
import { toHistory } from '../report/history.ts';
import type { OpenJournal } from '../report/journal.ts';
import type { Metrics } from '../report/metrics.ts';
import type { Orders } from '../report/orders.ts';
import { readPage } from '../report/page.ts';
import { toPeerView } from '../report/peer-view.ts';
import { toStatus } from '../report/status.ts';

/** The loop's last round, and when it was or, before the first, when it was started. */
export interface Last {
  round: Round | null;
  tickMs: number;
}

interface Answering {
  readonly metrics: Metrics;
  readonly journal: OpenJournal;
  readonly orders: Orders;
  readonly events: Events;
  /** mainstay's. */
  readonly version: string;
}

/** The loop may be late by this much before `/healthz` says that it is stuck. */
const TURN_GRACE_MS = 5000;

export function sourcesOf(
  config: Config,
  last: Last,
  { metrics, journal, orders, events, version }: Answering,
  clock: Clock,
): Sources {
  const { cluster, backend, policy } = config;
  const daemon = { source: 'daemon', cluster, backend, mode: policy.mode, faultText } as const;
  return {
    metrics,
    sinceTickMs: () => clock.now().monoMs - last.tickMs,
    tickLimitMs: 2 * policy.pollIntervalMs + TURN_GRACE_MS,
    unready: () => {
      const driven = policy.proxies.filter((proxy) => proxy.drive).map((proxy) => proxy.name);
      // Not the decision's `degraded`: a proxy whose old workers are hidden is seen all the same.
      const sights = last.round?.snapshot.proxies ?? [];
      const seen = sights.filter(({ sight }) => sight.kind === 'seen').map(({ name }) => name);
      return driven.filter((name) => !seen.includes(name));
    },
    status: () => (last.round === null ? null : toStatus({ ...daemon, ...last.round })),
    explanation: () => (last.round === null ? null : toExplanation({ ...daemon, ...last.round })),
    view: () =>
      last.round === null
        ? null
        : toPeerView({ version, config, round: last.round, nowMs: clock.now().monoMs }),
    events,
    page: readPage(),
    decisions: (limit) => journal.decisions(limit),
    history: (limit) => {
      // One more than is asked for: what a decision says new is said beside the one before.
      const records = journal.latest(limit + 1).toReversed();
      return toHistory(records, faultText).toReversed().slice(0, limit);
    },
    orders,
    durationMs: parseDuration,
  };
}
