// What the operator wants, as far as judgement needs to know it. All durations in ms.

export interface Policy {
  /** In order of preference, the first is main; empty: the backend's servers, those without `backup` first. */
  readonly producers: readonly string[];
  readonly proxies: readonly { readonly name: string; readonly drive: boolean }[];
  readonly mode: 'converge' | 'observe';
  readonly pollIntervalMs: number;
  readonly pollTimeoutMs: number;
  /** Looks that must agree before anything is closed. */
  readonly confirm: number;
  /** A worker younger than this is not believed when it says UP. */
  readonly warmupMs: number;
  readonly failbackAfterMs: number;
  /** A proxy unseen for longer than this no longer holds a failback back. */
  readonly failbackUnseenMs: number;
  /** How long a more preferred producer must be fit to go to everywhere, without a break. */
  readonly splitAfterMs: number;
  readonly partialPolicy: 'together' | 'tolerate';
  readonly partialAfterMs: number;
  /** From the end of one closing on a proxy to the next. */
  readonly cooldownMs: number;
  readonly flapMax: number;
  readonly flapWithinMs: number;
  readonly budgetMax: number;
  readonly budgetWithinMs: number;
  readonly verifyWithinMs: number;
  readonly verifyReturnMs: number;
}
