// Runs a command on this host, without a shell and in a process group of its own, within a limit.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Trouble } from '../domain/fault.ts';
import type { AskLimit } from '../domain/ports.ts';
import type { Result } from '../domain/result.ts';
import { LastWords } from './last-words.ts';
import { failed, watchLimit } from './limit.ts';

/** How long its output may come behind its end: a daemon that it started may hold the pipe for ever. */
const GRACE_MS = 100;

/** At the limit the whole group is killed. What it wrote, stdout and stderr together, is the value. */
export function runHere(
  argv: readonly string[],
  limit: AskLimit,
): Promise<Result<string, Trouble>> {
  const [file = '', ...args] = argv;
  if (limit.signal?.aborted === true) return Promise.resolve(failed({ kind: 'abandoned' }));
  return new Promise((resolve) => {
    const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const words = new LastWords();
    let grace: NodeJS.Timeout | undefined;
    let code: number | null = null;
    const settle = (result: Result<string, Trouble>): void => {
      endLimit();
      clearTimeout(grace);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(result);
    };
    const ended = (): void =>
      settle(
        code === 0
          ? { ok: true, value: words.text }
          : failed({ kind: 'command-failed', code, said: words.text }),
      );
    const endLimit = watchLimit(
      limit,
      () => true,
      (trouble) => {
        killGroup(child);
        if (trouble.kind === 'abandoned') settle(failed(trouble));
        else settle(failed({ kind: 'command-failed', code: null, said: words.text }));
      },
    );
    for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (b: Buffer) => words.add(b));
    child.on('error', (error: NodeJS.ErrnoException) => {
      // As a shell says it.
      code = error.code === 'ENOENT' ? 127 : 126;
      settle(failed({ kind: 'command-failed', code, said: error.message }));
    });
    child.on('exit', (exitCode) => {
      code = exitCode;
      // Its end has come in time: what it has started may live on.
      endLimit();
      grace = setTimeout(ended, GRACE_MS);
    });
    child.on('close', ended);
  });
}

function killGroup(child: ChildProcessByStdio<null, Readable, Readable>): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
