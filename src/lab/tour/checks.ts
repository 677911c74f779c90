// What the tour claims, claim by claim: each is looked at, and named where it did not hold.
import { waitFor } from '../wait.ts';

export interface Checks {
  /** Takes down whether it is so. */
  expect(claim: string, held: boolean): void;
  /**
   * Waits until it is so. Where it does not come to be within 30 s that is taken down, and `NotHeld` thrown: what
   * follows builds on it. Rejects at once when the tour is stopped.
   */
  until(claim: string, predicate: () => boolean): Promise<void>;
  held(): number;
  broken(): readonly string[];
}

/** A claim that the rest of the tour builds on did not hold. */
export class NotHeld extends Error {}

const PATIENCE_MS = 30_000;

export function makeChecks(signal: AbortSignal): Checks {
  let held = 0;
  const broken: string[] = [];
  return {
    expect: (claim, isSo) => {
      if (isSo) held++;
      else broken.push(claim);
    },
    until: async (claim, predicate) => {
      try {
        await waitFor(() => signal.aborted || predicate(), PATIENCE_MS, claim);
      } catch (error) {
        broken.push(`${claim} (waited ${PATIENCE_MS / 1000}s)`);
        throw new NotHeld(claim, { cause: error });
      }
      signal.throwIfAborted();
      held++;
    },
    held: () => held,
    broken: () => broken,
  };
}
