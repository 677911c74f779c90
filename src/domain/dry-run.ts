// What an override would do now: the answer to `POST /v1/converge` with `dryRun`.
import type { StepAction } from './decision.ts';
import type { StatusGate } from './status.ts';

export interface DryRun {
  readonly to: string;
  /** RFC 3339 UTC: when the override would end. */
  readonly until: string;
  /** What would be done at the proxies that this daemon acts on, once no gate is shut. */
  readonly steps: readonly {
    readonly action: StepAction;
    readonly proxy: string;
    readonly server: string | null;
    readonly pid: number | null;
    readonly sessions: number;
  }[];
  /** What would hold it back. */
  readonly gates: readonly StatusGate[];
}
