// Every decision comes out again from its record, byte for byte, after a journey through the journal's JSON.
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { obey } from '../../src/decide/obey.ts';
import { replay } from '../../src/decide/replay.ts';
import type { DecisionRecord } from '../../src/domain/journal.ts';
import type { Order } from '../../src/domain/order.ts';
import { peerViewOf } from '../support/peer-view.ts';
import { garbage } from './garbage.ts';
import { history } from './history.ts';
import { live, type Tick } from './live.ts';
import { backup, main, POLICY, seen, view, worker } from './world.ts';

type Decided = Pick<Tick, 'now' | 'snapshot' | 'memory' | 'policy' | 'decision'>;

/** As cli/tell.ts makes it and the journal keeps it. */
function recorded({
  decision,
  ...from
}: Omit<Tick, 'result' | 'endedMs' | 'lost'>): DecisionRecord {
  const { memory: _, ...judgement } = decision;
  const { now, snapshot, memory, policy } = from;
  const made = { v: 1, at: '', kind: 'decision', now, snapshot, memory, policy } as const;
  return JSON.parse(JSON.stringify({ ...made, decision: judgement }));
}

function expectAgain(tick: Decided): void {
  const again = { differences: [], wordsAlone: false, foreign: false };
  expect(replay(recorded(tick))).toEqual(again);
}

property.prop([history()], { numRuns: 15 })(
  'any history: every tick of it comes out again',
  (told) => {
    for (const tick of live(told)) expectAgain(tick);
  },
  30_000,
);

const orders: fc.Arbitrary<Order> = fc.constantFrom<Order>(
  { kind: 'override', to: 'backup', untilWallMs: 90_000, givenWallMs: 1_500 },
  { kind: 'clear' },
  { kind: 'pause', untilWallMs: null },
  { kind: 'pause', untilWallMs: 4_000 },
  { kind: 'resume' },
);

property.prop([garbage(), orders, fc.boolean()], { numRuns: 100 })(
  'garbage, an order and a peer: whatever was seen, what is recorded of it is decided alike',
  ({ policy, snapshots }, order, isBeside) => {
    const value = peerViewOf({ target: 'backup' });
    const sight = { kind: 'seen', atMs: 0, value } as const;
    let memory = BLANK;
    for (const [at, snapshot] of snapshots.entries()) {
      const now = { monoMs: at * 1_000 + 0.1, wallMs: at * 1_000 };
      const whole = isBeside ? { ...snapshot, peers: [{ name: 'ha2', sight }] } : snapshot;
      // A number that JSON has no word for comes from no HAProxy: haproxy/number.ts takes whole ones alone.
      const shown = JSON.parse(JSON.stringify(whole));
      if (at === 1) memory = obey(memory, order, now);
      const decision = decide(shown, memory, policy, now);
      const tick = { now, snapshot: shown, memory, policy, decision };
      expectAgain(tick);
      memory = decision.memory;
    }
  },
);

const shown = view(worker([main({ sessions: 4 }), backup()]));
const snapshot = { proxies: [seen('ha1', 1_000, shown), seen('ha2', 1_000, shown)] };
const now = { monoMs: 1_000, wallMs: 1_000 };
const well = recorded({
  now,
  snapshot,
  memory: BLANK,
  policy: POLICY,
  decision: decide(snapshot, BLANK, POLICY, now),
});

test('what comes out otherwise is named, with what is recorded and what is decided', () => {
  const altered = { ...well, decision: { ...well.decision, target: 'backup' } };
  expect(replay(altered)).toEqual({
    differences: [{ what: 'target', recorded: '"backup"', decided: '"main"' }],
    wordsAlone: false,
    foreign: false,
  });
});

test('a record that knows of other things is told as another version’s', () => {
  const { paused: _, ...decision } = well.decision;
  expect(replay({ ...well, decision: JSON.parse(JSON.stringify(decision)) })).toEqual({
    differences: [{ what: 'paused', recorded: null, decided: 'null' }],
    wordsAlone: false,
    foreign: true,
  });
});

test('another version’s words for the same decision are told as words', () => {
  const altered = { ...well, decision: { ...well.decision, why: 'since it is so' } };
  expect(replay(altered)).toMatchObject({ wordsAlone: true, foreign: true });
});
