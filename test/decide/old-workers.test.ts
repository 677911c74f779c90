// Sessions in old workers: which are closed, which stay, and whose word counts. ha1 has one from before a reload; a row names the difference.
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { refusal } from '../../src/decide/reread.ts';
import type { Step } from '../../src/domain/decision.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Snapshot, View, WorkerView } from '../../src/domain/view.ts';
import { backup, main, POLICY, seen, server, view, worker } from './world.ts';

const serving = worker([main({ sessions: 4 }), backup()]);
const old = worker([main(), backup({ sessions: 2 })], { pid: 99, old: true });
const frozen = (...servers: WorkerView['servers']) => worker(servers, { pid: 99, old: true });

/** What two looks, a second apart, want of it, what is done, and which gates are shut then. */
function judge(shows: View, difference: Partial<Policy> = {}) {
  const policy = { ...POLICY, ...difference };
  let memory = { ...BLANK, target: 'main' };
  for (let s = 0; ; s += 1) {
    const snapshot: Snapshot = { proxies: [seen('ha1', s * 1_000, shows)] };
    const decision = decide(snapshot, memory, policy, { monoMs: s * 1_000, wallMs: s * 1_000 });
    memory = { ...decision.memory, target: 'main' };
    if (s === 1) {
      return {
        verdict: decision.verdict,
        wanted: decision.wanted.map(say),
        done: (decision.plan?.steps ?? []).map(say),
        gates: decision.gates.map(({ gate }) => gate),
      };
    }
  }
}

const say = ({ action, pid, server: name }: Step) => `${action} ${pid}/${name}`;
const closed = ['close-session 99/backup'];
const rows: [
  says: string,
  shows: View,
  result: Partial<ReturnType<typeof judge>>,
  policy?: Partial<Policy>,
][] = [
  ['what is off the target is closed', view(serving, old), { wanted: closed, done: closed }],
  [
    'what is on the target stays',
    view(serving, frozen(main({ sessions: 2 }), backup())),
    { verdict: 'converged' },
  ],
  [
    'what is on a server that is not listed stays',
    view(serving, frozen(main(), server({ name: 'third', id: 3, sessions: 2 }))),
    { verdict: 'converged' },
  ],
  [
    'a drain in it is frozen, and keeps nothing',
    view(serving, frozen(main(), backup({ sessions: 2, status: 'DRAIN' }))),
    { wanted: closed, done: closed },
  ],
  [
    'that it shows the target down does not matter',
    view(serving, frozen(main({ status: 'DOWN' }), backup({ sessions: 2 }))),
    { wanted: closed, done: closed },
  ],
  [
    'that it shows the target up does not either, where the serving worker does not',
    view(worker([main({ status: 'UP 1/3', sessions: 4 }), backup()]), old),
    { gates: ['target-not-up'] },
  ],
  [
    'a young serving worker is not believed',
    view({ ...serving, uptimeS: 5 }, old),
    { gates: ['target-not-up'] },
  ],
  [
    'where new connections may go elsewhere it is left alone',
    view(worker([main({ sessions: 4 }), backup(), server({ name: 'third', id: 3 })]), old),
    { wanted: closed, gates: ['not-steerable'] },
  ],
  [
    'each one is a step of its own, beside the serving worker',
    view(worker([main({ sessions: 3 }), backup({ sessions: 1 })]), old, { ...old, pid: 98 }),
    {
      wanted: ['close-server 100/backup', ...closed, 'close-session 98/backup'],
      done: ['close-server 100/backup', ...closed, 'close-session 98/backup'],
    },
  ],
  [
    'each server in it is a step of its own',
    view(serving, frozen(main(), backup({ sessions: 2 }), server({ name: 'third', sessions: 1 }))),
    {
      wanted: [...closed, 'close-session 99/third'],
      done: [...closed, 'close-session 99/third'],
    },
    { producers: ['main', 'backup', 'third'] },
  ],
  [
    "the level of the serving worker's socket does not matter",
    { ...view(serving, old), level: 'user' },
    { wanted: closed, done: closed },
  ],
  [
    'a proxy of others is left to them',
    view(serving, old),
    { wanted: closed, gates: ['not-driver'] },
    { proxies: [] },
  ],
  [
    'nothing is reloaded or restarted for it',
    { ...view(serving, old), level: 'user' },
    { wanted: closed, done: closed },
    {
      escalate: ['sessions', 'reload', 'restart'],
      proxies: [{ name: 'ha1', drive: true, reload: true, restart: true }],
    },
  ],
];

