// The incident of docker-compose.yml, told by the producers' own counts.
//   node incident.mjs                       a split brain, and then main's death and return; each until it is healed
//   node incident.mjs tell POST-PATH        tells main one thing: kill, restart, cut?proxy=ha1, mend?proxy=ha1
//   node incident.mjs await STATE [SINCE [SECONDS]]
//       waits until the sessions are so (main, backup: all are there; split: ha1's on backup, ha2's on main), and prints
//       the figures since that wall time in ms
//   node incident.mjs stays STATE SECONDS   whether they stay so
// Exit code 0: it was so; 1: it was not, within its time.
import { setTimeout as sleep } from 'node:timers/promises';

const PRODUCERS = ['main', 'backup'];
const RELAYS = 3;
const LOOK_MS = 100;
/** A machine may be busy with nine containers. */
const ANSWER_MS = 20_000;
const SECONDS = 120;
/** Longer than `cooldown` in haproxy/compose: one closing is over before the next is asked for. */
const QUIET_MS = 20_000;

/** @typedef {{ kind: 'open' | 'close', id: string, relay: string, producer: string, proxy: string, atMs: number }} Event */
/** @typedef {Map<string, Event>} Open the session of each relay by each proxy, as it was opened */

/** Which producer has ha1's sessions, and which ha2's. @type {Record<string, { ha1: string, ha2: string }>} */
const STATES = {
  main: { ha1: 'main', ha2: 'main' },
  backup: { ha1: 'backup', ha2: 'backup' },
  split: { ha1: 'backup', ha2: 'main' },
};

/** @param {string} producer @param {string} path @returns {Promise<any>} */
async function ask(producer, path, method = 'GET') {
  const url = `http://${producer}:8080/${path}`;
  const answer = await fetch(url, { method, signal: AbortSignal.timeout(ANSWER_MS) });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** @param {string} path */
const tell = (path) => ask('main', path, 'POST');

/** In the order in which it happened. @returns {Promise<Event[]>} */
async function look() {
  const ledgers = await Promise.all(PRODUCERS.map((name) => ask(name, 'ledger')));
  return ledgers.flatMap(({ events }) => events).toSorted((a, b) => a.atMs - b.atMs);
}

/**
 * A relay has one connection through each proxy: a new one ends the one before, also where a cut way keeps the producer
 * from hearing of that.
 * @param {Open} open @param {Event} event @returns whether a session that counted began or ended
 */
function happen(open, event) {
  const key = `${event.relay}/${event.proxy}`;
  if (event.kind === 'close') return open.get(key)?.id === event.id && open.delete(key);
  open.set(key, event);
  return true;
}

/** @param {Event[]} events @returns {Open} */
function openAfter(events) {
  const open = new Map();
  for (const event of events) happen(open, event);
  return open;
}

/** @param {Open} open @param {string} producer @param {string} [proxy] */
const count = (open, producer, proxy) =>
  [...open.values()].filter(
    (session) => session.producer === producer && (proxy === undefined || session.proxy === proxy),
  ).length;

/** @param {string} state @param {Open} open */
const is = (state, open) =>
  Object.entries(STATES[state] ?? {}).every(([proxy, at]) =>
    PRODUCERS.every((name) => count(open, name, proxy) === (name === at ? RELAYS : 0)),
  );

/** @param {Open} open */
const text = (open) =>
  PRODUCERS.map(
    (name) => `${name}: ${count(open, name, 'ha1')} by ha1, ${count(open, name, 'ha2')} by ha2`,
  ).join('   ');

/** Prints each change until the sessions are so. @param {string} state @param {number} sinceMs @param {number} seconds */
async function until(state, sinceMs, seconds = SECONDS) {
  const untilMs = Date.now() + seconds * 1000;
  for (let before = ''; Date.now() < untilMs; await sleep(LOOK_MS)) {
    const events = await look();
    const open = openAfter(events);
    const now = text(open);
    if (now !== before) say(sinceMs, Date.now(), now);
    before = now;
    if (is(state, open)) return figures(events, sinceMs);
  }
  throw new Error(`not so within ${seconds} s: ${state}`);
}

/** Since then. @param {Event[]} events @param {number} sinceMs */
function figures(events, sinceMs) {
  const figure = { bothS: 0, lastClosedS: 0, lastOpenedS: 0, closed: 0 };
  /** @type {Open} */
  const open = new Map();
  const both = () => PRODUCERS.every((name) => count(open, name) > 0);
  let bothFromMs = 0;
  for (const event of events) {
    const was = both();
    const counts = happen(open, event);
    if (!was && both()) bothFromMs = event.atMs;
    if (was && !both()) figure.bothS += afterS(event.atMs, Math.max(bothFromMs, sinceMs));
    if (!counts || event.atMs < sinceMs) continue;
    if (event.kind === 'close') figure.closed++;
    figure[event.kind === 'close' ? 'lastClosedS' : 'lastOpenedS'] = afterS(event.atMs, sinceMs);
  }
  if (both()) figure.bothS += afterS(Date.now(), Math.max(bothFromMs, sinceMs));
  return figure;
}

/** @param {number} atMs @param {number} sinceMs */
const afterS = (atMs, sinceMs) => Math.max(0, atMs - sinceMs) / 1000;

/** @param {number} sinceMs @param {number} atMs @param {string} words */
function say(sinceMs, atMs, words) {
  console.log(`${((atMs - sinceMs) / 1000).toFixed(1).padStart(7)} s  ${words}`);
}

/** @param {ReturnType<typeof figures>} figure */
const figureText = ({ bothS, lastClosedS, lastOpenedS, closed }) =>
  `${closed} sessions closed, the last after ${lastClosedS.toFixed(1)} s; the last opened after ${lastOpenedS.toFixed(1)} s; on both producers for ${bothS.toFixed(1)} s`;

async function wholeIncident() {
  console.log('All is well: every session is on main.');
  await until('main', Date.now());

  console.log('The way from ha1 to main is cut.');
  const cutMs = Date.now();
  await tell('cut?proxy=ha1');
  await until('split', cutMs);
  console.log('Both producers have sessions: a split brain. The way is mended.');
  const mendedMs = Date.now();
  await tell('mend?proxy=ha1');
  console.log(`Healed: ${figureText(await until('main', mendedMs))}.`);

  await sleep(QUIET_MS);
  console.log('main dies.');
  const diedMs = Date.now();
  await tell('kill');
  await until('backup', diedMs);
  console.log('All sessions are on backup. main returns.');
  const returnedMs = Date.now();
  await tell('restart');
  console.log(`Back on main: ${figureText(await until('main', returnedMs))}.`);
}

/** Whether it is so at every look. @param {string} state @param {number} seconds */
async function stays(state, seconds) {
  const sinceMs = Date.now();
  while (Date.now() < sinceMs + seconds * 1000) {
    const open = openAfter(await look());
    if (!is(state, open)) throw new Error(`not so any more: ${state}; ${text(open)}`);
    await sleep(LOOK_MS);
  }
}

const [command = 'all', what = '', sinceMs = Date.now(), seconds = SECONDS] = process.argv.slice(2);
try {
  if (command === 'all') await wholeIncident();
  else if (command === 'tell') await tell(what);
  else if (command === 'await')
    console.log(figureText(await until(what, Number(sinceMs), Number(seconds))));
  else if (command === 'stays') await stays(what, Number(sinceMs));
  else throw new Error(`no such command: ${command}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
