// `npm run bench`: what mainstay costs and how quick it is, in one table; about four minutes, best on an idle machine.
import { cpus } from 'node:os';
import { idle } from './idle.mjs';
import { incident } from './incident.mjs';
import { lookCost, readingCost } from './look.mjs';
import { oldWorker } from './old-worker.mjs';
import { ways } from './ways.mjs';

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}; medians\n`,
);
print(['what', 'measured', 'goal']);
for (const measure of [readingCost, lookCost, ways, oldWorker, incident, idle]) {
  for (const row of await measure()) print(row);
}

/** @param {string[]} row */
function print([what = '', measured = '', goal = '']) {
  console.log(`${what.padEnd(62)}  ${measured.padEnd(24)}  ${goal}`.trimEnd());
}
