// Each finding out of a real HAProxy that lacks one thing: what `check` says of it stands in said/, word for word.
import { chmod, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, test, vi, type TestContext } from 'vitest';
import { claimNetwork } from '../../src/lab/network.ts';
import { fixture } from '../haproxy/fixtures.ts';
import type { Haproxy } from '../support/haproxy.ts';
import { answer, scriptedSocket } from '../support/scripted-socket.ts';
import {
  changed,
  check,
  findingsOf,
  folder,
  haproxy,
  HEALTHY,
  plainYaml,
  single,
  told,
  yamlFor,
  type Changes,
} from './support.ts';

// Several processes begin in each.
vi.setConfig({ testTimeout: 30_000 });

interface Row {
  /** What the test is called, where it is not its only finding. */
  readonly name?: string;
  readonly ids: readonly string[];
  readonly code: number;
  readonly changes?: Changes;
  /** Changes of mainstay.yaml. */
  readonly yaml?: Changes;
}

const THIRD = '  server third 127.0.0.1:3 backup id 3';
const FOLLOWED = '  use-server third if { int(1),table_gpt0(pin) eq 3 }';
const THREE: Changes = [['[main, backup]', '[main, third, backup]']];

/** Each differs from the healthy HAProxy, or from its mainstay.yaml, in one thing. */
const ROWS: readonly Row[] = [
  { ids: ['level-too-low'], code: 4, changes: [['level admin', 'level operator']] },
  {
    name: 'level-too-low-and-only-watching',
    ids: ['level-too-low'],
    code: 0,
    changes: [['level admin', 'level user']],
    yaml: [['backend: bp', 'backend: bp\nmode: observe']],
  },
  { ids: ['no-backup-server'], code: 2, changes: [['127.0.0.1:2 backup', '127.0.0.1:2']] },
  {
    ids: ['several-active-servers'],
    code: 2,
    changes: [['  server backup', `${FOLLOWED}\n  server third 127.0.0.1:3 id 3\n  server backup`]],
    yaml: THREE,
  },
  { ids: ['order-differs'], code: 0, yaml: [['[main, backup]', '[backup, main]']] },
  {
    name: 'order-differs-behind-main',
    ids: ['order-differs'],
    code: 0,
    changes: [['127.0.0.1:2 backup id 2', `127.0.0.1:2 backup id 2\n${FOLLOWED}\n${THIRD}`]],
    yaml: THREE,
  },
  { ids: ['health-check-off'], code: 2, changes: [['127.0.0.1:1', '127.0.0.1:1 no-check']] },
  {
    ids: ['server-unlisted'],
    code: 0,
    changes: [['127.0.0.1:2 backup id 2', `127.0.0.1:2 backup id 2\n${THIRD}`]],
  },
  { ids: ['no-redispatch'], code: 0, changes: [['  option redispatch 1\n', '']] },
  { ids: ['retries-too-short'], code: 0, changes: [['retries 10', 'retries 3']] },
  {
    name: 'retries-too-short-by-the-pause',
    ids: ['retries-too-short'],
    code: 0,
    changes: [['connect 4s', 'connect 300ms']],
  },
  { ids: ['no-on-marked-down'], code: 0, changes: [[' on-marked-down shutdown-sessions', '']] },
  {
    ids: ['on-marked-up'],
    code: 0,
    changes: [['127.0.0.1:1', '127.0.0.1:1 on-marked-up shutdown-backup-sessions']],
  },
  {
    ids: ['allbackups'],
    code: 0,
    changes: [['  server backup', `  option allbackups\n${FOLLOWED}\n${THIRD}\n  server backup`]],
    yaml: THREE,
  },
  {
    ids: ['stick-table'],
    code: 2,
    changes: [['listen bp', 'listen bp\n  stick-table type ip size 1k expire 30m\n  stick on src']],
  },
  {
    ids: ['slow-detection'],
    code: 0,
    changes: [
      ['inter 2s fastinter', 'inter 31s fastinter'],
      ['retries 10', 'retries 33'],
    ],
  },
  { ids: ['no-hard-stop'], code: 0, changes: [['  hard-stop-after 1h\n', '']] },
  {
    ids: ['no-server-state'],
    code: 0,
    changes: [['  load-server-state-from-file global\n', '']],
  },
  { ids: ['no-reload-way'], code: 0, yaml: [[', reload: master', '']] },
  {
    name: 'no-reload-way-by-hand',
    ids: ['no-reload-way', 'no-restart-way'],
    code: 0,
    yaml: [
      [', reload: master', ''],
      ['backend: bp', 'backend: bp\nescalate: [sessions, reload, restart]'],
    ],
  },
  {
    ids: ['config-unclear'],
    code: 0,
    changes: [['  option redispatch 1', '.if defined(HOME)\n  option redispatch 1\n.endif']],
  },
  { ids: ['no-such-backend'], code: 2, yaml: [['backend: bp', 'backend: web']] },
  { ids: ['no-such-server'], code: 2, yaml: [['[main, backup]', '[main, spare]']] },
  {
    ids: ['nothing-driven'],
    code: 0,
    yaml: [['runtime:', 'drive: false, runtime:']],
  },
  {
    ids: ['listen-without-token'],
    code: 0,
    yaml: [['backend: bp', 'listen: 192.0.2.1:9847\nbackend: bp']],
  },
];

