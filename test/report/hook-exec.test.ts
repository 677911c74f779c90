// Hooks that are real programs, the bad ones included.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { execHook } from '../../src/report/hook-exec.ts';
import { until } from '../support/until.ts';

const BODY = '{"v":1,"message":"ha1 – main; $(touch /tmp/no) `no`"}';
const AMPLE_MS = 8000;
const SHORT_MS = 1000;

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-hook-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

function tell(argv: readonly string[], timeoutMs = AMPLE_MS, body = BODY): Promise<string | null> {
  return execHook(argv, timeoutMs)(body, new AbortController().signal);
}

const sh = (script: string, ...args: string[]): readonly string[] => [
  '/bin/sh',
  '-c',
  script,
  'sh',
  ...args,
];

async function timed<T>(work: Promise<T>): Promise<{ value: T; tookMs: number }> {
  const beganMs = performance.now();
  const value = await work;
  return { value, tookMs: performance.now() - beganMs };
}

/** Whether the process whose id stands in the file still runs; one that is dead and waits for its parent does not. */
async function runs(file: string): Promise<boolean> {
  const pid = (await readFile(file, 'utf8')).trim();
  expect(pid).toMatch(/^\d+$/);
  try {
    return !/^State:\s+[ZX]/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a program', () => {
  test('gets the event as one line on its stdin, and its arguments as they were given', async () => {
    const dir = await folder();
    expect(
      await tell(sh('cat > "$1/in"; printf %s "$2" > "$1/arg"', dir, 'a "b" $HOME')),
    ).toBeNull();
    expect(await readFile(join(dir, 'in'), 'utf8')).toBe(`${BODY}\n`);
    expect(await readFile(join(dir, 'arg'), 'utf8')).toBe('a "b" $HOME');
  });

  test('that reads nothing of a long event is none the worse for it', async () => {
    expect(await tell(['/bin/true'], AMPLE_MS, 'x'.repeat(500_000))).toBeNull();
  });

  test('that ends well is not quoted', async () => {
    expect(await tell(sh('echo done'))).toBeNull();
  });

  test('that fails is quoted: its exit code and what it said, made printable', async () => {
    expect(await tell(sh('echo out; printf "no\\033[31m way\\n" >&2; exit 3'))).toBe(
      'it ended with 3: out no\\x1b[31m way',
    );
  });

  test('that fails after much talk is quoted with the end of it, at most 4 KiB', async () => {
    const said = await tell(sh('head -c 300000 /dev/zero | tr "\\0" a; echo end; exit 1'));
    expect(said).toMatch(/^it ended with 1: a+end$/);
    expect(said).toHaveLength('it ended with 1: '.length + 4095);
  });

  test('that a signal ends is said to have ended so', async () => {
    expect(await tell(sh('kill -TERM $$'))).toBe('it ended by SIGTERM');
  });

  test.for([
    ['is missing', ['/no/such/program'], 'it could not be started (ENOENT)'],
    ['may not be run', ['/etc/passwd'], 'it could not be started (EACCES)'],
    ['no system could be given', ['/bin/true', 'a\0b'], 'it could not be started'],
  ] as const)('that %s is a failure as any other', async ([, argv, said]) => {
    expect(await tell(argv)).toBe(said);
  });
});

describe('at the limit', () => {
  test('a program that hangs is killed', async () => {
    const dir = await folder();
    const { value, tookMs } = await timed(
      tell(sh('echo $$ > "$1/pid"; exec sleep 60', dir), SHORT_MS),
    );
    expect(value).toBe(`it has not ended within ${SHORT_MS} ms`);
    expect(tookMs).toBeLessThan(AMPLE_MS / 2);
    await until(async () => !(await runs(join(dir, 'pid'))), 'it is gone');
  });

  test('a program that ignores SIGTERM is killed, and so is what it has started', async () => {
    const dir = await folder();
    const script =
      'trap "" TERM; sleep 60 & echo $! > "$1/child"; echo $$ > "$1/pid"; wait; sleep 60';
    expect(await tell(sh(script, dir), SHORT_MS)).toBe(`it has not ended within ${SHORT_MS} ms`);
    await until(async () => !(await runs(join(dir, 'pid'))), 'it is gone');
    await until(async () => !(await runs(join(dir, 'child'))), 'its child is gone');
  });

  test('of 1 MiB of output a program that floods is killed, whichever pipe it floods', async () => {
    const dir = await folder();
    for (const pipe of ['', '>&2']) {
      const script = `echo $$ > "$1/pid"; exec yes ${pipe}`;
      const { value, tookMs } = await timed(tell(sh(script, dir)));
      expect(value).toMatch(/^it wrote more than 1 MiB: y y y/);
      expect(value?.length).toBeLessThan(4200);
      expect(tookMs).toBeLessThan(AMPLE_MS / 2);
      await until(async () => !(await runs(join(dir, 'pid'))), 'it is gone');
    }
  });
});

test('a child that holds the pipes of a program that has ended is not waited for, and lives on', async () => {
  const dir = await folder();
  const pid = join(dir, 'pid');
  const { value, tookMs } = await timed(tell(sh('sleep 60 & echo $! > "$1/pid"', dir)));
  expect(value).toBeNull();
  expect(tookMs).toBeLessThan(AMPLE_MS / 2);
  expect(await runs(pid)).toBe(true);
  process.kill(Number(await readFile(pid, 'utf8')), 'SIGKILL');
});

test('it is killed at once when it is given up, and not begun any more after that', async () => {
  const dir = await folder();
  const stopping = new AbortController();
  const hook = execHook(sh('echo $$ > "$1/pid"; exec sleep 60', dir), AMPLE_MS);
  const telling = hook(BODY, stopping.signal);
  await until(
    () =>
      readFile(join(dir, 'pid'), 'utf8').then(
        (text) => text !== '',
        () => false,
      ),
    'it runs',
  );
  stopping.abort();
  const { value, tookMs } = await timed(telling);
  expect(value).toBe('mainstay was stopped');
  expect(tookMs).toBeLessThan(1000);
  await until(async () => !(await runs(join(dir, 'pid'))), 'it is gone');
  await rm(join(dir, 'pid'));
  expect(await hook(BODY, stopping.signal)).toBe('mainstay was stopped');
  await expect(readFile(join(dir, 'pid'))).rejects.toThrow('ENOENT');
});
