// Who is to do what was asked for by hand: this command by itself, or the daemon, whose will it would be against.
import type { HandDecision } from '../decide/by-hand.ts';
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import type { ConvergeOptions } from './converge.ts';
import { NO_TOKEN } from './order-daemon.ts';
import { OVERRIDE_FOR_MS } from './orders.ts';

export type Course =
  /** `holdMs`: how long this command holds the target with pins; null: nothing has to be held. */
  | { readonly kind: 'alone'; readonly holdMs: number | null }
  /** `has`: the target that the daemon has now. */
  | {
      readonly kind: 'hand-over';
      readonly to: string;
      readonly forMs: number;
      readonly has: string | null;
    }
  /** It is not to be done, unless `--force` is given and `passes` says that it helps. */
  | { readonly kind: 'against'; readonly why: string; readonly passes: boolean };

/**
 * Null: there is nothing to do. A daemon that acts is told of what it does not want itself: without `--to` only where it
 * pins, since else it follows; with `--to` and `--for` also of its own target, which it is then to hold.
 */
export function courseOf(
  config: Config,
  options: ConvergeOptions,
  daemon: Result<Status, string>,
  { target, plan, pins }: Pick<HandDecision, 'target' | 'plan' | 'pins'>,
): Course | null {
  if (target === null) return null;
  const { to, forMs, proxy } = options;
  if (!daemon.ok || daemon.value.mode === 'observe') {
    const holds = pins.some(({ server }) => server !== null);
    if (plan === null && (to === null || !holds)) return null;
    if (to === null && holds) return { kind: 'against', why: unnamedWords(target), passes: false };
    return { kind: 'alone', holdMs: holds ? (forMs ?? OVERRIDE_FOR_MS) : null };
  }
  const has = daemon.value.target;
  const differs = has !== target;
  const pinned = daemon.value.proxies.some(({ pin }) => pin.server !== null);
  const tell = to === null ? plan !== null && differs && pinned : differs || forMs !== null;
  if (!tell) return plan === null ? null : { kind: 'alone', holdMs: null };
  const why = whyNot(config, proxy);
  return why === null
    ? { kind: 'hand-over', to: target, forMs: forMs ?? OVERRIDE_FOR_MS, has }
    : { kind: 'against', why: againstWords(has, target, why), passes: true };
}

function whyNot({ token }: Config, proxy: string | null): string | null {
  if (proxy !== null) return 'an override is for all proxies, so that --proxy cannot be told to it';
  return token === null ? NO_TOKEN : null;
}

/** Nobody is moved to where he has to be held unless that was asked for. */
function unnamedWords(target: string): string {
  return `HAProxy itself would not keep sessions on ${target}, which is the best that all proxies can reach: name it, with --to ${target}, and this command brings them there and holds them.`;
}

/** The daemon has another target, and was not told of this one: `why`. */
export function againstWords(has: string | null, to: string, why: string): string {
  return `the daemon's target is ${has ?? 'none'}, and it is not told another: ${why}. Nothing would hold the sessions on ${to}, and the daemon may bring them back. Stop it first, or go on with --force.`;
}
