// `mainstay init` on sockets that answer as real HAProxies did: what it makes of them, and what it says where it cannot.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chooseBackend } from '../../src/cli/init/choose-backend.ts';
import { init } from '../../src/cli/init/init.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Trouble } from '../../src/domain/fault.ts';
import type { RuntimeLink } from '../../src/domain/ports.ts';
import { fixture } from '../haproxy/fixtures.ts';
import { worldWith } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

const V = '3.2.26';
const file = (name: string): string => fixture(V, name);
const UNKNOWN = file('show-proc-of-a-worker.txt');

interface Behind {
  readonly level?: 'admin' | 'operator' | 'user';
  readonly pid?: number;
  readonly node?: string;
  readonly stopping?: boolean;
  /** Rows `backend,server,bck,type,mode`; by default the fixture's. */
  readonly rows?: readonly string[];
  readonly tables?: string;
  readonly rings?: string;
}

/** Answers each command of a line. */
function worker(behind: Behind = {}): (command: string) => string {
  const { level = 'admin', pid = 7, node = 'lab', stopping = false, rows } = behind;
  const info = file('show-info.txt')
    .replace(/^Pid: .*$/m, `Pid: ${pid}`)
    .replace(/^node: .*$/m, `node: ${node}`)
    .replace(/^Stopping: 0$/m, `Stopping: ${Number(stopping)}`);
  const answers: Record<string, string> = {
    'show cli level': `${level}\n\n`,
    'show info': info,
    'show table': behind.tables ?? file('show-tables.txt'),
    'show events': behind.rings ?? file('show-events.txt'),
    'show stat -1 6 -1':
      rows === undefined
        ? file('show-backends.csv')
        : `# pxname,svname,bck,type,mode,\n${rows.map((row) => `${row},\n`).join('')}\n`,
    'show table pin data.gpt0 gt 0': file(
      level === 'user' ? 'show-table-denied.txt' : 'show-table.txt',
    ),
    'show table gates data.gpt0 gt 0': file('show-table.txt').replace('pin', 'gates'),
    'show table counters data.gpt0 gt 0': file('show-table-without-gpt0.txt'),
  };
  return (command) => answers[command] ?? UNKNOWN;
}

const master =
  (...pids: readonly number[]) =>
  (command: string): string =>
    command === 'show proc'
      ? `#<PID>          <type>          <reloads>       <uptime>        <version>\n1  master  0 [failed: 0]  0d00h00m02s  3.2.26\n# workers\n${pids.map((pid) => `${pid}  worker  0  0d00h00m02s  3.2.26\n`).join('')}\n`
      : UNKNOWN;

type Socket = ((command: string) => string) | Trouble;

/** Runs it on the sockets by their addresses; what is not named does not exist. */
async function run(
  sockets: Readonly<Record<string, Socket>>,
  runtimes: readonly string[] = Object.keys(sockets),
  places?: readonly string[],
) {
  const printed = { out: '', err: '' };
  const asked: string[] = [];
  const open = new Set<RuntimeLink>();
  const output = (to: 'out' | 'err') => ({
    write: (text: string) => void (printed[to] += text),
    columns: null,
    colour: false,
  });
  const world = worldWith({
    openLink: ({ text }) => {
      const socket = sockets[text] ?? { kind: 'no-socket' };
      const link: RuntimeLink = {
        address: text,
        way: 'unix',
        ask: (line) => {
          asked.push(line);
          return Promise.resolve(
            typeof socket === 'function'
              ? { ok: true, value: line.split(';').map(socket).join('') }
              : { ok: false, fault: { ...socket, address: text } },
          );
        },
        drop: () => void open.delete(link),
      };
      open.add(link);
      return link;
    },
    out: output('out'),
    err: output('err'),
  });
  const code = await init(world, runtimes, places);
  expect(open.size, 'links that are left open').toBe(0);
  expect(asked.filter((line) => !/^show [^;]*(;show [^;]*)*$/.test(line))).toEqual([]);
  return { code, out: printed.out, err: printed.err.replaceAll(/\s+/g, ' ') };
}

