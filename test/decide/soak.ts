// A soak in the model: main comes and goes at one pace for a long time, and then stays.
import type { Policy } from '../../src/domain/policy.ts';
import { raise } from './drama.ts';
import { turn } from './minds.ts';
import { connected, type Closing } from './model-parts.ts';
import { befall, pass } from './model.ts';
import { POLICY } from './world.ts';

/** How long a check takes to believe a producer that has come back, in ms: `rise` times `inter`. */
export const RISE_MS = 3_000;

const POLL_MS = 1_000;
const STEP_MS = 250;

export interface Soak {
  /** Main is up for so long, then down for so long, and so on. */
  readonly everyMs: number;
  readonly forMs: number;
  /** Whether there is a pin table at each proxy. */
  readonly steered: boolean;
  /** Main dies for everybody, or it is cut off from the first proxy alone. */
  readonly fault: 'die' | 'cut';
  readonly cast: 'one' | 'sidecars';
  readonly policy: Partial<Policy>;
}

export interface Soaked {
  /** The supervisors' plans: when, by whom. */
  readonly plans: readonly { readonly atMs: number; readonly mind: number }[];
  /** Moves of the target by rules E30 to E50, likewise. */
  readonly moves: readonly { readonly atMs: number; readonly mind: number; readonly to: string }[];
  readonly closings: readonly Closing[];
  /** When main came to stay. */
  readonly stayedMs: number;
  /** When everybody was on main for good; null: not at the end either. */
  readonly restedMs: number | null;
}

/** `restMs`: for how long main stays at the end. */
export function soak(
  { everyMs, forMs, steered, fault, cast, policy }: Soak,
  restMs: number,
): Soaked {
  const pins = steered ? 'heeded' : 'none';
  const proxy = { pins, hangs: false } as const;
  const stage = raise({
    build: {
      producers: ['main', 'backup'],
      proxies: [proxy, proxy],
      relaysEach: 2,
      interMs: 1_000,
      rise: RISE_MS / 1_000,
      fall: 2,
      leaseMs: 10_000,
      redialMs: 10_000,
    },
    cast,
    policy: { ...POLICY, escalate: ['sessions'], verifyWithinMs: 0, verifyReturnMs: 0, ...policy },
    scenes: [],
  });
  const { model, minds } = stage;
  const plans: Soaked['plans'][number][] = [];
  const moves: Soaked['moves'][number][] = [];
  const targets = minds.map((): string | null => null);
  const look = () => {
    minds.forEach(({ decision }, mind) => {
      const to = decision?.target ?? null;
      const chosen = ['E30', 'E40', 'E50'].includes(decision?.election ?? '');
      if (decision?.plan != null) plans.push({ atMs: model.nowMs, mind });
      if (chosen && to !== null && to !== targets[mind])
        moves.push({ atMs: model.nowMs, mind, to });
      targets[mind] = to;
    });
  };
  let well = true;
  const toggle = () => {
    well = !well;
    if (fault === 'cut') befall(model, { kind: well ? 'mend' : 'cut', producer: 0, proxy: 0 });
    else befall(model, { kind: well ? 'return' : 'die', producer: 0 });
  };
  const endMs = model.nowMs + forMs;
  let nextMs = model.nowMs + everyMs;
  while (model.nowMs < endMs) {
    for (let ms = 0; ms < POLL_MS; ms += STEP_MS) {
      pass(model, STEP_MS);
      if (nextMs > model.nowMs) continue;
      toggle();
      nextMs += everyMs;
    }
    turn(model, minds);
    look();
  }
  if (!well) toggle();
  const stayedMs = model.nowMs;
  let restedMs: number | null = null;
  while (model.nowMs < stayedMs + restMs) {
    pass(model, POLL_MS);
    turn(model, minds);
    look();
    const { on, all } = connected(model);
    const rests = all && on.length === 1 && on[0] === 'main';
    restedMs = rests ? (restedMs ?? model.nowMs) : null;
  }
  return { plans, moves, closings: model.closings, stayedMs, restedMs };
}
