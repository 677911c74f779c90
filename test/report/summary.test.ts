// A status in a few sentences: what is, what mainstay does, why not more, what a person should do.
import { expect, test } from 'vitest';
import type { Gate, Judgement } from '../../src/domain/decision.ts';
import type { ProxySight } from '../../src/domain/view.ts';
import { toStatus } from '../../src/report/status.ts';
import { judged, NOW, OVERRIDE, PLAN, seen, server, STEP, unseen, worker } from './world.ts';

type Health = Parameters<typeof server>[2];

/** A proxy with so many sessions on main and on backup. */
function at(name: string, onMain: number, onBackup: number, health: Health = 'up'): ProxySight {
  return seen(name, worker(11, false, server('main', onMain, health), server('backup', onBackup)));
}

function says(
  proxies: readonly ProxySight[],
  judgement: Judgement,
  source: 'daemon' | 'look' = 'daemon',
): string {
  const status = toStatus({
    source,
    cluster: 'ADA1',
    backend: 'bp',
    mode: 'converge',
    snapshot: { proxies },
    judgement,
    now: NOW,
    faultText: ({ kind }) => kind,
  });
  return status.says;
}

const gate = (
  name: Gate['gate'],
  reason: string,
  proxy: string | null = null,
  inS: number | null = null,
): Gate => ({ gate: name, proxy, untilMs: inS === null ? null : NOW.monoMs + inS * 1000, reason });

const well = [at('ha1', 4, 0), at('ha2', 4, 0)];
const split = [at('ha1', 4, 0), at('ha2', 0, 4)];
const onBackup = [at('ha1', 0, 4), at('ha2', 0, 4)];
const mainDown = [at('ha1', 0, 4, 'down'), at('ha2', 0, 4, 'down')];
const cut = [at('ha1', 4, 0), at('ha2', 4, 0, 'down')];
const holding = { verdict: 'holding', rule: 'R80', target: 'backup' } as const;
const wait = gate('failback-wait', 'main is young', null, 720);

