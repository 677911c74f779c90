// Pins and events, judged without a HAProxy: the reference, what only a file tells, and what only a look tells.
import { describe, expect, test } from 'vitest';
import { judgeEvents } from '../../src/cli/check/judge-events.ts';
import { judgeFile } from '../../src/cli/check/judge-file.ts';
import { judgePinFile } from '../../src/cli/check/judge-pin-file.ts';
import { judgePin } from '../../src/cli/check/judge-pin.ts';
import { leaseText } from '../../src/cli/check/pin-lines.ts';
import type { Config, ProxyConfig } from '../../src/domain/config.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { Level, Pin, View } from '../../src/domain/view.ts';
import { readBackend } from '../../src/haproxy/config-backend.ts';
import { readSections } from '../../src/haproxy/config-file.ts';
import { readReference } from '../../src/lab/haproxy-config.ts';

const PRODUCERS = ['main', 'backup'];

function config(policy: Partial<Policy> = {}, events: Config['events'] = 'auto'): Config {
  return {
    file: 'mainstay.yaml',
    cluster: 'default',
    backend: 'bp',
    proxies: [PROXY],
    self: null,
    peers: [],
    hooks: [],
    policy: { ...DEFAULT_POLICY, producers: PRODUCERS, ...policy },
    pinTable: 'pin',
    events,
    listen: { host: '127.0.0.1', port: 1 },
    tls: null,
    token: null,
    journal: null,
    log: { level: 'info', format: 'json' },
    warnings: [],
  };
}

const PROXY: ProxyConfig = {
  name: 'ha1',
  runtime: { kind: 'unix', path: '/run/1.sock', text: 'unix:/run/1.sock' },
  master: null,
  stats: {
    url: 'http://ha1/',
    auth: null,
    tls: { ca: null, cert: null, key: null, serverName: null },
  },
  drive: true,
  reload: null,
  restart: null,
};

const STANDBY: ProxyConfig = { ...PROXY, drive: 'standby' };

function viewOf(kind: Exclude<Pin['kind'], 'table'>, level: Level = 'admin'): View {
  const worker = { pid: 1, old: false, uptimeS: 1, servers: [], backendWeight: 1 };
  const pin = { kind };
  return { way: 'unix', version: null, level, workers: [worker], pin, hidden: null };
}

const judged = (text: string, given = config(), proxy = PROXY) => {
  const sections = readSections([{ path: 'haproxy.cfg', text }]);
  const found = readBackend(sections, 'bp');
  if (typeof found === 'string') throw new Error(found);
  return [
    ...judgePinFile({ config: given, sections, found, producers: PRODUCERS, view: null, proxy }),
    ...judgeEvents(given, sections, found),
  ];
};

const ids = (found: readonly { id: string; level: string }[]) =>
  found.map(({ id, level }) => `${level} ${id}`);

describe('the reference configuration', () => {
  const files = [{ path: 'haproxy.cfg', text: readReference() }];
  const sections = readSections(files);

  test('lacks nothing', () => {
    const given = { sections, producers: PRODUCERS, view: null, proxy: PROXY };
    expect(judgeFile({ ...given, config: config() })).toEqual([]);
  });

  test('has every line that a cure tells people to add', () => {
    const [table, ring] = judged('backend bp\n server main h:1\n server backup h:1');
    const lines = [table, ring].flatMap((one) => one?.cure.split('\n').slice(1) ?? []);
    expect(lines.length).toBeGreaterThan(12);
    const words = files[0]?.text.split('\n') ?? [];
    for (const line of lines) expect(words).toContain(line.slice('    '.length));
  });
});

const SERVERS = ' server main h:1\n server backup h:2 backup\n';
const RULES = PRODUCERS.map(
  (name, i) => ` use-server ${name} if { int(1),table_gpt0(pin) eq ${i + 1} }\n`,
).join('');
const BACKEND = `backend bp\n${SERVERS}${RULES}`;
const RING =
  'global\n localpeer own\n log ring@a local0\nring a\ndefaults\n log global\npeers own\n peer own :1\n';
const TABLE = 'stick-table type integer size 9 expire 10s store gpt0 peers own';

