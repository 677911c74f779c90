// `mainstay lab` as people run it: the tour on a pipe and on a terminal, a lab that stays, and nothing left of either.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, type TestContext } from 'vitest';
import { waitFor } from '../../src/lab/wait.ts';
import { mainstay } from './support.ts';
import { makeTerminal, type Terminal } from './terminal.ts';

/** The tour takes a minute; only a failing test waits as long as this. */
const TOUR_MS = 150_000;
const PATIENCE_MS = 45_000;
const MAIN = resolve('dist/main.js');

interface Run {
  /** A folder of its own for temporary files: empty once nothing is left behind. */
  readonly dir: string;
  out(): string;
  err(): string;
  /** Waits for it on stdout; throws with the output's end. */
  until(what: RegExp): Promise<void>;
  type(keys: string): void;
  /** Ends its input. */
  end(): void;
  signal(name: NodeJS.Signals): void;
  /** Its exit code; null: a signal ended it. */
  readonly ended: Promise<number | null>;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what it writes, which is then written to a terminal. */
  readonly terminal?: Terminal;
  /** What the shell on that terminal runs afterwards. */
  readonly after?: string;
}

/** `mainstay lab …`, ended with the test if it has not ended by itself. */
async function lab(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  args: readonly string[],
  { env = {}, terminal, after }: RunOptions = {},
): Promise<Run> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-tour-'));
  const command = [process.execPath, MAIN, 'lab', ...args];
  // What script(1) runs has a terminal; it is typed to by what script reads.
  // A shell that waited would get a Ctrl-C as well, and at times end by it: it stays only where something is to follow.
  const rest = after === undefined ? `exec ${command.join(' ')}` : `${command.join(' ')}; ${after}`;
  const inside = `stty rows 24 cols 80; ${rest}`;
  const argv = terminal === undefined ? command : ['script', '-qec', inside, '/dev/null'];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...argv], {
    env: { ...process.env, NO_COLOR: '', ...env, TMPDIR: dir },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let trouble: unknown = null;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    try {
      terminal?.write(chunk);
    } catch (error) {
      trouble ??= error;
    }
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').then(() => {
    if (trouble !== null) throw trouble;
    return child.exitCode;
  });
  ended.catch(() => {});
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended.catch(() => {});
    await rm(dir, { recursive: true });
  });
  const tail = (): string => out.slice(-1500) + err;
  return {
    dir,
    out: () => out,
    err: () => err,
    until: async (what) => {
      const done = (): boolean => what.test(out) || child.exitCode !== null;
      await waitFor(done, PATIENCE_MS, String(what), tail);
      if (!what.test(out)) throw new Error(`ended without ${what}: ${tail()}`);
    },
    type: (keys) => void child.stdin.write(keys),
    end: () => void child.stdin.end(),
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Command lines of processes that have something to do with the run's folder. */
function processesOf({ dir }: Run): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      return line.includes(dir) ? [line] : [];
    } catch {
      return [];
    }
  });
}

async function expectNothingLeft(run: Run): Promise<void> {
  expect(processesOf(run)).toEqual([]);
  expect(await readdir(run.dir)).toEqual([]);
}

