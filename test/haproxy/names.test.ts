// No name and no session id can say more than it is: what could end a word, a command or a line is refused.
import { describe, expect, test } from 'vitest';
import { fc } from '@fast-check/vitest';
import { isName } from '../../src/haproxy/charset.ts';
import { oneLine } from '../../src/haproxy/line.ts';
import { eventsLine } from '../../src/haproxy/events-line.ts';
import { lookLine } from '../../src/haproxy/read-view.ts';
import { setBeat } from '../../src/haproxy/set-beat.ts';
import { setPin } from '../../src/haproxy/set-pin.ts';
import { showServersState } from '../../src/haproxy/show-servers-state.ts';
import { showStat } from '../../src/haproxy/show-stat.ts';
import { showTable } from '../../src/haproxy/show-table.ts';
import { shutdownSession } from '../../src/haproxy/shutdown-session.ts';
import { shutdownSessionsServer } from '../../src/haproxy/shutdown-sessions-server.ts';

const names = ['main', 'bp-1', 'a_b.c:d', '0', 'BACKEND', 'x'.repeat(256)];

const injections = [
  '',
  ' ',
  'a b',
  'bp;shutdown sessions server bp/main',
  'bp\nshutdown session 0x1',
  'bp\r',
  'bp\n',
  'bp <<',
  'bp<<%END',
  'bp/main',
  '#1',
  '@!1',
  'bp\\ main',
  '"bp"',
  "'bp'",
  'bp\0',
  'bp\u2028',
  'mäin',
  'ﬀ',
  'x'.repeat(257),
];

/** Every place where a name can stand in a command. */
const commands: [says: string, line: (name: string) => string][] = [
  ['the look', (name) => lookLine(name, null)],
  ['the look, its pin', (name) => lookLine('bp', name)],
  ['show table', showTable.line],
  ['set table, the pin', (name) => setPin.line(name, 1)],
  ['set table, the heartbeat', (name) => setBeat.line(name, true)],
  ['show events', (name) => eventsLine(name, false)],
  ['show stat', showStat.line],
  ['show servers state', showServersState.line],
  ['shutdown sessions server, the backend', (name) => shutdownSessionsServer.line(name, 'main')],
  ['shutdown sessions server, the server', (name) => shutdownSessionsServer.line('bp', name)],
];

describe('names', () => {
  test.for(names)('%j is one', (name) => {
    expect(isName(name)).toBe(true);
  });
  test.for(injections)('%j is none', (name) => {
    expect(isName(name)).toBe(false);
  });
  describe.for(commands)('in %s', ([, line]) => {
    test.for(names)('%j may stand', (name) => {
      expect(line(name)).toContain(name);
      expect(line(name).length).toBeLessThan(8192);
    });
    test.for(injections)('%j throws', (name) => {
      expect(() => line(name)).toThrow('not a HAProxy name');
    });
  });
  test('nothing else is one', () => {
    const only = fc.property(
      fc.string({ unit: 'binary-ascii' }),
      (name) => isName(name) === /^[\w.:-]{1,256}$/.test(name),
    );
    expect(fc.check(only)).toMatchObject({ failed: false });
  });
});

describe('session ids', () => {
  test.for(['0x55a7f0', '0x0', '0x7fe53003f630'])('%j may stand', (id) => {
    expect(shutdownSession.line(id)).toBe(`shutdown session ${id}`);
  });
  const bad = [
    '',
    '0x',
    '55a7',
    '0xABC',
    '0x1;',
    '0x1 0x2',
    '0x1\n',
    ' 0x1',
    '0x12345678901234567',
    'server',
  ];
  test.for(bad)('%j throws', (id) => {
    expect(() => shutdownSession.line(id)).toThrow('not a session id');
  });
});

describe('oneLine', () => {
  test('joins commands for HAProxy to answer one after the other', () => {
    expect(oneLine('show cli level', 'show info')).toBe('show cli level;show info');
  });
  test('refuses what HAProxy 2.6 might never answer, and what is not one line', () => {
    expect(oneLine('x'.repeat(8191))).toHaveLength(8191);
    expect(() => oneLine('x'.repeat(8192))).toThrow('8192 bytes');
    for (const line of ['', 'a\nb', 'a\0', 'é']) expect(() => oneLine(line)).toThrow('printable');
  });
});
