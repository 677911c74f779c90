// Waiting in a test for something to become true: asked again and again, with a deadline and words for it.
import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 8000;
const STEP_MS = 10;

/** Throws after 8 s with `what`, and with what `state` says then. */
export async function until(
  predicate: () => boolean | Promise<boolean>,
  what: string,
  state: () => string = () => '',
): Promise<void> {
  const endMs = performance.now() + DEADLINE_MS;
  while (!(await predicate())) {
    if (performance.now() > endMs) throw new Error(`never: ${what}\n${state()}`.trimEnd());
    await sleep(STEP_MS);
  }
}
