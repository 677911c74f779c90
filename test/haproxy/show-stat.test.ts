// `show stat`, as real HAProxies of each version answer it, and with each column spoilt in turn.
import { describe, expect, test } from 'vitest';
import type { ServerView } from '../../src/domain/view.ts';
import { showStat } from '../../src/haproxy/show-stat.ts';
import { VERSIONS, fixture } from './fixtures.ts';

/** What the capture brought each server to: status, health, whether its check passed, and backup or weight 0. */
const zoo: [
  name: string,
  status: RegExp,
  health: string,
  passed: boolean,
  rest?: Partial<ServerView>,
][] = [
  ['up', /^UP$/, 'up', true],
  ['going-down', /^UP \d+\/1000$/, 'up', false],
  ['down', /^DOWN$/, 'down', false],
  ['coming-up', /^DOWN \d+\/1000$/, 'down', true],
  ['tracks-maint', /^MAINT \(via zoo\/maint\)$/, 'maint', true],
  ['tracks-up', /^UP$/, 'up', true],
  ['unresolved', /^MAINT \(resolution\)$/, 'maint', false],
  ['disabled', /^MAINT$/, 'maint', false],
  ['drain', /^DRAIN$/, 'drain', true],
  ['drain-going-down', /^DRAIN \d+\/1000$/, 'drain', false],
  ['weight-0', /^UP$/, 'drain', true, { weight: 0 }],
  ['no-check', /^no check$/, 'unknown', false],
  ['agent-down', /^DOWN \(agent\)$/, 'down', true],
  ['agent-drain', /^DRAIN \(agent\)$/, 'drain', true],
  ['backup', /^UP$/, 'up', true, { backup: true }],
];

const web: typeof zoo = [
  ['ok', /^UP$/, 'up', true],
  ['leaving', /^NOLB$/, 'drain', true],
  ['leaving-going-down', /^NOLB \d+\/1000$/, 'drain', false],
  ['hostile', /^DOWN$/, 'down', false],
];

const read = (text: string, backend: string) => {
  const stat = showStat.read(text, backend);
  if (!stat.ok) throw new Error(JSON.stringify(stat.fault));
  return stat.value;
};

describe.for(VERSIONS)('HAProxy %s', (version) => {
  test.for([
    ...zoo.map((row) => ['zoo', row] as const),
    ...web.map((row) => ['web', row] as const),
  ])('shows %s/%s', ([backend, [name, status, health, passed, rest]]) => {
    const { servers } = read(fixture(version, `show-stat-${backend}.csv`), backend);
    const server = servers.find((each) => each.name === name);
    expect(server?.status).toMatch(status);
    expect(server).toMatchObject({
      health,
      checkPassed: passed,
      settled: status.test('UP'),
      backup: false,
      weight: 1,
      ...rest,
    });
  });

  test('shows nothing but the servers and the weight of the backend', () => {
    const { servers, backendWeight } = read(fixture(version, 'show-stat-zoo.csv'), 'zoo');
    expect(servers.map(({ id }) => id)).toEqual(servers.map((_, place) => place + 1));
    expect(servers).toHaveLength(zoo.length + 1);
    expect(backendWeight).toBe(4);
  });

  test('is read by the names of the columns, wherever they stand', () => {
    const text = fixture(version, 'show-stat-zoo.csv');
    const turned = plain(text).map((fields) => fields.toReversed().join(','));
    expect(read(`# ${turned.join('\n')}\n\n`, 'zoo')).toEqual(
      read(`# ${plain(text).map(String).join('\n')}\n\n`, 'zoo'),
    );
  });

  test('cannot be misled by what a producer puts into the text of its check', () => {
    const text = fixture(version, 'show-stat-web.csv');
    expect(text).toContain('"bp,main,""UP"",');
    const row = '\n\nweb,ok,0,0,9\n# pxname,svname\n""\n\n';
    const worse = text.replace('bp,main,""UP"",', row.replaceAll('"', '""'));
    expect(read(worse, 'web')).toEqual(read(text, 'web'));
  });
});

