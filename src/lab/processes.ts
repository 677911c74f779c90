// What the kernel says of processes (proc(5)): who is whose child, and who is still there.
import { readdirSync, readFileSync } from 'node:fs';

/** Process ids of the children of `pid` that have not ended. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((child) => stat(child)?.parent === pid && isAlive(child));
}

/** Whether the process exists and has not ended: one that only waits for its parent to take notice has. */
export function isAlive(pid: number): boolean {
  const state = stat(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Sends a signal to a process that may have ended already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function stat(pid: number): { state: string; parent: number } | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The second field is the program's name, in parentheses, and may hold any character.
  const [state, parent] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: state!, parent: Number(parent) };
}
