// The table at the tour's end, from two incidents: a figure for what ended, a bound for what did not, a dash for what nobody did.
import { expect, test } from 'vitest';
import { comparison } from '../../src/lab/tour/comparison.ts';
import { figuresOf } from '../../src/lab/tour/figures.ts';

const incident = (healed: boolean) => ({
  fromMs: 0,
  cutMs: 3500,
  apart: { sinceMs: 4000, healedMs: healed ? 9000 : null, untilMs: 11_000 },
  mended: { sinceMs: 12_000, healedMs: healed ? 19_500 : null, untilMs: 21_500 },
  failedMs: 22_000,
  failedOverMs: 23_400,
  redialledTo: healed ? 'backup' : 'main',
  stuck: { sinceMs: 25_000, healedMs: healed ? 32_500 : null, untilMs: 36_000 },
});

const decisions = (
  [
    [3000, 'split-brain'],
    [4700, 'split-brain'],
    [5700, 'split-brain'],
    [12_200, 'holding'],
    [25_300, 'holding'],
  ] as const
).map(([ms, verdict]) => ({ at: new Date(ms).toISOString(), decision: { verdict } }));

test('ends and bounds stand side by side within 80 columns', () => {
  const course = { events: [], health: [] };
  const mainstay = { ...figuresOf(incident(true), course, decisions), closed: 20 };
  const lines = comparison(mainstay, figuresOf(incident(false), course, null));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(`${lines.slice(0, 14).join('\n')}\n`).toMatchInlineSnapshot(`
    "                                                    with mainstay  HAProxy alone
    ha2 is cut off from main: split brain
      seen after (1)                                             0.7s              -
      all on one producer again after (2)                        5.0s         > 7.0s
      all back on main, from when both reached it (3)            7.5s         > 9.5s
    main fails and returns: stuck on backup
      all on backup, by HAProxy itself, after                    1.4s           1.4s
      main up again: seen after (1)                              0.3s              -
      a relay that restarts then comes to                      backup           main
      all back on main, from when it was up (3)                  7.5s        > 11.0s
    in all
      time with sessions on both                                 0.0s         > 0.0s
      sessions closed to heal                                      20              0
      sessions closed that were in the right place                  0              0
    "
  `);
});
