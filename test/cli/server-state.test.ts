// HAProxy's state before a reload: written where it is read, where HAProxy is set up for it, and nowhere else.
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, type TestContext } from 'vitest';
import { stateFile, stateSaver } from '../../src/cli/server-state.ts';
import type { ProxyConfig } from '../../src/domain/config.ts';
import type { Look, RuntimeLink } from '../../src/domain/ports.ts';
import { readSections } from '../../src/haproxy/config-file.ts';
import { HAPROXIES, mainIs, openScene, type Counted, type Scene } from '../act/real.ts';
import { freePort } from '../support/port-of.ts';

const LOADS = ' load-server-state-from-file global\n';
const GLOBAL = 'global\n server-state-base /var/lib/haproxy\n server-state-file state\n';

const FILES: [what: string, text: string, path: string | null][] = [
  ['base and file', `${GLOBAL}backend bp\n${LOADS}`, '/var/lib/haproxy/state'],
  ['loaded by defaults', `${GLOBAL}defaults\n${LOADS}backend bp`, '/var/lib/haproxy/state'],
  ['a listen section', `${GLOBAL}listen bp\n${LOADS}`, '/var/lib/haproxy/state'],
  ['an absolute file', `global\n server-state-file /run/s\nbackend bp\n${LOADS}`, '/run/s'],
  [
    'an absolute file beats the base',
    `${GLOBAL} server-state-file /run/s\nbackend bp\n${LOADS}`,
    '/run/s',
  ],
  [
    'the last one holds',
    `${GLOBAL}global\n server-state-file b\nbackend bp\n${LOADS}`,
    '/var/lib/haproxy/b',
  ],
  ['not loaded', `${GLOBAL}backend bp`, null],
  ['loaded by another backend only', `${GLOBAL}backend bp\nbackend x\n${LOADS}`, null],
  [
    'taken back by the backend',
    `${GLOBAL}defaults\n${LOADS}backend bp\n load-server-state-from-file none`,
    null,
  ],
  ['a file for each backend', `${GLOBAL}backend bp\n load-server-state-from-file local`, null],
  ['no file', `global\n server-state-base /var/lib/haproxy\nbackend bp\n${LOADS}`, null],
  ['no file at all', `global\nbackend bp\n${LOADS}`, null],
  ['a file that starts nowhere', `global\n server-state-file state\nbackend bp\n${LOADS}`, null],
  [
    'a base that starts nowhere',
    `global\n server-state-base x\n server-state-file y\nbackend bp\n${LOADS}`,
    null,
  ],
  ['a variable', `global\n server-state-file "/run/$X"\nbackend bp\n${LOADS}`, null],
  ['a condition', `${GLOBAL}.if 1\n server-state-file z\n.endif\nbackend bp\n${LOADS}`, null],
  ['no such backend', `${GLOBAL}backend x\n${LOADS}`, null],
];

test.for(FILES)('where the state is read: %s', ([, text, path]) => {
  expect(stateFile(readSections([{ path: 'haproxy.cfg', text }]), 'bp')).toBe(path);
});

const noLook: Look = () => Promise.reject(new Error('not to be asked'));
const noLink: RuntimeLink = {
  address: 'tcp:127.0.0.1:1',
  way: 'tcp',
  ask: () => Promise.reject(new Error('not to be asked')),
  drop: () => {},
};

test('only over a unix socket: others are of another host, or may be', () => {
  const proxy: ProxyConfig = {
    name: 'ha1',
    runtime: { kind: 'tcp', host: '127.0.0.1', port: 1, text: 'tcp:127.0.0.1:1' },
    master: null,
    stats: null,
    drive: true,
    reload: 'master',
    restart: null,
  };
  expect(stateSaver(proxy, { link: noLink, look: noLook }, 'bp')).toBeNull();
  expect(stateSaver({ ...proxy, runtime: null }, { link: null, look: noLook }, 'bp')).toBeNull();
});

const LIMIT = { deadlineMs: 2000 };
const setUp = { global: (dir: string) => `server-state-file ${dir}/state/file`, backend: LOADS };

async function folder(scene: Scene): Promise<string> {
  const path = join(scene.haproxy.configFile, '../state');
  await mkdir(path);
  return path;
}

const saverOf = ({ config, proxy }: Scene, differ: Partial<RuntimeLink> = {}) =>
  stateSaver(config, { link: { ...proxy.link!, ...differ }, look: proxy.look }, 'bp')!;

