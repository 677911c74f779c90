// The built command at a terminal of its own, 80 columns wide: what a person is shown there, and what he types.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import { COMMAND } from './support.ts';

export interface Terminal {
  /** All that was shown so far, colours and all. */
  shown(): string;
  /** Waits until it shows this. */
  until(words: string): Promise<void>;
  type(keys: string): void;
  /** The exit code, once it has ended. */
  ended(): Promise<number | null>;
}

export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const ENTER = '\r';

const SHOWN_MS = 20_000;

/** Runs `mainstay ARGS`; `redirect` is the shell's, of what is not to go to the terminal. */
export function atTerminal(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  args: readonly string[],
  redirect = '',
): Terminal {
  const words = [process.execPath, COMMAND, ...args].map((word) => `'${word}'`).join(' ');
  const line = `stty cols 80; exec ${words} ${redirect}`;
  // script(1) makes the terminal; with it goes all that runs there.
  const script = ['--pdeathsig', 'KILL', 'script', '-qec', line, '/dev/null'];
  const child = spawn('setpriv', script, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let shown = '';
  child.stdout.on('data', (chunk) => (shown += String(chunk)));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  return {
    shown: () => shown,
    until: (wanted) =>
      waitFor(
        () => shown.includes(wanted),
        SHOWN_MS,
        `shown: ${wanted}`,
        () => shown,
      ),
    type: (keys) => void child.stdin.write(keys),
    ended: async () => {
      await closed;
      return child.exitCode;
    },
  };
}
