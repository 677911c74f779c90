// Time as it is handed around: an argument in the core, a Clock in the shell.

/** One instant, on both clocks of this host. */
export interface Now {
  /** Milliseconds of a clock that never jumps; only differences mean anything. */
  readonly monoMs: number;
  /** Milliseconds since the Unix epoch; may jump. Only for what people read, and for schedules. */
  readonly wallMs: number;
}

/** The only source of time and of waiting for everything above `domain/`. */
export interface Clock {
  now(): Now;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
