// The pause after a connection that failed: it doubles, and it is never quite the same twice.
import type { Trouble } from '../domain/fault.ts';
import type { Clock } from '../domain/time.ts';

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
/** What counts as an attack where it is repeated (fail2ban: 5 in 10 minutes): a key that is not let in; from the first on. */
const SUSPECT_MS = 150_000;
const JITTER = 0.2;

/** How time passes and chance falls. */
export interface Pace {
  readonly clock: Pick<Clock, 'now'>;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

export interface Backoff {
  /** The last trouble, while its pause lasts; else null. */
  holds(): Trouble | null;
  failed(trouble: Trouble): void;
  succeeded(): void;
}

export function makeBackoff({ clock, random }: Pace): Backoff {
  let pauseMs = 0;
  let untilMs = -Infinity;
  let last: Trouble | null = null;
  return {
    holds: () => (clock.now().monoMs < untilMs ? last : null),
    failed: (trouble) => {
      pauseMs = isSuspect(trouble)
        ? SUSPECT_MS
        : Math.min(Math.max(FIRST_MS, pauseMs * 2), LONGEST_MS);
      untilMs = clock.now().monoMs + pauseMs * (1 - JITTER + 2 * JITTER * random());
      last = trouble;
    },
    succeeded: () => {
      pauseMs = 0;
      untilMs = -Infinity;
    },
  };
}

function isSuspect(trouble: Trouble): boolean {
  return (
    trouble.kind === 'ssh' && (trouble.stage === 'authentication' || trouble.stage === 'host-key')
  );
}
