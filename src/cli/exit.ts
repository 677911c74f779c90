// Exit codes, the same for every command (contract.md, "Commands").
import type { Verdict } from '../domain/verdict.ts';

export const EXIT = {
  good: 0,
  /** Usage, configuration, or no answer possible. */
  usage: 1,
  notConverged: 2,
  /** A proxy could not be seen, or a daemon that is needed does not answer. */
  unseen: 3,
  /** Converge: a gate, a refusal or a "no" held it back. */
  held: 4,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of a verdict and the proxies that were not seen: the first code that fits. */
export function exitOf(verdict: Verdict, degraded: readonly string[]): ExitCode {
  switch (verdict) {
    case 'split-brain':
    case 'sticky':
    case 'views-differ':
    case 'no-producer':
      return EXIT.notConverged;
    case 'blind':
      return EXIT.unseen;
    case 'converged':
    case 'failed-over':
    case 'holding':
    case 'idle':
      return degraded.length > 0 ? EXIT.unseen : EXIT.good;
    default:
      return verdict satisfies never;
  }
}