/** A second name for the journal of its mainstay, so that it outlives the lab. */
async function keepJournal({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, run: Run) {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-replay-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const found = (): string | undefined =>
    readdirSync(run.dir, { recursive: true, encoding: 'utf8' }).find((path) =>
      path.endsWith('/journal'),
    );
  const tail = (): string => run.out().slice(-1500) + run.err();
  await waitFor(() => found() !== undefined, PATIENCE_MS, 'the journal of the tour', tail);
  const kept = join(dir, 'journal');
  await link(join(run.dir, found() ?? ''), kept);
  return kept;
}

/** The built command decides it again, byte for byte; and says what other waits would have changed. */
async function expectReplayed(journal: string): Promise<void> {
  const replayed = await mainstay('simulate', journal, '--json');
  expect(replayed).toMatchObject({ code: 0, err: '' });
  const { decisions, differing, entries } = JSON.parse(replayed.out);
  expect({ differing, told: decisions > 12 }).toEqual({ differing: 0, told: true });
  const text = await readFile(journal, 'utf8');
  expect(entries).toHaveLength(text.trimEnd().split('\n').length);
  /** The last that was done, and would be. */
  const whatIf = async (after: string) => {
    const args = ['simulate', journal, '--json', '--set', `failback.after=${after}`];
    const { code, out } = await mainstay(...args);
    expect(code).toBe(0);
    const { recorded, changed, parts } = JSON.parse(out).whatIf;
    return { parts, was: recorded.at(-1), would: changed.at(-1) };
  };
  // The first move back to main was due six seconds after both proxies had it again.
  expect(await whatIf('6s')).toMatchObject({ parts: false });
  const sooner = await whatIf('4s');
  const back = /target main \(E40, was backup/;
  expect([sooner.was.says, sooner.would.says]).toEqual([
    expect.stringMatching(back),
    expect.stringMatching(back),
  ]);
  // Each at the first poll after its wait.
  const earlierMs = Date.parse(sooner.was.at) - Date.parse(sooner.would.at);
  expect(Math.abs(earlierMs - 2000)).toBeLessThan(1500);
  const { was, would } = await whatIf('1h');
  expect(was.says).toMatch(back);
  expect(would).toMatchObject({
    at: was.at,
    says: expect.stringMatching(/target backup; .*held: failback-wait until/),
  });
}

/** The six steps of the incident, once with mainstay (1 to 6) and once without (7 to 12). */
const STEPS = Array.from({ length: 12 }, (_, i) => `[${i + 1}/12]`);

test.concurrent(
  'the tour on a pipe: told in plain lines of 80 columns, held in all it claims, and nothing is left',
  { timeout: TOUR_MS },
  async (t) => {
    const startMs = performance.now();
    const run = await lab(t, []);
    const journal = await keepJournal(t, run);
    const code = await run.ended;
    const tookS = (performance.now() - startMs) / 1000;
    expect(`${code} ${run.err()}`).toBe('0 ');
    const lines = run.out().split('\n');
    expect(lines.filter((line) => line.length > 80 || /[^\x20-\x7e]/.test(line))).toEqual([]);
    expect(lines.flatMap((line) => /^ *[\d.]+s {2}(\[\d+\/12\])/.exec(line)?.[1] ?? [])).toEqual(
      STEPS,
    );
    const [before = '', during = '', after = ''] = run
      .out()
      .split(/\nThe (?:incident, with|same faults)/);
    expect(before).toContain('failback.after 6s (30m)');
    const held = during.replaceAll(/\n +/g, ' ');
    expect(held).toMatch(/main=4 backup=0 {3}ha2 main=0 backup=4 {3}mainstay: split-brain/);
    expect(held).toMatch(/mainstay has closed 4 sessions, those on main and no other/);
    expect(
      held.match(/mainstay has closed 8 sessions, those on backup and no other/g),
    ).toHaveLength(2);
    expect(held).toMatch(/It came to backup again\./);
    expect(after).toMatch(/Still split: 4 sessions on main, 4 on backup\./);
    expect(after).toMatch(/SPLIT BRAIN: it came to main, all the others are on backup\./);
    expect(after).toMatch(/Still split: 2 sessions on main, 6 on backup,/);
    const figures = lines.slice(lines.indexOf('What was measured'));
    const shapes = figures.map((line) =>
      line.replaceAll(/\d+\.\ds/g, 'TIME').replaceAll(/ {2,}/g, '  '),
    );
    expect(shapes.slice(2, 15)).toEqual([
      'ha2 is cut off from main: split brain',
      '  seen after (1)  TIME  -',
      '  all on one producer again after (2)  TIME  > TIME',
      '  all back on main, from when both reached it (3)  TIME  > TIME',
      'main fails and returns: stuck on backup',
      '  all on backup, by HAProxy itself, after  TIME  TIME',
      '  main up again: seen after (1)  TIME  -',
      '  a relay that restarts then comes to  backup  main',
      '  all back on main, from when it was up (3)  TIME  > TIME',
      'in all',
      '  time with sessions on both  TIME  > TIME',
      '  sessions closed to heal  20  0',
      '  sessions closed that were in the right place  0  0',
    ]);
    expect(run.out()).toMatch(/\nAll \d+ claims held\./);
    expect(lines.slice(-4).join('\n')).toContain('converge --dry-run');
    await expectNothingLeft(run);
    await expectReplayed(journal);
    console.log(`measured: the whole tour: ${tookS.toFixed(1)} s`);
  },
);

test.concurrent(
  'the tour beside a HAProxy that lets nothing be closed: what did not hold is named, exit code 2',
  { timeout: TOUR_MS },
  async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'mainstay-tour-'));
    t.onTestFinished(() => rm(dir, { recursive: true }));
    const weak = join(dir, 'haproxy');
    const haproxy = process.env['MAINSTAY_HAPROXY'] ?? '/usr/sbin/haproxy';
    // The configuration is the last argument.
    const script = `#!/bin/sh\nfor file; do :; done\nsed -i 's/level admin/level operator/' "$file"\nexec ${haproxy} "$@"\n`;
    await writeFile(weak, script);
    await chmod(weak, 0o755);
    const run = await lab(t, [], { env: { MAINSTAY_HAPROXY: weak } });
    expect(await run.ended).toBe(2);
    expect(run.out()).toMatch(/claims held\. These did NOT:\n {2}- mainstay heals the split brain/);
    expect(run.out()).toContain('level-too-low');
    expect(run.out()).not.toContain('What was measured');
    await expectNothingLeft(run);
  },
);