const rows: [
  says: string,
  proxies: readonly ProxySight[],
  differs: Partial<Judgement>,
  text: string,
][] = [
  [
    'converged',
    well,
    {},
    'All 8 sessions are on main, through both proxies. Nothing is to be done.',
  ],
  [
    'converged, one proxy unseen',
    [at('ha1', 4, 0), unseen('ha2')],
    { degraded: ['ha2'] },
    'All 4 sessions are on main, through ha1. Not seen: ha2; mainstay check says why.',
  ],
  [
    'converged, old workers unseen',
    well,
    { degraded: ['ha2'] },
    'All 8 sessions are on main, through both proxies. Old workers of ha2 are not seen.',
  ],
  [
    'split-brain, being healed',
    split,
    { verdict: 'split-brain', plan: PLAN, wanted: [STEP] },
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). mainstay is closing 4 on backup at ha2.',
  ],
  [
    'split-brain, reloading',
    split,
    {
      verdict: 'split-brain',
      plan: { ...PLAN, steps: [{ ...STEP, action: 'reload', server: null }] },
    },
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). mainstay is reloading ha2.',
  ],
  [
    'split-brain, held, by what holds the closing',
    split,
    { verdict: 'split-brain', gates: [wait, gate('cooldown', 'closed lately', 'ha2', 70)] },
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). mainstay holds back at ha2: closed lately, until 03:12:10Z.',
  ],
  [
    'split-brain, held until a person acts',
    split,
    { verdict: 'split-brain', gates: [gate('observe-only', 'it only observes')] },
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). mainstay holds back: it only observes. The gate opens when mainstay.yaml says mode: converge and the daemon has read it again.',
  ],
  [
    'split-brain, where the unseen proxy is told once',
    [at('ha1', 2, 2), unseen('ha2')],
    { verdict: 'split-brain', degraded: ['ha2'], gates: [gate('blind', 'ha2 is not seen', 'ha2')] },
    'Sessions are on two producers: 2 on main (ha1), 2 on backup (ha1). mainstay holds back: ha2 is not seen. The gate opens when ha2 can be seen again: mainstay check says what is in the way.',
  ],
  [
    'split-brain, paused',
    split,
    {
      verdict: 'split-brain',
      paused: { untilWallMs: NOW.wallMs + 60_000 },
      gates: [gate('paused', 'paused')],
    },
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). mainstay is paused and does nothing until 03:12:00Z; mainstay resume ends that.',
  ],
  [
    'sticky',
    onBackup,
    { verdict: 'sticky', gates: [gate('unconfirmed', '1 of 2 looks at ha1 agree', 'ha1')] },
    'All 8 sessions are on backup, and belong on main. mainstay holds back: 1 of 2 looks at ha1 agree.',
  ],
  [
    'holding, for the wait',
    onBackup,
    { ...holding, hold: 'wait', gates: [wait] },
    'All 8 sessions are on backup, while main is up everywhere. mainstay goes back at 03:23:00Z at the earliest, by itself, if main stays up; to go now: mainstay converge --to main.',
  ],
  [
    'holding, by an override',
    onBackup,
    { ...holding, hold: 'override', override: OVERRIDE },
    'All 8 sessions are on backup, while main is up everywhere. An operator wants them there until 04:11:00Z; mainstay converge --clear ends that.',
  ],
  [
    'holding, since somebody has taken main out',
    [at('ha1', 0, 4), at('ha2', 0, 4, 'maint')],
    { ...holding, hold: 'operator' },
    'All 8 sessions are on backup, while main is up at ha1 and down at ha2. Somebody has taken main out at ha2.',
  ],
  [
    'holding, together',
    [at('ha1', 0, 4), at('ha2', 0, 4, 'down')],
    { ...holding, hold: 'together' },
    'All 8 sessions are on backup, while main is up at ha1 and down at ha2. Not every proxy could reach main, so that all were brought to backup.',
  ],
  [
    'failed-over',
    mainDown,
    { verdict: 'failed-over', target: 'backup' },
    'main is down everywhere; all 8 sessions are on backup. mainstay goes back by itself once main has returned and lasted. See to main.',
  ],
  [
    'views-differ',
    cut,
    { verdict: 'views-differ', election: 'E30', why: 'it stays, and if it lasts all go to backup' },
    'main is up at ha1 and down at ha2; all 8 sessions are on main. It stays, and if it lasts all go to backup.',
  ],
  [
    'no-producer',
    [seen('ha1', worker(11, false, server('main', 1, 'down'), server('backup', 0, 'down')))],
    { verdict: 'no-producer' },
    'No producer is up at any proxy that is seen; the only session is on main. mainstay closes nothing: there is nowhere to go. See to main and backup.',
  ],
  [
    'blind',
    [unseen('ha1')],
    { verdict: 'blind', degraded: ['ha1'] },
    'No proxy can be seen. mainstay does nothing before it sees one. mainstay check says what is in the way.',
  ],
  ['idle', [at('ha1', 0, 0)], { verdict: 'idle' }, 'No session is open; new ones belong on main.'],
  [
    'idle, off main',
    [at('ha1', 0, 0, 'down')],
    { verdict: 'idle', target: 'backup' },
    'No session is open; new ones belong on backup, while main is down everywhere.',
  ],
];

test.each(rows)('%s', (_, proxies, differs, text) => {
  expect(says(proxies, judged(differs))).toBe(text);
});

test('one look does nothing, and says so where something is to be done', () => {
  const judgement = judged({ verdict: 'split-brain', plan: PLAN, gates: [wait] });
  expect(says(split, judgement, 'look')).toBe(
    'Sessions are on two producers: 4 on main (ha1), 4 on backup (ha2). This is one look without a daemon: nothing is being done.',
  );
});
