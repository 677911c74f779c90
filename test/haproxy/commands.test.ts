// Every other command's answers, as real HAProxies of each version give them.
import { describe, expect, test } from 'vitest';
import type { Trouble } from '../../src/domain/fault.ts';
import type { Result } from '../../src/domain/result.ts';
import { setBeat } from '../../src/haproxy/set-beat.ts';
import { setPin } from '../../src/haproxy/set-pin.ts';
import { showCliLevel } from '../../src/haproxy/show-cli-level.ts';
import { showEvents } from '../../src/haproxy/show-events.ts';
import { showInfo } from '../../src/haproxy/show-info.ts';
import { showServersState } from '../../src/haproxy/show-servers-state.ts';
import { sessionsOn, showSess } from '../../src/haproxy/show-sess.ts';
import { showTable } from '../../src/haproxy/show-table.ts';
import { showVersion } from '../../src/haproxy/show-version.ts';
import { shutdownSession } from '../../src/haproxy/shutdown-session.ts';
import { shutdownSessionsServer } from '../../src/haproxy/shutdown-sessions-server.ts';
import { VERSIONS, fixture } from './fixtures.ts';

const done = <T>(value: T) => ({ ok: true, value });
const fault = (trouble: object) => ({ ok: false, fault: trouble });
const denied = (command: string) => fault({ kind: 'denied', command });

type Read = (answer: string) => Result<unknown, Trouble>;
const close: Read = (text) => shutdownSessionsServer.read(text, 'pair', 'backup');
const state: Read = (text) => showServersState.read(text, 'zoo');
const sess: Read = (text) => showSess.read(text);
const kill: Read = (text) => shutdownSession.read(text, '0x1');
const table: Read = (text) => showTable.read(text, 'pin');
const write: Read = (text) => setPin.read(text, 'pin', 2);
const writeBeat: Read = (text) => setBeat.read(text, 'pin', true);
const rings: Read = (text) => showEvents.read(text, false);

const answers: [file: string, read: Read, result: object][] = [
  ['shutdown-sessions-server', close, done('closing')],
  ['shutdown-sessions-server-denied', close, denied('shutdown sessions server')],
  [
    'shutdown-sessions-server-disabled',
    close,
    fault({ kind: 'protocol', said: 'Proxy is disabled.\n\n' }),
  ],
  [
    'shutdown-sessions-server-no-such-backend',
    close,
    fault({ kind: 'no-such-backend', backend: 'pair' }),
  ],
  [
    'shutdown-sessions-server-no-such-server',
    close,
    fault({ kind: 'no-such-server', backend: 'pair', missing: ['backup'], has: [] }),
  ],
  ['shutdown-session-gone', kill, done('gone')],
  ['shutdown-session-denied', kill, denied('shutdown session')],
  [
    'shutdown-session-malformed',
    kill,
    fault({ kind: 'protocol', said: "Session pointer expected (use 'show sess').\n\n" }),
  ],
  ['show-sess-denied', sess, denied('show sess')],
  ['show-table-empty', table, done({ kind: 'table', serverId: 0, leaseMs: 0 })],
  ['show-table-without-gpt0', table, done({ kind: 'unfit' })],
  ['show-table-no-such-table', table, done({ kind: 'no-table' })],
  ['show-table-denied', table, done({ kind: 'denied' })],
  ['set-table', write, done('set')],
  ['set-table-denied', write, denied('set table')],
  ['set-table', writeBeat, done('set')],
  ['set-table-denied', writeBeat, denied('set table')],
  ['set-table-no-such-table', write, fault({ kind: 'protocol', said: 'No such table\n\n' })],
  [
    'set-table-without-gpt0',
    write,
    fault({ kind: 'protocol', said: 'Data type not stored in this table\n\n' }),
  ],
  ['show-events', rings, done(['events'])],
  ['show-servers-state-no-such-backend', state, fault({ kind: 'no-such-backend', backend: 'zoo' })],
];

