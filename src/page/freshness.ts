// How old the last word of the daemon is, whatever the clocks of the daemon and of this device say.

/** On both clocks of this device: one of them may stand still while it sleeps, the other may be set back. */
export interface Instant {
  readonly wallMs: number;
  readonly monoMs: number;
}

/** One status that was received. */
export interface Word {
  /** When it was decided, by the server's clock. */
  readonly atMs: number;
  /** What to add to this device's wall clock to have the server's. */
  readonly offsetMs: number;
  /** How old it was when it came. */
  readonly ageMs: number;
  /** How long the daemon may be silent before its word is stale. */
  readonly limitMs: number;
  readonly received: Instant;
}

export interface Freshness {
  readonly isLive: boolean;
  readonly ageMs: number;
}

/** A daemon that looks each second says something new well within this. */
const LIMIT_MS = 5000;
/** One that looks less often may be silent for as many of its rounds. */
const ROUNDS = 2.5;
/** Longer than this between two is no round but a pause. */
const LONGEST_ROUND_MS = 60_000;

/** @param date the answer's `Date`, which is the server's clock to the second; null: it had none */
export function hear(last: Word | null, at: string, date: string | null, received: Instant): Word {
  const atMs = Date.parse(at);
  const serverMs = Math.max(atMs, Date.parse(date ?? at) || 0);
  const roundMs = last === null ? 0 : atMs - last.atMs;
  const limitMs = roundMs > 0 && roundMs < LONGEST_ROUND_MS ? ROUNDS * roundMs : 0;
  return {
    atMs,
    offsetMs: serverMs - received.wallMs,
    ageMs: serverMs - atMs,
    limitMs: last !== null && roundMs === 0 ? last.limitMs : Math.max(LIMIT_MS, limitMs),
    received,
  };
}

/** `failed`: the last question had no good answer, and nothing that was said before it is believed any more. */
export function freshness(word: Word, failed: boolean, now: Instant): Freshness {
  const { wallMs, monoMs } = word.received;
  const ageMs = word.ageMs + Math.max(0, now.wallMs - wallMs, now.monoMs - monoMs);
  return { isLive: !failed && ageMs <= word.limitMs, ageMs };
}
