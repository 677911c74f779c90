// How long a relay waits before it dials again, as cardano-node does.
import { between } from './random.ts';

/** All in seconds of a relay's life (facts: "What closing a session costs a relay"). */
const AFTER_CLOSE_S = [10, 14] as const;
const BACKOFF_S = [5, 10, 20, 40, 80, 160] as const;
const BACKOFF_FUZZ_S = 2;
const FORGET_FAILURES_S = 120;

export interface Redial {
  readonly delayS: number;
  /** How many failed dials are remembered from now on. */
  readonly failures: number;
}

/**
 * After a connection that was good for `goodForS` has been closed, or (null) after a dial that failed.
 * A failure is remembered until a connection has been good for 120 s.
 */
export function redial(failures: number, goodForS: number | null, random: () => number): Redial {
  if (goodForS !== null) {
    const remembered = goodForS >= FORGET_FAILURES_S ? 0 : failures;
    return { delayS: between(random, ...AFTER_CLOSE_S), failures: remembered };
  }
  const backoffS = BACKOFF_S[failures] ?? BACKOFF_S[BACKOFF_S.length - 1]!;
  const delayS = between(random, backoffS - BACKOFF_FUZZ_S, backoffS + BACKOFF_FUZZ_S);
  return { delayS, failures: failures + 1 };
}
