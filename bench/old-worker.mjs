// 2,000 misplaced sessions in an old worker: how mainstay, hard-stop-after and a restart get rid of them, and at what cost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beside, median } from './measure.mjs';

const MISPLACED = 2000;
/** In the right place: in the old worker beside them, and in the serving one. */
const RIGHT = 200;
const RIGHT_SERVING = 50;
const REPEATS = 3;
const PATIENCE_MS = 60_000;
const HARD_STOP_S = 3;

/** @typedef {Awaited<ReturnType<typeof import('../dist/lab/lab.js').startLab>>} Lab */

export async function oldWorker() {
  const ours = [];
  for (let i = 0; i < REPEATS; i += 1) ours.push(await withMainstay());
  const others = { 'hard-stop-after': await byHardStop(), 'a restart': await byRestart() };
  const gone = ours.map(({ goneMs }) => goneMs);
  const stalls = ours.map(({ stallMs }) => stallMs);
  const quiet = ours.map(({ quietMs }) => quietMs);
  const right = RIGHT + RIGHT_SERVING;
  return [
    [
      `${MISPLACED} sessions in an old worker: decision to all gone`,
      `${median(gone).toFixed(0)} ms (most ${Math.max(...gone).toFixed(0)})`,
      'under 2 s',
    ],
    [
      '  longest stall of an unrelated stream meanwhile',
      `${median(stalls).toFixed(0)} ms (most ${Math.max(...stalls).toFixed(0)})`,
      `under 100 ms; before it ${median(quiet).toFixed(0)} ms`,
    ],
    [
      `  closed of ${right} in the right place, by mainstay`,
      String(Math.max(...ours.map(({ harmed }) => harmed))),
      'none',
    ],
    ...Object.entries(others).map(([by, { harmed, stallMs }]) => [
      `  closed of ${right} in the right place, by ${by}`,
      `${harmed}, stall ${Number.isFinite(stallMs) ? `${stallMs.toFixed(0)} ms` : 'to its end'}`,
      '',
    ]),
  ];
}

/** @typedef {{ harmed: number, stallMs: number }} Cost */

async function withMainstay() {
  return withScene('24h', async (lab, stall) => {
    const mark = lab.mark();
    const quietMs = await stall.take();
    const journal = `${lab.dir}/journal`;
    const settings = { warmup: '0s', cooldown: '0s', split: { after: '0s' }, journal };
    return beside(lab, settings, async () => {
      const none = () => lab.count({ producer: 'backup' }) === 0;
      await lab.until(none, PATIENCE_MS, 'the misplaced are gone');
      const stallMs = await stall.take();
      const last = Math.max(...lab.closes(mark).map(({ atMs }) => atMs));
      return {
        goneMs: last - decidedMs(journal),
        stallMs,
        quietMs,
        harmed: closedInPlace(lab, mark),
      };
    });
  });
}

/** @returns {Promise<Cost>} */
function byHardStop() {
  return withScene(`${HARD_STOP_S}s`, async (lab, stall) => {
    const mark = lab.mark();
    await stall.take();
    const none = () => lab.count({ producer: 'backup' }) === 0;
    await lab.until(none, PATIENCE_MS, 'the misplaced are gone');
    await sleep(500);
    return { harmed: closedInPlace(lab, mark), stallMs: await stall.take() };
  });
}

/** @returns {Promise<Cost>} */
function byRestart() {
  return withScene('24h', async (lab) => {
    const mark = lab.mark();
    await lab.proxy('ha1').restart();
    // The unrelated streams end with the process.
    return { harmed: closedInPlace(lab, mark), stallMs: Number.POSITIVE_INFINITY };
  });
}

/** When the first closing was decided, wall ms. @param {string} journal */
function decidedMs(journal) {
  const records = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"kind":"decision"'))
    .map((line) => JSON.parse(line));
  return Date.parse(records.find(({ decision }) => decision.plan !== null).at);
}

/** Sessions on main that HAProxy has closed since. @param {Lab} lab @param {number} mark */
function closedInPlace(lab, mark) {
  return lab.closes(mark).filter(({ by, producer }) => by === 'proxy' && producer === 'main')
    .length;
}

/**
 * One proxy after a reload, with all those sessions in place; `stall.take()` gives the longest ping of the unrelated
 * streams since it was last asked, one of them in the old worker and one in the serving one.
 * @template T
 * @param {string} hardStop
 * @param {(lab: Lab, stall: { take(): Promise<number> }) => Promise<T>} use
 */
async function withScene(hardStop, use) {
  const { startLab } = await import('../dist/lab/lab.js');
  const lab = await startLab({
    proxies: ['ha1'],
    relays: 0,
    configure: (config) => {
      const [, host = ''] = /^ +bind (\S+):3001$/m.exec(config) ?? [];
      return `${config
        .replace(/^( +)maxconn \d+$/m, '$1maxconn 6000')
        .replace(/^( +)hard-stop-after .*$/m, `$1hard-stop-after ${hardStop}`)}
listen unrelated
    bind ${host}:4001
    server echo ${host}:4002
`;
    },
  });
  const { host } = lab.relaysAt('ha1');
  const file = fileURLToPath(new URL('echo.mjs', import.meta.url));
  const echo = spawn(process.execPath, [file, host, '4001', '4002'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: echo.stdout })[Symbol.asyncIterator]();
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  let dials = 0;
  const dial = async (/** @type {number} */ count, /** @type {string} */ producer) => {
    const wanted = lab.count({ producer }) + count;
    for (let i = 0; i < count; i += 1) {
      const socket = connect(lab.relaysAt('ha1'));
      socket.on('error', () => {}).resume();
      socket.write(`hello r${(dials += 1)}/ha1#1\n`);
      sockets.push(socket);
      if (i % 100 === 99)
        await lab.until(
          () => lab.count({ producer }) >= wanted - count + i,
          PATIENCE_MS,
          'dialled',
        );
    }
    await lab.until(
      () => lab.count({ producer }) === wanted,
      PATIENCE_MS,
      `${wanted} on ${producer}`,
    );
  };
  try {
    await lines.next();
    const { proxy } = lab;
    await dial(RIGHT, 'main');
    await proxy('ha1').ask('set server bp/main state drain');
    await dial(MISPLACED, 'backup');
    await proxy('ha1').ask('set server bp/main state ready');
    echo.stdin.write('dial\n');
    await sleep(200);
    await proxy('ha1').reload();
    echo.stdin.write('dial\n');
    await dial(RIGHT_SERVING, 'main');
    await sleep(1000);
    const take = async () => {
      echo.stdin.write('take\n');
      return Number((await lines.next()).value);
    };
    await take();
    await sleep(1000);
    return await use(lab, { take });
  } finally {
    for (const socket of sockets) socket.destroy();
    const ended = once(echo, 'exit');
    echo.kill();
    await ended;
    await lab.stop();
  }
}
