// The shape of `status --json` and `/v1/status` (contract.md). Times are RFC 3339 UTC with milliseconds, or null.
import type { GateName, HoldReason, Verdict } from './verdict.ts';
import type { Health, Way } from './view.ts';

export interface Status {
  readonly source: 'daemon' | 'look';
  /** When it was decided. */
  readonly at: string;
  readonly cluster: string;
  readonly backend: string;
  /** What is, what mainstay is doing about it and why not more, and what a person should do: a few sentences. */
  readonly says: string;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly hold: HoldReason | null;
  readonly target: string | null;
  readonly election: string;
  readonly why: string;
  readonly producers: readonly string[];
  readonly since: string | null;
  readonly mode: 'converge' | 'observe';
  readonly degraded: readonly string[];
  readonly gates: readonly StatusGate[];
  /** An operator's override, with its end; null: none. */
  readonly override: { readonly to: string; readonly until: string } | null;
  /** Until when nothing is done, by an operator's word; `until` null: until somebody resumes. Null: not paused. */
  readonly paused: { readonly until: string | null } | null;
  readonly proxies: readonly StatusProxy[];
  readonly peers: readonly StatusPeer[];
}

export interface StatusPeer {
  readonly name: string;
  readonly reachable: boolean;
  readonly error: { readonly kind: string; readonly message: string } | null;
  readonly version: string | null;
  readonly mode: 'converge' | 'observe' | null;
  readonly target: string | null;
  readonly ageMs: number | null;
}

export interface StatusGate {
  readonly gate: GateName;
  readonly proxy: string | null;
  readonly until: string | null;
  readonly reason: string;
  /** What opens it, by itself or by whom, as a sentence without its full stop; with `until`, that it opens then. */
  readonly opens: string;
}

export interface StatusProxy {
  readonly name: string;
  /** Whether this supervisor acts on it now. */
  readonly driven: boolean;
  readonly reachable: boolean;
  readonly error: { readonly kind: string; readonly message: string } | null;
  readonly version: string | null;
  readonly level: string | null;
  /** The way in use; null: not seen. */
  readonly transport: Way | null;
  /** Whether old workers, which keep sessions after a reload, are seen; if not, why, as a sentence. */
  readonly oldWorkers: { readonly seen: boolean; readonly message: string | null };
  /** The server that the pin there sends new connections to, and for how long if nobody renews it; `message`: what is lost without pins. */
  readonly pin: {
    readonly server: string | null;
    readonly leaseMs: number;
    readonly message: string | null;
  };
  readonly ageMs: number | null;
  readonly workers: readonly {
    readonly pid: number | null;
    readonly old: boolean;
    readonly producers: readonly {
      readonly name: string;
      readonly health: Health;
      readonly status: string;
      readonly sessions: number;
      readonly lastChangeS: number;
    }[];
  }[];
}
