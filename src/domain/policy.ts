// What the operator wants, as far as judgement needs to know it. All durations in ms.

/** The rungs of the ladder, from the gentlest to the hardest (design.md, "Acting"). */
export type Rung = 'sessions' | 'reload' | 'restart';

export interface ProxyPolicy {
  readonly name: string;
  /** `standby`: only while its own supervisor is gone. */
  readonly drive: boolean | 'standby';
  /** Whether there is a way to reload it, and one to restart it. */
  readonly reload: boolean;
  readonly restart: boolean;
}

export interface Policy {
  /** In order of preference, the first is main; empty: the backend's servers, those without `backup` first. */
  readonly producers: readonly string[];
  readonly proxies: readonly ProxyPolicy[];
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
  /** Whether new connections are steered by pins: `auto`, where there is a table; `none`, nowhere. */
  readonly steer: 'auto' | 'pin' | 'none';
  /** From the end of one closing on a proxy to the next. */
  readonly cooldownMs: number;
  readonly flapMax: number;
  readonly flapWithinMs: number;
  readonly budgetMax: number;
  readonly budgetWithinMs: number;
  /** The rungs that may be climbed; `sessions` is always one. */
  readonly escalate: readonly Rung[];
  readonly verifyWithinMs: number;
  readonly verifyReturnMs: number;
}

/** contract.md's defaults, `timing: normal`. */
export const DEFAULT_POLICY: Policy = {
  producers: [],
  proxies: [],
  mode: 'converge',
  pollIntervalMs: 1_000,
  pollTimeoutMs: 800,
  confirm: 2,
  warmupMs: 30_000,
  failbackAfterMs: 1_800_000,
  failbackUnseenMs: 43_200_000,
  splitAfterMs: 3_000,
  partialPolicy: 'together',
  partialAfterMs: 20_000,
  steer: 'auto',
  cooldownMs: 150_000,
  flapMax: 3,
  flapWithinMs: 3_600_000,
  budgetMax: 12,
  budgetWithinMs: 3_600_000,
  escalate: ['sessions', 'reload'],
  verifyWithinMs: 5_000,
  verifyReturnMs: 60_000,
};
