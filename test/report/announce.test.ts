// What the log is told, whole lines, and when it is told nothing.
import { describe, expect, test } from 'vitest';
import type { Gate, Judgement, Outcome, PinOrder } from '../../src/domain/decision.ts';
import type { Fault } from '../../src/domain/fault.ts';
import type { PeerSight } from '../../src/domain/peer.ts';
import type { Snapshot, WorkerView } from '../../src/domain/view.ts';
import { announceDecision, announceOutcome, changed as isNew } from '../../src/report/announce.ts';
import {
  done,
  judged,
  logBook,
  NOW,
  OVERRIDE,
  peerSeen,
  peerUnseen,
  PIN,
  PLAN,
  RELEASE,
  seen,
  server,
  SPLIT,
  STEP,
  unseen,
  worker,
} from './world.ts';

const faultText = ({ kind, address }: Fault) => `${kind} at ${address}`;
const cooldown: Gate = {
  gate: 'cooldown',
  proxy: 'ha2',
  untilMs: NOW.monoMs + 70_000,
  reason: 'sessions at ha2 were closed lately',
};
const split = judged({ verdict: 'split-brain', rule: 'R30', gates: [cooldown], wanted: [STEP] });

function said(
  judgement: Judgement,
  snapshot: Snapshot = SPLIT,
  previous: Judgement | null = null,
  before: Snapshot = snapshot,
) {
  const book = logBook();
  const last = previous === null ? null : { judgement: previous, snapshot: before };
  announceDecision(book.log, last, { judgement, snapshot, now: NOW }, faultText);
  return book.said;
}

/** Of two decisions from the same sights. */
function changed(previous: Judgement | null, judgement: Judgement): boolean {
  const last = previous === null ? null : { judgement: previous, snapshot: SPLIT };
  return isNew(last, { judgement, snapshot: SPLIT });
}

function levelOf(difference: Partial<Judgement>): string | undefined {
  return said(judged(difference))[0]?.split(' ')[0];
}

const moving = (ready: boolean) => judged({ move: { from: 'backup', ready } });

const decidedWith = (peer: PeerSight) => ({
  judgement: split,
  snapshot: { ...SPLIT, peers: [peer] },
});

