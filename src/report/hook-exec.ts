// A hook that is a program: started without a shell for each event, which it gets as one line of JSON on its stdin.
import { spawn, type ChildProcess } from 'node:child_process';
import { printable } from '../haproxy/printable.ts';
import { giveUpAfter, STOPPED } from './hook-limit.ts';
import type { Deliver } from './hook-queue.ts';

/** So much of the end of its output, stdout and stderr together, is kept for the message. */
const KEPT_BYTES = 4096;
/** One that writes more is stopped: to read it for as long as it runs would cost a core. */
const MOST_OUTPUT_BYTES = 1024 * 1024;
/** How long its output may come behind its end: a process that it has started may hold the pipes for ever. */
const GRACE_MS = 100;

/** Told is who exits with 0 within `timeoutMs`. At the limit its process group, which is its own, is killed. */
export function execHook(argv: readonly string[], timeoutMs: number): Deliver {
  return (body, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(STOPPED);
      const child = begin(argv);
      if (child === null) return resolve('it could not be started');
      let bytes = 0;
      let said = Buffer.alloc(0);
      let grace: NodeJS.Timeout | undefined;
      let ending: string | null = null;
      const settle = (message: string | null): void => {
        endLimit();
        clearTimeout(grace);
        for (const pipe of child.stdio) pipe?.destroy();
        const words = printable(said.toString('latin1').trim().replaceAll(/\s+/g, ' '));
        resolve(message === null || words === '' ? message : `${message}: ${words}`);
      };
      const giveUp = (why: string): void => {
        killGroup(child);
        settle(why);
      };
      const endLimit = giveUpAfter(timeoutMs, signal, giveUp);
      const hear = (chunk: Buffer): void => {
        bytes += chunk.length;
        said = Buffer.concat([said, chunk]).subarray(-KEPT_BYTES);
        if (bytes > MOST_OUTPUT_BYTES && child.exitCode === null && child.signalCode === null)
          giveUp('it wrote more than 1 MiB');
      };
      child.on('error', ({ code }: NodeJS.ErrnoException) =>
        settle(`it could not be started (${code})`),
      );
      child.on('exit', (code, by) => {
        ending = code === 0 ? null : `it ended ${code === null ? `by ${by}` : `with ${code}`}`;
        // Its end has come in time: what it has started may live on.
        endLimit();
        grace = setTimeout(() => settle(ending), GRACE_MS);
      });
      child.on('close', () => settle(ending));
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      // It need not read what it is told.
      child.stdin?.on('error', () => {});
      child.stdin?.end(`${body}\n`);
    });
}

/** Null: what no program can be given, or too much of it. What the system objects to comes as an event. */
function begin([file = '', ...args]: readonly string[]): ChildProcess | null {
  try {
    return spawn(file, args, { detached: true, stdio: 'pipe' });
  } catch {
    return null;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
