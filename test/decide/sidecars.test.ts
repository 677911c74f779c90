// A cut between two sidecars, in every phase: what each does while it lasts, and where both are after it.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/domain/decision.ts';
import { connected } from './model-parts.ts';
import { befall, calm } from './model.ts';
import { pairUp, setDeaf, wait, type Pair, type Sidecar } from './sidecars.ts';

const CUTS = {
  none: [false, false],
  both: [true, true],
  A: [true, false],
  B: [false, true],
} as const;
type Cut = keyof typeof CUTS;
type Phase = 'normal' | 'failover' | 'hold' | 'healing';

const CUT_S = 60;
/** A failback is due in the middle of the cut. */
const TIMES = {
  failbackAfterMs: 20_000,
  partialAfterMs: 8_000,
  cooldownMs: 5_000,
  warmupMs: 0,
  verifyWithinMs: 0,
  verifyReturnMs: 0,
};

interface Told {
  readonly during: string;
  /** A poll and a second after the two hear each other again; what else is cut or dead still is. */
  readonly soon: string;
  /** Everything is mended, and waited for. */
  readonly last: string;
  /** All-or-nothing plans begun during the cut. */
  readonly voluntary: readonly Plan[];
  readonly elsewhere: readonly string[];
}

function tell(cut: Cut, phase: Phase, alsoMain: boolean): Told {
  const pair = pairUp(TIMES);
  const { model } = pair;
  wait(pair, 10);
  if (phase === 'hold') {
    befall(model, { kind: 'die', producer: 0 });
    wait(pair, 30);
    befall(model, { kind: 'return', producer: 0 });
    wait(pair, 10);
  }
  if (phase === 'healing') stray(pair);
  setDeaf(pair, CUTS[cut]);
  if (alsoMain) befall(model, { kind: 'cut', producer: 0, proxy: 1 });
  if (phase === 'failover') befall(model, { kind: 'die', producer: 0 });
  const voluntary: Plan[] = [];
  const elsewhere: string[] = [];
  const closed: Record<string, string[]> = { ha1: [], ha2: [] };
  const watch = ({ name, mind: { decision } }: Sidecar) => {
    const plan = decision?.plan ?? null;
    if (plan?.allOrNothing === true) voluntary.push(plan);
    for (const { proxy, server } of plan?.steps ?? []) {
      closed[name]?.push(`${server}`);
      if (proxy !== name) elsewhere.push(`${name} at ${proxy}`);
    }
  };
  const say = ({ name, mind: { decision } }: Sidecar) => {
    const { target, move } = decision ?? {};
    const wants = move == null ? `${target}` : `${move.from}>${target}`;
    const off = closed[name]?.splice(0).join('+') ?? '';
    return `${wants}${off === '' ? '' : ` closing ${off}`}`;
  };
  const both = () => pair.sidecars.map(say).join(' | ');
  const on = () => connected(model).on.join('+');
  wait(pair, CUT_S, watch);
  const during = `${both()}: ${on()}`;
  const inTheCut = voluntary.splice(0);
  setDeaf(pair, CUTS.none);
  wait(pair, 2, watch);
  const soon = both();
  befall(model, { kind: 'mend', producer: 0, proxy: 1 });
  befall(model, { kind: 'return', producer: 0 });
  wait(pair, 90, watch);
  return { during, soon, last: `${both()}: ${on()}`, voluntary: inTheCut, elsewhere };
}

/** One relay at each proxy is on backup. */
function stray({ model }: Pair): void {
  for (const { name, pid } of model.proxies) {
    const relay = model.relays.find((one) => one.proxy === name);
    if (relay !== undefined) relay.on = { pid, producer: 'backup' };
  }
}
/**
 * Who does not hear the other; the phase; whether ha2 is cut off from main as well, for as long. What A | B want at the
 * end of the cut (`backup>main`: a voluntary move that is pending), what each has closed in it, and where relays are;
 * what they want and close a poll and a second after the cut, with main still cut off or dead; and at the end of all.
 */
