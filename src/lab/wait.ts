// Waiting for something to become true, with a deadline and words for what was waited for.
import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 10;

/**
 * Asks `predicate` every 10 ms, the first time at once, until it says true.
 * Throws after `deadlineMs` with `what`, and with what `state` says at that moment.
 */
export async function waitFor(
  predicate: () => boolean | Promise<boolean>,
  deadlineMs: number,
  what: string,
  state: () => string = () => '',
): Promise<void> {
  const giveUpMs = performance.now() + deadlineMs;
  while (!(await predicate())) {
    if (performance.now() >= giveUpMs) {
      throw new Error(`not within ${deadlineMs} ms: ${what}\n${state()}`.trimEnd());
    }
    await sleep(STEP_MS);
  }
}
