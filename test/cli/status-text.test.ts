// `mainstay status` for people: every worker in the table, and what cannot be seen, with its cure.
import { expect, test } from 'vitest';
import { statusText } from '../../src/cli/status-text.ts';
import type { Status, StatusProxy } from '../../src/domain/status.ts';
import { peer, pinnedTo, proxy, STATUS, worker } from './status.ts';
import { PIPE } from './world.ts';

const NOW = Date.parse('2026-11-24T08:00:00.000Z');
const NO_MASTER =
  'mainstay.yaml names no master socket; start HAProxy with -S SOCKET, and give its address as "master"';

function textOf(difference: Partial<Status>): string {
  const text = statusText({ ...STATUS, ...difference }, 'by the daemon', NOW, PIPE);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return text;
}

const hidden = (name: string, message: string) =>
  proxy(name, { oldWorkers: { seen: false, message } });

/** The table and all that stands below it. */
function below(...proxies: readonly StatusProxy[]): string {
  const text = textOf({ proxies });
  return text.slice(text.indexOf('\nproxy ') + 1);
}

test('every old worker has its line, and only where there is one', () => {
  const workers = [worker(31, false, 4, 0), worker(21, true, 0, 3), worker(11, true, 1, 2)];
  expect(below(proxy('ha1', { workers }), proxy('ha2'))).toBe(`proxy  worker  main  backup
ha1    31      4 UP  0 UP
ha1    21 old  0 UP  3 UP
ha1    11 old  1 UP  2 UP
ha2    11      4 UP  0 UP
`);
});

test('a server that an old worker does not know is none there', () => {
  const old = { pid: 9, old: true, producers: [] };
  expect(below(proxy('ha1', { workers: [worker(31, false, 4, 0), old] }))).toContain(
    'ha1    9 old   -     -\n',
  );
});

test('the way is named where it is not a unix socket', () => {
  const ways = (['unix', 'tcp', 'tls', 'ssh', 'peer'] as const).map((transport) =>
    proxy(`ha-${transport}`, { transport }),
  );
  expect(below(...ways)).toBe(`proxy            worker  main  backup
ha-unix          11      4 UP  0 UP
ha-tcp over tcp  11      4 UP  0 UP
ha-tls over tls  11      4 UP  0 UP
ha-ssh over ssh  11      4 UP  0 UP
ha-peer by peer  11      4 UP  0 UP
`);
});

test('what one statistics page lacks is said, with its cure', () => {
  const paged = proxy('ha2', {
    transport: 'stats',
    version: null,
    level: 'user',
    workers: [worker(null, false, 2, 0)],
    oldWorkers: { seen: false, message: NO_MASTER },
  });
  expect(below(proxy('ha1'), paged)).toBe(`proxy        worker  main  backup
ha1          11      4 UP  0 UP
ha2 by page  -       2 UP  0 UP
ha2: a statistics page shows neither the version of HAProxy nor its worker
ha2: no session can be closed by the page; give mainstay "auth", and HAProxy
  "stats admin"
ha2: sessions that a reload left in old workers are not seen: mainstay.yaml
  names no master socket; start HAProxy with -S SOCKET, and give its address as
  "master"
`);
});

test('hidden old workers are one note for all proxies without a master, and one for each fault', () => {
  const text = below(
    hidden('ha1', NO_MASTER),
    hidden('ha2', 'nobody listens at unix:/m.sock: start it'),
    hidden('ha3', NO_MASTER),
    proxy('ha4'),
  );
  expect(text.replaceAll(/\n +/g, ' ').split('\n').slice(5)).toEqual([
    `ha1, ha3: sessions that a reload left in old workers are not seen: ${NO_MASTER}`,
    'ha2: sessions that a reload left in old workers are not seen: nobody listens at unix:/m.sock: start it',
    '',
  ]);
});

test('a level that is too low is said, and an unseen proxy has its reason and no other note', () => {
  const unseen = proxy('ha2', {
    reachable: false,
    error: { kind: 'refused', message: 'nobody listens at unix:/s' },
    version: null,
    level: null,
    transport: null,
    oldWorkers: { seen: false, message: null },
    workers: [],
  });
  expect(below(proxy('ha1', { level: 'operator' }), unseen)).toBe(`proxy  worker  main  backup
ha1    11      4 UP  0 UP
ha2    not seen: nobody listens at unix:/s
ha1: the socket is at level operator: seen, but no session can be closed through
  it; give it "level admin"
`);
});