test.concurrent.for([
  ['SIGINT', 'the lab is only starting', null],
  ['SIGTERM', 'mainstay is only starting', /\[1\/12\]/],
  ['SIGINT', 'sessions are being closed', /mainstay has closed/],
  ['SIGHUP', 'the brain is split', /SPLIT BRAIN/],
] as const)('%s while %s: it ends in order, and nothing is left', async ([name, , when], t) => {
  const run = await lab(t, []);
  if (when !== null) await run.until(when);
  else await waitFor(() => readdirSync(run.dir).length > 0, PATIENCE_MS, 'the folder of the lab');
  run.signal(name);
  // The second one of a person without patience changes nothing.
  run.signal(name);
  expect(await run.ended).toBe(2);
  expect(run.out()).toMatch(
    /(?:^|\n)Stopped before its end\. No process and no folder is left behind\.\n$/,
  );
  await expectNothingLeft(run);
});

test.concurrent('the tour on a terminal: one table, drawn over in place below the story, and gone after Ctrl-C', async (t) => {
  const terminal = makeTerminal();
  const run = await lab(t, [], { terminal });
  await run.until(/SPLIT BRAIN/);
  const tables = (): readonly string[] =>
    terminal.lines().filter((line) => line.includes('through ha2'));
  await waitFor(
    () => tables().some((line) => /0 +4 +down/.test(line)),
    PATIENCE_MS,
    'ha2 in the table',
  );
  expect(tables()).toHaveLength(1);
  expect(run.out().split('through ha2').length).toBeGreaterThan(10);
  expect(
    terminal.lines().filter((line) => /^ {2}\[#+\.+\] {2}step 2 of 12, /.test(line)),
  ).toHaveLength(1);
  // Right below the story, and the cursor right below it.
  expect(terminal.lines().join('\n')).not.toMatch(/\n\n\n/);
  expect(terminal.lines().at(-1)).toBe('');
  // In colour.
  expect(run.out()).toContain('\u001B[31mSPLIT BRAIN');

  run.type('\u0003');
  expect(await run.ended).toBe(2);
  expect(tables()).toEqual([]);
  expect(terminal.lines().join('\n')).toMatch(/Stopped before its end\. [^\n]+\n$/);
  await expectNothingLeft(run);
});

test.concurrent('a lab that stays takes faults by lines, has a mainstay.yaml that works, and ends with q', async (t) => {
  const run = await lab(t, ['--keep']);
  await run.until(/mainstay: converged/);
  const [file = ''] = /\S+\/mainstay\.yaml$/m.exec(run.out()) ?? [];
  expect(await readFile(file, 'utf8')).toContain('after: 6s');
  const status = await mainstay('status', '-c', file);
  expect(status).toMatchObject({ code: 0, err: '' });
  expect(status.out).toMatch(
    /^All 8 sessions are on main[^]*\nverdict {2}converged \(R70[^]*by the daemon/,
  );

  run.type('k\n');
  await run.until(/ha1 main=0 backup=4 {3}ha2 main=0 backup=4 {3}mainstay: failed-over/);
  run.type('2\nr\n');
  await run.until(/\[r\] main has started anew/);
  await run.until(/mainstay: holding/);
  run.type('s\n');
  await run.until(/\[s\] relay1 restarts/);
  run.type('  2 \n');
  await run.until(/mainstay: close-server ha2\/backup ok/);
  expect(run.out()).not.toMatch(/ha1 main=1/);
  run.type('g\nkill main\n');
  await run.until(/there is no key "kill main", but k r 1 2 s f g a b m q/);
  await run.until(/mainstay: [^]*ha2 unseen/);
  run.type('g\nm\n');
  await run.until(/\[m\] mainstay is off/);
  run.type('q\n');
  expect(await run.ended).toBe(0);
  expect(run.err()).toBe('');
  expect(
    run
      .out()
      .split('\n')
      .filter((line) => line.length > 80 && !line.includes(run.dir)),
  ).toEqual([]);
  expect(run.out()).not.toContain('\u001B');
  await expectNothingLeft(run);
});

test.concurrent('a lab that stays outlives the end of its input, and ends by SIGTERM', async (t) => {
  const run = await lab(t, ['--keep']);
  await run.until(/mainstay: converged/);
  run.end();
  await run.until(/the input has ended/);
  run.signal('SIGTERM');
  expect(await run.ended).toBe(0);
  await expectNothingLeft(run);
});

test.concurrent('a lab that stays takes single keys on a terminal, without echo, and gives it back', async (t) => {
  const terminal = makeTerminal();
  const run = await lab(t, ['--keep'], { terminal, after: 'stty -a' });
  await run.until(/q {2}end the lab/);
  run.type('k');
  await run.until(/\[k\] main is killed/);
  await waitFor(
    () => terminal.lines().some((line) => /through ha1 +0 +4 +down/.test(line)),
    PATIENCE_MS,
    'the table shows the failover',
  );
  run.type('\u001B[Az');
  run.type('q');
  expect(await run.ended).toBe(0);
  expect(terminal.lines().join('\n')).toMatch(/The lab has ended\. [^\n]+\n[^]* icanon [^]* echo /);
  await expectNothingLeft(run);
});

test.concurrent.for([
  [['nosuch'], {}, /'nosuch' is invalid for argument 'scenario'\. Allowed choices are tour\./],
  [['tour', '--keep'], {}, /--keep plays no scenario/],
  [[], { MAINSTAY_HAPROXY: '/nowhere/haproxy' }, /MAINSTAY_HAPROXY names \/nowhere\/haproxy,/],
] as const)('mainstay lab %j with %j: exit code 1, and says why', async ([args, env, why], t) => {
  const run = await lab(t, args, { env });
  expect(await run.ended).toBe(1);
  expect(run.err()).toMatch(why);
  expect(run.out()).toBe('');
  await expectNothingLeft(run);
});
