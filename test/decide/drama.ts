// Arbitrary dramas for the model: how it is built, what befalls it, when its supervisors die and start; and how one is played.
import { fc } from '@fast-check/vitest';
import type { Order } from '../../src/domain/order.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { clock, command, kill, newMind, start, turn, type Mind } from './minds.ts';
import type { Build, Model } from './model-parts.ts';
import { befall, buildModel, pass, type Fault } from './model.ts';
import { POLICY, proxyPolicy } from './world.ts';

export type Happening =
  | Fault
  | { readonly kind: 'kill'; readonly mind: number }
  | { readonly kind: 'start'; readonly mind: number; readonly from: 'journal' | 'nothing' }
  /** It is stopped, and goes on, so many seconds later. */
  | { readonly kind: 'freeze'; readonly mind: number; readonly forS: number }
  | { readonly kind: 'override'; readonly to: number; readonly forS: number }
  | { readonly kind: 'clear' | 'resume' };

export interface Scene {
  readonly happens: readonly Happening[];
  readonly forS: number;
  /** For how many turns nothing is heard of a plan that is begun in it. */
  readonly late: number;
}

export interface Drama {
  readonly build: Build;
  /** One supervisor drives all; or one beside each proxy drives that one. */
  readonly cast: 'one' | 'sidecars';
  readonly policy: Policy;
  readonly scenes: readonly Scene[];
}

export interface Stage {
  readonly model: Model;
  readonly minds: readonly Mind[];
  /** Until when a supervisor is frozen. */
  readonly frozenMs: Map<Mind, number>;
  /** The end of the last override, at most. */
  overriddenMs: number;
}

/** The middle of a minute, a day after the clock began. */
const START_MS = 86_400_000 + 30_000;
const STEP_MS = 500;

export function raise({ build, cast, policy }: Drama): Stage {
  const model = buildModel(build, START_MS);
  const { proxies } = policy;
  const sidecars = proxies.map(({ name }, at) => {
    const own = proxies.map((proxy) => ({ ...proxy, drive: proxy.name === name }));
    // Each names the proxies in its own order.
    return newMind({ ...policy, proxies: at % 2 === 0 ? own : own.toReversed() });
  });
  const minds = cast === 'one' ? [newMind(policy)] : sidecars;
  return { model, minds, frozenMs: new Map(), overriddenMs: 0 };
}

/** Plays a scene; `after` is told of each second. */
export function play(stage: Stage, scene: Scene, after: () => void = () => {}): void {
  for (const happening of scene.happens) happen(stage, happening);
  for (let s = 0; s < scene.forS; s += 1) second(stage, scene.late, after);
}

/** A second in which nothing happens. */
export function second(stage: Stage, late: number, after: () => void = () => {}): void {
  const { model, minds, frozenMs } = stage;
  pass(model, STEP_MS);
  pass(model, STEP_MS);
  const awake = minds.filter((mind) => (frozenMs.get(mind) ?? 0) <= model.nowMs);
  turn(model, awake, late);
  after();
}

export function happen(stage: Stage, happening: Happening): void {
  const { model, minds, frozenMs } = stage;
  const order = (one: Order) => {
    for (const mind of minds) command(mind, model, one);
  };
  const mind = 'mind' in happening ? minds[happening.mind % minds.length] : undefined;
  switch (happening.kind) {
    case 'kill':
      if (mind !== undefined) kill(mind);
      return;
    case 'start':
      if (mind !== undefined) start(mind, model, happening.from);
      return;
    case 'freeze':
      if (mind === undefined) return;
      mind.unbroken = false;
      frozenMs.set(mind, model.nowMs + happening.forS * 1_000);
      return;
    case 'override': {
      const { producers } = model.build;
      const to = producers[happening.to % producers.length] ?? '';
      const { wallMs } = clock(model);
      stage.overriddenMs = model.nowMs + happening.forS * 1_000;
      order({
        kind: 'override',
        to,
        untilWallMs: wallMs + happening.forS * 1_000,
        givenWallMs: wallMs,
      });
      // Who is not there does not hear of it.
      if (minds.some(({ alive }) => !alive)) for (const one of minds) one.unbroken = false;
      return;
    }
    case 'clear':
    case 'resume':
      order({ kind: happening.kind });
      if (minds.some(({ alive }) => !alive)) for (const one of minds) one.unbroken = false;
      return;
    case 'die':
    case 'return':
    case 'cut':
    case 'mend':
    case 'reload':
    case 'restart':
    case 'unseen':
    case 'seen':
    case 'drop':
      befall(model, happening);
      return;
    default:
      happening satisfies never;
  }
}

