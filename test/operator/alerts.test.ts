// Every alert of grafana/alerts.yml fires in a real incident and is resolved after it; where all is well none does.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeApart, type Undo } from '../../src/lab/rig.ts';
import { measured, type Ending } from '../integration/support.ts';
import { queriesOf } from '../grafana/queries.ts';
import { listenTo, type Firing, type Heard } from './heard.ts';
import { INCIDENTS, LOOKING_BACK } from './incidents.ts';
import { startMonitoring, type Monitoring } from './monitoring.ts';
import { photographAlerts } from './photograph.ts';
import { alertsIn, shorten } from './shorten.ts';
import { openSides, type Sides } from './sides.ts';

/** Ten times the longest `for` here: half an hour of a real Prometheus. `npm run soak` gives more. */
const HEALTHY_S = Number(process.env['SOAK_HEALTHY_S'] ?? 60);
/** The longest `for` is 6 s; only a failing test waits longer, or one on a machine that is very busy. */
const FIRES_MS = 60_000;
/** Of those that look back the windows are 30 s. */
const RESOLVED_MS = 90_000;

const RULES = readFileSync('grafana/alerts.yml', 'utf8');
const DASHBOARD = readFileSync('grafana/dashboards/mainstay.json', 'utf8');

const ends: Undo = [];
const shared: Ending = { onTestFinished: (end) => void ends.push(end), onTestFailed: () => {} };
let sides: Sides;
let monitoring: Monitoring;
let heard: Heard;
let began: Date;
/** In the middle of an incident. */
let amid: Date;
beforeAll(async () => {
  sides = await openSides(shared);
  monitoring = await startMonitoring(shared, {
    dir: sides.lab.dir,
    host: sides.host,
    jobs: { mainstay: [sides.ha1.listen, sides.ha2.listen] },
    rules: shorten(RULES),
  });
  began = new Date();
  heard = listenTo(monitoring, shared);
}, 60_000);
afterAll(() => takeApart(ends), 60_000);

test('every alert has an incident that brings it', () => {
  const brought = INCIDENTS.flatMap(({ course }) => course.flatMap(({ fires }) => fires));
  expect(brought.toSorted()).toEqual(alertsIn(RULES).toSorted());
});

test('where all is well no alert fires', { timeout: HEALTHY_S * 1000 + 30_000 }, async () => {
  const { lab } = sides;
  const endMs = performance.now() + HEALTHY_S * 1000;
  // Nothing that anybody need be told of: sessions that stay in an old worker, and a node that is started anew.
  await lab.proxy('ha1').reload();
  lab.relay('relay1').restart();
  await sleep(endMs - performance.now());
  expect(heard.firings()).toEqual([]);
});

test.for(INCIDENTS)('$name', { timeout: 300_000 }, async ({ course, mend }) => {
  const fired: string[] = [];
  try {
    for (const { what, befall, fires } of course) {
      const sinceMs = performance.now();
      await befall(sides);
      await heard.untilFiring(fires, FIRES_MS);
      expect(heard.now()).toEqual(expect.arrayContaining([...fires]));
      for (const name of fires) measured(`${what}: ${name} fires`, last(name).firedMs - sinceMs);
      fired.push(...fires);
    }
    // What a person would see in the middle of it.
    if (fired.includes('MainstaySplitBrain')) {
      amid = new Date();
      await photographAlerts(monitoring.url, 'MainstaySplitBrain');
    }
  } finally {
    const mendedMs = performance.now();
    await mend(sides);
    const over = fired.filter((name) => !LOOKING_BACK.includes(name));
    await heard.untilResolved(over, RESOLVED_MS);
    for (const name of over) {
      measured(`it ends: ${name} is resolved`, (last(name).resolvedMs ?? Number.NaN) - mendedMs);
    }
  }
});

test('in the end all are resolved', { timeout: RESOLVED_MS + 10_000 }, async () => {
  await heard.untilResolved(alertsIn(RULES), RESOLVED_MS);
  expect(heard.now()).toEqual([]);
  for (const name of LOOKING_BACK) {
    const { firedMs, resolvedMs } = last(name);
    measured(`${name} fires for`, (resolvedMs ?? Number.NaN) - firedMs);
  }
});

test('what was told is whole: no template failed, and nothing critical was held back', () => {
  for (const { alert } of heard.firings()) {
    const { summary = '', description = '' } = alert.annotations;
    expect(summary).toMatch(/^lab: \w/);
    expect(`${summary} ${description}`).not.toMatch(/<error|no value|%!|\{\{/);
    expect(alert.labels['severity'] === 'critical' && alert.status.state !== 'active').toBe(false);
  }
});

test('every query of the dashboard has something to show', async () => {
  const range = `${Math.ceil((amid.getTime() - began.getTime()) / 1000)}s`;
  const filling = { cluster: 'lab', range, rateInterval: '4s', interval: '1s' };
  const queries = queriesOf(JSON.parse(DASHBOARD), filling);
  const end = new Date();
  const answers = await Promise.all(
    queries.map(async (query) => {
      const to = query.kind === 'instant' ? amid : end;
      return { ...query, series: await monitoring.ask(query, began, to) };
    }),
  );
  expect(answers.length).toBeGreaterThan(0);
  const empty = answers.filter(({ series }) => series.length === 0);
  expect(empty.map(({ where, expr }) => `${where}: ${expr}`)).toEqual([]);
});

/** Its latest firing. */
function last(name: string): Firing {
  const firing = heard.firings().findLast((one) => one.name === name);
  if (firing === undefined) throw new Error(`${name} has never fired`);
  return firing;
}
