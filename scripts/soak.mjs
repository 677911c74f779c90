// `npm run soak`: main flaps for a long time, at every pace; first in simulated time, then on real HAProxies beside the built supervisor.
// Then all is well for a long time, under a real Prometheus: no alert may fire.
// Usage: npm run soak [-- HOURS [SECONDS [MINUTES]]]   simulated hours (default 24) and real seconds (default 20) for each
// pace, and minutes without trouble (default 10, as five hours for the alerts); 0 leaves that part out
// @ts-check
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOURS = Number(process.argv[2] ?? 24);
const SECONDS = Number(process.argv[3] ?? 20);
const MINUTES = Number(process.argv[4] ?? 10);
if (!(HOURS >= 0 && SECONDS >= 0 && MINUTES >= 0)) {
  console.error('usage: npm run soak [-- HOURS [SECONDS [MINUTES]]]');
  process.exit(1);
}

/** A producer that has come back is believed after `rise` checks. */
const CHECK = { interMs: 200, fall: 2, rise: 3 };
const RISE_MS = CHECK.interMs * CHECK.rise;
const PACES = [0.5, 1, 1.5, 2, 2.5, 3];
const BUDGET = { max: 12, withinMs: 30_000 };
const SETTINGS = {
  poll: { interval: '200ms', timeout: '200ms' },
  warmup: '0s',
  cooldown: '0s',
  failback: { after: '0s' },
  split: { after: '0s' },
  budget: { max: BUDGET.max, within: `${BUDGET.withinMs / 1000}s` },
  verify: { return: '0s' },
};
/** Sessions that one closing ended are seen to end within this; who redials takes longer, at least 200 ms. */
const BURST_MS = 150;
/** A used-up budget, and what may be waited for after it. */
const REST_MS = BUDGET.withinMs + 20_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const simulated = HOURS === 0 || simulate();
const real = SECONDS === 0 || (await beside());
const quiet = MINUTES === 0 || noAlert();
process.exitCode = simulated && real && quiet ? 0 : 1;

/** The same judgement and the same bounds as in the tests, for hours. */
function simulate() {
  return runTest(['test/decide/soak.test.ts'], { SOAK_HOURS: String(HOURS) });
}

/** Two sidecars and nothing wrong, as in the tests. */
function noAlert() {
  const args = ['test/operator/alerts.test.ts', '-t', 'where all is well no alert fires'];
  return runTest(args, { SOAK_HEALTHY_S: String(MINUTES * 60) });
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
function runTest(args, env) {
  const all = { ...process.env, ...env };
  return spawnSync('npx', ['vitest', 'run', ...args], { env: all, stdio: 'inherit' }).status === 0;
}

/** One pace after the other, each in a lab of its own: how often sessions were closed, by the producers' own counts. */
async function beside() {
  // By its URL: the type checker needs no build to read this file.
  const { withSupervisor } = await import(new URL('../bench/measure.mjs', import.meta.url).href);
  console.log('\nmain up, then down, each for   closings at ha1, ha2   at most   then');
  let closed = 0;
  let good = true;
  for (const pace of PACES) {
    const told = await withSupervisor(
      { relays: 6, check: CHECK },
      SETTINGS,
      (/** @type {any} */ lab) => flap(lab, pace * RISE_MS),
    );
    closed += told.closings[0] + told.closings[1];
    const fine =
      told.closings.every((/** @type {number} */ n) => n <= told.most) && told.bounced === 0;
    good &&= fine && told.rested;
    const end = told.rested
      ? `all on ${told.target}, closed ${told.bounced} times more`
      : 'NOT all on main';
    console.log(
      `${`${(pace * RISE_MS) / 1000} s (${pace} × rise)`.padEnd(31)}${told.closings.join(', ').padEnd(23)}${String(told.most).padEnd(10)}${end}${fine ? '' : '  TOO MANY'}`,
    );
  }
  if (closed === 0) console.log('no session was closed at all: nothing was tried');
  return good && closed > 0;
}

/**
 * @param {any} lab
 * @param {number} everyMs
 */
async function flap(lab, everyMs) {
  const main = lab.producer('main');
  await lab.until(async () => (await targetOf(lab)) !== null, REST_MS, 'the supervisor looks');
  const mark = lab.mark();
  const since = Date.now();
  while (Date.now() - since < SECONDS * 1000) {
    await main.kill();
    await sleep(everyMs);
    await main.restart();
    await sleep(everyMs);
  }
  const rested = await lab
    .until(() => lab.allOn('main'), REST_MS, 'all on main')
    .then(
      () => true,
      () => false,
    );
  const tookMs = Date.now() - since;
  const rests = lab.mark();
  await sleep(3_000);
  return {
    rested,
    closings: ['ha1', 'ha2'].map((proxy) => bursts(lab, mark, proxy)),
    most: BUDGET.max * (1 + Math.floor(tookMs / BUDGET.withinMs)),
    bounced: bursts(lab, rests, 'ha1') + bursts(lab, rests, 'ha2'),
    target: await targetOf(lab),
  };
}

/** @param {any} lab */
async function targetOf(lab) {
  const answer = await fetch(`http://${lab.listen}/v1/status`).catch(() => null);
  if (answer?.ok !== true) return null;
  return /"target":"([^"]*)"/.exec(await answer.text())?.[1] ?? null;
}

/**
 * How many closings the ends of sessions since the mark belong to: those that HAProxy ended, as it was told to.
 * @param {any} lab
 * @param {number} mark
 * @param {string} proxy
 */
function bursts(lab, mark, proxy) {
  const times = lab
    .closes(mark)
    .filter((/** @type {any} */ close) => close.by === 'proxy' && close.proxy === proxy)
    .map((/** @type {any} */ close) => close.atMs)
    .toSorted((/** @type {number} */ a, /** @type {number} */ b) => a - b);
  return times.filter(
    (/** @type {number} */ atMs, /** @type {number} */ at) =>
      atMs - (times[at - 1] ?? -Infinity) > BURST_MS,
  ).length;
}