describe.each(HAPROXIES)('%s', (binary) => {
  test('the state of all servers is written, whole, and nothing beside it', async (t) => {
    const scene = await openScene(t, { binary, ...setUp });
    const dir = await folder(scene);
    await writeFile(`${dir}/file`, 'old');
    expect(await saverOf(scene)(LIMIT)).toEqual({ ok: true, value: `${dir}/file` });

    const text = await readFile(`${dir}/file`, 'latin1');
    expect(text).toMatch(
      /^1\n# be_id be_name srv_id srv_name .*\n\d+ bp 1 main .*\n\d+ bp 2 backup .*\n$/,
    );
    expect(await readdir(dir)).toEqual(['file']);
  });

  test('HAProxy is not set up for it: nothing is written and nothing is wrong', async (t) => {
    const scene = await openScene(t, { binary, global: setUp.global });
    const dir = await folder(scene);
    expect(await saverOf(scene)(LIMIT)).toEqual({ ok: true, value: null });
    expect(await readdir(dir)).toEqual([]);
  });

  test('the file cannot be written: a fault that names it', async (t) => {
    const scene = await openScene(t, { binary, ...setUp });
    const dir = join(scene.haproxy.configFile, '../state');
    expect(await saverOf(scene)(LIMIT)).toMatchObject({
      ok: false,
      fault: { kind: 'file', path: `${dir}/file`, code: 'ENOENT' },
    });
  });

  test('HAProxy says something else: the file stays as it is', async (t) => {
    const scene = await openScene(t, { binary, ...setUp });
    const dir = await folder(scene);
    await writeFile(`${dir}/file`, 'old');
    for (const [said, kind] of [
      ['2\n# be_id be_name\n\n', 'protocol'],
      ['1\n# be_id be_name srv_id\n3 bp 1', 'truncated'],
      ['Permission denied\n\n', 'denied'],
    ] as const) {
      const ask: RuntimeLink['ask'] = async () => ({ ok: true, value: said });
      expect(await saverOf(scene, { ask })(LIMIT)).toMatchObject({ ok: false, fault: { kind } });
    }
    expect(await readFile(`${dir}/file`, 'latin1')).toBe('old');
    expect(await readdir(dir)).toEqual(['file']);
  });

  test('what stands there is no file: it is left alone', async (t) => {
    const scene = await openScene(t, { binary, ...setUp });
    const dir = await folder(scene);
    await writeFile(`${dir}/else`, 'old');
    await symlink(`${dir}/else`, `${dir}/file`);
    expect(await saverOf(scene)(LIMIT)).toMatchObject({ ok: false, fault: { kind: 'file' } });
    expect(await readFile(`${dir}/else`, 'latin1')).toBe('old');
    expect((await readdir(dir)).toSorted()).toEqual(['else', 'file']);
  });

  test(
    'a main that hangs is down in the new worker from its first moment',
    { timeout: 30_000 },
    async (t) => {
      const checks = 'option tcp-check\n tcp-check connect\n tcp-check expect string hi\n';
      const main = await silent(t);
      const scene = await openScene(t, {
        binary,
        main,
        global: setUp.global,
        backend: LOADS + checks,
      });
      await folder(scene);
      await mainIs(scene, 'down');

      // Without the state it is up until a check has failed.
      await scene.haproxy.reload();
      expect(await mainNow(scene)).toBe('up');
      await mainIs(scene, 'down');

      expect(await saverOf(scene)(LIMIT)).toMatchObject({ ok: true });
      await scene.haproxy.reload();
      expect(await mainNow(scene)).toBe('down');
      await scene.dial(5, scene.backup);
      expect(scene.backup.sessions()).toBe(5);
    },
  );
});

async function mainNow({ proxy }: Scene): Promise<string | undefined> {
  const view = await proxy.look();
  if (!view.ok) throw new Error(JSON.stringify(view.fault));
  return view.value.workers[0].servers.find(({ name }) => name === 'main')?.health;
}

/** A producer that takes connections and never says a word. */
async function silent(t: TestContext): Promise<Counted> {
  const port = await freePort();
  const server = createServer((socket) => socket.on('error', () => {}));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  t.onTestFinished(() => void server.close());
  return { port, listen: async () => {}, kill: async () => {}, sessions: () => 0 };
}