const TABLE = '  stick-table type integer size 16 expire 10s store gpt0 peers own\n';
const RULE = (server: string, id: number): string =>
  `  use-server ${server} if { int(1),table_gpt0(pin) eq ${id} }\n`;
const WITHOUT_TABLE: Changes = [
  [TABLE, ''],
  [RULE('main', 1), ''],
  [RULE('backup', 2), ''],
];
const WITHOUT_RING: Changes = [
  ['  log ring@events local0\n', ''],
  ['ring events\n  format rfc5424\n  size 32768\n', ''],
];

/** Pins, which steer new connections, and events, which tell of changes. */
const STEERING: readonly Row[] = [
  { ids: ['no-pin-table'], code: 0, changes: WITHOUT_TABLE },
  {
    name: 'no-pin-table-and-it-must-be',
    ids: ['no-pin-table'],
    code: 2,
    changes: WITHOUT_TABLE,
    yaml: [
      ['backend: bp', 'backend: bp\nsteer: pin\npin: { table: my-pin }\npoll: { interval: 5s }'],
    ],
  },
  {
    ids: ['pin-unused'],
    code: 0,
    changes: WITHOUT_TABLE,
    yaml: [['backend: bp', 'backend: bp\nsteer: none\npin: { table: pin }']],
  },
  {
    ids: ['nothing-driven', 'pin-denied', 'level-too-low'],
    name: 'pin-denied',
    code: 0,
    changes: [['level admin', 'level user']],
    yaml: [['runtime:', 'drive: false, runtime:']],
  },
  { ids: ['pin-unfit'], code: 0, changes: [['store gpt0', 'store conn_cnt']] },
  {
    name: 'pin-lease-short',
    ids: ['pin-lease'],
    code: 0,
    changes: [['expire 10s', 'expire 2500ms']],
  },
  { name: 'pin-lease-long', ids: ['pin-lease'], code: 0, changes: [['expire 10s', 'expire 2m']] },
  { name: 'pin-lease-without-end', ids: ['pin-lease'], code: 0, changes: [[' expire 10s', '']] },
  { ids: ['pin-not-kept'], code: 0, changes: [[' store gpt0 peers own', ' store gpt0']] },
  {
    name: 'pin-not-kept-under-another-name',
    ids: ['pin-not-kept'],
    code: 0,
    changes: [['localpeer mainstay', 'localpeer ha1']],
  },
  {
    ids: ['pin-replicated'],
    code: 0,
    changes: [['/peers.sock', '/peers.sock\n  peer ha2 127.0.0.1:2']],
  },
  { ids: ['pin-not-followed'], code: 0, changes: [[RULE('backup', 2), '']] },
  {
    name: 'pin-not-followed-by-the-order',
    ids: ['pin-not-followed'],
    code: 0,
    changes: [
      ['127.0.0.1:1 id 1', '127.0.0.1:1'],
      ['127.0.0.1:2 backup id 2', '127.0.0.1:2 backup'],
      ['  server main', '  server third 127.0.0.1:3 backup\n  server main'],
    ],
    yaml: [['[main, backup]', '[main, third, backup]']],
  },
  { ids: ['no-ring'], code: 0, changes: WITHOUT_RING },
  {
    name: 'no-ring-of-that-name',
    ids: ['no-ring'],
    code: 0,
    yaml: [['backend: bp', 'backend: bp\nevents: changes']],
  },
  { ids: ['ring-unused'], code: 0, changes: [['  log ring@events local0\n', '']] },
  {
    name: 'ring-unused-by-the-backend',
    ids: ['ring-unused'],
    code: 0,
    changes: [['  log global\n', '']],
  },
];

