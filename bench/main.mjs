// What mainstay costs: memory and processor of an idle supervisor, and how fast an answer of HAProxy is read.
// `npm run bench`; figures are of the machine that it runs on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readView } from '../dist/haproxy/read-view.js';
import { startLab } from '../dist/lab/lab.js';

const SETTLE_MS = 10_000;
const IDLE_MS = 60_000;
const SERVERS = 500;
const ROUNDS = 200;

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Seconds of processor time that a process has used, of both kinds (proc(5), "stat": 100 ticks a second). @param {number} pid */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** @param {number} pid */
function residentMB(pid) {
  return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6;
}

async function idle() {
  const lab = await startLab({ relays: 2 });
  const file = `${lab.dir}/mainstay.yaml`;
  writeFileSync(file, lab.mainstayYaml());
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, 'run', '-c', file], { stdio: 'ignore' });
  try {
    const pid = child.pid ?? 0;
    await sleep(SETTLE_MS);
    const before = processorSeconds(pid);
    const resident = [];
    for (let passed = 0; passed < IDLE_MS; passed += 1000) {
      await sleep(1000);
      resident.push(residentMB(pid));
    }
    const share = (processorSeconds(pid) - before) / (IDLE_MS / 1000);
    return { residentMB: median(resident), mostMB: Math.max(...resident), share };
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    await lab.stop();
  }
}

/** A whole answer to one look, with 500 servers made of a captured row. */
function bigAnswer() {
  const folder = new URL('../test/fixtures/haproxy/2.6.12/', import.meta.url);
  const look = readFileSync(new URL('look-admin.txt', folder), 'latin1');
  const lines = look.trimEnd().split('\n');
  const row = lines.find((line) => line.startsWith('pair,main,')) ?? '';
  const index = lines.indexOf(row);
  const rows = Array.from({ length: SERVERS }, (_, i) => row.replace('pair,main,', `pair,server${i},`));
  return `${[...lines.slice(0, index), ...rows, ...lines.slice(index + 1)].join('\n')}\n\n`;
}

function parse() {
  const answer = bigAnswer();
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const view = readView(answer, 'pair', []);
    times.push(performance.now() - start);
    if (!view.ok) throw new Error(`the answer was not understood: ${JSON.stringify(view.fault)}`);
  }
  const ms = median(times);
  return { megabytes: answer.length / 1e6, ms, perSecond: answer.length / 1e3 / ms };
}

const read = parse();
console.log(
  `reading a look with ${SERVERS} servers (${read.megabytes.toFixed(2)} MB), median of ${ROUNDS}`,
);
console.log(`  ${read.ms.toFixed(2)} ms   ${read.perSecond.toFixed(0)} MB/s`);
console.log(`idle with two proxies at 1 s, ${IDLE_MS / 1000} s after ${SETTLE_MS / 1000} s`);
const cost = await idle();
console.log(
  `  resident ${cost.residentMB.toFixed(1)} MB (most ${cost.mostMB.toFixed(1)}; goal: under 90)`,
);
console.log(`  processor ${(cost.share * 100).toFixed(2)} % of a core (goal: under 1)`);