type Row = [deaf: Cut, phase: Phase, alsoMain: boolean, during: string, soon: string, last: string];
const rows: Row[] = [
  ['none', 'normal', false, 'main | main: main', 'main | main', 'main | main: main'],
  ['both', 'normal', false, 'main | main: main', 'main | main', 'main | main: main'],
  ['A', 'normal', false, 'main | main: main', 'main | main', 'main | main: main'],
  ['B', 'normal', false, 'main | main: main', 'main | main', 'main | main: main'],
  [
    'none',
    'failover',
    false,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'both',
    'failover',
    false,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'A',
    'failover',
    false,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'B',
    'failover',
    false,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'none',
    'hold',
    false,
    'main closing backup | main closing backup: main',
    'main | main',
    'main | main: main',
  ],
  [
    'both',
    'hold',
    false,
    'backup | backup: backup',
    'backup>main | main closing backup',
    'main closing backup | main: main',
  ],
  [
    'A',
    'hold',
    false,
    'backup | backup>main: backup',
    'main closing backup | main closing backup',
    'main | main: main',
  ],
  [
    'B',
    'hold',
    false,
    'backup>main | backup: backup',
    'backup>main | main closing backup',
    'main closing backup | main: main',
  ],
  [
    'none',
    'healing',
    false,
    'main closing backup | main closing backup: main',
    'main | main',
    'main | main: main',
  ],
  [
    'both',
    'healing',
    false,
    'main closing backup | main closing backup: main',
    'main | main',
    'main | main: main',
  ],
  [
    'A',
    'healing',
    false,
    'main closing backup | main closing backup: main',
    'main | main',
    'main | main: main',
  ],
  [
    'B',
    'healing',
    false,
    'main closing backup | main closing backup: main',
    'main | main',
    'main | main: main',
  ],
  [
    'none',
    'normal',
    true,
    'backup closing main | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'both',
    'normal',
    true,
    'main | backup: backup+main',
    'backup closing main | backup',
    'main | main closing backup: main',
  ],
  [
    'A',
    'normal',
    true,
    'main | main>backup: backup+main',
    'backup closing main | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'B',
    'normal',
    true,
    'backup closing main | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'none',
    'failover',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'both',
    'failover',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'A',
    'failover',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'B',
    'failover',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'none',
    'hold',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'both',
    'hold',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'A',
    'hold',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'B',
    'hold',
    true,
    'backup | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'none',
    'healing',
    true,
    'backup closing backup+main | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'both',
    'healing',
    true,
    'main closing backup | backup: backup+main',
    'backup closing main | backup',
    'main | main closing backup: main',
  ],
  [
    'A',
    'healing',
    true,
    'main closing backup | main>backup: backup+main',
    'backup closing main | backup',
    'main closing backup | main closing backup: main',
  ],
  [
    'B',
    'healing',
    true,
    'backup closing backup+main | backup: backup',
    'backup | backup',
    'main closing backup | main closing backup: main',
  ],
];

describe('a cut between two sidecars', () => {
  test('has a row for each that may not hear, each phase, with and without a cut to main', () => {
    expect(new Set(rows.map((row) => row.slice(0, 3).join())).size).toBe(32);
  });

  test.each(rows)('deaf: %s, %s, ha2 cut off from main: %s', (cut, phase, alsoMain, ...result) => {
    const told = tell(cut, phase, alsoMain);
    expect([told.during, told.soon, told.last]).toEqual(result);
    // One target at both within a poll and a second.
    const [one, two] = told.soon
      .split(' | ')
      .map((says) => says.replace(/^\w+>/, '').replace(/ .*/, ''));
    expect(one).toBe(two);
    expect(told.last).toMatch(/: main$/);
    expect(told.elsewhere).toEqual([]);
    expect(cut === 'none' ? [] : told.voluntary).toEqual([]);
  });
});

