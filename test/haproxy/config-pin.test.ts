// HAProxy's configuration files, read for what steers and what tells: stick tables, their peers, `use-server` lines, rings.
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readBackend } from '../../src/haproxy/config-backend.ts';
import { readSections } from '../../src/haproxy/config-file.ts';
import { ringLogs, ringNames } from '../../src/haproxy/config-ring.ts';
import { localPeer, readTable } from '../../src/haproxy/config-table.ts';
import { readPinRules } from '../../src/haproxy/config-use-server.ts';

const sectionsOf = (text: string) => readSections([{ path: 'haproxy.cfg', text }]);

/** The lines of `bp` with what it inherits. */
function statementsOf(text: string) {
  const backend = readBackend(sectionsOf(text), 'bp');
  if (typeof backend === 'string') throw new Error(backend);
  return backend.statements;
}

/** What has at least this, where it is an object. */
const containing = (found: object | string | null): unknown =>
  typeof found === 'object' && found !== null ? expect.objectContaining(found) : found;

const TABLE = ' stick-table type integer size 16 expire 10s store gpt0';

describe('a stick table', () => {
  test.for([
    [`backend pin\n${TABLE}`, { type: 'integer', stores: ['gpt0'], expireMs: 10_000, peers: null }],
    [`frontend pin\n${TABLE}`, { type: 'integer' }],
    ['listen pin\n stick-table type string len 32 size 1k', { type: 'string', stores: [] }],
    ['listen pin\n stick-table type ip size 1 expire 500', { expireMs: 500 }],
    ['listen pin\n stick-table type ip size 1 nopurge', { expireMs: null }],
    [
      'listen pin\n stick-table type ip size 1 store conn_cnt,http_req_rate(10s) store gpt0',
      { stores: ['conn_cnt', 'http_req_rate(10s)', 'gpt0'] },
    ],
    ['peers own\n table pin type integer size 1\nbackend pin', 'absent'],
    ['backend pin\nbackend other\n stick-table type ip size 1', 'absent'],
    ['backend "$PIN"', 'unclear'],
    ['backend pin\n.if 1\n stick-table type ip size 1\n.endif', 'unclear'],
    ['backend pin\n stick-table type ip size 1 expire "$LEASE"', 'unclear'],
    ['backend pin\n stick-table type ip size 1 expire soon', 'unclear'],
    ['.if 1\nbackend pin\n stick-table type ip size 1\n.endif', 'unclear'],
  ] as const)('%j', ([text, found]) => {
    const table = readTable(sectionsOf(text), 'pin');
    expect(table).toEqual(containing(found));
  });

  test.for([
    ['peers own\n peer a 127.0.0.1:1', ['a']],
    ['peers own\n bind :1\n default-server ssl\n server a\n server b 127.0.0.1:2', ['a', 'b']],
    ['peers own\n peer a :1\npeers other\n peer b :1\npeers own\n peer c :1', ['a', 'c']],
    ['peers own', []],
    ['', null],
    ['peers own\n peer "$HOST" :1', null],
    ['.if 1\npeers own\n peer a :1\n.endif', null],
  ] as const)('is replicated to all of its peers: %j', ([text, names]) => {
    const table = readTable(sectionsOf(`${text}\nbackend pin\n${TABLE} peers own`), 'pin');
    expect(table).toMatchObject({ peers: { section: 'own', names } });
  });

  test.for([
    ['global\n localpeer a', 'a'],
    ['global\n localpeer a\nglobal\n localpeer b', 'b'],
    ['global\nbackend x\n localpeer a', null],
    ['global\n localpeer "$HOSTNAME"', null],
    ['.if 1\nglobal\n localpeer a\n.endif', null],
  ] as const)('what HAProxy calls itself: %j', ([text, name]) => {
    expect(localPeer(sectionsOf(text))).toBe(name);
  });
});

const asked = (condition: string): string => ` use-server b ${condition}\n`;