const any = fc.constantFrom(0, 1, 2);
const mainMostly = fc.constantFrom(0, 0, 0, 1, 2);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('die', 'return'), producer: mainMostly }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('cut', 'mend'),
      producer: mainMostly,
      proxy: any,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('reload', 'restart', 'unseen', 'seen', 'seen'),
      proxy: any,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('drop'), relay: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill'), mind: any }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('start'),
      mind: any,
      from: fc.constantFrom('journal', 'journal', 'nothing'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('freeze'),
      mind: any,
      forS: fc.constantFrom(2, 5, 12),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('override'),
      to: any,
      forS: fc.constantFrom(5, 30, 90),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('clear', 'resume') }) },
);

const scene: fc.Arbitrary<Scene> = fc.record({
  happens: fc.array(happening, { minLength: 1, maxLength: 3 }),
  forS: fc.constantFrom(1, 1, 2, 4, 8, 15, 30),
  late: fc.constantFrom(0, 0, 1, 3),
});

const ms = (...seconds: readonly number[]) => fc.constantFrom(...seconds.map((s) => s * 1_000));

/** Short durations, so that every wait begins and ends within a drama. */
const policyOf: fc.Arbitrary<Partial<Policy>> = fc.record({
  confirm: fc.constantFrom(1, 2, 2, 3),
  warmupMs: ms(0, 3, 10),
  failbackAfterMs: ms(0, 5, 15),
  failbackUnseenMs: ms(4, 60),
  splitAfterMs: ms(0, 3),
  partialPolicy: fc.constantFrom('together', 'together', 'together', 'tolerate'),
  partialAfterMs: ms(0, 4, 10),
  cooldownMs: ms(0, 4, 12),
  flapMax: fc.constantFrom(0, 1, 3, 3),
  flapWithinMs: ms(30, 120),
  budgetMax: fc.constantFrom(1, 3, 12, 12),
  budgetWithinMs: ms(8, 40),
  steer: fc.constantFrom('auto', 'auto', 'auto', 'pin', 'none'),
});

export function drama(
  pins: readonly Build['proxies'][number]['pins'][] = [
    'heeded',
    'heeded',
    'heeded',
    'heeded',
    'none',
    'unheeded',
  ],
): fc.Arbitrary<Drama> {
  return fc
    .record({
      producers: fc.constantFrom(['main', 'backup'], ['main', 'backup', 'third']),
      proxies: fc.array(fc.record({ pins: fc.constantFrom(...pins), hangs: fc.boolean() }), {
        minLength: 2,
        maxLength: 3,
      }),
      check: fc.constantFrom({ rise: 2, fall: 2 }, { rise: 3, fall: 2 }, { rise: 1, fall: 1 }),
      cast: fc.constantFrom('one' as const, 'sidecars' as const),
      policy: policyOf,
      scenes: fc.array(scene, { minLength: 2, maxLength: 14, size: 'max' }),
    })
    .map(({ producers, proxies, check, cast, policy, scenes }) => ({
      build: {
        producers,
        proxies,
        relaysEach: 2,
        interMs: 1_000,
        ...check,
        leaseMs: 10_000,
        redialMs: 10_000,
      },
      cast,
      scenes,
      policy: {
        ...POLICY,
        escalate: ['sessions'],
        verifyWithinMs: 0,
        verifyReturnMs: 0,
        ...policy,
        producers,
        proxies: proxies.map((_, at) => proxyPolicy(`ha${at + 1}`)),
      },
    }));
}
