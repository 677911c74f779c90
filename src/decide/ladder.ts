// The ladder (design.md, "Acting"): by which means sessions in a proxy's serving worker are moved now, one rung a plan.
import type { ProxyMemory } from '../domain/memory.ts';
import type { Policy, Rung } from '../domain/policy.ts';
import type { ProxyFacts } from './facts.ts';

export interface Climb {
  readonly rung: Rung;
  /** Why it is not the first rung, as a sentence; null: it is. */
  readonly why: string | null;
}

const FIRST: Climb = { rung: 'sessions', why: null };

/**
 * The lowest rung that is possible and was not climbed in this incident; where none is left, the first again. Null: not
 * even that one is possible. A proxy that others drive is theirs to climb at, by their own means and what they have
 * tried. `drained`: an operator lets sessions end there, which a reload or a restart would not.
 */
export function rungFor(
  proxy: ProxyFacts,
  { climbed }: ProxyMemory,
  { escalate }: Policy,
  drained: boolean,
): Climb | null {
  const able = mayClose(proxy);
  if (!proxy.drive || (able && !climbed.includes('sessions'))) return FIRST;
  const above = (['reload', 'restart'] as const).find(
    (rung) =>
      proxy[rung] &&
      escalate.includes(rung) &&
      !climbed.includes(rung) &&
      (rung === 'restart' || leavesNoneBehind(proxy)),
  );
  if (above !== undefined && !drained) return { rung: above, why: whyClimbed(proxy, climbed) };
  return able ? FIRST : null;
}

/** What the way to a proxy lacks for closing sessions, and the way out, as a sentence. */
export function levelGap(proxy: ProxyFacts): string {
  const cure =
    proxy.view?.way === 'stats'
      ? "set auth for the page in mainstay.yaml, and stats admin in HAProxy's configuration"
      : "set level admin for that stats socket in HAProxy's configuration";
  return `${shortfall(proxy)}: ${cure}`;
}

function shortfall({ name, view }: ProxyFacts): string {
  return view?.way === 'stats'
    ? `the statistics page of ${name} is read without a name and a password, and may not close sessions`
    : `the socket of ${name} has level ${view?.level ?? 'none'}, which may not close sessions`;
}

function mayClose({ view }: ProxyFacts): boolean {
  return view?.level === 'admin';
}

/**
 * A reload only hides sessions in an old worker. They can be ended there through the master alone: HAProxy does not
 * tell whether it is set up with `hard-stop-after`.
 */
function leavesNoneBehind({ view }: ProxyFacts): boolean {
  return view?.hidden === null;
}

function whyClimbed(proxy: ProxyFacts, climbed: readonly Rung[]): string {
  const first = mayClose(proxy) ? 'closing sessions one by one there has failed' : shortfall(proxy);
  return climbed.includes('reload') ? `${first}; a reload has not helped` : first;
}
