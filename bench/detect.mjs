// How soon a killed main is known where HAProxy watches connections too (`observe layer4`): with a client that dials
// every 50 ms, from its first dial after the death; without one, from the death: then the health checks must find it.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beside, NO_WAITS, percentile } from './measure.mjs';
import { startLab } from '../dist/lab/lab.js';

const REPEATS = 20;
const DIAL_MS = 50;
const PATIENCE_MS = 30_000;

/** @typedef {Awaited<ReturnType<typeof startLab>>} Lab */
/** @typedef {{ down: number, known: number }} Found */

export async function detect() {
  const lab = await startLab({ proxies: ['ha1'], relays: 0, configure: observed });
  try {
    return await beside(lab, { ...NO_WAITS, journal: `${lab.dir}/journal` }, async () => {
      const without = await measure(lab, async (main) => {
        const at = Date.now();
        await main.kill();
        return at;
      });
      const client = startClient(lab.relaysAt('ha1'));
      const dialled = await measure(lab, async (main) => {
        const at = Date.now();
        await main.kill();
        await lab.until(() => client.dials.some((dial) => dial >= at), PATIENCE_MS, 'a dial');
        return client.dials.find((dial) => dial >= at) ?? Number.NaN;
      });
      client.stop();
      return [
        [`main is killed, ${REPEATS} times each`, 'p50, p99', ''],
        ...rows('  first dial (one each 50 ms)', dialled, 'under 100 ms'),
        ...rows('  nobody dials: its death', without, ''),
      ];
    });
  } finally {
    await lab.stop();
  }
}

/** @param {string} from @param {Found[]} found @param {string} goal */
function rows(from, found, goal) {
  return [
    [`${from} to HAProxy's DOWN`, words(found.map(({ down }) => down)), goal],
    [`${from} to mainstay's decision`, words(found.map(({ known }) => known)), goal],
  ];
}

/** @param {number[]} times */
function words(times) {
  return `${percentile(times, 50).toFixed(0)}, ${percentile(times, 99).toFixed(0)} ms`;
}

/** @param {Lab} lab @param {(main: ReturnType<Lab['producer']>) => Promise<number>} kill */
async function measure(lab, kill) {
  const main = lab.producer('main');
  const found = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    await lab.until(() => decided(lab, 0)?.target === 'main', PATIENCE_MS, 'main is the target');
    // Death comes at any moment of a check's pause.
    await sleep(500 + Math.random() * 2000);
    const from = await kill(main);
    const toBackup = () => decided(lab, from)?.target === 'backup';
    await lab.until(toBackup, PATIENCE_MS, 'backup is the target');
    const down = lab.proxy('ha1').logged(/Server bp\/main is DOWN/);
    const { at = Number.NaN } = decided(lab, from, 'backup') ?? {};
    found.push({
      down: (down.find(({ atMs }) => atMs >= from)?.atMs ?? Number.NaN) - from,
      known: at - from,
    });
    await main.restart();
  }
  return found;
}

/**
 * The first decision since then for this target, or the last of all.
 * @param {Lab} lab @param {number} since @param {string} [wanted]
 */
function decided(lab, since, wanted) {
  const lines = readFileSync(`${lab.dir}/journal`, { encoding: 'utf8', flag: 'a+' }).split('\n');
  const all = lines
    .filter((line) => line.includes('"kind":"decision"'))
    .map((line) => JSON.parse(line))
    .map(({ at, decision }) => ({ at: Date.parse(at), target: decision.target }))
    .filter(({ at }) => at >= since);
  return wanted === undefined ? all.at(-1) : all.find(({ target }) => target === wanted);
}

/** @param {{ host: string, port: number }} at */
function startClient(at) {
  /** @type {number[]} */
  const dials = [];
  const dial = () => {
    dials.push(Date.now());
    const socket = connect(at);
    socket.on('error', () => {});
    setTimeout(() => socket.destroy(), DIAL_MS / 2);
  };
  const timer = setInterval(dial, DIAL_MS);
  return { dials, stop: () => clearInterval(timer) };
}

/** As configuration.txt 5.2 has it: the first failed connection marks the server down. @param {string} config */
function observed(config) {
  return config.replace(
    /^( +default-server) check inter \S+ fall \S+ rise \S+/m,
    '$1 check inter 2s fastinter 500ms fall 3 rise 1 observe layer4 error-limit 1 on-error mark-down',
  );
}