const [version = ''] = VERSIONS;
const good = fixture(version, 'show-stat-zoo.csv');

/** The answer with one field of one server changed. */
function spoil(server: string, column: string, value: string): string {
  const [header = [], ...rows] = plain(good);
  const place = header.indexOf(column);
  const spoilt = rows.map((row) => (row[1] === server ? row.with(place, value) : row));
  return `# ${[header, ...spoilt].map(String).join('\n')}\n\n`;
}

/** Header and rows of the answer; quoted fields are emptied, so that a comma is always a border. */
function plain(text: string): string[][] {
  const lines = text.slice(2, -2).split('\n');
  return lines.map((line) => line.replace(/"(?:[^"]|"")*"/, '').split(','));
}

const absurd = [
  '',
  '-1',
  '1.5',
  '1e3',
  '0x1',
  ' 1',
  '1 ',
  'NaN',
  '9007199254740992',
  '1'.repeat(400),
  '٣',
];

describe('a protocol fault is', () => {
  test.for(
    ['sid', 'scur', 'weight', 'lastchg', 'bck'].flatMap((column) =>
      absurd.map((value) => [column, value] as const),
    ),
  )('a server whose %s is %j', ([column, value]) => {
    const stat = showStat.read(spoil('up', column, value), 'zoo');
    expect(stat).toMatchObject({ ok: false, fault: { kind: 'protocol' } });
  });

  const others: [says: string, text: string][] = [
    ['a bck that is no yes or no', spoil('up', 'bck', '2')],
    ['a lastsess below -1', spoil('up', 'lastsess', '-2')],
    ['a backend of no weight', spoil('BACKEND', 'weight', '')],
    ['a server of no name', spoil('up', 'svname', '')],
    ['a server with a name outside the charset', spoil('up', 'svname', 'up down')],
    ['two servers of one name', spoil('up', 'svname', 'down')],
    ['a server of another backend', spoil('up', 'pxname', 'web')],
    ['a row of another type', spoil('up', 'type', '0')],
    ['two BACKEND rows', spoil('up', 'type', '1')],
    ['no BACKEND row', good.replace(/^zoo,BACKEND,.*\n/m, '')],
    ['a status that is no text', spoil('up', 'status', '\x1b[2J')],
    ['a status without an end', spoil('up', 'status', 'U'.repeat(601))],
    ['a missing column', good.replace(',lastchg,', ',last,')],
    ['a column that stands twice', good.replace(',slim,', ',scur,')],
    ['an answer to something else', 'admin\n\n'],
    ['no answer', '\n'],
    ['words', 'No such thing.\n\n'],
  ];
  test.for(others)('%s', ([, text]) => {
    expect(text).not.toBe(good);
    const stat = showStat.read(text, 'zoo');
    expect(stat).toMatchObject({ ok: false, fault: { kind: 'protocol' } });
  });
});

test('a session that was given to a server lately is told by its age, and none by null', () => {
  const { servers } = read(spoil('up', 'lastsess', '7'), 'zoo');
  expect(servers.slice(0, 2).map(({ lastSessionS }) => lastSessionS)).toEqual([7, null]);
});

test('a status that nobody knows is unknown, not a fault', () => {
  const { servers } = read(spoil('up', 'status', 'HALFWAY'), 'zoo');
  expect(servers[0]).toMatchObject({ status: 'HALFWAY', health: 'unknown', settled: false });
});

describe('there is no such backend', () => {
  const header = `${good.slice(0, good.indexOf('\n'))}\n\n`;
  test.for([
    ['where HAProxy says so', 'No such proxy.\n\n'],
    ['where it shows no row: a frontend of that name, or a disabled proxy', header],
    ['where it took the name for a number', good.replaceAll(/^zoo,/gm, 'other,')],
  ])('%s', ([, text]) => {
    const fault = { kind: 'no-such-backend', backend: 'zoo' };
    expect(showStat.read(text ?? '', 'zoo')).toEqual({ ok: false, fault });
  });
});