describe.for(VERSIONS)('HAProxy %s', (version) => {
  const text = (name: string) => fixture(version, `${name}.txt`);

  test.for(answers)('%s', ([file, read, result]) => {
    expect(read(text(file))).toEqual(result);
  });

  test('show info tells the process, its age, and that it serves', () => {
    const info = showInfo.read(text('show-info'));
    expect(info).toMatchObject(done({ stopping: false }));
    if (!info.ok) return;
    expect(info.value.version.startsWith(version)).toBe(true);
    expect(info.value.pid).toBe(Number(/^Pid: (\d+)$/m.exec(text('show-info'))?.[1]));
    expect(info.value.uptimeS).toBeLessThan(60);
  });

  test('show version', () => {
    const info = showInfo.read(text('show-info'));
    expect(showVersion.read(text('show-version'))).toEqual(done(info.ok && info.value.version));
  });

  test('show sess lists every session; those of one server are found here', () => {
    const list = showSess.read(text('show-sess'));
    if (!list.ok) throw new Error(list.fault.kind);
    expect(list.value).toHaveLength(3);
    const onMain = sessionsOn(list.value, 'pair', 'main');
    expect(onMain).toHaveLength(2);
    expect(onMain[0]).toMatchObject({ backend: 'pair', server: 'main', src: 'unix:1' });
    for (const { id } of onMain) expect(shutdownSession.line(id)).toContain(id);
    expect(sessionsOn(list.value, 'pair', 'backup')).toEqual([]);
    expect(sessionsOn(list.value, 'zoo', 'main')).toEqual([]);
    const own = list.value.filter(({ server }) => server === null);
    expect(own, 'the connection that asks').toMatchObject([{ backend: null, server: null }]);
  });

  test('show table tells the pin with its lease, whatever other keys there are', () => {
    for (const file of ['show-table', 'show-table-two-keys']) {
      const pin = showTable.read(text(file), 'pin');
      expect(pin).toMatchObject(done({ kind: 'table', serverId: 2 }));
      const leaseMs = pin.ok && pin.value.kind === 'table' ? pin.value.leaseMs : 0;
      expect(leaseMs).toBeGreaterThan(59_000);
      expect(leaseMs).toBeLessThanOrEqual(60_000);
    }
    const other = text('show-table-two-keys').replace('key=1', 'key=3');
    expect(table(other)).toEqual(done({ kind: 'table', serverId: 0, leaseMs: 0 }));
  });

  test('show table of a table with other keys than integers is unfit', () => {
    expect(showTable.read(text('show-table-of-names'), 'names')).toEqual(done({ kind: 'unfit' }));
  });

  test('show servers state tells what keeps a server out', () => {
    const servers = showServersState.read(text('show-servers-state-zoo'), 'zoo');
    if (!servers.ok) throw new Error(servers.fault.kind);
    const states = servers.value.map((row) => [row.name, row.opState, row.adminState]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['up', 2, 0],
        ['down', 0, 0],
        ['maint', 0, 1],
        ['tracks-maint', 0, 2],
        ['disabled', 0, 5],
        ['unresolved', 0, 32],
        ['drain', 2, 8],
      ]),
    );
    expect(states).toHaveLength(16);
    const addresses = new Map(servers.value.map(({ name, address }) => [name, address]));
    expect(addresses.get('up')).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(addresses.get('unresolved')).toBeNull();
  });

  test('a command that HAProxy does not know is a protocol fault, whoever reads it', () => {
    const readers: Read[] = [
      showCliLevel.read,
      showInfo.read,
      showVersion.read,
      state,
      sess,
      close,
      kill,
      table,
      write,
      rings,
    ];
    for (const read of readers)
      expect(read(text('unknown-command'))).toMatchObject(fault({ kind: 'protocol' }));
  });
});

const [newest = ''] = VERSIONS.slice(-1);
const info = fixture(newest, 'show-info.txt');
const states = fixture(newest, 'show-servers-state-zoo.txt');
const sessions = fixture(newest, 'show-sess.txt');
const pinned = fixture(newest, 'show-table-two-keys.txt');
const line = '0x1f: proto=tcpv4 src=127.0.0.1:5 fe=fe be=bp srv=main ts=00 epoch=0 age=3s calls=2';

