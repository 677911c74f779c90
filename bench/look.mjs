// What one look costs: HAProxy's processor time for it, how long it takes, and how fast a large answer is read.
import { readFileSync } from 'node:fs';
import { readView } from '../dist/haproxy/read-view.js';
import { startLab } from '../dist/lab/lab.js';
import { makeLook } from '../dist/observe/look.js';
import { openLink } from '../dist/transport/open-link.js';
import { median, processorSeconds } from './measure.mjs';

const WANTED = { backend: 'bp', producers: [], pinTable: 'pin' };
const LOOKS = 3000;
const SERVERS = 500;
const ROUNDS = 200;

export async function lookCost() {
  const lab = await startLab({ relays: 2 });
  try {
    const proxy = lab.proxy('ha1');
    const path = proxy.sockets.admin;
    const link = openLink({ kind: 'unix', path, text: path }, 'worker');
    const look = makeLook({ link, master: null, stats: null }, WANTED, 1000);
    const [worker = 0] = proxy.workers();
    const before = processorSeconds(worker);
    const times = [];
    for (let i = 0; i < LOOKS; i += 1) {
      const start = performance.now();
      const seen = await look();
      times.push(performance.now() - start);
      if (!seen.ok) throw new Error(`a look failed: ${JSON.stringify(seen.fault)}`);
    }
    const each = ((processorSeconds(worker) - before) / LOOKS) * 1e6;
    return [
      ['a look at two servers: time', `${median(times).toFixed(2)} ms`, ''],
      ["a look at two servers: HAProxy's processor", `${each.toFixed(0)} µs`, ''],
    ];
  } finally {
    await lab.stop();
  }
}

export function readingCost() {
  const answer = bigAnswer();
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const view = readView(answer, { backend: 'pair', producers: [], pinTable: null }, 'unix');
    times.push(performance.now() - start);
    if (!view.ok) throw new Error(`the answer was not understood: ${JSON.stringify(view.fault)}`);
  }
  const ms = median(times);
  const size = `${(answer.length / 1000).toFixed(0)} kB`;
  return [
    [
      `reading a look with ${SERVERS} servers (${size})`,
      `${ms.toFixed(2)} ms, ${(answer.length / 1e3 / ms).toFixed(0)} MB/s`,
      '',
    ],
  ];
}

/** A whole answer to one look, with 500 servers made of a captured row. */
function bigAnswer() {
  const folder = new URL('../test/fixtures/haproxy/2.6.12/', import.meta.url);
  const lines = readFileSync(new URL('look-admin.txt', folder), 'latin1').trimEnd().split('\n');
  const row = lines.find((line) => line.startsWith('pair,main,')) ?? '';
  const index = lines.indexOf(row);
  const rows = Array.from({ length: SERVERS }, (_, i) => row.replace(',main,', `,server${i},`));
  return `${[...lines.slice(0, index), ...rows, ...lines.slice(index + 1)].join('\n')}\n\n`;
}
