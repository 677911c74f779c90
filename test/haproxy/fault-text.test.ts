// One sentence a fault: the address, what happened, and the cure, in one printable line.
import { expect, test } from 'vitest';
import type { Trouble } from '../../src/domain/fault.ts';
import { faultText } from '../../src/haproxy/fault-text.ts';

const address = 'unix:/run/haproxy/admin.sock';

const rows: [trouble: Trouble, words: string[]][] = [
  [{ kind: 'refused' }, ['nobody listens', 'start HAProxy', '"stats socket"']],
  [{ kind: 'no-socket' }, ['does not exist', 'correct the path']],
  [{ kind: 'permission' }, ["the socket's group", 'usermod -aG haproxy', 'mode 660 group haproxy']],
  [{ kind: 'unreachable', code: 'EHOSTUNREACH' }, ['EHOSTUNREACH', 'check the address']],
  [{ kind: 'unreachable', code: 'ENOTFOUND' }, ['ENOTFOUND', 'host name']],
  [{ kind: 'unreachable', code: 'ENOTDIR' }, ['ENOTDIR', 'no socket']],
  [{ kind: 'unreachable', code: 'EAGAIN' }, ['takes no more connections', 'HAProxy hangs']],
  [
    { kind: 'timeout', afterMs: 800, connected: true },
    ['800 ms', 'hangs', '"stats maxconn", 10 by default'],
  ],
  [{ kind: 'timeout', afterMs: 800, connected: false }, ['no connection', '800 ms', 'firewall']],
  [{ kind: 'truncated', bytes: 1234 }, ['broke off after 1234 bytes', 'restarted']],
  [
    { kind: 'protocol', said: 'HTTP/1.0 400 Bad request' },
    ['"HTTP/1.0 400 Bad request"', '"stats socket"'],
  ],
  [{ kind: 'too-large', limitBytes: 16_777_216 }, ['exceeds 16777216 bytes']],
  [{ kind: 'denied', command: 'show sess' }, ['refused "show sess"', '"level admin"']],
  [
    { kind: 'no-such-backend', backend: 'bp' },
    ['no backend or listen section "bp"', 'frontend of the same name'],
  ],
  [
    { kind: 'no-such-server', backend: 'bp', missing: ['main'], has: ['one', 'two'] },
    ['"bp"', 'no server "main"', 'it has "one", "two"', '"producers"'],
  ],
  [{ kind: 'no-such-server', backend: 'bp', missing: ['main'], has: [] }, ['no server "main":']],
  [{ kind: 'stopping', pid: 77 }, ['pid 77', 'old worker', 'reload']],
  [{ kind: 'abandoned' }, ['given up', 'stopping']],
  [{ kind: 'not-yet' }, ['no look', 'poll.interval']],
  [{ kind: 'late', ageMs: 1900 }, ['1900 ms old', 'poll.timeout']],
];

test.for(rows)('%j', ([trouble, words]) => {
  const sentence = faultText({ ...trouble, address });
  for (const word of [address, ...words]) expect(sentence).toContain(word);
  expect(sentence).toMatch(/^[\x20-\x7e]+$/);
});

test('what HAProxy said cannot speak to the terminal', () => {
  const said = 'a\n\x1b[2J\x9b\xff';
  expect(faultText({ kind: 'protocol', said, address })).toContain(
    String.raw`"a\x0a\x1b[2J\x9b\xff"`,
  );
});

test('of many servers the first ten are named', () => {
  const has = Array.from({ length: 500 }, (_, nth) => `s${nth}`);
  const sentence = faultText({
    kind: 'no-such-server',
    backend: 'bp',
    missing: ['main'],
    has,
    address,
  });
  expect(sentence).toContain('"s8", "s9" and 490 more');
  expect(sentence).not.toContain('"s10"');
});