const broken: [says: string, read: Read, text: string][] = [
  ['a level that nobody knows', showCliLevel.read, 'root\n\n'],
  ['two levels', showCliLevel.read, 'user\nadmin\n\n'],
  ['no level', showCliLevel.read, '\n'],
  ['no version', showVersion.read, '\n'],
  ['a version that is no text', showVersion.read, '2.6\x1b[2J\n\n'],
  ['info without a pid', showInfo.read, info.replace('Pid:', 'Pit:')],
  ['info with two pids', showInfo.read, info.replace('Nbproc: 1', 'Pid: 1')],
  ['info with an absurd age', showInfo.read, info.replace(/Uptime_sec: \d+/, 'Uptime_sec: -5')],
  ['info that neither serves nor stops', showInfo.read, info.replace('Stopping: 0', 'Stopping: 2')],
  ['info without a version', showInfo.read, info.replace(/^Version: .*$/m, 'Version: ')],
  ['states of another format', state, states.replace('1\n', '2\n')],
  ['states without a column', state, states.replace('srv_admin_state', 'state')],
  ['states of another backend', state, states.replaceAll(' zoo ', ' bar ')],
  ['a state with an absurd number', state, states.replace('up 127.0.0.1 2', 'up 127.0.0.1 -2')],
  ['a state that is cut', state, states.replace(/ \S+\n\n$/, '\n\n')],
  ['a session without an id', sess, `${line.slice(6)}\n\n`],
  ['a session with an id that is no pointer', sess, `${line.replace('0x1f', '12')}\n\n`],
  ['a session without its age', sess, `${line.replace('age=3s', '')}\n\n`],
  ['a session of an absurd age', sess, `${line.replace('age=3s', 'age=long')}\n\n`],
  ['a session on what is no server', sess, `${line.replace('srv=main', 'srv=m;n')}\n\n`],
  ['a session on what is no backend', sess, `${line.replace('be=bp', 'be=')}\n\n`],
  ['sessions and something else', sess, sessions.replace('\n', '\nsomething else\n')],
  ['a closing that is answered at length', close, 'Well.\n\n'],
  ['two answers to one closing', close, '\n\n'],
  ['the pin of another table', table, pinned.replace('table: pin', 'table: pin2')],
  ['a table without its first line', table, pinned.replace(/^.*\n/, '')],
  ['no answer about the table', table, '\n'],
  ['a pin without its lease', table, pinned.replace(/exp=\d+ /, '')],
  ['a pin with two leases', table, pinned.replace('shard=0', 'exp=9')],
  ['a pin with an absurd lease', table, pinned.replace(/exp=\d+/, 'exp=-5')],
  ['a pin on what is no id', table, pinned.replace('gpt0=2', 'gpt0=main')],
  ['a pin on no id', table, pinned.replace(' gpt0=2', '')],
  ['two pins', table, pinned.replace('key=2', 'key=1')],
  ['an entry without a key', table, pinned.replace('key=2 ', '')],
  ['a table and something else', table, pinned.replace('\n\n', '\nsomething else\n\n')],
  ['a pin that is answered at length', write, 'Well.\n\n'],
  ['two answers to one pin', write, '\n\n'],
  ['no rings', rings, '\n'],
  ['other things than rings', rings, 'hello\n\n'],
];

test.for(broken)('%s: a protocol fault', ([, read, text]) => {
  expect(read(text)).toMatchObject(fault({ kind: 'protocol' }));
});

test('a session of which HAProxy shows no peer is on no server', () => {
  const list = showSess.read('0x1f: proto=? ts=00 epoch=0 age=3s calls=2\n\n');
  expect(list).toEqual(done([{ id: '0x1f', src: null, backend: null, server: null, ageS: 3 }]));
});

const entry = (rest: string) =>
  `# table: pin, type: integer, size:16, used:1\n0x7f: key=1 use=0 ${rest}\n\n`;

