// The table at the tour's end, from two incidents: a figure for what ended, a bound for what did not, a dash for what nobody did.
import { expect, test } from 'vitest';
import { comparison } from '../../src/lab/tour/comparison.ts';
import { figuresOf } from '../../src/lab/tour/figures.ts';

const incident = (healed: boolean) => ({
  fromMs: 0,
  failedMs: 1000,
  failedOverMs: 2400,
  splitMs: 4000,
  mendable: { sinceMs: 7000, healedMs: healed ? 12_000 : null, untilMs: 14_000 },
  stuck: { sinceMs: 20_000, healedMs: healed ? 28_500 : null, untilMs: 31_000 },
});

const decisions = (
  [
    [3000, 'split-brain'],
    [4700, 'split-brain'],
    [5700, 'split-brain'],
    [20_300, 'holding'],
  ] as const
).map(([ms, verdict]) => ({ at: new Date(ms).toISOString(), decision: { verdict } }));

test('ends and bounds stand side by side within 80 columns', () => {
  const course = { events: [], health: [] };
  const mainstay = { ...figuresOf(incident(true), course, decisions), closed: 15 };
  const lines = comparison(mainstay, figuresOf(incident(false), course, null));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(`${lines.slice(0, 12).join('\n')}\n`).toMatchInlineSnapshot(`
    "                                                    with mainstay  HAProxy alone
    failover by HAProxy: all on backup after                     1.4s           1.4s
    split brain
      seen after (1)                                             0.7s              -
      all on main, from when it could be healed (2)              5.0s         > 7.0s
      time with sessions on both (3)                             0.0s         > 0.0s
    stuck on backup
      seen after (1)                                             0.3s              -
      all on main, from when main was up (4)                     8.5s        > 11.0s
    in all
      time stranded on backup while main was up                  0.0s         > 0.0s
      sessions closed to heal                                      15              0
    "
  `);
});