/** Where a socket of the test's own answers instead. */
const PAIR = changed(HEALTHY, [
  ['listen bp', 'listen pair'],
  ['DIR/admin', '/run/admin'],
  ['DIR/state', '/run/state'],
]);
const MARKED_UP = changed(PAIR, [
  ['127.0.0.1:1', '127.0.0.1:1 on-marked-up shutdown-backup-sessions'],
]);

const nameOf = ({ name, ids }: Row): string => name ?? ids.join();

test('of two healthy HAProxies there is nothing to say, and it is told what was looked at', async (t) => {
  const [one, two] = [await healthy(t), await healthy(t)];
  const { code, out } = await check(one.dir, yamlFor([one.dir, two.dir]));
  expect(code).toBe(0);
  const words = out
    .replaceAll(two.dir, 'DIR2')
    .replaceAll(/ +/g, ' ')
    .replaceAll('\n ', ' ')
    .replace(/HAProxy \d[^\s,]+/g, 'HAProxy V')
    .replace(/worker \d+ up \d+s/g, 'worker PID up S')
    .replace(/(?:under )?\d+ ms/g, 'N ms');
  const [, sight = ''] = words.trim().split('Checked: ');
  expect(sight.replace(/, \d info/, '').split('\n')).toEqual([
    'DIR/mainstay.yaml (cluster default, backend bp, mode converge) ha1: HAProxy V, worker PID up S, 2 servers, DIR/haproxy.cfg runtime unix:DIR/admin.sock: level admin, N ms master unix:DIR/master.sock: level admin, 0 old workers, N ms ha2: HAProxy V, worker PID up S, 2 servers, DIR2/haproxy.cfg runtime unix:DIR2/admin.sock: level admin, N ms master unix:DIR2/master.sock: level admin, 0 old workers, N ms',
    'Nothing is wrong: 0 errors, 0 warnings.',
  ]);
});

