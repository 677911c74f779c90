// Commands that reload or restart a HAProxy: here and by a real sshd, well, badly, for too long, and cut off.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Remedy, SshLogin } from '../../src/domain/config.ts';
import { remedyRunner } from '../../src/transport/run-remedy.ts';
import { startSshd, type Sshd } from '../support/sshd.ts';
import { until } from '../support/until.ts';

const LIMIT = { deadlineMs: 8000 };

let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
}, 30_000);
afterAll(() => sshd?.[Symbol.asyncDispose]());

/** The same script for `sh`, here or there. */
const remedies: [
  kind: Remedy['kind'],
  remedy: (script: string, login?: Partial<SshLogin>) => Remedy,
][] = [
  ['exec', (script) => ({ kind: 'exec', argv: ['sh', '-c', script] })],
  ['ssh', (command, login = {}) => ({ kind: 'ssh', login: { ...sshd.login, ...login }, command })],
];

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-remedy-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

describe.each(remedies)('by %s', { timeout: 20_000 }, (kind, remedy) => {
  test('a command that ends well gives what it said', async () => {
    const result = await remedyRunner(remedy('echo done'))(LIMIT);
    expect(result).toEqual({ ok: true, value: 'done\n' });
  });

  test('one that ends badly is a fault with its code and its words', async () => {
    const result = await remedyRunner(remedy('echo "no such unit" >&2; exit 5'))(LIMIT);
    expect(result).toEqual({
      ok: false,
      fault: {
        kind: 'command-failed',
        code: 5,
        said: 'no such unit\n',
        address: expect.stringContaining('no such unit'),
      },
    });
  });

  test('one that a signal ends has no code', async () => {
    const result = await remedyRunner(remedy('kill -9 $$'))(LIMIT);
    expect(result).toMatchObject({ ok: false, fault: { kind: 'command-failed', code: null } });
  });

  test('of much that it says, the last is kept', async () => {
    const result = await remedyRunner(remedy('seq 100000; echo the end'))(LIMIT);
    expect(result.ok && result.value).toHaveLength(2000);
    expect(result.ok && result.value).toMatch(/99999\n100000\nthe end\n$/);
  });

  test('its input is empty', async () => {
    expect(await remedyRunner(remedy('cat; echo done'))(LIMIT)).toEqual({
      ok: true,
      value: 'done\n',
    });
  });

  test('one that takes too long is a fault with what it said up to then', async () => {
    const limit = { deadlineMs: 3000 };
    const result = await remedyRunner(remedy('echo begun; exec sleep 30'))(limit);
    const fault = { kind: 'command-failed', code: null, said: 'begun\n' };
    expect(result).toMatchObject({ ok: false, fault });
  });

  test('is abandoned by an abort, and not begun after one', async () => {
    const begun = join(await folder(), 'begun');
    const run = remedyRunner(remedy(`echo > ${begun}; exec sleep 30`));
    const before = await run({ ...LIMIT, signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
    expect(() => readFileSync(begun)).toThrow('ENOENT');
    const stop = new AbortController();
    const running = run({ ...LIMIT, signal: stop.signal });
    await until(() => exists(begun), `${kind} has begun`);
    stop.abort();
    expect(await running).toMatchObject({ ok: false, fault: { kind: 'abandoned' } });
  });
});

const run = (...argv: string[]) => remedyRunner({ kind: 'exec', argv });

describe('here', () => {
  test('no shell reads the command', async () => {
    expect(await run('echo', '$HOME;', '*')(LIMIT)).toEqual({ ok: true, value: '$HOME; *\n' });
  });

  test('a program that is not there, or is none', async () => {
    const missing = await run('/nowhere/systemctl', 'reload', 'haproxy')(LIMIT);
    expect(missing).toMatchObject({
      fault: { kind: 'command-failed', code: 127, address: '/nowhere/systemctl reload haproxy' },
    });
    expect(await run('/etc/passwd')(LIMIT)).toMatchObject({ fault: { code: 126 } });
  });

  test('at the deadline all that it has started is killed with it', async () => {
    const file = join(await folder(), 'pid');
    const script = `sleep 60 & echo $! > ${file}; wait`;
    await run('sh', '-c', script)({ deadlineMs: 1000 });
    const pid = Number(readFileSync(file, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    await until(() => !isAlive(pid), 'it is gone');
  });

  test('a daemon that it leaves behind, and that holds its output, lives and is not waited for', async () => {
    const file = join(await folder(), 'pid');
    const beganMs = performance.now();
    const result = await run('sh', '-c', `sleep 60 & echo $! > ${file}; echo started`)(LIMIT);
    expect(result).toEqual({ ok: true, value: 'started\n' });
    expect(performance.now() - beganMs).toBeLessThan(5000);
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});

const ssh = (login: Partial<SshLogin>) =>
  remedyRunner({ kind: 'ssh', login: { ...sshd.login, ...login }, command: 'true' })(LIMIT);

describe('there', { timeout: 20_000 }, () => {
  test('nothing is run where the keys do not fit', async () => {
    expect(await ssh({ keyFile: sshd.strangeKey })).toMatchObject({
      fault: { kind: 'ssh', stage: 'authentication' },
    });
    expect(await ssh({ hostKey: `SHA256:${'A'.repeat(43)}` })).toMatchObject({
      fault: { kind: 'ssh', stage: 'host-key' },
    });
    expect(await ssh({ keyFile: '/nowhere' })).toMatchObject({ fault: { kind: 'file' } });
  });

  test('the connection is closed afterwards', async () => {
    expect(await ssh({})).toMatchObject({ ok: true });
    await until(() => sshd.sessions() === 0, 'no session is left');
  });

  test('sshd killed in the middle leaves a fault', async () => {
    await using server = await startSshd();
    const begun = join(await folder(), 'begun');
    const command = `echo > ${begun}; exec sleep 30`;
    const running = remedyRunner({ kind: 'ssh', login: server.login, command })(LIMIT);
    await until(() => exists(begun), 'it has begun');
    await server.kill();
    expect(await running).toMatchObject({ fault: { kind: 'ssh', stage: 'lost' } });
  });
});

function exists(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    // One that has ended and is not yet waited for counts as gone.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
