// `mainstay check` in this process, on real HAProxies: what it printed, with the test's folder as DIR.
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import type { Finding } from '../../src/cli/check/finding.ts';
import { command } from '../../src/cli/program.ts';
import type { Output } from '../../src/cli/world.ts';
import { knownBugs } from '../../src/haproxy/version-bugs.ts';
import { ask } from '../../src/lab/ask.ts';
import { systemClock } from '../../src/transport/clock.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { openStats } from '../../src/transport/open-stats.ts';
import { openStream } from '../../src/transport/open-stream.ts';
import { remedyRunner } from '../../src/transport/run-remedy.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { until } from '../support/until.ts';

type Ending = Pick<TestContext, 'onTestFinished'>;

export interface Checked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A HAProxy in which nothing is wrong; each line can be changed by its text. */
export const HEALTHY = `
global
  stats socket DIR/admin.sock mode 600 level admin
  hard-stop-after 1h
  server-state-file DIR/state
  localpeer mainstay
  log ring@events local0
defaults
  log global
  load-server-state-from-file global
  mode tcp
  timeout connect 4s
  timeout client 1h
  timeout server 1h
  retries 10
  option redispatch 1
ring events
  format rfc5424
  size 32768
peers own
  peer mainstay unix@DIR/peers.sock
backend pin
  stick-table type integer size 16 expire 10s store gpt0 peers own
listen bp
  default-server check inter 2s fastinter 500ms fall 3 rise 2 on-marked-down shutdown-sessions
  use-server main if { int(1),table_gpt0(pin) eq 1 }
  use-server backup if { int(1),table_gpt0(pin) eq 2 }
  server main 127.0.0.1:1 id 1
  server backup 127.0.0.1:2 backup id 2`;

/** Texts of the configuration and what stands in their place. Throws where one is not there once. */
export type Changes = readonly (readonly [text: string, by: string])[];

export function changed(config: string, changes: Changes): string {
  return changes.reduce((text, [old, by]) => {
    if (text.split(old).length !== 2) throw new Error(`"${old}" is not there once`);
    return text.replace(old, by);
  }, config);
}

/** Starts it in master-worker mode with DIR put in and `master.sock` in that folder; it ends with the test. */
export async function haproxy(
  ending: Ending,
  config: string,
  { master = '', more = [] }: { master?: string; more?: readonly string[] } = {},
): Promise<Haproxy> {
  const socket = `${await folder(ending)}/master.sock`;
  const started = await startHaproxy(
    (dir) => config.replaceAll('DIR', dir),
    ['-W', '-S', socket + master, ...more],
  );
  ending.onTestFinished(() => started[Symbol.asyncDispose]());
  await masterAnswers(socket);
  await symlink(socket, `${started.dir}/master.sock`);
  return started;
}

/** Once its worker runs, the master begins to listen anew, and takes signals. */
export function masterAnswers(socket: string): Promise<void> {
  const answers = (): Promise<boolean> => ask(socket, 'show proc;quit').then(Boolean, () => false);
  return until(answers, 'the master answers');
}

/** One process without a master, which can be stopped and killed by its signal. */
export async function single({ onTestFinished }: Ending, config: string): Promise<Haproxy> {
  const started = await startHaproxy((dir) => config.replaceAll('DIR', dir));
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

/** A folder that goes with the test. */
export async function folder({ onTestFinished }: Ending): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-check-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

/** Runs `mainstay check` with this mainstay.yaml in `dir`, its output 80 columns wide and without colour. */
export async function check(
  dir: string,
  yaml: string,
  args: readonly string[] = [],
  terminal: Partial<Output> = {},
): Promise<Checked> {
  const file = join(dir, 'mainstay.yaml');
  await writeFile(file, yaml.replaceAll('DIR', dir));
  const printed = { out: '', err: '' };
  const output = (to: 'out' | 'err'): Output => ({
    write: (text) => void (printed[to] += text),
    columns: null,
    colour: false,
    ...terminal,
  });
  const code = await command(
    {
      version: '0.0.0',
      clock: systemClock,
      openLink,
      openStats,
      openStream,
      remedyRunner,
      env: {},
      tour: never,
      keep: never,
      ask: never,
      out: output('out'),
      err: output('err'),
    },
    ['check', '-c', file, ...args],
  );
  return { code, out: hide(printed.out, dir), err: hide(printed.err, dir) };
}

/** The findings of `check --json`, which must be one document; but for known bugs of these HAProxies' versions. */
export async function findingsOf(
  dir: string,
  yaml: string,
  args: readonly string[] = [],
): Promise<{ readonly code: number; readonly findings: readonly Finding[] }> {
  const { code, out } = await check(dir, yaml, [...args, '--json']);
  const document: {
    readonly findings: readonly Finding[];
    readonly proxies: readonly { readonly version: string | null }[];
  } = JSON.parse(out);
  const bugs = document.proxies.flatMap(({ version }) => knownBugs(version ?? ''));
  const known = new Set<string>(bugs.map(({ id }) => id));
  return { code, findings: document.findings.filter(({ id }) => !known.has(id)) };
}

/** Runs `check --json`, compares it with said/NAME.txt, and gives the ids and the exit code back. */
export async function told(
  name: string,
  dir: string,
  yaml: string,
  args: readonly string[] = [],
  socket: string | RegExp = 'no socket',
) {
  const { code, findings } = await findingsOf(dir, yaml, args);
  const blocks = findings.map(
    ({ id, level, where, message, cure }) =>
      `${level} ${id}  ${where}\n${message}\nCure: ${cure}\n`,
  );
  const said = blocks.join('\n').replaceAll(socket, 'HOST:PORT');
  await expect(said).toMatchFileSnapshot(`said/${name}.txt`);
  return { code, ids: findings.map(({ id }) => id) };
}

/** A mainstay.yaml for proxies of which each has its sockets in its folder, ha1 and so on. */
export function yamlFor(dirs: readonly string[], more = ''): string {
  const proxies = dirs.map(
    (dir, i) =>
      `  - { name: ha${i + 1}, runtime: "unix:${dir}/admin.sock", master: "unix:${dir}/master.sock", reload: master }`,
  );
  return `backend: bp\nproducers: [main, backup]\nproxies:\n${proxies.join('\n')}\n${more}`;
}

/** The same where neither old workers nor reloads are asked for. */
export function plainYaml(dirs: readonly string[], more = ''): string {
  const proxies = dirs.map(
    (dir, i) => `  - { name: ha${i + 1}, runtime: "unix:${dir}/admin.sock" }`,
  );
  return `backend: bp\nproducers: [main, backup]\nescalate: [sessions]\nproxies:\n${proxies.join('\n')}\n${more}`;
}

/** What check has no use for. */
function never(): Promise<never> {
  return Promise.reject(new Error('check neither asks nor plays'));
}

function hide(text: string, dir: string): string {
  return text.replaceAll(dir, 'DIR');
}
