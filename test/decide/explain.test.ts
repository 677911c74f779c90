// The rules told are those of the decision: one matched, those before it did not, those behind it were not asked.
import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { explainRules } from '../../src/decide/explain.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { span } from '../../src/decide/words.ts';
import type { RuleAnswer } from '../../src/domain/explanation.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Snapshot } from '../../src/domain/view.ts';
import { peerViewOf } from '../support/peer-view.ts';
import { garbage } from './garbage.ts';
import { history } from './history.ts';
import { live } from './live.ts';
import { backup, main, pair, POLICY, unseen } from './world.ts';

/** What is wrong with a list of answers of which this rule's is to be the one that matched. */
function wrong(answers: readonly RuleAnswer[], id: string): readonly string[] {
  const at = answers.findIndex(({ answer }) => answer === 'yes');
  const told = answers.map(({ answer }) => answer);
  const due = answers.map((_, i) => (i < at ? 'no' : i === at ? 'yes' : 'not-asked'));
  const order = at !== -1 && told.every((answer, i) => answer === due[i]);
  const words = answers.every(({ answer, saw }) => (saw === '') === (answer === 'not-asked'));
  return [
    ...(answers[at]?.id === id ? [] : [`${answers[at]?.id} is told, ${id} was it`]),
    ...(order ? [] : [told.join(' ')]),
    ...(words ? [] : ['a rule that was asked saw nothing, or another one did']),
  ];
}

type Input = Parameters<typeof explainRules>;

function wrongAt(...input: Input): readonly string[] {
  const { verdictRules, electionRules } = explainRules(...input);
  const { rule, election } = decide(...input);
  return [...wrong(verdictRules, rule), ...wrong(electionRules, election)];
}

function expectNone(found: readonly string[]): void {
  expect(found).toEqual([]);
}

describe('the rule that is told is the one of the decision', () => {
  property.prop([history()], { numRuns: 30 })('in any world', (told) =>
    expectNone(
      live(told).flatMap((tick) => wrongAt(tick.snapshot, tick.memory, tick.policy, tick.now)),
    ),
  );

  property.prop([garbage()], { numRuns: 30 })('in a world of nonsense', (told) => {
    const memory = { ...BLANK, target: 'backup', override: { to: '', ...ENDLESS } };
    expectNone(
      told.snapshots.flatMap((snapshot, at) => {
        const when = { monoMs: at * 1000, wallMs: at * 1000 };
        return [BLANK, memory].flatMap((was) => wrongAt(snapshot, was, told.policy, when));
      }),
    );
  });
});

const ENDLESS = { untilWallMs: Infinity, givenWallMs: NaN };
const NOW_MS = 10_000_000;
const now = { monoMs: NOW_MS, wallMs: NOW_MS };
const held = [main({ lastChangeS: 720 }), backup({ sessions: 4 })];
const since = (producer: string, ms: number) => [{ producer, sinceMs: NOW_MS - ms }];

function sawAt(id: string, snapshot: Snapshot, memory: Partial<Memory>): readonly string[] {
  const { verdictRules, electionRules } = explainRules(
    snapshot,
    { ...BLANK, ...memory },
    POLICY,
    now,
  );
  return [...verdictRules, ...electionRules]
    .filter((rule) => rule.id === id && rule.answer !== 'not-asked')
    .map(({ answer, saw }) => `${answer}: ${saw}`);
}

const onBackup = { target: 'backup' } as const;
const waits = pair(NOW_MS, held, held);
const split = pair(NOW_MS, [main({ sessions: 4, lastChangeS: 720 }), backup()], held);
const cutOff = pair(NOW_MS, [main({ status: 'DOWN' }), backup({ sessions: 4 })], held);
const halfSeen = { proxies: [...waits.proxies.slice(0, 1), unseen('ha2', NOW_MS - 60_000)] };
const peers: Snapshot['peers'] = [
  { name: 'ha2', sight: { kind: 'seen', atMs: NOW_MS, value: peerViewOf({ target: 'main' }) } },
];

const rows: [id: string, snapshot: Snapshot, memory: Partial<Memory>, ...saw: string[]][] = [
  ['R10', halfSeen, onBackup, 'no: seen: ha1; not seen: ha2'],
  ['R20', cutOff, onBackup, 'no: main is up at ha2, down at ha1; backup is up at ha1, ha2'],
  ['R30', split, onBackup, 'yes: main 4 (ha1), backup 4 (ha2)'],
  ['R50', waits, { target: 'main' }, 'yes: backup 8 (ha1, ha2); the target is main'],
  ['R80', cutOff, onBackup, 'yes: main is up at ha2, down at ha1'],
  [
    'E10',
    waits,
    { override: { to: 'main', untilWallMs: NOW_MS + 5_400_000, givenWallMs: 0 } },
    'yes: an override to main, for 1h30m more',
  ],
  ['E20', waits, onBackup, 'no: backup is up at ha1, ha2'],
  ['E25', { ...waits, peers }, onBackup, 'yes: ha2 has settled on main; this one on backup'],
  [
    'E40',
    waits,
    { ...onBackup, fitSince: since('main', 700_000) },
    'no: main is fit to go to everywhere for 11m40s (3s is needed), up for 12m (30m is needed)',
  ],
  ['E40', cutOff, onBackup, 'no: ha1: main is DOWN there'],
  [
    'E40',
    halfSeen,
    onBackup,
    'no: main is fit to go to everywhere for 0s (3s is needed), up for 12m (30m is needed), ha2 is not seen',
  ],
  [
    'E50',
    split,
    { ...onBackup, fitSince: since('main', 700_000) },
    'yes: main has sessions at ha1, fit to go to everywhere for 11m40s (3s is needed), new connections cannot be kept on backup',
  ],
  [
    'E30',
    cutOff,
    { target: 'main', apart: { producer: 'main', sinceMs: NOW_MS - 5000 } },
    'no: nobody was moved off a target that some proxies could not reach',
    'no: main is up at ha2, down at ha1, for 5s (waits 20s)',
    'yes: main is up at ha2, down at ha1, for 5s (waits 20s)',
  ],
  ['E65', waits, {}, 'no: no pin at ha1, no pin at ha2'],
  ['E80', split, {}, 'yes: main is fit to go to everywhere; backup is fit to go to everywhere'],
  ['E60', waits, {}, 'no: there is no target yet'],
  ['E70', waits, {}, 'yes: backup 8 (ha1, ha2)'],
];

describe('a rule says what it saw', () => {
  test.each(rows)('%s', (id, snapshot, memory, ...saw) => {
    expect(sawAt(id, snapshot, memory)).toEqual(saw);
  });
});

test.each([
  [1_800_000, '30m'],
  [5_400_000, '1h30m'],
  [150_000, '2m30s'],
  [3_600_999, '1h'],
  [90_061_000, '1d1h'],
  [800, '800ms'],
  [1500, '1s'],
  [-5, '0s'],
  [NaN, '0s'],
])('%d ms are %s', (ms, words) => expect(span(ms)).toBe(words));