describe('a decision is told', () => {
  test('with what is where, the target, and what holds it back until when', () => {
    expect(said(split, SPLIT, judged())).toEqual([
      'warn split-brain (R30): ha1 main=4 backup=0, ha2 main=0 backup=4; target main; held: cooldown ha2 until 03:12:10Z - sessions at ha2 were closed lately',
    ]);
  });

  test('with what is being closed', () => {
    expect(said({ ...split, gates: [], plan: PLAN }, SPLIT, split)).toEqual([
      'warn split-brain (R30): ha1 main=4 backup=0, ha2 main=0 backup=4; target main; closing ha2/backup (4)',
    ]);
  });

  test('with every status but UP, sessions of old workers, and why a proxy is not seen', () => {
    const workers: [WorkerView, ...WorkerView[]] = [
      worker(12, false, server('main', 0, 'down'), server('backup', 1), server('canary', 5)),
      worker(11, true, server('main', 2), server('backup', 3)),
    ];
    const failedOver = judged({
      verdict: 'failed-over',
      rule: 'R90',
      target: 'backup',
      degraded: ['ha2'],
    });
    const snapshot = { proxies: [seen('ha1', workers), unseen('ha2')] };
    const before = { ...failedOver, degraded: [] };
    expect(said(failedOver, snapshot, before, SPLIT)).toEqual([
      'warn failed-over (R90): ha1 main=2 (DOWN, 2 in old workers) backup=4 (3 in old workers), ha2 unseen (refused at unix:/run/ha2.sock); target backup',
    ]);
    // Why, once is enough.
    expect(said(failedOver, snapshot, before)[0]).toContain(', ha2 unseen; target backup');
  });

  test('with an old worker where its sessions are closed, and what is climbed to with the reason', () => {
    const old = { ...STEP, action: 'close-session', proxy: 'ha1', pid: 123, sessions: 3 } as const;
    const reload = {
      ...STEP,
      action: 'reload',
      server: null,
      climbed: 'closing sessions one by one there has failed',
    } as const;
    const restart = { ...reload, action: 'restart', proxy: 'ha3', sessions: 1 } as const;
    const plan = { ...PLAN, steps: [STEP, reload, old, restart] };
    const [line = ''] = said({ ...split, gates: [], plan }, { proxies: [] }, split);
    expect(line.split('; ')).toEqual([
      'warn split-brain (R30): ',
      'target main',
      'closing ha2/backup (4), ha1/backup (3, old worker 123)',
      'reloading ha2 (4) - closing sessions one by one there has failed',
      'restarting ha3 (1) - closing sessions one by one there has failed',
    ]);
    const climb = { ...split, gates: [], plan: { ...PLAN, steps: [reload] } };
    expect(said(climb, { proxies: [] }, split)[0]).not.toContain('closing ha');
  });

  test('with why old workers are not seen, but not with what the configuration leaves out', () => {
    const serving = worker(12, false, server('main', 4));
    const denied = { kind: 'permission', address: 'unix:/run/master.sock' } as const;
    const proxies = [
      seen('ha1', serving, NOW, { hidden: denied }),
      seen('ha2', serving, NOW, { hidden: { kind: 'no-master' } }),
    ];
    expect(said(judged({ degraded: ['ha1'] }), { proxies }, judged())).toEqual([
      'warn converged (R70): ha1 main=4 (old workers unseen: permission at unix:/run/master.sock), ha2 main=4; target main',
    ]);
  });

  test('with the reason where the target is new', () => {
    const moved = judged({ election: 'E40', why: 'main has been fit for 30 m' });
    expect(said(moved, SPLIT, judged({ target: 'backup' }))).toEqual([
      'info converged (R70): ha1 main=4 backup=0, ha2 main=0 backup=4; target main (E40, was backup: main has been fit for 30 m)',
    ]);
    expect(said(judged({ target: null, why: 'nobody is fit' }))).toEqual([
      'info converged (R70): ha1 main=4 backup=0, ha2 main=0 backup=4; no target (E10: nobody is fit)',
    ]);
  });

  test('with every gate, its date where it opens on another day, and the reason to hold', () => {
    const wait: Gate = {
      gate: 'failback-wait',
      proxy: null,
      untilMs: NOW.monoMs + 86_400_000,
      reason: 'main has to be up for longer',
    };
    const blind: Gate = { gate: 'blind', proxy: 'ha3', untilMs: null, reason: 'ha3 is not seen' };
    const holding = judged({ verdict: 'holding', rule: 'R80', hold: 'wait', gates: [wait, blind] });
    expect(said(holding, { proxies: [] }, judged())).toEqual([
      'info holding (R80, wait): ; target main; held: failback-wait until 2026-11-25T03:11:00Z - main has to be up for longer; blind ha3 - ha3 is not seen',
    ]);
  });

  test('with the override that begins, is given another end, or ends', () => {
    const overridden = judged({ override: OVERRIDE });
    const calm = 'info converged (R70): ; target main; ';
    const nothing = { proxies: [] };
    expect(said(overridden, nothing, judged())).toEqual([
      `${calm}override to backup until 04:11:00Z`,
    ]);
    const longer = { ...OVERRIDE, untilWallMs: OVERRIDE.untilWallMs + 86_400_000 };
    expect(said(judged({ override: longer }), nothing, overridden)).toEqual([
      `${calm}override to backup until 2026-11-25T04:11:00Z`,
    ]);
    expect(said(judged(), nothing, overridden)).toEqual([`${calm}the override has ended`]);
    expect(said(judged({ override: OVERRIDE, hold: 'wait' }), nothing, overridden)).toEqual([
      'info converged (R70, wait): ; target main',
    ]);
  });

  test('with the pause that begins, is given another end, or ends', () => {
    const calm = 'info converged (R70): ; target main; ';
    const nothing = { proxies: [] };
    const paused = judged({ paused: { untilWallMs: null } });
    expect(said(paused, nothing, judged())).toEqual([`${calm}paused until somebody resumes`]);
    const shorter = judged({ paused: { untilWallMs: NOW.wallMs + 60_000 } });
    expect(said(shorter, nothing, paused)).toEqual([`${calm}paused until 03:12:00Z`]);
    expect(said(judged(), nothing, shorter)).toEqual([`${calm}the pause has ended`]);
    expect(said({ ...paused, hold: 'wait' }, nothing, paused)).toEqual([
      'info converged (R70, wait): ; target main',
    ]);
  });

  test('with the peers that are gone, and with one that comes', () => {
    const gone = { proxies: [], peers: [peerUnseen('refused', 'nobody listens at https://h:1')] };
    const here = { proxies: [], peers: [peerSeen()] };
    const lost = 'converged (R70): ; peer ha2 unseen (nobody listens at https://h:1); target main';
    expect(said(judged(), gone, judged(), here)).toEqual([`warn ${lost}`]);
    expect(said(judged({ hold: 'wait' }), gone, judged())[0]).toContain('; peer ha2 unseen (');
    expect(said(judged(), here, judged(), gone)).toEqual([
      'info converged (R70): ; peer ha2 seen; target main',
    ]);
    expect(said(judged({ hold: 'wait' }), here, judged())[0]).not.toContain('peer');
  });

  test('with a peer that has not been asked yet, which is no reason to warn', () => {
    const peers = [peerUnseen('not-yet', 'not asked yet')];
    expect(said(judged(), { proxies: [], peers })[0]).toMatch(
      /^info .*peer ha2 unseen \(not asked/,
    );
  });

  test('with a move that nothing of ours holds, that is held again, or that has begun elsewhere', () => {
    const calm = 'info converged (R70): ; target main';
    const nothing = { proxies: [] };
    expect(said(moving(false), nothing, judged())).toEqual([calm]);
    expect(said(moving(true), nothing, moving(false))).toEqual([`${calm}; ready to move to main`]);
    expect(said(moving(false), nothing, moving(true))).toEqual([
      `${calm}; not ready to move to main now`,
    ]);
    expect(said(judged(), nothing, moving(true))).toEqual([
      `${calm}; the move to main is pending no longer`,
    ]);
    expect(said(judged({ plan: PLAN }), nothing, moving(true))[0]).not.toContain('pending');
  });

  test('with the proxies that it begins or ceases to act on', () => {
    const calm = 'info converged (R70): ; target main; acting on ha2';
    const nothing = { proxies: [] };
    const alone = judged({ drives: ['ha1'] });
    expect(said(judged(), nothing, alone)).toEqual([`${calm} from now on`]);
    expect(said(alone, nothing, judged())).toEqual([`${calm} no longer`]);
    expect(said(judged())[0]).not.toContain('acting on');
  });

  test('with the pins that are set or released, and not with those that are renewed', () => {
    const pins: PinOrder[] = [
      PIN,
      { ...RELEASE, proxy: 'ha2' },
      { ...PIN, proxy: 'ha3' },
      { ...PIN, proxy: 'ha4', renews: true },
    ];
    expect(said(judged({ pins }), { proxies: [] }, judged())).toEqual([
      'info converged (R70): ; target main; pinning ha1, ha3 to backup; releasing ha2',
    ]);
  });

  test('with the workers that do not do as their pin says', () => {
    expect(said(judged({ unheeded: ['ha1'] }), { proxies: [] }, judged())).toEqual([
      'info converged (R70): ; target main; ha1 does not do as its pin says',
    ]);
  });

  test('with its facts for machines', () => {
    const { log, fields } = logBook();
    announceDecision(log, null, { judgement: split, snapshot: SPLIT, now: NOW }, faultText);
    const { verdict, rule, hold, target, election, degraded, gates, override, pins, plan } = split;
    const { paused, move, drives } = split;
    const elected = { verdict, rule, hold, target, election };
    const will = { override, paused, move, drives, pins, plan };
    expect(fields).toEqual([{ decision: { ...elected, degraded, gates, ...will } }]);
  });

  test('as a warning where somebody should look', () => {
    for (const verdict of [
      'blind',
      'no-producer',
      'split-brain',
      'views-differ',
      'sticky',
    ] as const)
      expect(levelOf({ verdict })).toBe('warn');
    for (const verdict of ['idle', 'converged', 'holding', 'failed-over'] as const)
      expect(levelOf({ verdict })).toBe('info');
    expect(levelOf({ degraded: ['ha1'] })).toBe('warn');
  });
});

describe('a decision changes something', () => {
  test.for<[string, Partial<Judgement>]>([
    ['another verdict', { verdict: 'sticky' }],
    ['another rule', { rule: 'R50' }],
    ['another reason to hold', { hold: 'wait' }],
    ['another target', { target: 'backup' }],
    ['a proxy gone', { degraded: ['ha1'] }],
    ['a gate opened', { gates: [] }],
    ['a gate shut', { gates: [cooldown, { ...cooldown, gate: 'stalled' }] }],
    ['the same gate elsewhere', { gates: [{ ...cooldown, proxy: 'ha1' }] }],
    ['an override', { override: OVERRIDE }],
    ['a pause', { paused: { untilWallMs: null } }],
    ['a pending move', { move: { from: null, ready: false } }],
    ['another proxy to act on', { drives: ['ha1', 'ha2', 'ha3'] }],
    ['a worker that does not heed its pin', { unheeded: ['ha1'] }],
    ['a pin that is set', { pins: [PIN] }],
    ['a pin that is released', { pins: [RELEASE] }],
    ['a plan', { plan: PLAN }],
  ])('with %s', ([, difference]) => {
    expect(changed(split, { ...split, ...difference })).toBe(true);
  });

  test('when it is the first', () => expect(changed(null, split)).toBe(true));

  test('when an override is given anew, and when it ends', () => {
    const overridden = { ...split, override: OVERRIDE };
    const again = { ...OVERRIDE, givenWallMs: OVERRIDE.givenWallMs + 1 };
    expect(changed(overridden, { ...split, override: again })).toBe(true);
    expect(changed(overridden, split)).toBe(true);
  });

  test('when a pin that stood has to be set again, or is set to another server', () => {
    const stands = { ...split, pins: [{ ...PIN, renews: true }] };
    expect(changed(stands, { ...split, pins: [PIN] })).toBe(true);
    const other = { ...PIN, server: 'main', serverId: 1 };
    expect(changed({ ...split, pins: [PIN] }, { ...split, pins: [other] })).toBe(true);
  });

  test('when a plan is no more', () => {
    expect(changed({ ...split, plan: PLAN }, split)).toBe(true);
  });
});

describe('a peer changes something', () => {
  test('when it goes, comes, or is gone and then wrong', () => {
    expect(isNew(decidedWith(peerSeen()), decidedWith(peerUnseen('timeout')))).toBe(true);
    expect(isNew(decidedWith(peerUnseen('other')), decidedWith(peerSeen()))).toBe(true);
    expect(isNew(decidedWith(peerUnseen('refused')), decidedWith(peerUnseen('unauthorized')))).toBe(
      true,
    );
    expect(isNew(decidedWith(peerUnseen('garbage')), decidedWith(peerUnseen('other')))).toBe(true);
  });

  test('but not when it is heard again, wants something else, or is gone in another way', () => {
    expect(
      isNew(decidedWith(peerSeen()), decidedWith(peerSeen({ target: 'backup', producers: [] }))),
    ).toBe(false);
    for (const kind of ['not-yet', 'late', 'unreachable', 'timeout'] as const)
      expect(
        isNew(decidedWith(peerUnseen('refused', 'a')), decidedWith(peerUnseen(kind, 'b'))),
      ).toBe(false);
    expect(
      isNew(decidedWith(peerUnseen('other', 'a')), decidedWith(peerUnseen('other', 'b'))),
    ).toBe(false);
  });
});

describe('a decision changes nothing, and no line is written,', () => {
  const renewal = { ...PIN, renews: true };

  test.for<[string, readonly PinOrder[], readonly PinOrder[]]>([
    ['is renewed', [renewal], [renewal]],
    ['begins to be renewed', [PIN], [renewal]],
    ['is set in vain once more', [PIN], [PIN]],
    ['has been released', [RELEASE], []],
  ])('when a pin %s', ([, before, pins]) => {
    expect(changed({ ...split, pins: before }, { ...split, pins })).toBe(false);
  });

  test.for<[string, Partial<Judgement>]>([
    ['a count in the reasons moves', { why: '5 sessions', wanted: [{ ...STEP, sessions: 5 }] }],
    ['a gate opens at another time', { gates: [{ ...cooldown, untilMs: 1, reason: '3 of 4' }] }],
    ['the target stays by another rule', { election: 'E20' }],
  ])('when %s', ([, difference]) => {
    expect(changed(split, { ...split, ...difference })).toBe(false);
    expect(said({ ...split, ...difference }, SPLIT, split)).toEqual([]);
  });

  test('when gates and proxies are named in another order', () => {
    const gates = [cooldown, { ...cooldown, proxy: 'ha1' }];
    const one = { ...split, gates, degraded: ['ha1', 'ha2'], drives: ['ha1', 'ha2'] };
    const turned = { degraded: ['ha2', 'ha1'], drives: ['ha2', 'ha1'] };
    const other = { ...split, gates: gates.toReversed(), ...turned };
    expect(changed(one, other)).toBe(false);
  });
});

test('a plan is new each time, the same one too: it must be in the journal before it is carried out', () => {
  const planned = { ...split, plan: PLAN };
  expect(changed(planned, planned)).toBe(true);
});

/** Nothing is closed by it. */
const pinned: Partial<Outcome> = {
  action: 'pin',
  pid: null,
  target: 'backup',
  reason: 'holding',
  listed: 0,
  convergedMs: null,
};

test.for<[Partial<Outcome>, string]>([
  [
    {},
    'info close-server ha2/backup ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain',
  ],
  [
    { listed: 1, convergedMs: 900 },
    'info close-server ha2/backup ok: 1 session closed in 12 ms, 900 ms after the first sign of split-brain',
  ],
  [
    { listed: 0 },
    'info close-server ha2/backup ok: none was left to close (split-brain, target main)',
  ],
  [
    { returned: true, trail: [{ atMs: 1, did: 'return', saw: '4 sessions on main, 0 before' }] },
    'info ha2: sessions have come to main after close-server ha2/backup - 4 sessions on main, 0 before',
  ],
  [
    { returned: false, result: 'failed' },
    'warn ha2: no session has come to main since close-server ha2/backup',
  ],
  [
    { result: 'failed', listed: 0, fault: { kind: 'refused', address: 'unix:/s' } },
    'error close-server ha2/backup failed: nothing was closed (split-brain, target main): refused at unix:/s',
  ],
  [
    { result: 'failed', remaining: 2, tookMs: 5012, convergedMs: null },
    'error close-server ha2/backup failed: 2 of 4 sessions still there after 5.0 s (split-brain, target main)',
  ],
  [
    {
      result: 'failed',
      remaining: 4,
      tookMs: 1,
      convergedMs: null,
      fault: { kind: 'denied', command: 'shutdown', address: 'unix:/run/ha2.sock' },
    },
    'error close-server ha2/backup failed: 4 of 4 sessions still there after 1 ms (split-brain, target main): denied at unix:/run/ha2.sock',
  ],
  [
    {
      result: 'refused',
      gate: 'target-not-up',
      trail: [{ atMs: 1, did: 'reread', saw: 'main is DOWN' }],
    },
    'warn close-server ha2/backup refused: nothing was sent, target-not-up forbade it - main is DOWN (split-brain, target main)',
  ],
  [
    {
      result: 'refused',
      gate: 'blind',
      trail: [{ atMs: 1, did: 'reread', saw: 'refused' }],
      fault: { kind: 'refused', address: 'unix:/s' },
    },
    'warn close-server ha2/backup refused: nothing was sent, blind forbade it (split-brain, target main): refused at unix:/s',
  ],
  [
    { result: 'abandoned', remaining: 3, tookMs: 80 },
    'warn close-server ha2/backup abandoned: mainstay was stopped after 80 ms, 3 of 4 sessions were still there (split-brain, target main)',
  ],
  [
    { result: 'abandoned', listed: 0 },
    'warn close-server ha2/backup abandoned: mainstay was stopped, nothing was closed (split-brain, target main)',
  ],
  [
    { action: 'close-session', proxy: 'ha1' },
    'info close-session ha1/backup (old worker 21) ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain',
  ],
  [
    { action: 'reload', server: null, tookMs: 112, remaining: 0 },
    'info reload ha2 ok: a new worker serves after 112 ms (split-brain, target main)',
  ],
  [
    {
      action: 'reload',
      server: null,
      result: 'failed',
      remaining: 4,
      fault: { kind: 'reload-failed', said: '[ALERT] unknown keyword', address: 'unix:/m' },
    },
    'error reload ha2 failed: no new worker was seen to serve after 12 ms (split-brain, target main): reload-failed at unix:/m',
  ],
  [
    {
      action: 'restart',
      server: null,
      result: 'refused',
      gate: 'unconfirmed',
      trail: [{ atMs: 1, did: 'reread', saw: 'worker 1 was decided on, 2 serves now' }],
    },
    'warn restart ha2 refused: nothing was sent, unconfirmed forbade it - worker 1 was decided on, 2 serves now (split-brain, target main)',
  ],
  [
    { action: 'restart', server: null, result: 'abandoned', tookMs: 3000 },
    'warn restart ha2 abandoned: mainstay was stopped after 3.0 s (split-brain, target main)',
  ],
  [
    { ...pinned, trail: [{ atMs: 1, did: 'pin', saw: 'id 2, for 10000 ms' }] },
    'info pin ha2/backup ok: new connections go to backup - id 2, for 10000 ms (holding, target backup)',
  ],
  [
    {
      ...pinned,
      result: 'failed',
      fault: { kind: 'denied', command: 'set table', address: 'unix:/s' },
    },
    'error pin ha2/backup failed: new connections are not kept on backup (holding, target backup): denied at unix:/s',
  ],
  [
    { ...pinned, result: 'abandoned' },
    'warn pin ha2/backup abandoned: mainstay was stopped before HAProxy had answered (holding, target backup)',
  ],
  [
    { ...pinned, result: 'refused', gate: 'stalled' },
    'warn pin ha2/backup refused: nothing was sent, stalled forbade it (holding, target backup)',
  ],
  [
    { ...pinned, action: 'release', server: null },
    'info release ha2 ok: HAProxy chooses where new connections go (holding, target backup)',
  ],
  [
    { ...pinned, action: 'release', server: null, result: 'failed' },
    'error release ha2 failed: new connections follow the old pin until its lease ends (holding, target backup)',
  ],
  [
    { action: 'restart', server: null, returned: true, trail: [] },
    'info ha2: sessions have come to main after restart ha2',
  ],
])('an outcome is told in one line: %s', ([difference, line]) => {
  const book = logBook();
  announceOutcome(book.log, done(difference), faultText);
  expect(book.said).toEqual([line]);
  expect(book.fields).toEqual([{ outcome: done(difference) }]);
});