async function load(text: string) {
  const path = join(folder, 'mainstay.yaml');
  writeFileSync(path, text);
  const loaded = await loadConfig(path, {});
  if (!loaded.ok) throw new Error(`${loaded.fault.messages.join('\n')}\n${text}`);
  return loaded.value;
}

const A = 'unix:/run/haproxy-1/admin.sock';
const B = 'unix:/run/haproxy-2/admin.sock';
const M = 'unix:/run/haproxy-1/master.sock';
const PAIR = ['bp,main,0,2,tcp', 'bp,backup,1,2,tcp', 'bp,BACKEND,1,1,tcp'];

test('one HAProxy: the pair in tcp mode, its master beside it, the pin table and the ring', async () => {
  const { code, out, err } = await run({ [A]: worker(), [M]: master(7) }, [A]);
  expect(code).toBe(0);
  expect(await load(out)).toMatchObject({
    backend: 'pair',
    proxies: [
      { name: 'lab', runtime: { text: A }, master: { text: M }, drive: true, reload: null },
    ],
    policy: { producers: ['main', 'backup'], mode: 'observe', steer: 'auto' },
    pinTable: 'pin',
    events: 'auto',
    warnings: [],
  });
  expect(out).toContain(
    `# HAProxy ${/^Version: (.*)$/m.exec(file('show-info.txt'))?.[1]}, level admin.`,
  );
  expect(out).toContain('by its ring (events)');
  expect(out.replaceAll(/\n# /g, ' ')).toContain('two servers or more: zoo (tcp: up, ');
  expect(err).toContain(`${M}: the master of ${A}.`);
  expect(err).toContain('Backend pair: main, backup (backup).');
  expect(err).toContain('mainstay check mainstay status');
});

test('what is commented out is right as it stands, for one HAProxy and for two', async () => {
  writeFileSync(join(folder, 'token'), 'a-token-of-some-length\n', { mode: 0o600 });
  const one = await run({ [A]: worker({ rows: PAIR, tables: '\n' }), [M]: master(7) }, [A]);
  const two = await run({ [A]: worker({ pid: 7 }), [B]: worker({ pid: 8 }) });
  for (const { out } of [one, two]) {
    const all = out.replaceAll(/^( *)#(?=[a-z-]| {2}[ a-z-])/gm, '$1');
    expect(all).not.toBe(out);
    expect(await load(all)).toMatchObject({
      proxies: [{}, {}],
      peers: [{ token: 'a-token-of-some-length' }],
      journal: '/var/lib/mainstay/journal.jsonl',
      token: 'a-token-of-some-length',
    });
  }
});

const named = async (one: string, two: string): Promise<readonly string[]> => {
  const { out } = await run({ [A]: worker({ node: one }), [B]: worker({ node: two, pid: 8 }) });
  return (await load(out)).proxies.map(({ name }) => name);
};

test('two HAProxies take the names of their hosts where these differ, else ha1 and ha2', async () => {
  expect(await named('lb1.example', 'lb2.example')).toEqual(['lb1.example', 'lb2.example']);
  expect(await named('lb1', 'lb1')).toEqual(['ha1', 'ha2']);
  expect(await named('localhost', 'lb1')).toEqual(['ha1', 'ha2']);
  expect(await named('3f2a9c81b7de', 'lb1')).toEqual(['ha1', 'ha2']);
});

test('only what all HAProxies have is a producer, and those without `backup` stand first', async () => {
  const { code, out } = await run({
    [A]: worker({ pid: 7, rows: ['bp,b,1,2,tcp', 'bp,old,1,2,tcp', 'bp,a,0,2,tcp'] }),
    [B]: worker({ pid: 8, rows: ['bp,a,0,2,tcp', 'bp,b,1,2,tcp', 'bp,new,1,2,tcp'] }),
  });
  expect(code).toBe(0);
  expect((await load(out)).policy.producers).toEqual(['a', 'b']);
  expect(out).toContain('# Not at every proxy, and so no producers: old, new.');
});

test('names that YAML would read as something else stay names', async () => {
  const rows = ['on:1,null,0,2,tcp', 'on:1,0x10,1,2,tcp'];
  const path = 'unix:/run/a #b: ${HOME}/s';
  const config = await load((await run({ [path]: worker({ rows, node: '010' }) })).out);
  expect(config).toMatchObject({
    backend: 'on:1',
    policy: { producers: ['null', '0x10'] },
    proxies: [{ name: '010', runtime: { text: path } }],
  });
});

const server = (name: string, backup = false) => ({ name, backup });
test.for<[why: string, lists: Parameters<typeof chooseBackend>[0], backend: string | null]>([
  [
    'tcp before http',
    [
      [
        { name: 'web', mode: 'http', servers: [server('a'), server('b', true)] },
        { name: 'bp', mode: 'tcp', servers: [server('a'), server('b', true)] },
      ],
    ],
    'bp',
  ],
  [
    'a pair before a farm, whatever its mode',
    [
      [
        { name: 'farm', mode: 'tcp', servers: [server('a'), server('b')] },
        { name: 'bp', mode: 'http', servers: [server('a'), server('b', true)] },
      ],
    ],
    'bp',
  ],
  [
    'the first of two that are alike',
    [
      [
        { name: 'one', mode: 'tcp', servers: [server('a'), server('b', true)] },
        { name: 'two', mode: 'tcp', servers: [server('a'), server('b', true)] },
      ],
    ],
    'one',
  ],
  [
    'not one that only some have',
    [
      [
        { name: 'one', mode: 'tcp', servers: [server('a'), server('b', true)] },
        { name: 'two', mode: 'tcp', servers: [server('a'), server('b', true)] },
      ],
      [{ name: 'two', mode: 'tcp', servers: [server('a'), server('b', true)] }],
    ],
    'two',
  ],
  [
    'not one in digits, which HAProxy takes for a number',
    [[{ name: '12', mode: 'tcp', servers: [server('a'), server('b', true)] }]],
    null,
  ],
  ['not one with a single server', [[{ name: 'one', mode: 'tcp', servers: [server('a')] }]], null],
  [
    'not one with more servers than mainstay.yaml takes',
    [
      [
        {
          name: 'farm',
          mode: 'tcp',
          servers: Array.from({ length: 65 }, (_, i) => server(`s${i}`)),
        },
      ],
    ],
    null,
  ],
])('the backend that is taken: %s', ([, lists, backend]) => {
  expect(chooseBackend(lists)?.backend ?? null).toBe(backend);
});

test('two servers without `backup` are taken with a caution, in the file and beside it', async () => {
  const { out, err } = await run({ [A]: worker({ rows: ['bp,a,0,2,tcp', 'bp,b,0,2,tcp'] }) });
  await load(out);
  expect(out).toContain('# CAUTION: more than one of its servers is without `backup`.');
  expect(err).toContain('CAUTION: no active/backup pair');
});

test('a stick table of another name is named, and not taken', async () => {
  const tables = '# table: gates, type: integer, size:16, used:0\n\n';
  const { out } = await run({ [A]: worker({ tables }) });
  expect(out).toMatch(/^#pin:\n# {2}table: gates$/m);
  expect(out.replaceAll('\n# ', ' ')).toContain('(HAProxy has none here)');
  expect((await load(out)).pinTable).toBe('pin');
});

test('the table `pin` is found among many, and where this level may not look into it', async () => {
  const many = Array.from(
    { length: 40 },
    (_, i) => `# table: t${i}, type: integer, size:16, used:0`,
  );
  const tables = `${[...many, '# table: pin, type: integer, size:16, used:2'].join('\n')}\n\n`;
  const { out } = await run({ [A]: worker({ tables, level: 'user' }) });
  expect(out).toMatch(/^pin:\n {2}table: pin$/m);
});

test('a level that is too low is said beside the socket; two paths to one HAProxy are one proxy', async () => {
  const low = await run({ [A]: worker({ level: 'operator' }) });
  expect(low.out).toContain('level operator: enough to watch; to close sessions it must be admin');
  const both = await run({ [A]: worker({ level: 'user' }), [B]: worker() });
  expect((await load(both.out)).proxies).toMatchObject([{ runtime: { text: B } }]);
  expect(both.err).toContain(`${A}: the same HAProxy as ${B}; left out.`);
});

test('a master that is given goes with the worker that it lists, and one of nobody is named', async () => {
  const given = await run({
    [A]: worker({ pid: 7 }),
    [B]: worker({ pid: 8 }),
    'unix:/elsewhere': master(8),
    'unix:/stranger': master(99),
  });
  expect((await load(given.out)).proxies).toMatchObject([
    { master: null },
    { master: { text: 'unix:/elsewhere' } },
  ]);
  expect(given.err).toContain("unix:/stranger: a master's socket, and not of any of these");
  const alone = await run({ [M]: master(7) });
  expect(alone).toMatchObject({ code: 3, out: '' });
  expect(alone.err).toContain('No HAProxy has answered');
});

test('of two workers with one number, as in two containers, the master is of the one in its folder', async () => {
  const sockets = { [A]: worker({ node: 'c1' }), [B]: worker({ node: 'c2' }) };
  const near = await run({ ...sockets, [M]: master(7) }, [A, B]);
  expect((await load(near.out)).proxies).toMatchObject([{ master: { text: M } }, { master: null }]);
  const far = await run({ ...sockets, 'unix:/run/haproxy-master.sock': master(7) }, [A, B]);
  expect((await load(far.out)).proxies).toMatchObject([{ master: null }, { master: null }]);
});

test('a master that this user may not open is written down with what lets it in', async () => {
  const { code, out, err } = await run(
    { [A]: worker(), 'unix:/run/haproxy-master.sock': { kind: 'permission' } },
    [A],
  );
  expect(code).toBe(0);
  expect(out).toContain('    #master: unix:/run/haproxy-master.sock');
  expect(out.replaceAll(/\n *# /g, ' ')).toContain('(haproxy -S PATH,mode,660,group,haproxy)');
  expect(err).toContain(
    'unix:/run/haproxy-master.sock: a master socket, which this user may not open.',
  );
});

test('what needs key files is written with places for them, and asked nothing', async () => {
  const ssh = 'ssh:mainstay@10.0.0.2/run/haproxy/admin.sock';
  const tls = 'tls:10.0.0.3:9443';
  const with1 = await run({ [A]: worker() }, [A, ssh, tls]);
  expect(with1.code).toBe(0);
  expect((await load(with1.out)).proxies).toMatchObject([
    { name: 'ha1' },
    { name: 'ha2', runtime: { kind: 'ssh', keyFile: join(folder, 'id_ed25519') } },
    { name: 'ha3', runtime: { kind: 'tls', tls: { key: join(folder, 'mainstay.key') } } },
  ]);
  expect(with1.err).toContain(`${ssh}: not asked, since that takes key files.`);
  const alone = await run({}, [ssh]);
  expect(alone.code).toBe(3);
  expect(await load(alone.out)).toMatchObject({ backend: 'bp', policy: { producers: [] } });
  expect(alone.err).toContain('Nothing could be asked');
});

test('of several that do not answer the worst exits: not reached before not permitted', async () => {
  const none = await run({ [A]: { kind: 'permission' }, [B]: { kind: 'refused' } });
  expect(none).toMatchObject({ code: 3, out: '' });
});

test.for<[fault: Trouble, code: number, said: string]>([
  [{ kind: 'refused' }, 3, `nobody listens at ${B}: start HAProxy`],
  [{ kind: 'no-socket' }, 3, `the socket ${B} does not exist`],
  [{ kind: 'permission' }, 4, `this user may not open ${B}: add it to the socket's group`],
  [{ kind: 'timeout', afterMs: 3000, connected: true }, 3, 'within 3000 ms: HAProxy hangs'],
])(
  'one that was named and does not answer stands in the file, and exits: %o',
  async ([fault, code, said]) => {
    const beside = await run({ [A]: worker(), [B]: fault });
    expect(beside.code).toBe(code);
    expect(beside.err).toContain(said);
    expect(beside.out).toContain('  # Did not answer: ');
    expect((await load(beside.out)).proxies).toMatchObject([{}, { runtime: { text: B } }]);
    const alone = await run({ [B]: fault });
    expect(alone).toMatchObject({ code, out: '' });
    expect(alone.err).toContain(said);
  },
);

test('an old worker, and what is no HAProxy at all, are said and not written', async () => {
  expect(await run({ [A]: worker({ stopping: true }) })).toMatchObject({ code: 2, out: '' });
  const other = await run({ [A]: () => '\u001B[31m-ERR\n\n' });
  expect(other).toMatchObject({ code: 2, out: '' });
  expect(other.err).toContain(
    String.raw`answered what mainstay does not understand: "\x1b[31m-ERR`,
  );
});

test('without an address the usual places are looked at, and those that are not there are no trouble', async () => {
  const places = ['/run/haproxy/admin.sock', '/var/run/haproxy.sock', '/var/lib/haproxy/stats'];
  const one = await run(
    { 'unix:/var/run/haproxy.sock': worker(), 'unix:/var/lib/haproxy/stats': { kind: 'refused' } },
    [],
    places,
  );
  expect(one.code).toBe(0);
  expect((await load(one.out)).proxies).toHaveLength(1);
  expect(one.err).toContain('nobody listens at unix:/var/lib/haproxy/stats');
  expect(one.err).toContain('Not there: /run/haproxy/admin.sock.');
  const none = await run({}, [], places);
  expect(none).toMatchObject({ code: 3, out: '' });
  expect(none.err).toContain('No socket of a HAProxy was found. Cure: add this line');
  expect(none.err).toContain('stats socket /run/haproxy/admin.sock mode 660');
  const forbidden = await run(
    { 'unix:/run/haproxy/admin.sock': { kind: 'permission' } },
    [],
    places,
  );
  expect(forbidden).toMatchObject({ code: 4, out: '' });
  expect(forbidden.err).toContain("add it to the socket's group (usermod -aG haproxy USER");
});

test('where no backend fits, those that there are are named', async () => {
  const one = await run({ [A]: worker({ rows: ['bp,main,0,2,tcp'] }) });
  expect(one).toMatchObject({ code: 2, out: '' });
  expect(one.err).toContain(`There are: ${A}: bp (tcp: main)`);
  const apart = await run({
    [A]: worker({ pid: 7, rows: PAIR }),
    [B]: worker({ pid: 8, rows: PAIR.map((row) => row.replace('bp', 'other')) }),
  });
  expect(apart).toMatchObject({ code: 2, out: '' });
  expect(apart.err).toContain(`${B}: other (tcp: main, backup (backup))`);
});

test.for([
  ['/run/haproxy/admin.sock', 'expected unix:PATH, tcp:HOST:PORT, tls:HOST:PORT or ssh:'],
  ['unix:run/x', 'expected unix:PATH with an absolute path, got "unix:run/x"'],
  ['tcp:10.0.0.1:0', 'expected tcp:HOST:PORT with a port from 1 to 65535, got "tcp:10.0.0.1:0"'],
])(
  'an address that is none is refused before anybody is asked: %s',
  async ([text = '', said = '']) => {
    const { code, out, err } = await run({}, [A, text]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`--runtime: ${said}`);
  },
);
