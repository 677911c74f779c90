// How long relays stay on backup once main is back: from the moment main is marked up, by HAProxy's own log, to the last
// session gone from backup, by the producers' own count. mainstay with and without events, HAProxy's own way, a script.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab } from '../dist/lab/lab.js';
import { NO_WAITS, percentile, withSupervisor } from './measure.mjs';

const REPEATS = 30;
const RELAYS = 50;
const PATIENCE_MS = 30_000;
/** The poll's and the script's pause: main comes back at moments that are spread over it evenly. */
const PHASE_MS = 1000;
const LAB = { proxies: ['ha1'], relays: RELAYS };
/** What one would write who has no mainstay. */
const SCRIPT = `
while sleep 1; do
  stat=$(echo 'show stat bp 4 -1' | socat - "$1")
  main=$(awk -F, '$2 == "main" { print $18 }' <<<"$stat")
  sessions=$(awk -F, '$2 == "backup" { print $5 }' <<<"$stat")
  if [ "$main" = UP ] && [ "$sessions" -gt 0 ]; then
    echo 'shutdown sessions server bp/backup' | socat - "$1"
  fi
done
`;

/** @typedef {Awaited<ReturnType<typeof startLab>>} Lab */
/** @typedef {(lab: Lab, target: string) => Promise<void>} Settled */

export async function converge() {
  const native = await withLab(shutdownBackupSessions, (lab) => measure(lab, nothing));
  const push = await withSupervisor(LAB, NO_WAITS, (lab) => measure(lab, seen));
  const poll = await withSupervisor(LAB, { ...NO_WAITS, events: 'off' }, (lab) =>
    measure(lab, seen),
  );
  const script = await withLab(
    (config) => config,
    (lab) => besideScript(lab, () => measure(lab, nothing)),
  );
  const more = (percentile(push, 99) - percentile(native, 99)).toFixed(1);
  const ratio = (/** @type {number} */ p) =>
    `${(percentile(script, p) / percentile(push, p)).toFixed(0)} ×`;
  return [
    [`${RELAYS} relays, main marked up to backup empty, ${REPEATS} times each`, 'p50, p99', ''],
    ['  HAProxy alone: on-marked-up shutdown-backup-sessions', words(native), ''],
    ['  mainstay, with events', words(push), `p99 at most 15 ms more: ${more} ms`],
    ['  mainstay, polling at 1 s', words(poll), ''],
    [
      '  a script, every 1 s (bash, socat)',
      words(script),
      `20 × slower: ${ratio(50)}, ${ratio(99)}`,
    ],
  ];
}

/** @param {number[]} times */
function words(times) {
  return `${percentile(times, 50).toFixed(1)}, ${percentile(times, 99).toFixed(1)} ms`;
}

/** @param {Lab} lab @param {Settled} settled */
async function measure(lab, settled) {
  const times = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const waitMs = ((repeat + Math.random()) / REPEATS) * PHASE_MS;
    times.push(await comeback(lab, settled, waitMs));
  }
  return times;
}

/** Main dies and comes back, once. @param {Lab} lab @param {Settled} settled @param {number} waitMs */
async function comeback(lab, settled, waitMs) {
  const main = lab.producer('main');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all on main');
  await settled(lab, 'main');
  await main.kill();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'all on backup');
  await settled(lab, 'backup');
  await sleep(waitMs);
  const since = Date.now();
  const mark = lab.mark();
  await main.restart();
  await lab.until(() => lab.count({ producer: 'backup' }) === 0, PATIENCE_MS, 'backup is empty');
  const up = lab
    .proxy('ha1')
    .logged(/Server bp\/main is UP/)
    .find(({ atMs }) => atMs >= since);
  const last = Math.max(...lab.closes(mark).map(({ atMs }) => atMs));
  return last - (up?.atMs ?? Number.NaN);
}

async function nothing() {}

/** The supervisor knows where everybody is, and has nothing under way. @param {Lab} lab @param {string} target */
async function seen(lab, target) {
  const verdict = target === 'main' ? 'converged' : 'failed-over';
  const isSo = async () => {
    const answer = await fetch(`http://${lab.listen}/v1/status`).catch(() => null);
    const status = answer?.ok === true ? await answer.json() : null;
    return status?.target === target && status.verdict === verdict;
  };
  await lab.until(isSo, PATIENCE_MS, `it is seen that all are on ${target}`);
}

/**
 * @template T
 * @param {(config: string) => string} configure
 * @param {(lab: Lab) => Promise<T>} use
 */
async function withLab(configure, use) {
  const lab = await startLab({ ...LAB, configure });
  try {
    return await use(lab);
  } finally {
    await lab.stop();
  }
}

/** @template T @param {Lab} lab @param {() => Promise<T>} use */
async function besideScript(lab, use) {
  const file = `${lab.dir}/script.sh`;
  writeFileSync(file, SCRIPT);
  const child = spawn('bash', [file, lab.proxy('ha1').sockets.admin], { stdio: 'ignore' });
  try {
    return await use();
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}

/** @param {string} config */
function shutdownBackupSessions(config) {
  return config.replace(/^( +server main .*)$/m, '$1 on-marked-up shutdown-backup-sessions');
}
