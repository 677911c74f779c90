// A real HAProxy, one process, from a configuration text in a folder of its own under the system's temporary one.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** Which HAProxy the tests run: Debian's, or a newer one where the environment names it. */
const HAPROXY = process.env['MAINSTAY_HAPROXY'] ?? '/usr/sbin/haproxy';

export interface Haproxy {
  readonly dir: string;
  pid(): number;
  /** Starts it, and waits until the unix socket `admin.sock` in its folder takes connections. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Kills it, and waits for its end. The folder stays. */
  kill(): Promise<void>;
  /** Kills it and removes its folder. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Writes and starts what `config` makes of the folder; it must open `admin.sock` there. `-db`: one process, no master. */
export async function startHaproxy(
  config: (dir: string) => string,
  options: readonly string[] = ['-db'],
): Promise<Haproxy> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-haproxy-'));
  const file = join(dir, 'haproxy.cfg');
  await writeFile(file, `${config(dir)}\n`);
  let child: ChildProcess | null = null;
  let complaints = '';

  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  const start = async (): Promise<void> => {
    // The kernel kills it with the test's process, however that ends.
    const args = ['--pdeathsig', 'KILL', HAPROXY, ...options, '-f', file];
    child = spawn('setpriv', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk) => (complaints += String(chunk)));
    await until(
      () => accepts(join(dir, 'admin.sock')),
      'HAProxy listens',
      () => complaints,
    );
  };
  await start();
  return {
    dir,
    pid: () => child?.pid ?? 0,
    start,
    signal: (name) => void child?.kill(name),
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(dir, { recursive: true });
    },
  };
}

async function accepts(path: string): Promise<boolean> {
  const socket = connect({ path });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