describe('one HAProxy', () => {
  test.for([...ROWS, ...STEERING])('$ids', async (row, t) => {
    const { dir } = await healthy(t, row.changes);
    const yaml = changed(yamlFor([dir]), row.yaml ?? []);
    expect(await told(nameOf(row), dir, yaml)).toEqual({ code: row.code, ids: row.ids });
  });

  test.for([
    ['steer: none', WITHOUT_TABLE],
    ['events: off', WITHOUT_RING],
  ] as const)('with %s nothing is missed', async ([setting, changes], t) => {
    const { dir } = await healthy(t, changes);
    expect(await findingsOf(dir, `${setting}\n${yamlFor([dir])}`)).toEqual({
      code: 0,
      findings: [],
    });
  });

  test('stats-socket-tcp, and runtime-tcp where mainstay uses it', async (t) => {
    const socket = await freeSocket(t);
    const { dir } = await healthy(t, [
      ['defaults', `  stats socket ${socket} level admin\ndefaults`],
    ]);
    const said = await told('stats-socket-tcp', dir, yamlFor([dir]), [], socket);
    expect(said).toEqual({ code: 0, ids: ['stats-socket-tcp'] });

    const yaml = yamlFor([dir]).replace(`unix:${dir}/admin.sock`, `tcp:${socket}`);
    const over = await told('runtime-tcp', dir, yaml, ['--haproxy', `${dir}/haproxy.cfg`], socket);
    expect(over).toEqual({ code: 0, ids: ['runtime-tcp', 'stats-socket-tcp'] });
    const unseen = await told('config-unseen', dir, yaml, [], socket);
    expect(unseen).toEqual({ code: 0, ids: ['runtime-tcp', 'config-unseen'] });
  });

  test('master-socket-tcp', async (t) => {
    const socket = await freeSocket(t);
    const { dir } = await haproxy(t, HEALTHY, { more: ['-S', `${socket},level,operator`] });
    const said = await told('master-socket-tcp', dir, yamlFor([dir]), [], socket);
    expect(said).toEqual({ code: 0, ids: ['master-socket-tcp'] });

    const yaml = yamlFor([dir]).replace(`unix:${dir}/master.sock`, `tcp:${socket}`);
    const used = await told('master-tcp', dir, yaml, [], socket);
    expect(used).toEqual({ code: 4, ids: ['level-too-low', 'master-tcp', 'master-socket-tcp'] });
  });

  test('config-newer', async (t) => {
    const { dir } = await healthy(t);
    const later = new Date(Date.now() + 5000);
    await utimes(`${dir}/haproxy.cfg`, later, later);
    const said = await told('config-newer', dir, yamlFor([dir]));
    expect(said).toEqual({ code: 0, ids: ['config-newer'] });
  });

  test('config-differs: nothing else of that file is judged', async (t) => {
    const { dir } = await healthy(t);
    await writeFile(`${dir}/other.cfg`, 'global\nlisten bp\n  server main 192.0.2.1:1\n');
    const said = await told('config-differs', dir, yamlFor([dir]), [
      '--haproxy',
      `${dir}/other.cfg`,
    ]);
    expect(said).toEqual({ code: 0, ids: ['config-differs'] });
  });

  test('token-shared', async (t) => {
    const { dir } = await healthy(t);
    await writeFile(`${dir}/token`, 'a-token-of-thirty-two-characters\n', { mode: 0o644 });
    const yaml = yamlFor([dir], 'api: { tokenFile: token }\n');
    expect(await told('token-shared', dir, yaml)).toEqual({ code: 0, ids: ['token-shared'] });
    await chmod(`${dir}/token`, 0o600);
    expect((await check(dir, yaml)).out).toContain('Nothing is wrong');
  });
});

describe('two HAProxies', () => {
  test('servers-differ', async (t) => {
    const [one, two] = [
      await healthy(t),
      await healthy(t, [['127.0.0.1:1', '127.0.0.1:1 backup']]),
    ];
    const said = await told('servers-differ', one.dir, yamlFor([one.dir, two.dir]));
    expect(said).toEqual({ code: 0, ids: ['servers-differ'] });
  });

  test('addresses-differ', async (t) => {
    const [one, two] = [await healthy(t), await healthy(t, [['127.0.0.1:1', '[::1]:1']])];
    const said = await told('addresses-differ', one.dir, yamlFor([one.dir, two.dir]));
    expect(said).toEqual({ code: 0, ids: ['addresses-differ'] });
  });

  test('the same finding at both is told once, with both places', async (t) => {
    const without: Changes = [['  option redispatch 1\n', '']];
    const [one, two] = [await healthy(t, without), await healthy(t, without)];
    const { code, out } = await check(one.dir, yamlFor([one.dir, two.dir]));
    expect(code).toBe(0);
    expect(out).toMatch(/^0 errors, 1 warning, \d info/m);
    const [title = ''] = out.split('  a new connection', 1);
    expect(title.replaceAll(/\s+/g, ' ')).toBe(
      `warning no-redispatch ha1: DIR/haproxy.cfg:23; ha2: ${two.dir}/haproxy.cfg:23 `,
    );
  });
});

