// What followers are told, round by round, and that a quiet round tells nothing.
import { expect, test } from 'vitest';
import type { PeerView } from '../../src/domain/peer.ts';
import { toPeerView } from '../../src/report/peer-view.ts';
import { makeEventTeller } from '../../src/report/tell-events.ts';
import { done, judged, NOW, PLAN, POLICY, SPLIT, STEP } from './world.ts';

const CONFIG = { self: 'ha1', cluster: 'ADA1', backend: 'bp', policy: POLICY };
const GATE = {
  gate: 'cooldown',
  proxy: 'ha2',
  untilMs: NOW.monoMs + 70_000,
  reason: 'closed lately',
} as const;

function listener() {
  const heard: [string, unknown][] = [];
  const events = {
    publish: (event: string, data: unknown) => void heard.push([event, data]),
    isFull: () => false,
    follow() {},
    close() {},
  };
  const teller = makeEventTeller(events, 'bp');
  const round = (
    isNews: boolean,
    judgement = judged(),
    view: PeerView | null = viewOf(judgement),
  ) => {
    teller.round({ judgement, snapshot: SPLIT, now: NOW }, isNews, view);
    return heard.splice(0);
  };
  return { teller, heard, round };
}

function viewOf(judgement = judged(), nowMs = NOW.monoMs) {
  const round = { judgement, snapshot: SPLIT };
  return toPeerView({ version: '0.2.0', config: CONFIG, round, nowMs });
}

const decided = {
  at: '2026-11-24T03:11:00.000Z',
  verdict: 'converged',
  rule: 'R70',
  target: 'main',
  gates: [],
  plan: null,
};

test('the first round tells the decision and that there is a view', () => {
  expect(listener().round(true)).toEqual([
    ['decision', decided],
    ['view', {}],
  ]);
});

test('a round like the one before tells nothing, however old its looks are', () => {
  const { round } = listener();
  round(true);
  expect(round(false, judged(), viewOf(judged(), NOW.monoMs + 900))).toEqual([]);
});

test('a decision is told with its gates on the wall clock, and its plan', () => {
  const { round } = listener();
  round(true);
  const held = judged({ gates: [GATE], plan: PLAN });
  expect(round(true, held)).toEqual([
    [
      'decision',
      {
        ...decided,
        gates: [
          {
            gate: 'cooldown',
            proxy: 'ha2',
            until: '2026-11-24T03:12:10.000Z',
            reason: 'closed lately',
            opens: 'by itself; nothing is to be done',
          },
        ],
        plan: { target: 'main', reason: 'split-brain', steps: [STEP] },
      },
    ],
  ]);
});

test('a view that has changed is told without its words, each time it changes', () => {
  const { round } = listener();
  round(true);
  const cleared = judged({ clearedWallMs: 7 });
  expect(round(false, cleared)).toEqual([['view', {}]]);
  expect(round(false, cleared)).toEqual([]);
  expect(round(false)).toEqual([['view', {}]]);
});

test('without a view only decisions are told', () => {
  const { round } = listener();
  expect(round(true, judged(), null)).toEqual([['decision', decided]]);
  expect(round(false, judged(), null)).toEqual([]);
});

test('what was done is told as the journal has it', () => {
  const { teller, heard } = listener();
  teller.action(done());
  expect(heard).toEqual([['action', done()]]);
});
