// Pins are written again with every tick: only what is new of them is told.
import type { PinOptions } from '../act/write-pins.ts';
import type { Journal, Log } from '../domain/ports.ts';
import type { Clock } from '../domain/time.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { announceOutcome } from '../report/announce.ts';
import { outcomeRecord } from '../report/journal.ts';
import type { Metrics } from '../report/metrics.ts';

/** Tells log and journal where a pin was set or released, begins to fail, or succeeds again; metrics of all but what was merely renewed. */
export function pinTeller(
  log: Log,
  journal: Journal,
  metrics: Pick<Metrics, 'observeOutcome'>,
  clock: Clock,
): PinOptions['onPin'] {
  const told = new Map<string, string>();
  return ({ proxy, serverId, renews }, outcome) => {
    const { result } = outcome;
    // mainstay is stopping: the pin stands, and is left to its lease.
    if (renews && result === 'abandoned') return;
    const isRenewed = renews && result === 'ok';
    if (!isRenewed) metrics.observeOutcome(outcome);
    const news = `${serverId} ${result}`;
    const before = told.get(proxy);
    told.set(proxy, news);
    // What a supervisor before this one has pinned is renewed without a word.
    if (before === news || (before === undefined && isRenewed)) return;
    announceOutcome(log, outcome, faultText);
    void journal.append(outcomeRecord(outcome, clock.now()));
  };
}
