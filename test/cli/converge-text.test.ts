// What `converge` says of the plan and of what became of it, where old workers and the higher rungs come in.
import { expect, test } from 'vitest';
import { nextRungText, outcomeWords, planText } from '../../src/cli/converge-text.ts';
import { decideByHand, type Wish } from '../../src/decide/by-hand.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Outcome } from '../../src/domain/decision.ts';
import type { ProxySight } from '../../src/domain/view.ts';
import { planOf } from '../act/stand-in.ts';
import { done, NOW, POLICY, seen, server, worker } from '../report/world.ts';
import { CONFIG, PIPE, worldWith } from './world.ts';

test.for<[Partial<Outcome>, string]>([
  [{}, 'ha2/backup: 4 sessions closed in 12 ms; waiting up to 1m0s for the clients'],
  [
    { action: 'close-session', listed: 1 },
    'ha2/backup in old worker 21: 1 session closed in 12 ms; waiting up to 1m0s for the clients',
  ],
  [{ action: 'reload', server: null, tookMs: 112 }, 'ha2: reloaded in 112 ms'],
  [
    { action: 'restart', server: null, tookMs: 900 },
    'ha2: restarted in 900 ms; waiting up to 1m0s for the clients',
  ],
  [
    {
      action: 'restart',
      server: null,
      returned: true,
      trail: [{ atMs: 1, did: 'return', saw: '4 sessions on main, 0 before' }],
    },
    'ha2: now 4 sessions on main, 0 before',
  ],
])('an outcome is told: %s', ([difference, text]) => {
  const said = outcomeWords(PIPE, done(difference), 60_000).replaceAll(/\n */g, ' ');
  expect(said).toBe(text);
});

test("a reload that failed is told with HAProxy's own words", () => {
  const fault = {
    kind: 'reload-failed',
    said: "unknown keyword 'bakend'",
    address: 'unix:/m',
  } as const;
  const failed = done({ action: 'reload', server: null, result: 'failed', fault });
  const said = outcomeWords(PIPE, failed, 60_000).replaceAll(/\n */g, ' ');
  expect(said).toMatch(/^reload ha2 failed: no new worker was seen to serve after 12 ms /);
  expect(said).toContain("unknown keyword 'bakend'");
});

test('the next rung is named with its reason', () => {
  const { steps } = planOf({
    action: 'reload',
    server: null,
    climbed: 'closing sessions one by one there has failed',
  });
  expect(nextRungText(PIPE, steps).split('\n')).toEqual([
    'Closing has failed. The next rung, which mainstay run climbs and this command',
    'does not:',
    '  ha1: reload HAProxy, since closing sessions one by one there has failed',
  ]);
});

/** The plan's text by two looks that agree. */
function told(proxies: readonly ProxySight[], wish: Partial<Wish> = {}): string {
  const looks = { snapshot: { proxies }, now: NOW };
  const hand = decideByHand([looks, looks], BLANK, POLICY, {
    to: null,
    proxy: null,
    force: false,
    ...wish,
  });
  const strays = hand.wanted.map((step) => ({ step, sessions: null }));
  const text = planText(worldWith({}), { ...CONFIG, policy: POLICY }, hand, strays, looks.snapshot);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return text;
}

const both = (pid: number, old: boolean, main: number, backup: number) =>
  worker(pid, old, server('main', main), server('backup', backup));

test('each worker has its own lines, and what is hidden is said once', () => {
  const hidden = { hidden: { kind: 'no-master' } } as const;
  const text = told([
    seen('ha1', [both(31, false, 4, 1), both(21, true, 0, 2), both(11, true, 3, 0)]),
    seen('ha2', both(41, false, 4, 0), NOW, hidden),
  ]);
  expect(text).toContain(`ha1: close 1 session on backup, to bring it to main
  (HAProxy would not list them)
ha1: close 2 sessions on backup in old worker 21, to bring them to main
  (HAProxy would not list them)
ha2: sessions that a reload left in old workers are not seen: mainstay.yaml
  names no master socket;`);
  expect(text).not.toContain('worker 11');
});

test('what --proxy leaves out is counted in all workers', () => {
  const ha1 = seen('ha1', [both(31, false, 4, 1), both(21, true, 0, 2)]);
  const ha2 = seen('ha2', both(41, false, 4, 1));
  expect(told([ha1, ha2], { proxy: 'ha2' })).toContain(
    'ha1: 3 sessions stay on backup, since --proxy leaves ha1 out',
  );
});

test('of a proxy that only a peer tells of it is said that nothing can be done there from here', () => {
  const fault = { kind: 'peer', peer: 'ha2', said: 'no peer is asked', address: 'ha2' } as const;
  const proxies: readonly ProxySight[] = [
    seen('ha1', both(31, false, 2, 0)),
    { name: 'ha2', sight: { kind: 'unseen', sinceMs: NOW.monoMs, fault } },
  ];
  const snapshot = { proxies };
  const wish = { to: null, proxy: null, force: false };
  const hand = decideByHand([{ snapshot, now: NOW }], BLANK, POLICY, wish);
  const text = planText(worldWith({}), CONFIG, hand, [], snapshot).replaceAll(/\n */g, ' ');
  expect(text).toContain(
    'ha2: nothing can be done there from here: all that is known of ha2 comes from peer "ha2": no peer is asked: ',
  );
});