test('a pin is told once for all proxies that have it, with the shortest lease, and what is lost without one', () => {
  const lost = 'new connections cannot be held: HAProxy has no stick table';
  const none = { server: null, leaseMs: 0, message: lost };
  const text = below(
    pinnedTo('backup', 9300, 'ha1'),
    pinnedTo('backup', 8400, 'ha2'),
    pinnedTo('main', 9000, 'ha3'),
    proxy('ha4', { pin: none }),
    proxy('ha5', { pin: none }),
  );
  expect(text.split('\n').slice(6)).toEqual([
    'ha1, ha2: new connections: backup (pinned, 8s)',
    'ha3: new connections: main (pinned, 9s)',
    `ha4, ha5: ${lost}`,
    '',
  ]);
});

test.each<[string, Partial<Status>, string]>([
  [
    'wait',
    {
      hold: 'wait',
      gates: [
        {
          gate: 'failback-wait',
          proxy: null,
          until: '2026-11-24T08:28:03.000Z',
          reason: 'main is young',
          opens: 'by itself, if main stays up',
        },
      ],
    },
    'holding (wait, 28m3s more) (R80)',
  ],
  [
    'override',
    { hold: 'override', override: { to: 'backup', until: '2026-11-24T09:59:00.000Z' } },
    'holding (override, 1h59m more) (R80)',
  ],
  ['operator', { hold: 'operator' }, 'holding (operator) (R80)'],
])('holding says why and for how long: %s', (_, difference, words) => {
  const text = textOf({ verdict: 'holding', rule: 'R80', ...difference });
  expect(text).toContain(`verdict  ${words}`);
});

test('an override is told with its end, and with what ends it sooner', () => {
  const text = textOf({ override: { to: 'backup', until: '2026-11-24T09:59:00.000Z' } });
  expect(text.replaceAll(/\n +/g, ' ')).toContain(
    '\noverride to backup until 2026-11-24T09:59:00Z, 1h59m more; mainstay converge --clear ends it\n',
  );
});

/** The fields above the table that begin with this label, each on one line. */
function fields(label: string, difference: Partial<Status>): readonly string[] {
  const lines = textOf(difference)
    .replaceAll(/\n {9}/g, ' ')
    .split('\n');
  return lines.filter((line) => line.slice(0, 9).trim() === label).map((line) => line.slice(9));
}

test.each<[string, Partial<Status>, readonly string[]]>([
  ['none where all is as ever', {}, []],
  [
    'an end',
    { paused: { until: '2026-11-24T08:30:00.000Z' } },
    ['nothing is done until 2026-11-24T08:30:00Z, 30m0s more; mainstay resume ends it'],
  ],
  ['none but an order', { paused: { until: null } }, ['nothing is done; mainstay resume ends it']],
])('a pause is told with its end: %s', (_, difference, lines) => {
  expect(fields('paused', difference)).toEqual(lines);
});

test('each peer is reached, or not and why; what it wants stands there where it is not ours', () => {
  const unreached = { reachable: false, version: null, mode: null, target: null, ageMs: null };
  const error = { kind: 'refused', message: 'nobody listens at https://10.0.0.9:9847' };
  const peers = [
    peer('ha2'),
    peer('ha3', { target: 'backup' }),
    peer('ha4', { target: null, mode: 'observe' }),
    peer('ha5', { ...unreached, error }),
  ];
  expect(fields('peer', { peers })).toEqual([
    'ha2: reached',
    'ha3: reached, but its target is backup',
    'ha4: reached, but its target is none, and its mode is observe',
    'ha5: not reached: nobody listens at https://10.0.0.9:9847',
  ]);
});

test('which proxies a daemon acts on is told where it is not all of them', () => {
  const other = proxy('ha2', { driven: false, transport: 'peer', level: 'user' });
  const proxies = [proxy('ha1'), other];
  expect(fields('drives', { proxies })).toEqual(['ha1; only watches ha2']);
  expect(fields('drives', { proxies: [other] })).toEqual(['none; only watches ha2']);
  expect(fields('drives', { proxies: [proxy('ha1')] })).toEqual([]);
  expect(fields('drives', { proxies, source: 'look' })).toEqual([]);
  expect(below(...proxies)).not.toContain('level user');
});
