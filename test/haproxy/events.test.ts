// The lines of a ring: which of them tell of the watched backend, as real HAProxies of each version write them.
import { describe, expect, test } from 'vitest';
import { eventKind, type EventKind } from '../../src/haproxy/event-kind.ts';
import { eventsLine, isRefusal } from '../../src/haproxy/events-line.ts';
import { VERSIONS, fixture } from './fixtures.ts';

describe.for(VERSIONS)('HAProxy %s', (version) => {
  const lines = fixture(version, 'events.txt').split('\n').slice(1, -1);
  const kindOf = (pattern: RegExp, backend: string): EventKind[] => {
    const found = lines.filter((line) => pattern.test(line));
    expect(found).not.toEqual([]);
    return [...new Set(found.map((line) => eventKind(line, backend)))];
  };

  test('news of servers is a change, whichever backend they are in', () => {
    expect(kindOf(/ Server zoo\/\S+ is DOWN, reason: /, 'pair')).toEqual(['change']);
    expect(kindOf(/ is going DOWN for maintenance/, 'zoo')).toEqual(['change']);
    expect(kindOf(/ enters drain state/, 'zoo')).toEqual(['change']);
  });

  test('the end of the backend tells that the worker has stopped to serve it', () => {
    expect(kindOf(/ Proxy pair stopped /, 'pair')).toEqual(['stopped']);
    expect(kindOf(/ Proxy pairs stopped /, 'pair')).toEqual(['change']);
    expect(kindOf(/ Proxy fe stopped /, 'pair')).toEqual(['change']);
  });

  test('a session is of its own backend, in both formats', () => {
    expect(kindOf(/ fe pair\/main /, 'pair')).toEqual(['session']);
    expect(kindOf(/ fe pair\/main /, 'pai')).toEqual(['other']);
    expect(kindOf(/ pairs pairs\/<STATS> /, 'pair')).toEqual(['other']);
    expect(kindOf(/ pairs pairs\/<STATS> /, 'pairs')).toEqual(['session']);
  });

  test('a refusal is told from events, and comes after the empty line', () => {
    const refusals = ['show-events-denied', 'show-events-no-such-ring'].map((name) =>
      fixture(version, `${name}.txt`).split('\n'),
    );
    for (const [empty, said] of refusals)
      expect([empty, isRefusal(said ?? '')]).toEqual(['', true]);
    expect(isRefusal("Can't find the target PID matching the prefix '@@1'")).toBe(true);
    expect(isRefusal(fixture(version, 'unknown-command.txt').split('\n')[0] ?? '')).toBe(true);
    expect(['', ...lines].filter(isRefusal)).toEqual([]);
  });
});

const LOGGED = '127.0.0.1:5 [23/Nov/2026:21:28:39.129]';
test.for([
  ['', 'change'],
  ['no line of HAProxy at all', 'change'],
  ['1 event dropped\0', 'change'],
  [`${LOGGED} fe bp/main 1/0/+0 +0 -- 1/1/0/0/0 0/0`, 'session'],
  [`${LOGGED} fe~ bp/<NOSRV> -1/-1/0 0 SC 1/1/0/0/0 0/0`, 'session'],
  [`${LOGGED} bp bp/main 0/0/0/0/0 200 1 - - ---- 1/1/0/0/0 0/0 "GET / HTTP/1.0"`, 'session'],
  [`${LOGGED} fe other/main 1/0/3 0 -- 1/1/0/0/0 0/0`, 'other'],
  [`${LOGGED} fe other/main 1/0/3 0 -- 1/1/0/0/0 0/0 {Proxy bp stopped (}`, 'other'],
  [`${LOGGED} fe/1: SSL handshake failure`, 'change'],
  ['Connect from 127.0.0.1:5 to 127.0.0.1:80 (fe/TCP)', 'change'],
  ['Nov 23 21:28:39 haproxy[5]: Proxy bp stopped (FE: 0 conns, BE: 0 conns).', 'stopped'],
  ['Proxy bp stopped (cumulated conns: FE: 0, BE: 5).', 'stopped'],
  ['Proxy bp2 stopped (cumulated conns: FE: 0, BE: 5).', 'change'],
] as const)('%j is: %s', ([line, kind]) => {
  expect(eventKind(line, 'bp')).toBe(kind);
});

test('the line sets how long HAProxy waits, and goes through a master as a whole', () => {
  expect(eventsLine('ev', false)).toBe('set timeout cli 60;show events ev -w -n');
  expect(eventsLine('ev', true)).toBe('@@1 set timeout cli 60;show events ev -w -n');
});
