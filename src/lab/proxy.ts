// A real HAProxy in master-worker mode, started from a file, and what can befall it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ask } from './ask.ts';
import type { Sockets } from './haproxy-config.ts';
import { createHaproxyLog, type LogLine } from './haproxy-log.ts';
import { childrenOf, isAlive, signal } from './processes.ts';
import { waitFor } from './wait.ts';

const START_MS = 10_000;
const STOP_MS = 3000;

export class LabProxy {
  readonly name: string;
  readonly configFile: string;
  readonly sockets: Sockets;
  /** Not there until mainstay has written it. */
  readonly stateFile: string;
  readonly #dir: string;
  readonly #binary: string;
  readonly #log = createHaproxyLog();
  #child: ChildProcess | null = null;

  /** Its files are in `dir`; `binary` is the program to run as `haproxy`. Not yet started. */
  constructor(name: string, dir: string, binary: string) {
    this.name = name;
    this.configFile = `${dir}/haproxy.cfg`;
    this.sockets = {
      admin: `${dir}/admin.sock`,
      operator: `${dir}/operator.sock`,
      user: `${dir}/user.sock`,
      master: `${dir}/master.sock`,
    };
    this.stateFile = `${dir}/server-state`;
    this.#dir = dir;
    this.#binary = binary;
  }

  /** Writes the configuration file, for the next start or reload. */
  async configure(config: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    await writeFile(this.configFile, config);
  }

  /** Process id of the master; null while it does not run. */
  master(): number | null {
    const child = this.#child;
    return child !== null && runs(child) ? child.pid! : null;
  }

  /** Process ids of all workers, old ones too. */
  workers(): number[] {
    const master = this.master();
    return master === null ? [] : childrenOf(master);
  }

  /** One command line on the admin socket, and the answer as it comes. Rejects after 2 s. */
  ask(line: string): Promise<string> {
    return ask(this.sockets.admin, line);
  }

  /** Its log lines that match, oldest first; the latest 5000 lines are kept. */
  logged(pattern: RegExp): readonly LogLine[] {
    return this.#log.matching(pattern);
  }

  /** Starts it, and waits until it serves. */
  async start(): Promise<void> {
    if (this.master() !== null) throw new Error(`${this.name} runs already`);
    const child = this.#spawn();
    this.#child = child;
    let trouble: string | null = null;
    child.once('error', (error) => void (trouble = error.message));
    // `close`, not `exit`: by then all that it said has been read.
    child.once('close', (code, by) => void (trouble ??= `it ended with ${code ?? by}`));
    createInterface({ input: child.stderr! }).on('line', (line) => this.#log.write(line));
    const ready = async (): Promise<boolean> => {
      if (trouble !== null) {
        throw new Error(`${this.name} does not start: ${trouble}\n${this.#log.tail()}`);
      }
      return (await this.#serving()) !== null;
    };
    await waitFor(ready, START_MS, `${this.name} serves`, () => this.#log.tail());
  }

  /** SIGTERM, as `systemctl stop`: every session is closed. */
  async stop(): Promise<void> {
    // A frozen worker does not hear SIGTERM.
    this.thaw();
    await this.#end('SIGTERM', []);
  }

  /** kill -9 of master and workers. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL', this.workers());
  }

  /** Stop and start, as `systemctl restart`. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** SIGUSR2 to the master: a new worker serves, the old one keeps its sessions. Waits until the new one serves. */
  async reload(): Promise<void> {
    const master = this.master();
    const before = await this.#serving();
    if (master === null || before === null) throw new Error(`${this.name} does not serve`);
    signal(master, 'SIGUSR2');
    const renewed = async (): Promise<boolean> => ![null, before].includes(await this.#serving());
    const what = `a new worker of ${this.name} serves`;
    await waitFor(renewed, START_MS, what, () => this.#log.tail());
  }

  /** SIGSTOP of all workers. */
  freeze(): void {
    for (const worker of this.workers()) signal(worker, 'SIGSTOP');
  }

  /** SIGCONT of all workers. */
  thaw(): void {
    for (const worker of this.workers()) signal(worker, 'SIGCONT');
  }

  #spawn(): ChildProcess {
    // The kernel kills it when this process ends, however it ends: no test run leaves a HAProxy behind.
    const haproxy = [this.#binary, '-W', '-S', this.sockets.master, '-f', this.configFile];
    return spawn('setpriv', ['--pdeathsig', 'KILL', ...haproxy], {
      cwd: this.#dir,
      // Ctrl-C is for this process alone, which then stops the lab in order.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  /** Process id of the worker that serves; null while there is none, or while the master does not know of it. */
  async #serving(): Promise<number | null> {
    const info = await this.ask('show info').catch(() => '');
    const processes = await ask(this.sockets.master, 'show proc;quit').catch(() => '');
    const pid = /^Stopping: 0$/m.test(info) ? /^Pid: (\d+)$/m.exec(info)?.[1] : undefined;
    return pid !== undefined && processes.includes(`\n${pid} `) ? Number(pid) : null;
  }

  /** Sends a signal to the master and to `others`; waits until neither it nor any worker is left. */
  async #end(by: NodeJS.Signals, others: readonly number[]): Promise<void> {
    const master = this.master();
    if (master === null) return;
    const workers = this.workers();
    const exit = once(this.#child!, 'exit');
    const late = setTimeout(() => {
      for (const pid of [...workers, master]) signal(pid, 'SIGKILL');
    }, STOP_MS);
    for (const pid of [...others, master]) signal(pid, by);
    await exit;
    await waitFor(() => !workers.some(isAlive), 2 * STOP_MS, `the workers of ${this.name} end`);
    clearTimeout(late);
  }
}

function runs(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