describe('in an old worker', () => {
  test.each(rows)('%s', (_, shows, result, policy = {}) => {
    const none = { verdict: 'split-brain', wanted: [], done: [], gates: [] };
    expect(judge(shows, policy)).toEqual({ ...none, ...result });
  });

  test('a look that shows another one does not confirm', () => {
    const policy = { ...POLICY, cooldownMs: 0 };
    let memory = BLANK;
    const plans = [99, 98, 98].map((pid, s) => {
      const shows = view(serving, { ...old, pid });
      const snapshot: Snapshot = { proxies: [seen('ha1', s * 1_000, shows)] };
      const decision = decide(snapshot, memory, policy, { monoMs: s * 1_000, wallMs: s * 1_000 });
      memory = decision.memory;
      return decision.plan?.steps.map((step) => step.pid) ?? null;
    });
    expect(plans).toEqual([null, null, [98]]);
  });
});

const step: Step = {
  action: 'close-session',
  proxy: 'ha1',
  pid: 99,
  server: 'backup',
  sessions: 2,
  climbed: null,
};

describe('a closing in an old worker, looked at again', () => {
  const rereads: [says: string, shows: View, gate: string | null][] = [
    ['as it was decided on', view(serving, old), null],
    ['with the old worker gone', view(serving), null],
    ['with another serving worker', view({ ...serving, pid: 101 }, old), null],
    ['with a serving worker of its pid', view({ ...serving, pid: 99 }), 'unconfirmed'],
    [
      'with the drain it was in',
      view(serving, frozen(backup({ sessions: 2, status: 'DRAIN' }))),
      null,
    ],
    [
      'with backup draining in the serving worker',
      view(worker([main(), backup({ sessions: 1, status: 'DRAIN' })]), old),
      null,
    ],
    ['with main down', view(worker([main({ status: 'DOWN' }), backup()]), old), 'target-not-up'],
    ['with a young serving worker', view({ ...serving, uptimeS: 1 }, old), 'target-not-up'],
    [
      'with another active server',
      view(worker([main(), server({ name: 'third', id: 3 })]), old),
      'not-steerable',
    ],
    [
      'with the master not read',
      { ...view(serving), hidden: { kind: 'refused', address: 'm' } },
      'blind',
    ],
  ];
  test.each(rereads)('%s', (_, shows, gate) => {
    expect(refusal(shows, step, 'main', 30_000, 'read-back')?.gate ?? null).toBe(gate);
  });
});

describe('a reload or a restart, looked at again', () => {
  const noMaster: View = { ...view(serving), hidden: { kind: 'no-master' } };
  const rereads: [says: string, shows: View, reload: string | null, restart: string | null][] = [
    ['as it was decided on', view(serving, old), null, null],
    [
      'with another serving worker',
      view({ ...serving, pid: 101 }, old),
      'unconfirmed',
      'unconfirmed',
    ],
    [
      'with main down',
      view(worker([main({ status: 'DOWN' }), backup()])),
      'target-not-up',
      'target-not-up',
    ],
    [
      'with another active server',
      view(worker([main(), server({ name: 'third', id: 3 })])),
      'not-steerable',
      'not-steerable',
    ],
    ['with no sight of old workers', noMaster, 'blind', null],
  ];
  test.each(rereads)('%s', (_, shows, reload, restart) => {
    const again = (action: 'reload' | 'restart') =>
      refusal(shows, { ...step, action, pid: 100, server: null }, 'main', 30_000, 'read-back')
        ?.gate ?? null;
    expect([again('reload'), again('restart')]).toEqual([reload, restart]);
  });

  test('a step that names no process fits a page that names none either, and no other', () => {
    const page = view({ ...serving, pid: null });
    const closing: Step = { ...step, action: 'close-server', pid: null };
    expect(refusal(page, closing, 'main', 30_000, 'read-back')).toBeNull();
    expect(refusal(view(serving), closing, 'main', 30_000, 'read-back')?.gate).toBe('unconfirmed');
    expect(refusal(page, { ...closing, pid: 100 }, 'main', 30_000, 'read-back')?.gate).toBe(
      'unconfirmed',
    );
  });
});