interface Fault {
  readonly kind: 'hear' | 'die' | 'return' | 'cut' | 'mend' | 'stray' | 'reload' | 'drop';
  readonly at: number;
  readonly deaf: Cut;
  readonly forS: number;
}
const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom(
    'hear',
    'hear',
    'hear',
    'die',
    'return',
    'cut',
    'mend',
    'stray',
    'reload',
    'drop',
  ),
  at: fc.nat(3),
  deaf: fc.constantFrom('none', 'both', 'A', 'B'),
  forS: fc.constantFrom(1, 2, 5, 12, 30),
});

function befallPair(pair: Pair, { kind, at, deaf }: Fault): void {
  const { model } = pair;
  const [producer, proxy] = [at % 2, at >> 1];
  if (kind === 'hear') setDeaf(pair, CUTS[deaf]);
  else if (kind === 'stray') stray(pair);
  else if (kind === 'drop') befall(model, { kind, relay: at });
  else if (kind === 'reload') befall(model, { kind, proxy });
  else if (kind === 'cut' || kind === 'mend') befall(model, { kind, producer, proxy });
  else befall(model, { kind, producer });
}

/** A law of two sidecars: pins or none, with the eyes of the peer or with their own. */
const dramas = fc.record({
  pins: fc.constantFrom('heeded' as const, 'heeded' as const, 'none' as const),
  direct: fc.boolean(),
  faults: fc.array(fault, { minLength: 2, maxLength: 14, size: 'max' }),
});

const RUNS = Number(process.env['LAW_RUNS'] ?? 40);
const TIMEOUT_MS = RUNS > 40 ? 3_600_000 : 60_000;

function law(says: string, breaches: (pair: Pair, faults: readonly Fault[]) => readonly unknown[]) {
  property.prop([dramas], { numRuns: RUNS })(
    says,
    ({ pins, direct, faults }) => expectNone(breaches(pairUp(TIMES, pins, direct), faults)),
    TIMEOUT_MS,
  );
}

function expectNone(breaches: readonly unknown[]): void {
  expect(breaches).toEqual([]);
}

describe('whatever is cut and fails', () => {
  law(
    'each acts at its own proxy towards what that would send the next session to, and begins no voluntary move while it hears nobody',
    (pair, faults) => {
      const breaches: unknown[] = [];
      for (const each of faults) {
        befallPair(pair, each);
        wait(pair, each.forS, ({ name, deafSinceMs, mind: { decision } }) => {
          const { plan = null, pins = [], target } = decision ?? {};
          const elsewhere = [...(plan?.steps ?? []), ...pins].filter(({ proxy }) => proxy !== name);
          const blindly = plan?.allOrNothing === true && deafSinceMs !== null;
          if (elsewhere.length > 0) breaches.push(elsewhere);
          if (plan !== null && (plan.target !== target || blindly)) breaches.push(plan);
        });
      }
      return [...breaches, ...pair.model.closings.filter(({ next, target }) => next !== target)];
    },
  );

  law(
    'once nothing does any more both want main, and all are there and left in peace',
    (pair, faults) => {
      const { model } = pair;
      for (const each of faults) {
        befallPair(pair, each);
        wait(pair, each.forS);
      }
      setDeaf(pair, CUTS.none);
      calm(model, []);
      // Flapping at most: eight times the failback wait, and what comes after it.
      wait(pair, 8 * 20 + 60);
      const before = model.closings.length;
      const breaches: unknown[] = [];
      wait(pair, 20, ({ name, mind: { decision } }) => {
        if (decision?.target !== 'main') breaches.push([name, decision?.target]);
      });
      const { on, all } = connected(model);
      return [
        ...breaches,
        ...(all && on.join() === 'main' ? [] : [on]),
        ...model.closings.slice(before),
      ];
    },
  );
});
