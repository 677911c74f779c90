// What an operator tells a running supervisor to do.

/** An operator's will: this producer is the target until `untilWallMs`, or as long as it is fit to stay somewhere. */
export interface Override {
  readonly to: string;
  /** Wall clock, ms since the epoch. */
  readonly untilWallMs: number;
  /** When it was given, likewise: of two, the newer holds. */
  readonly givenWallMs: number;
}

/** While it lasts mainstay watches on, and acts on nothing. */
export interface Pause {
  /** Wall clock, ms since the epoch; null: until somebody resumes. */
  readonly untilWallMs: number | null;
}

/** Longer is no override, but another configuration. */
export const LONGEST_OVERRIDE_MS = 365 * 24 * 3_600_000;

/** `clear` ends an override; `resume` ends a pause and forgets that the target was flapping. */
export type Order =
  | ({ readonly kind: 'override' } & Override)
  | { readonly kind: 'clear' }
  | ({ readonly kind: 'pause' } & Pause)
  | { readonly kind: 'resume' };