describe('a HAProxy that is not seen', () => {
  test('no-socket', async (t) => {
    const dir = await folder(t);
    const said = await told('no-socket', dir, plainYaml([dir]));
    expect(said).toEqual({ code: 3, ids: ['no-socket'] });
  });

  test('refused: its socket outlives it', async (t) => {
    const started = await single(t, HEALTHY);
    await started.kill();
    const said = await told('refused', started.dir, plainYaml([started.dir]));
    expect(said).toEqual({ code: 3, ids: ['refused'] });
  });

  test('timeout: it is stopped', async (t) => {
    const started = await single(t, HEALTHY);
    started.signal('SIGSTOP');
    const yaml = plainYaml([started.dir], 'poll: { timeout: 100ms }\n');
    expect(await told('timeout', started.dir, yaml)).toEqual({ code: 3, ids: ['timeout'] });
  });

  test('protocol: another program answers', async (t) => {
    const said = await strange(t, 'protocol', '\x1b[2J500 what?\n\n'.repeat(3), PAIR);
    expect(said).toEqual({ code: 2, ids: ['protocol', 'no-master-socket'] });
  });

  test('the error of the first proxy does not hide the second', async (t) => {
    const [one, dir] = [await healthy(t, [['level admin', 'level user']]), await folder(t)];
    const { code, out } = await check(one.dir, yamlFor([one.dir, dir]));
    expect(code).toBe(3);
    expect(out).toMatch(/^error level-too-low {2}ha1$/m);
    expect(out).toMatch(/^error no-socket {2}ha2$/m);
    expect(out).toMatch(/^ {2}ha2: not seen\n {4}runtime unix:/m);
  });
});

describe('versions that are not installed here, by their answers', () => {
  test('on-marked-up-broken', async (t) => {
    const broken = await strange(t, 'on-marked-up-broken', lookOf('3.1.2'), MARKED_UP);
    expect(broken.ids).toEqual(['on-marked-up', 'on-marked-up-broken', 'no-master-socket']);
    const mended = await strange(t, 'on-marked-up-mended', lookOf('3.1.3'), MARKED_UP);
    expect(mended.ids).toEqual(['on-marked-up', 'no-master-socket']);
  });

  test('known bugs of a version are named, and are no reason to exit otherwise', async (t) => {
    const dir = await folder(t);
    const socket = await scriptedSocket('unix', answer(lookOf('3.1.2')));
    t.onTestFinished(() => socket[Symbol.asyncDispose]());
    const yaml = `backend: pair\nsteer: none\nproxies: [{ name: ha1, runtime: "${socket.address.text}" }]\n`;
    const { code, out } = await check(dir, yaml);
    expect(code).toBe(0);
    expect(out).toMatch(/^info marked-up-broken {2}ha1\n {2}HAProxy 3\.1\.2: /m);
  });

  test('version-too-old', async (t) => {
    const said = await strange(t, 'version-too-old', lookOf('2.4.29'), PAIR);
    expect(said.ids).toEqual(['version-too-old', 'no-master-socket']);
  });
});

const healthy = (t: TestContext, changes: Changes = []): Promise<Haproxy> =>
  haproxy(t, changed(HEALTHY, changes));

/** `HOST:PORT`, nobody else's for as long as the test runs. */
async function freeSocket(t: TestContext): Promise<string> {
  const network = await claimNetwork();
  t.onTestFinished(() => network.release());
  return `${network.host(1)}:9999`;
}

/** The answer of a healthy pair to a look, as another version of HAProxy would give it. */
function lookOf(version: string): string {
  return fixture('2.6.12', 'look-admin.txt').replace(/^Version: .*$/m, `Version: ${version}`);
}

/** `check` on a socket that answers everything with `text`; `file` is what it is said to run with. */
async function strange(t: TestContext, name: string, text: string, file: string) {
  const dir = await folder(t);
  const socket = await scriptedSocket('unix', answer(text));
  t.onTestFinished(() => socket[Symbol.asyncDispose]());
  await writeFile(`${dir}/haproxy.cfg`, file);
  const { text: address } = socket.address;
  const yaml = `backend: pair\nsteer: none\nescalate: [sessions]\nproxies: [{ name: ha1, runtime: "${address}" }]\n`;
  return told(name, dir, yaml, ['--haproxy', `${dir}/haproxy.cfg`], address);
}
