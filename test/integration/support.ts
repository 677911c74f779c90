// The built command as its users run it: a child process with a file, judged by its log, its pages and its exit code.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Judgement, Outcome } from '../../src/domain/decision.ts';
import type { Status } from '../../src/domain/status.ts';
import { startLab, type Lab } from '../../src/lab/lab.ts';
import type { LabOptions } from '../../src/lab/options.ts';
import { waitFor } from '../../src/lab/wait.ts';

/** Whoever tells when what was started is to end: a test, or all the tests that share it. */
export interface Ending {
  readonly onTestFinished: (end: () => Promise<void> | void) => void;
  readonly onTestFailed: (tell: () => void) => void;
}
type Parts = Pick<Lab, 'dir' | 'listen' | 'mainstayYaml'>;

/** One line of the command's log. */
export interface LogLine {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  /** Of a line that tells a decision: what `announceDecision` logs of it. */
  readonly decision?: Pick<
    Judgement,
    'verdict' | 'rule' | 'target' | 'degraded' | 'gates' | 'plan'
  >;
  readonly outcome?: Outcome;
}

export interface Exit {
  readonly code: number | null;
  /** From the signal to the end of the process. */
  readonly tookMs: number;
}

/** `mainstay run` beside a lab. */
export interface Daemon {
  readonly pid: number;
  /** Its mainstay.yaml. */
  readonly file: string;
  /** The lines of its log so far. */
  log(): readonly LogLine[];
  /** The first line of its log that fits, old or new; throws with the log's end after `deadlineMs`. */
  until(fits: (line: LogLine) => boolean, deadlineMs: number, what: string): Promise<LogLine>;
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
  status(): Promise<Status>;
  metrics(): Promise<readonly Sample[]>;
  /** Waits until it has looked at this proxy so many times more, and seen it. */
  looks(proxy: string, more: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Once it has ended, the same answer again. */
  stop(by?: NodeJS.Signals): Promise<Exit>;
}

/** One series of the metrics with its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const START_MS = 30_000;
const EXIT_MS = 30_000;
const GET_MS = 10_000;
const LOOKS_MS = 20_000;

/** A lab that ends with the test. */
export async function openLab({ onTestFinished }: Ending, options?: LabOptions): Promise<Lab> {
  const lab = await startLab(options);
  onTestFinished(() => lab.stop());
  return lab;
}

export interface RunOptions {
  /** Of its file, where a lab has several daemons; each of them needs a `listen` of its own. */
  readonly name?: string;
  /** Whom it runs as: options for setpriv(1). */
  readonly as?: readonly string[];
  /** A command that it is run by, with its arguments: that of a network namespace. */
  readonly within?: readonly string[];
  /** What its pages are asked with. */
  readonly token?: string;
}

/**
 * Starts `mainstay run` with the lab's mainstay.yaml, waits for its first decision, and ends it with the test; a test
 * that fails prints the end of its log.
 */
export async function start(
  { onTestFinished, onTestFailed }: Ending,
  lab: Parts,
  overrides: Readonly<Record<string, unknown>> = {},
  { name, as = [], within = [], token }: RunOptions = {},
): Promise<Daemon> {
  const file = await writeConfig(lab, overrides, name);
  const lines: LogLine[] = [];
  let complaints = '';
  const child = launch(['run', '-c', file], as, within);
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  child.stderr.on('data', (chunk) => (complaints += String(chunk)));
  const closed = once(child, 'close');
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const tail = (): string =>
    [...lines.slice(-30).map(({ time, msg }) => `${time} ${msg}`), complaints].join('\n');

  const stop = async (by: NodeJS.Signals = 'SIGTERM'): Promise<Exit> => {
    const askedMs = performance.now();
    const late = setTimeout(() => child.kill('SIGKILL'), EXIT_MS);
    if (!ended()) child.kill(by);
    await closed;
    clearTimeout(late);
    return { code: child.exitCode, tookMs: performance.now() - askedMs };
  };
  onTestFinished(async () => {
    await stop();
  });
  onTestFailed(() => console.log(tail()));
  const until: Daemon['until'] = async (fits, deadlineMs, what) => {
    const found = (): LogLine | undefined => lines.find(fits);
    await waitFor(() => found() !== undefined || ended(), deadlineMs, what, tail);
    const line = found();
    if (line === undefined) throw new Error(`mainstay ended (${child.exitCode}): ${tail()}`);
    return line;
  };
  await until((line) => line.decision !== undefined, START_MS, 'a first decision');
  return {
    pid: child.pid!,
    file,
    log: () => lines,
    until,
    ...pages(typeof overrides['listen'] === 'string' ? overrides['listen'] : lab.listen, token),
    signal: (by) => void child.kill(by),
    stop,
  };
}

/** Writes the lab's mainstay.yaml and gives back its name. */
export async function writeConfig(
  lab: Parts,
  overrides: Readonly<Record<string, unknown>> = {},
  name = 'mainstay',
): Promise<string> {
  const file = `${lab.dir}/${name}.yaml`;
  await writeFile(file, lab.mainstayYaml(overrides));
  return file;
}

export interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end, its output a pipe: no colour, no width. */
export function mainstay(...args: readonly string[]): Promise<Told> {
  return mainstayAs([], ...args);
}

/** The same as another user: `as` are options for setpriv(1). */
export async function mainstayAs(as: readonly string[], ...args: readonly string[]): Promise<Told> {
  const child = launch(args, as);
  const late = setTimeout(() => child.kill('SIGKILL'), EXIT_MS);
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  clearTimeout(late);
  return { code: child.exitCode, out, err };
}

/** The values of a metric whose labels are or include these. */
export function values(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly number[] {
  return samples
    .filter((one) => one.name === name)
    .filter((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .map((one) => one.value);
}

/** Its shut gates, each as `GATE PROXY`, or `GATE` where it holds all proxies. */
export function gatesOf({ gates }: Pick<Status, 'gates'>): readonly string[] {
  return gates.map(({ gate, proxy }) => (proxy === null ? gate : `${gate} ${proxy}`));
}

/** Prints what was measured, for the note. */
export function measured(what: string, ms: number): void {
  console.log(`measured: ${what}: ${Math.round(ms)} ms`);
}

function pages(
  listen: string,
  token?: string,
): Pick<Daemon, 'get' | 'status' | 'metrics' | 'looks'> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const get: Daemon['get'] = async (path) => {
    const signal = AbortSignal.timeout(GET_MS);
    const answer = await fetch(`http://${listen}${path}`, { headers, signal });
    return { status: answer.status, body: await answer.text() };
  };
  const metrics = async (): Promise<readonly Sample[]> =>
    (await get('/metrics')).body.split('\n').flatMap(sample);
  const looked = async (haproxy: string): Promise<number> =>
    values(await metrics(), 'mainstay_look_duration_seconds_count', { haproxy })[0] ?? 0;
  return {
    get,
    metrics,
    status: async () => JSON.parse((await get('/v1/status')).body),
    looks: async (proxy, more) => {
      const wanted = (await looked(proxy)) + more;
      const enough = async () => (await looked(proxy)) >= wanted;
      await waitFor(enough, LOOKS_MS, `${more} more looks at ${proxy}`);
    },
  };
}

/** One line of Prometheus' text format; none of its label values here holds a quote. */
function sample(line: string): Sample[] {
  const [, name, inner = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) return [];
  const labels = Object.fromEntries(
    [...inner.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key = '', said = '']) => [key, said]),
  );
  return [{ name, labels, value: Number(value) }];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The built command's file. */
export const COMMAND = `${ROOT}dist/main.js`;

/** The built command, begun. `as`: whom it runs as, options for setpriv(1). `within`: a command that it is run by. */
export function launch(
  args: readonly string[],
  as: readonly string[] = [],
  within: readonly string[] = [],
) {
  // The kernel ends the command with the test's process, however that ends.
  const under = [...as, '--pdeathsig', 'KILL', process.execPath, COMMAND];
  const [program, ...rest] = [...within, 'setpriv', ...under, ...args];
  return spawn(program!, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A test of a command that is not the one in src/ would prove nothing. */
function requireBuild(): void {
  const builtMs = Math.max(
    ...['.stamp', '.tsbuildinfo', 'page/page.js'].map((file) => changedMs(`dist/${file}`)),
  );
  const newer = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && changedMs(`src/${file}`) > builtMs)
    .map((file) => `src/${file}`);
  if (newer.length === 0 && changedMs('dist/main.js') > 0) return;
  const why = builtMs === 0 ? 'is missing' : `is older than ${newer.join(', ')}`;
  throw new Error(`dist/ ${why}: rm -rf dist && npm run build`);
}

/** 0: there is no such file. */
function changedMs(path: string): number {
  return statSync(`${ROOT}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

requireBuild();
