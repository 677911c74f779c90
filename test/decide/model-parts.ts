// The parts of the model: how it is built, what it holds, and where new connections go.
/** How it is built, for good. */
export interface Build {
  /** In order of preference; all but the first are configured with `backup`. */
  readonly producers: readonly string[];
  readonly proxies: readonly {
    /** `unheeded`: the table is there, the `use-server` lines are not. */
    readonly pins: 'heeded' | 'unheeded' | 'none';
    /** Without `on-marked-down shutdown-sessions`: what is cut off hangs on. */
    readonly hangs: boolean;
  }[];
  readonly relaysEach: number;
  readonly interMs: number;
  readonly rise: number;
  readonly fall: number;
  /** The pin table's `expire`. */
  readonly leaseMs: number;
  /** From a lost connection to the next try, and from try to try. */
  readonly redialMs: number;
}

export interface Server {
  readonly name: string;
  readonly id: number;
  up: boolean;
  /** Checks in a row that say the contrary. */
  run: number;
  /** A first check has ended; before that one failure is enough. */
  checked: boolean;
  passed: boolean;
  changedMs: number;
  lastSessionMs: number | null;
}

export interface ModelProxy {
  readonly name: string;
  readonly pins: Build['proxies'][number]['pins'];
  readonly hangs: boolean;
  pid: number;
  startedMs: number;
  servers: Server[];
  pin: { readonly serverId: number; readonly untilMs: number } | null;
  unseenSinceMs: number | null;
  nextCheckMs: number;
}

export interface Relay {
  readonly proxy: string;
  readonly slowMs: number;
  /** The worker and the producer it is connected to, or null. */
  on: { readonly pid: number; readonly producer: string } | null;
  redialMs: number;
}

/** Sessions that a supervisor has closed, and where the next connection would have gone at that moment. */
export interface Closing {
  readonly atMs: number;
  readonly proxy: string;
  readonly producer: string;
  readonly count: number;
  readonly target: string;
  readonly next: string | null;
}

export interface Model {
  readonly build: Build;
  nowMs: number;
  readonly dead: Set<string>;
  /** `ha1 main`: the producer cannot be reached from that proxy. */
  readonly cut: Set<string>;
  readonly proxies: readonly ModelProxy[];
  readonly relays: readonly Relay[];
  readonly closings: Closing[];
}

/** Where HAProxy alone sends the next new connection: to main, else to the first backup that is up. */
export function ownChoice({ servers }: ModelProxy): string | null {
  return servers.find(({ up }) => up)?.name ?? null;
}

/** Where the next new connection goes: by the pin while its lease lasts and its server is not down. */
export function nextAt(model: Model, proxy: ModelProxy): string | null {
  const serverId = proxy.pins === 'heeded' ? livePin(model, proxy) : 0;
  return proxy.servers.find(({ id, up }) => id === serverId && up)?.name ?? ownChoice(proxy);
}

/** The id that a live pin names; 0: none. */
export function livePin({ nowMs }: Model, { pin }: ModelProxy): number {
  return pin !== null && pin.untilMs > nowMs ? pin.serverId : 0;
}

/** Producers that relays are connected to, each once; and whether every relay is connected. */
export function connected({ relays }: Model): {
  readonly on: readonly string[];
  readonly all: boolean;
} {
  const on = relays.flatMap((relay) => relay.on?.producer ?? []);
  return { on: [...new Set(on)].toSorted(), all: on.length === relays.length };
}