describe('use-server lines that follow the pin', () => {
  test.for([
    ['', []],
    [asked('if { int(1),table_gpt0(pin) eq 2 }'), [['b', 2]]],
    [asked('if { int(1),table_gpt0(pin) 2 }'), [['b', 2]]],
    [asked('if { int(1),table_gpt0(pin) -m int eq 2 }'), [['b', 2]]],
    [asked('if { int(1),table_gpt0(pin) eq 2 3 }'), [['b', 2, 3]]],
    [' acl onb int(1),table_gpt0(pin) eq 2\n use-server b if onb', [['b', 2]]],
    [
      ' acl p int(1),table_gpt0(pin) 2\n acl p int(1),table_gpt0(pin) 4\n use-server b if p',
      [['b', 2, 4]],
    ],
    [
      asked('if { int(1),table_gpt0(pin) eq 2 }').repeat(2),
      [
        ['b', 2],
        ['b', 2],
      ],
    ],
    // Other tables, and other conditions, are none of its matter.
    [asked('if { int(1),table_gpt0(pins) eq 2 }'), []],
    [asked('if { src 10.0.0.0/8 }'), []],
    [asked('if { int(1),table_gpt0(pin) eq 2 } { src 10.0.0.1 }'), null],
    [asked('if { int(1),table_gpt0(pin) ge 2 }'), null],
    [asked('if { int(2),table_gpt0(pin) eq 2 }'), null],
    [asked('unless { int(1),table_gpt0(pin) eq 2 }'), null],
    [' acl p int(1),table_gpt0(pin) 2\n use-server b if p TRUE', null],
    [' acl p int(1),table_gpt0(pin) 2\n use-server b if !p', null],
    [' acl p int(1),table_gpt0(pin) 2\n acl p src 10.0.0.1\n use-server b if p', null],
    [' use-server %[int(1),table_gpt0(pin),map(/ids)] if TRUE', null],
    [`.if 1\n${asked('if { int(1),table_gpt0(pin) eq 2 }')}.endif`, null],
  ] as const)('%j', ([lines, rules]) => {
    const found = readPinRules(statementsOf(`backend bp\n${lines}`), 'pin');
    expect(found?.map(({ server, ids }) => [server, ...ids]) ?? null).toEqual(rules);
  });
});

describe('rings', () => {
  test.for([
    ['', []],
    ['ring a\nring b', ['a', 'b']],
    ['ring "$A"', null],
    ['.if 1\nring a\n.endif', null],
  ] as const)('%j', ([text, names]) => {
    expect(ringNames(sectionsOf(text))).toEqual(names);
  });

  test.for([
    ['', '', { heard: [], inherited: [] }],
    [' log ring@a local0', '', { heard: [], inherited: ['a'] }],
    [' log ring@a local0', ' log global', { heard: ['a'], inherited: ['a'] }],
    [' log /dev/log local0\n log ring@a local0', ' log global', { heard: ['a'] }],
    ['', ' log ring@a local0', { heard: ['a'], inherited: [] }],
    [' log ring@a local0', ' log global\n no log', { heard: [] }],
    [' log ring@a local0\n no log', ' log global', { heard: [] }],
    [' log "ring@$A" local0', ' log global', null],
    [' log ring@a local0', '.if 1\n log global\n.endif', null],
  ] as const)('the lines of a backend come to: %j %j', ([global, own, found]) => {
    for (const text of [
      `global\n${global}\nbackend bp\n${own}`,
      `global\n${global}\ndefaults\n${own}\nbackend bp`,
    ]) {
      const logs = ringLogs(sectionsOf(text), statementsOf(text));
      expect(logs).toEqual(containing(found));
    }
  });
});

test('nothing makes any of it throw', () => {
  const words =
    'global backend pin bp peers own ring frontend localpeer peer server log no ring@a acl p if unless { } ! eq ' +
    'int(1),table_gpt0(pin) use-server stick-table type integer expire 10s store gpt0 .if .endif \n \n \n \n " $X';
  const text = fc.array(fc.constantFrom(...words.split(' '))).map((list) => list.join(' '));
  fc.assert(
    fc.property(text, (lines) => {
      const sections = sectionsOf(`${lines}\nbackend bp`);
      expect(readTable(sections, 'pin')).toBeDefined();
      expect(localPeer(sections)).toBeDefined();
      expect(ringNames(sections)).toBeDefined();
      for (const { statements } of sections) {
        expect(readPinRules(statements, 'pin')).toBeDefined();
        expect(ringLogs(sections, statements)).toBeDefined();
      }
    }),
    { numRuns: 2000 },
  );
});