test('a pin of 0 is none, and one without an end has no lease', () => {
  const released = { kind: 'table', serverId: 0, leaseMs: 900 };
  expect(table(entry('exp=900 shard=0 gpt0=0'))).toEqual(done(released));
  expect(table(entry('exp=0 gpt0=2'))).toEqual(done({ kind: 'table', serverId: 2, leaseMs: 0 }));
});

/** A pin and, under key 2, what may be a heartbeat. */
const both = (beat: string) => entry(`exp=900 gpt0=2\n0x8f: key=2 use=0 ${beat}`);
const pinned2 = { kind: 'table', serverId: 2, leaseMs: 900 };

test('under key 2 stands a heartbeat, beside the pin or without one', () => {
  expect(table(both('exp=9500 gpt0=1'))).toEqual(done({ ...pinned2, heartbeatMs: 9500 }));
  const alone = entry('exp=1 gpt0=0').replace('\n\n', '\n0x8f: key=2 use=0 exp=7 gpt0=1\n\n');
  expect(table(alone)).toMatchObject(done({ serverId: 0, heartbeatMs: 7 }));
});

test('a heartbeat that was released is none, nor is another number', () => {
  for (const beat of ['exp=9500 gpt0=0', 'exp=9500 gpt0=7'])
    expect(table(both(beat))).toEqual(done(pinned2));
});

test('a heartbeat without an end stands all the same: nobody takes over', () => {
  expect(table(both('exp=0 gpt0=1'))).toEqual(done({ ...pinned2, heartbeatMs: 1 }));
});

test('two heartbeats: a protocol fault', () => {
  const twice = both('exp=5 gpt0=1\n0x9f: key=2 use=0 exp=6 gpt0=1');
  expect(table(twice)).toMatchObject(fault({ kind: 'protocol' }));
});

test('a heartbeat is written under key 2, and ended there', () => {
  expect(setBeat.line('pin', true)).toBe('set table pin key 2 data.gpt0 1');
  expect(setBeat.line('pin', false)).toBe('set table pin key 2 data.gpt0 0');
});

test('a table that is not shown at all to this level is denied, and no fault', () => {
  expect(table('Permission denied\n\n')).toEqual(done({ kind: 'denied' }));
});

test('a pin is written under key 1, and only for what can be an id', () => {
  expect(setPin.line('pin', 2)).toBe('set table pin key 1 data.gpt0 2');
  expect(setPin.line('pin', 0)).toBe('set table pin key 1 data.gpt0 0');
  for (const id of [-1, 1.5, NaN, Infinity, 2 ** 31])
    expect(() => setPin.line('pin', id)).toThrow('id');
});

test('of the rings those are left out that are HAProxys own or no buffers', () => {
  const list = [
    'Supported events sinks are listed below. Add -w(wait), -n(new). Any key to stop',
    '    stdout     : type=fd, 0 dropped, standard output (fd#1)',
    '    buf0       : type=buffer, 0 dropped, in-memory ring buffer',
    '    startup-logs : type=buffer, 0 dropped, startup-logs',
    '    a.long-name_of:a-ring : type=buffer, 12 dropped, x : type=buffer, y',
    '    two        : type=buffer, 0 dropped, two',
  ];
  expect(rings(`${list.join('\n')}\n\n`)).toEqual(done(['a.long-name_of:a-ring', 'two']));
  expect([showEvents.line(false), showEvents.line(true)]).toEqual([
    'show events',
    '@1 show events',
  ]);
});

test('no session at all is an empty list', () => {
  expect(showSess.read('\n')).toEqual(done([]));
});

test.for([
  ['0s', 0],
  ['59s', 59],
  ['1m2s', 62],
  ['2h3m', 7380],
  ['1d2h', 93_600],
  ['-2s', 0],
])('an age of %s is %i seconds', ([age, ageS]) => {
  const list = showSess.read(`${line.replace('3s', String(age))}\n\n`);
  expect(list).toMatchObject(done([{ ageS }]));
});
