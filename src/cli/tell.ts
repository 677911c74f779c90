// Who is told of what the supervisor decides and does: log, journal, metrics, hooks, and who follows its events.
import type { Config } from '../domain/config.ts';
import type { Fault } from '../domain/fault.ts';
import type { Outcome } from '../domain/decision.ts';
import type { Log } from '../domain/ports.ts';
import type { PeerView } from '../domain/peer.ts';
import type { Clock } from '../domain/time.ts';
import { faultText } from '../haproxy/fault-text.ts';
import type { Round } from '../loop.ts';
import { announceDecision, announceOutcome } from '../report/announce.ts';
import type { Events } from '../report/events.ts';
import { makeHooks } from '../report/hooks.ts';
import { outcomeRecord, type OpenJournal } from '../report/journal.ts';
import type { Metrics } from '../report/metrics.ts';
import { makeEventTeller } from '../report/tell-events.ts';
import { rfc3339 } from '../report/wall.ts';
import type { Last } from './sources.ts';

export interface Teller {
  /** Resolves once a decision that says anything new is safe in the journal, or could not be kept there. */
  readonly announce: (round: Round) => Promise<void>;
  /** A round is over; `view` is what peers are told from now on. */
  readonly round: (round: Round, view: PeerView | null) => void;
  /** A step has ended, and again when it is known whether its sessions came back. */
  readonly outcome: (outcome: Outcome) => void;
  /** The heartbeat at a proxy begins to fail; null: it is written again. */
  readonly beat: (proxy: string, fault: Fault | null) => void;
  readonly stop: () => Promise<void>;
}

interface Ears {
  readonly log: Log;
  readonly journal: OpenJournal;
  readonly metrics: Metrics;
  readonly events: Events;
  readonly clock: Clock;
  /** The round before. */
  readonly last: Last;
}

export function makeTeller(
  { cluster, backend, hooks: configured }: Config,
  { log, journal, metrics, events, clock, last }: Ears,
): Teller {
  const hooks = makeHooks(configured, {
    cluster,
    backend,
    faultText,
    clock,
    log,
    journal,
    onResult: (hook, result) => metrics.observeHook(hook, result),
  });
  const followers = makeEventTeller(events, backend);
  /** Whether the round that was announced last says something new. */
  let isNews = false;
  return {
    async announce(round) {
      isNews = announceDecision(log, last.round, round, faultText);
      if (!isNews) return;
      await journal.append(recordOf(round));
      hooks.decided(last.round, round);
    },
    round(round, view) {
      metrics.observeDecision(round.judgement, round.snapshot, round.now);
      followers.round(round, isNews, view);
    },
    outcome(outcome) {
      if (outcome.returned === null) {
        metrics.observeOutcome(outcome);
        hooks.done(outcome);
      }
      announceOutcome(log, outcome, faultText);
      followers.action(outcome);
      void journal.append(outcomeRecord(outcome, clock.now()));
    },
    beat(proxy, fault) {
      if (fault === null) log.info({ proxy }, `${proxy}: the heartbeat is written again`);
      else
        log.warn(
          { proxy, fault },
          `${proxy}: the heartbeat cannot be written, so that a supervisor that stands by may act there: ${faultText(fault)}`,
        );
    },
    stop: () => hooks.stop(),
  };
}

function recordOf({ now, snapshot, memory, policy, judgement }: Round) {
  const at = rfc3339(now, now.monoMs);
  return {
    v: 1,
    at,
    kind: 'decision',
    now,
    snapshot,
    memory,
    policy,
    decision: judgement,
  } as const;
}
