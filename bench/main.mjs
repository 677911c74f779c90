// `npm run bench`: what mainstay costs and how quick it is, in one table; about four minutes, best on an idle machine.
// `npm run bench converge`: how quick it is beside other ways, which takes as long again and is no part of the first.
import { cpus } from 'node:os';
import { converge } from './converge.mjs';
import { detect } from './detect.mjs';
import { idle } from './idle.mjs';
import { incident } from './incident.mjs';
import { lookCost, readingCost } from './look.mjs';
import { scraping } from './metrics.mjs';
import { oldWorker } from './old-worker.mjs';
import { ways } from './ways.mjs';

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; medians, where nothing else is said\n`,
);
print(['what', 'measured', 'goal']);
const ALL = [readingCost, lookCost, ways, oldWorker, incident, scraping, idle];
for (const measure of process.argv[2] === 'converge' ? [converge, detect] : ALL) {
  for (const row of await measure()) print(row);
}

/** @param {string[]} row */
function print([what = '', measured = '', goal = '']) {
  console.log(`${what.padEnd(62)}  ${measured.padEnd(24)}  ${goal}`.trimEnd());
}
