// What every measurement needs: medians, what a process has used, and a supervisor beside a lab.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startLab } from '../dist/lab/lab.js';

/** Settings that wait for nothing, as other tools do not; all that can hold a closing is out of the way. */
export const NO_WAITS = {
  confirm: 1,
  warmup: '0s',
  failback: { after: '0s' },
  split: { after: '0s' },
  cooldown: '0s',
  verify: { return: '0s' },
  budget: { max: 1000 },
  flap: { max: 1000 },
};

/** @param {number[]} values */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The smallest value that `percent` of them do not exceed. @param {number[]} values @param {number} percent */
export function percentile(values, percent) {
  const at = Math.ceil((percent / 100) * values.length) - 1;
  return values.toSorted((a, b) => a - b)[at] ?? Number.NaN;
}

/** Processor time that a process has used, of both kinds (proc(5), "stat": 100 ticks a second). @param {number} pid */
export function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** @param {number} pid */
export function residentMB(pid) {
  return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6;
}

/**
 * Runs `use` with a lab and the built supervisor beside it, and ends both.
 * @template T
 * @param {object} labOptions
 * @param {Record<string, unknown>} settings
 * @param {(lab: Lab, pid: number) => Promise<T>} use
 */
export async function withSupervisor(labOptions, settings, use) {
  const lab = await startLab(labOptions);
  try {
    return await beside(lab, settings, (pid) => use(lab, pid));
  } finally {
    await lab.stop();
  }
}

/** @typedef {Awaited<ReturnType<typeof startLab>>} Lab */

/**
 * Runs `use` with the built supervisor beside a lab, and ends the supervisor.
 * @template T
 * @param {Lab} lab
 * @param {Record<string, unknown>} settings
 * @param {(pid: number) => Promise<T>} use
 */
export async function beside(lab, settings, use) {
  const file = `${lab.dir}/mainstay.yaml`;
  writeFileSync(file, lab.mainstayYaml(settings));
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, 'run', '-c', file], { stdio: 'ignore' });
  try {
    return await use(child.pid ?? 0);
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
}
