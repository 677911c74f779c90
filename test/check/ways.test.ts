// Every way to a proxy, each tried on its own: what `check` says of one that does not work, and of what one alone cannot do.
import { once } from 'node:events';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, test, vi, type TestContext } from 'vitest';
import { ask } from '../../src/lab/ask.ts';
import type { Haproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { startSshd, type Sshd } from '../support/sshd.ts';
import { makeCertificates, tlsFrontend, type Certificates } from '../support/tls.ts';
import { until } from '../support/until.ts';
import {
  changed,
  check,
  findingsOf,
  folder,
  haproxy,
  HEALTHY,
  masterAnswers,
  plainYaml,
  single,
  told,
  yamlFor,
  type Changes,
} from './support.ts';

// Several processes begin in each.
vi.setConfig({ testTimeout: 30_000 });

const WITHOUT_BOUND: Changes = [['  hard-stop-after 1h\n', '']];

describe('without a master socket', () => {
  test('old workers are hidden: the one that HAProxy has is named', async (t) => {
    const started = await haproxy(t, HEALTHY);
    const yaml = plainYaml([started.dir]);
    const said = await told('no-master-socket-bounded', started.dir, yaml, [], socketOf(started));
    expect(said).toEqual({ code: 0, ids: ['no-master-socket'] });
  });

  test('and without a bound it is worse', async (t) => {
    const { dir } = await single(t, changed(HEALTHY, WITHOUT_BOUND));
    const said = await told('no-master-socket', dir, plainYaml([dir]));
    expect(said).toEqual({ code: 0, ids: ['no-master-socket'] });
  });

  test('no reload is climbed', async (t) => {
    const { dir } = await single(t, HEALTHY);
    const yaml = plainYaml([dir])
      .replace('[sessions]', '[sessions, reload]')
      .replace('sock" }', 'sock", reload: { exec: [reload] } }');
    const said = await told('reload-without-master', dir, yaml);
    expect(said).toEqual({ code: 0, ids: ['reload-without-master', 'no-master-socket'] });
  });
});

describe('a master socket', () => {
  test('that is not there', async (t) => {
    const { dir } = await single(t, HEALTHY);
    const said = await told('master-no-socket', dir, yamlFor([dir]));
    expect(said).toEqual({ code: 3, ids: ['no-socket'] });
  });

  test("that is a worker's", async (t) => {
    const { dir } = await single(t, HEALTHY);
    await symlink('admin.sock', `${dir}/master.sock`);
    const said = await told('master-protocol', dir, yamlFor([dir]));
    expect(said).toEqual({ code: 2, ids: ['protocol'] });
  });

  test("that is another HAProxy's", async (t) => {
    const [one, other] = [await single(t, HEALTHY), await haproxy(t, HEALTHY)];
    await symlink(`${other.dir}/master.sock`, `${one.dir}/master.sock`);
    const yaml = yamlFor([one.dir]);
    const pid = new RegExp(`pid ${one.pid()}`, 'g');
    const said = await told('other-master', one.dir, yaml, [], pid);
    expect(said).toEqual({ code: 2, ids: ['other-master'] });
  });

  test('that may not close sessions, which matters only to who acts', async (t) => {
    const { dir } = await haproxy(t, HEALTHY, { master: ',level,operator' });
    const yaml = yamlFor([dir]);
    const said = await told('master-level-too-low', dir, yaml);
    expect(said).toEqual({ code: 4, ids: ['level-too-low'] });
    const watching = await told('master-level-only-watching', dir, `mode: observe\n${yaml}`);
    expect(watching).toEqual({ code: 0, ids: ['level-too-low'] });
  });

  test('shows old workers that hold sessions now', async (t) => {
    const started = await holding(t);
    const { dir } = started;
    const clients = [await dial(t, dir), await dial(t, dir)];
    await reload(started);
    clients.push(await dial(t, dir));
    await reload(started);
    const said = await told('old-workers', dir, yamlFor([dir]));
    expect(said).toEqual({ code: 0, ids: ['old-workers'] });
    const { out } = await check(dir, yamlFor([dir]));
    expect(unwrapped(out)).toContain('master.sock: level admin, 2 old workers, ');
    for (const client of clients) client.destroy();
    await until(
      async () => unwrapped((await check(dir, yamlFor([dir]))).out).includes(' 0 old workers'),
      'old workers end with their sessions',
    );
  });
});

describe('a statistics page', () => {
  test('beside a socket is a second opinion, and of the same HAProxy', async (t) => {
    const page = await freePage();
    const { dir } = await haproxy(t, page.of(HEALTHY));
    const yaml = page.beside(yamlFor([dir]));
    expect(await findingsOf(dir, yaml)).toEqual({ code: 0, findings: [] });
  });

  test("of another HAProxy: their servers, or the servers' health, differ", async (t) => {
    const { dir } = await haproxy(t, HEALTHY);
    const besideOne = async (line: string) => {
      const page = await freePage();
      const other = changed(HEALTHY, [['  server backup', `${line}\n  server backup`]]);
      await single(t, page.of(other));
      return { yaml: page.beside(yamlFor([dir])), url: page.url };
    };
    const servers = await besideOne('  server third 127.0.0.1:3 backup');
    const said = await told('stats-differs', dir, servers.yaml, [], servers.url);
    expect(said).toEqual({ code: 0, ids: ['stats-differs'] });

    const health = await besideOne('  default-server disabled');
    const [finding, ...more] = (await findingsOf(dir, health.yaml)).findings;
    expect(more).toEqual([]);
    expect(finding?.message).toMatch(/same: backup is .* at the socket and MAINT on the page$/);
  });

  test('alone sees, and without a password nothing more', async (t) => {
    const page = await freePage();
    const { dir } = await single(t, page.of(HEALTHY));
    const said = await told('stats-alone', dir, page.alone(), [], page.url);
    expect(said).toEqual({
      code: 4,
      ids: ['level-too-low', 'no-master-socket', 'stats-alone', 'config-unseen'],
    });
  });

  test('alone with a password: nobody can tell without acting whether it may act', async (t) => {
    const page = await freePage();
    const { dir } = await single(
      t,
      page.of(HEALTHY, '  stats auth me:secret\n  stats admin if TRUE'),
    );
    const yaml = page.alone('auth: { username: me, passwordFile: password }');
    await writeFile(`${dir}/password`, 'secret\n', { mode: 0o600 });
    const args = ['--haproxy', `${dir}/haproxy.cfg`];
    const said = await told('stats-with-a-password', dir, yaml, args, page.url);
    expect(said).toEqual({ code: 0, ids: ['stats-alone', 'no-master-socket'] });

    await writeFile(`${dir}/password`, 'wrong\n', { mode: 0o600 });
    const wrong = await told('http-401', dir, yaml, [], page.url);
    expect(wrong).toEqual({ code: 4, ids: ['http'] });
  });

  test('no-stats-admin: a password for a page that lets nobody act', async (t) => {
    const page = await freePage();
    const { dir } = await haproxy(t, page.of(HEALTHY));
    await writeFile(`${dir}/password`, 'secret\n', { mode: 0o600 });
    const yaml = page.beside(yamlFor([dir]), ', auth: { username: me, passwordFile: password }');
    const said = await told('no-stats-admin', dir, yaml, [], page.url);
    expect(said).toEqual({ code: 0, ids: ['no-stats-admin'] });
  });

  test('that is somewhere else', async (t) => {
    const page = await freePage();
    const { dir } = await haproxy(t, HEALTHY);
    const yaml = page.beside(yamlFor([dir]));
    expect(await told('stats-refused', dir, yaml, [], page.url)).toEqual({
      code: 3,
      ids: ['refused'],
    });
  });
});

describe('on another host', () => {
  test('by SSH: each socket with its time', async (t) => {
    const [{ dir }, sshd] = [await haproxy(t, HEALTHY), await openSshd(t)];
    const yaml = sshYaml(dir, sshd, sshd.login.hostKey);
    const { code, out } = await check(dir, yaml);
    expect(code).toBe(0);
    expect(unwrapped(out)).toMatch(/runtime ssh:\S+\/admin\.sock: level admin, \d+ ms/);
    expect(unwrapped(out)).toMatch(
      /master ssh:\S+\/master\.sock: level admin, 0 old workers, \d+ ms/,
    );
    await until(() => sshd.sessions() === 0, 'no connection is left open');
  });

  test('by SSH with another key than the host has', async (t) => {
    const [{ dir }, sshd] = [await haproxy(t, HEALTHY), await openSshd(t)];
    const { code, out } = await check(dir, sshYaml(dir, sshd, `SHA256:${'a'.repeat(43)}`));
    expect(code).toBe(2);
    expect(out).toMatch(/^error ssh {2}ha1$/m);
  });

  test('by TLS, and with a certificate that is not trusted there', async (t) => {
    const certificates = await makeCertificates();
    t.onTestFinished(() => certificates[Symbol.asyncDispose]());
    const [runtime, master] = [await freePort(), await freePort()];
    const { server, ca, client } = certificates;
    const dirOfMaster = await folder(t);
    const { dir } = await haproxy(
      t,
      [
        HEALTHY,
        tlsFrontend('runtime', runtime, 'DIR/admin.sock', server.good, ca),
        tlsFrontend('masters', master, `${dirOfMaster}/master.sock`, server.good, ca),
      ].join('\n'),
    );
    await symlink(`${dir}/master.sock`, `${dirOfMaster}/master.sock`);
    const yaml = (pair: Certificates['client']['good']): string => `backend: bp
proxies:
  - name: ha1
    runtime: tls:127.0.0.1:${runtime}
    master: tls:127.0.0.1:${master}
    tls: { ca: ${ca}, cert: ${pair.cert}, key: ${pair.key} }
    reload: master
`;
    const good = await check(dir, yaml(client.good));
    expect(good.code).toBe(0);
    expect(unwrapped(good.out)).toMatch(/runtime tls:\S+: level admin, \d+ ms/);
    expect(unwrapped(good.out)).toMatch(/master tls:\S+: level admin, 0 old workers, \d+ ms/);
    const rogue = await check(dir, yaml(client.rogue));
    expect(rogue.code).toBe(2);
    expect(rogue.out).toMatch(/^error tls {2}ha1$/m);
    await chmod(client.good.key, 0o644);
    expect((await check(dir, yaml(client.good))).out).toMatch(/^warning secret-shared /m);
  });
});

const unwrapped = (out: string): string => out.replaceAll(/\s+/g, ' ');

/** Where its master's socket really is. */
function socketOf({ dir }: Haproxy): RegExp {
  return new RegExp(`(?<=unix:)/\\S+/master\\.sock(?<!${dir}/master\\.sock)`, 'g');
}

interface Page {
  readonly url: string;
  /** The configuration with the page in it. */
  of(config: string, more?: string): string;
  beside(yaml: string, more?: string): string;
  /** A mainstay.yaml that knows nothing else. */
  alone(more?: string): string;
}

async function freePage(): Promise<Page> {
  const at = `127.0.0.1:${await freePort()}`;
  const url = `http://${at}/stats`;
  return {
    url,
    of: (config, more = '') =>
      `${config}\nlisten page\n  mode http\n  bind ${at}\n  stats enable\n  stats uri /stats\n${more}`,
    beside: (yaml, more = '') => yaml.replace(', master:', `, stats: "${url}"${more}, master:`),
    alone: (more = '') =>
      `backend: bp\nescalate: [sessions]\nproxies:\n  - name: ha1\n    stats: ${url}\n    ${more}\n`,
  };
}

/** A HAProxy whose main takes sessions and keeps them. */
async function holding(t: TestContext): Promise<Haproxy> {
  const held: Socket[] = [];
  const server = createServer((socket) => held.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.onTestFinished(() => {
    for (const socket of held) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  return haproxy(
    t,
    changed(HEALTHY, [
      ['127.0.0.1:1', `127.0.0.1:${port}`],
      ['listen bp', 'listen bp\n  bind unix@DIR/bp.sock'],
    ]),
  );
}

/** A client whose session has reached main. */
async function dial(t: TestContext, dir: string): Promise<Socket> {
  const before = await sessionsAt(dir);
  const client = connect(`${dir}/bp.sock`).on('error', () => {});
  t.onTestFinished(() => void client.destroy());
  await until(async () => (await sessionsAt(dir)) > before, 'the session is there');
  return client;
}

async function sessionsAt(dir: string): Promise<number> {
  const csv = await ask(`${dir}/admin.sock`, 'show stat bp 4 -1');
  const main = csv.split('\n').find((line) => line.startsWith('bp,main,'));
  return Number(main?.split(',')[4]);
}

async function reload(started: Haproxy): Promise<void> {
  const serving = async (): Promise<string> => {
    const info = await ask(`${started.dir}/admin.sock`, 'show info').catch(() => '');
    return /^Stopping: 0$/m.test(info) ? (/^Pid: \d+$/m.exec(info)?.[0] ?? '') : '';
  };
  const before = await serving();
  await masterAnswers(`${started.dir}/master.sock`);
  started.signal('SIGUSR2');
  await until(async () => !['', before].includes(await serving()), 'a new worker serves');
  await masterAnswers(`${started.dir}/master.sock`);
}

async function openSshd(t: TestContext): Promise<Sshd> {
  const sshd = await startSshd();
  t.onTestFinished(() => sshd[Symbol.asyncDispose]());
  return sshd;
}

function sshYaml(dir: string, { login }: Sshd, hostKey: string): string {
  const at = `ssh:${login.user}@${login.host}:${login.port}${dir}`;
  return `backend: bp
poll: { interval: 5s, timeout: 5s }
proxies:
  - name: ha1
    runtime: ${at}/admin.sock
    master: ${at}/master.sock
    ssh: { key: ${login.keyFile}, hostKey: "${hostKey}", via: streamlocal }
    reload: master
`;
}
