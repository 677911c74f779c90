// A real OpenSSH server on the loopback, with keys of its own, run as the user that runs the tests.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshLogin } from '../../src/domain/config.ts';
import { freeze } from './freeze.ts';
import { freePort } from './port-of.ts';
import { until } from './until.ts';

/** sshd runs itself anew for each connection, so it must be called by its whole path. */
const SSHD = '/usr/sbin/sshd';

export interface SshdOptions {
  /** `AllowTcpForwarding`; what is opened by stream-local forwarding needs `local`. */
  readonly forwarding?: 'local' | 'no';
  /** With it the key is bound to this command: `restrict,command="…"`. */
  readonly command?: string;
}

export interface Sshd {
  readonly dir: string;
  /** With the key that is let in, and the key that the server shows. */
  readonly login: SshLogin;
  /** A key that nobody knows. */
  readonly strangeKey: string;
  /** A key with a passphrase, which is let in. */
  readonly lockedKey: string;
  /** The server and all that it has started for its connections. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Processes that serve connections. */
  sessions(): number;
  /** Kills the server with all that it has started. */
  kill(): Promise<void>;
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-sshd-'));
  const at = (name: string): string => join(dir, name);
  const port = await freePort();
  const user = userInfo().username;
  for (const name of ['host', 'known', 'strange']) makeKey(at(name));
  makeKey(at('locked'), 'a passphrase');

  // SHLVL: bash, run by sshd, would read this user's .bashrc, which is none of a test's business.
  const bound = options.command === undefined ? '' : `restrict,command="${options.command}" `;
  const known = ['known', 'locked'].map((name) => bound + readFileSync(at(`${name}.pub`), 'utf8'));
  await writeFile(at('authorized_keys'), known.join(''), { mode: 0o600 });
  await writeFile(
    at('sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host')}
AuthorizedKeysFile ${at('authorized_keys')}
AllowTcpForwarding ${options.forwarding ?? 'local'}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv SHLVL=9
StrictModes no
UsePAM no
PidFile none
MaxStartups 100
`,
  );
  // Where a system has not run sshd yet; only root's sshd asks for it.
  if (process.geteuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });

  let child: ChildProcess | null = null;
  let complaints = '';
  const family = (): number[] => (child?.pid === undefined ? [] : familyOf(child.pid));
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of family()) sendSignal(pid, name);
  };
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    // The server first, lest it start another; what is stopped dies of it all the same.
    signal('SIGKILL');
    await exit;
  };
  const start = async (): Promise<void> => {
    // The kernel kills it with the test's process, however that ends.
    const args = ['--pdeathsig', 'KILL', SSHD, '-D', '-e', '-f', at('sshd_config')];
    child = spawn('setpriv', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (chunk) => (complaints += String(chunk)));
    await until(
      () => accepts(port),
      'sshd listens',
      () => complaints,
    );
  };
  await start();
  return {
    dir,
    login: {
      user,
      host: '127.0.0.1',
      port,
      keyFile: at('known'),
      hostKey: fingerprint(at('host')),
    },
    strangeKey: at('strange'),
    lockedKey: at('locked'),
    freeze: async () => {
      for (const pid of family()) {
        await freeze(pid).catch((error: unknown) => {
          // A command that was just ending is not there to be frozen.
          if (family().includes(pid)) throw error;
        });
      }
    },
    thaw: () => signal('SIGCONT'),
    sessions: () => Math.max(0, family().length - 1),
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill();
      await rm(dir, { recursive: true });
    },
  };
}

function makeKey(file: string, passphrase = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', file]);
}

function fingerprint(file: string): string {
  const shown = execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' });
  return shown.split(' ')[1] ?? '';
}

/** A process and all below it, parents first. */
function familyOf(pid: number): number[] {
  const below: number[] = [];
  for (const task of list(`/proc/${pid}/task`))
    for (const child of read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean))
      below.push(...familyOf(Number(child)));
  return [pid, ...below];
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