describe('a file alone', () => {
  test.for([
    ['', []],
    ['type integer', ['warning pin-unfit'], 'type ip'],
    ['store gpt0', ['warning pin-unfit'], 'store gpt(2)'],
    ['expire 10s', ['warning pin-lease'], 'expire 2999ms'],
    ['expire 10s', [], 'expire 3s'],
    ['expire 10s', [], 'expire 60s'],
    ['expire 10s', ['warning pin-lease'], 'expire 61s'],
    [`backend pin\n ${TABLE}\n`, ['info no-pin-table'], ''],
    [` ${TABLE}`, [], `.if 1\n ${TABLE}\n.endif`],
    [' eq 2', ['warning pin-not-followed'], ' eq 4'],
    [' eq 2 }', [], ' eq 2 } { src 10.0.0.1 }'],
    [
      SERVERS,
      ['warning pin-not-followed'],
      ' server main h:1 id 2\n server backup h:2 backup id 1\n',
    ],
    // Servers count by their place.
    [' server main', ['warning pin-not-followed'], ' server other h:3\n server main'],
    [' peer own :1', ['warning pin-replicated'], ' peer ha1 :1\n peer ha2 :1'],
    ['localpeer own', ['info pin-not-kept'], 'localpeer other'],
    ['localpeer own', [], 'localpeer "$NAME"'],
    ['ring a\n', ['info no-ring'], ''],
    [' log ring@a', ['warning ring-unused'], ' log /dev/log'],
  ] as const)('%j %j %j', ([text, found, by = '']) => {
    const file = `${RING}backend pin\n ${TABLE}\n${BACKEND}`;
    expect(file).toContain(text);
    expect(ids(judged(file.replace(text, by)))).toEqual(found);
  });

  test('without a table nobody can stand by', () => {
    const found = judged(`${RING}${BACKEND}`, config(), STANDBY);
    expect(ids(found)).toEqual(['error no-pin-table']);
    expect(found[0]?.message).toMatch(/; and with drive: standby nothing is ever done there/);
  });

  test('the ring that is named must be there, and any that is not is none of its matter', () => {
    const file = `ring b\n${RING}backend pin\n ${TABLE}\n${BACKEND}`;
    expect(ids(judged(file, config({}, { ring: 'a' })))).toEqual([]);
    expect(ids(judged(file, config({}, { ring: 'b' })))).toEqual(['warning ring-unused']);
    expect(ids(judged(file, config({}, { ring: 'c' })))).toEqual(['warning no-ring']);
    expect(ids(judged(file.replace('ring@a', 'ring@b')))).toEqual([]);
  });
});

describe('a look', () => {
  const pageOnly: ProxyConfig = { ...PROXY, runtime: null };
  const denied = viewOf('denied', 'user');
  test.for<[string, View, readonly string[], Partial<Policy>?, ProxyConfig?]>([
    ['off', viewOf('off'), []],
    ['no table', viewOf('no-table'), ['info no-pin-table']],
    ['no table, and it must be', viewOf('no-table'), ['error no-pin-table'], { steer: 'pin' }],
    ['unfit', viewOf('unfit'), ['warning pin-unfit']],
    ['no table for who stands by', viewOf('no-table'), ['error no-pin-table'], {}, STANDBY],
    ['unfit for who stands by', viewOf('unfit'), ['error pin-unfit'], {}, STANDBY],
    [
      'denied where its own mainstay is told so',
      { ...denied, way: 'peer' },
      [],
      {},
      { ...PROXY, drive: false },
    ],
    ['denied where it acts, which needs more', denied, []],
    ['denied where another acts', denied, ['warning pin-denied'], {}, { ...PROXY, drive: false }],
    ['denied where nobody acts', denied, [], { mode: 'observe' }],
    ['the page, since the socket is silent', viewOf('page'), [], { steer: 'pin' }],
    ['the page alone', viewOf('page'), [], {}, pageOnly],
    [
      'the page alone, and it must be',
      viewOf('page'),
      ['error no-pin-table'],
      { steer: 'pin' },
      pageOnly,
    ],
  ])('%s', ([, view, found, policy = {}, proxy = PROXY]) => {
    expect(ids(judgePin(config(policy), proxy, view, PRODUCERS))).toEqual(found);
  });
});

test.for([
  [250, '10s'],
  [1000, '10s'],
  [3400, '11s'],
  [60_000, '60s'],
] as const)('with a poll of %i ms a lease of %s is advised', ([pollIntervalMs, lease]) => {
  expect(leaseText({ ...DEFAULT_POLICY, pollIntervalMs })).toBe(lease);
});
