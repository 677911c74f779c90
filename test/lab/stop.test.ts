// A lab leaves nothing behind: not when it is stopped, not when it never came up, not when its process dies.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { startLab } from '../../src/lab/lab.ts';
import { isAlive } from '../../src/lab/processes.ts';
import { waitFor } from '../../src/lab/wait.ts';

/** Process ids of all processes with `text` in their command lines. */
const running = (text: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
    } catch {
      return false;
    }
  });

const refused = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = createConnection({ host, port });
    socket.on('connect', () => done(false)).on('error', () => done(true));
    socket.on('connect', () => socket.destroy());
  });

test('stop ends every process, also a frozen one and an old worker, and removes the folder', async () => {
  const lab = await startLab();
  await lab.proxy('ha1').reload();
  lab.proxy('ha1').freeze();
  lab.proxy('ha2').freeze();
  const pids = ['ha1', 'ha2'].flatMap((name) => [
    lab.proxy(name).master()!,
    ...lab.proxy(name).workers(),
  ]);
  expect(pids.filter(isAlive)).toHaveLength(5);
  const places = [lab.relaysAt('ha1'), lab.producer('main').address('ha2')];

  await Promise.all([lab.stop(), lab.stop()]);

  expect(pids.filter(isAlive)).toEqual([]);
  expect(running(lab.dir)).toEqual([]);
  expect(existsSync(lab.dir)).toBe(false);
  for (const { host, port } of places) expect(await refused(host, port)).toBe(true);
  expect(process.listeners('exit').map(String).join('')).not.toContain('SIGKILL');
});

test('a lab that can not start says why, in HAProxy’s words, and leaves nothing', async () => {
  let dir = '';
  const configure = (config: string, proxy: string): string => {
    dir = dirname(dirname(/^ +stats socket (\S+)/m.exec(config)![1]!));
    return proxy === 'ha2' ? config.replace('mode tcp', 'mode tpc') : config;
  };
  await expect(startLab({ configure })).rejects.toThrow(
    /ha2 does not start: it ended with 1\n[^]*unknown proxy mode 'tpc'/,
  );
  expect(existsSync(dir)).toBe(false);
  await waitFor(() => running(dir).length === 0, 2000, 'its processes are gone');
});

test('a lab without a HAProxy to run says so', async () => {
  await expect(startLab({ haproxy: '/nowhere/haproxy' })).rejects.toThrow(
    /does not start.*\n.*nowhere/,
  );
});

/** Has a process of its own start a lab and end as told; the lab is the built one, which plain Node runs. */
const crash = (how: string): Promise<{ dir: string; pids: number[] }> => {
  const script = `
    import { startLab } from ${JSON.stringify(resolve('dist/lab/lab.js'))};
    const lab = await startLab();
    const pids = ['ha1', 'ha2'].map((name) => lab.proxy(name)).flatMap((p) => [p.master(), ...p.workers()]);
    console.log(JSON.stringify({ dir: lab.dir, pids }));
    if (${JSON.stringify(how)} === 'throw') throw new Error('a bug');
    process.kill(process.pid, ${JSON.stringify(how)});
    await new Promise(() => undefined);`;
  return new Promise((done) => {
    const args = ['--input-type=module', '-e', script];
    execFile(process.execPath, args, (_, stdout) => done(JSON.parse(stdout)));
  });
};

test.for(['throw', 'SIGTERM', 'SIGKILL'])(
  'a process that ends by %s in the middle leaves no HAProxy',
  { timeout: 20_000 },
  async (how) => {
    const { dir, pids } = await crash(how);
    expect(pids).toHaveLength(4);
    await waitFor(() => !pids.some(isAlive), 3000, 'the HAProxies end');
    // Nobody is left to remove the folder when the process is killed by a signal.
    expect(existsSync(dir)).toBe(how !== 'throw');
    rmSync(dir, { recursive: true, force: true });
  },
);
