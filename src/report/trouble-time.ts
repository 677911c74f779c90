// How long sessions were where they should not be: the time between looks that agree.
import type { Judgement } from '../domain/decision.ts';
import type { Now } from '../domain/time.ts';
import type { ProxySight, Snapshot } from '../domain/view.ts';

/** Seconds since the tick before of which both ticks said so. */
export interface TroubleTime {
  /** With sessions on two producers or more. */
  readonly splitS: number;
  /** With sessions of a producer that is not the target. */
  readonly strandedS: number;
}

/** A gap between two ticks counts up to this much, or to two polls where those are longer. */
const LONGEST_GAP_MS = 10_000;

/**
 * Asked once a tick. One look alone does not count: it may have caught a failback in passing. A gap longer
 * than the limit (the host slept, the loop stood still) is one that nobody watched; no more of it is claimed.
 */
export function makeTroubleTime(pollIntervalMs: number) {
  const longestGapMs = Math.max(LONGEST_GAP_MS, 2 * pollIntervalMs);
  let last = { monoMs: 0, split: false, stranded: false };
  return (judgement: Judgement, snapshot: Snapshot, { monoMs }: Now): TroubleTime => {
    const split = judgement.verdict === 'split-brain';
    const stranded = snapshot.proxies.some((proxy) => isStranded(proxy, judgement));
    const gapS = Math.min(monoMs - last.monoMs, longestGapMs) / 1000;
    const time = {
      splitS: split && last.split ? gapS : 0,
      strandedS: stranded && last.stranded ? gapS : 0,
    };
    last = { monoMs, split, stranded };
    return time;
  };
}

function isStranded({ sight }: ProxySight, { target, producers }: Judgement): boolean {
  if (target === null || sight.kind === 'unseen') return false;
  return sight.value.workers.some(({ servers }) =>
    servers.some(
      ({ name, sessions }) => sessions > 0 && name !== target && producers.includes(name),
    ),
  );
}
