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
  [{ kind: 'other-master', pid: 77 }, ['pid 77', 'another HAProxy', 'correct "master"', '-S']],
  [{ kind: 'no-worker', pid: 77 }, ['worker 77', 'has ended']],
  [{ kind: 'file', path: '/etc/m/key', code: 'ENOENT' }, ['/etc/m/key', 'no such file']],
  [{ kind: 'file', path: '/etc/m/key', code: 'EACCES' }, ['chmod 400']],
  [{ kind: 'file', path: '/etc/m/key', code: 'EFBIG' }, ['another file']],
  [{ kind: 'file', path: '/etc/m/key', code: 'ENCRYPTED' }, ['passphrase', 'ssh-keygen']],
  [{ kind: 'file', path: '/etc/m/key', code: 'NO_PRIVATE_KEY' }, ['.pub']],
  [{ kind: 'file', path: '/k', code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' }, ['no pair']],
  [{ kind: 'file', path: '/k', code: 'ERR_OSSL_PEM_NO_START_LINE' }, ['PEM']],
  [{ kind: 'tls', reason: 'certificate required' }, ['"tls.cert" and "tls.key"', '"ca-file"']],
  [{ kind: 'tls', reason: 'unknown ca' }, ['does not trust our certificate', '"ca-file"']],
  [{ kind: 'tls', reason: 'certificate expired' }, ['our certificate has expired']],
  [{ kind: 'tls', reason: 'certificate revoked' }, ['revoked']],
  [{ kind: 'tls', reason: 'CERT_HAS_EXPIRED' }, ["HAProxy's certificate has expired", '"crt"']],
  [{ kind: 'tls', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' }, ['another name', '"tls.serverName"']],
  [{ kind: 'tls', reason: 'SELF_SIGNED_CERT_IN_CHAIN' }, ['"tls.ca"', 'another machine']],
  [{ kind: 'tls', reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, ['"tls.ca"']],
  [{ kind: 'tls', reason: 'wrong version number' }, ['plain text', 'frontend', 'verify required']],
  [{ kind: 'tls', reason: 'protocol version' }, ['ssl-min-ver']],
  [{ kind: 'tls', reason: 'something new' }, ['something new', '"tls"']],
  [
    { kind: 'ssh', stage: 'host-key', said: 'ssh-ed25519 SHA256:abc' },
    ['SHA256:abc', '"ssh.hostKey"', 'ssh-keygen -lf', 'another machine'],
  ],
  [{ kind: 'ssh', stage: 'handshake', said: '' }, ['no SSH', 'sshd']],
  [
    { kind: 'ssh', stage: 'authentication', said: 'All configured methods failed' },
    ['All configured methods failed', 'authorized_keys of that user'],
  ],
  [
    { kind: 'ssh', stage: 'channel', said: 'open failed' },
    ['open failed', 'AllowTcpForwarding local', '"via: command"', 'socat'],
  ],
  [{ kind: 'ssh', stage: 'lost', said: 'no answer' }, ['was lost ("no answer")', 'anew']],
  [{ kind: 'http', status: 401 }, ['401', '"auth.username"', '"auth.passwordFile"']],
  [{ kind: 'http', status: 403 }, ['403', 'denies']],
  [{ kind: 'http', status: 404 }, ['404', '"stats uri"']],
  [{ kind: 'http', status: 302 }, ['302', 'does not follow']],
  [{ kind: 'http', status: 500 }, ['500', 'look at its log']],
  [{ kind: 'http', status: 503 }, ['503', 'no statistics page']],
  [{ kind: 'http', status: 418 }, ['418', 'statistics page']],
  [{ kind: 'not-csv', said: '<html>' }, ['"<html>"', '"stats uri"']],
  [{ kind: 'form-refused', st: 'DENY' }, ['(DENY)', '"stats admin if', '"runtime"']],
  [{ kind: 'form-refused', st: 'ERRP' }, ['(ERRP)', 'no such backend']],
  [{ kind: 'form-refused', st: 'EXCD' }, ['(EXCD)', 'tune.bufsize']],
  [{ kind: 'form-refused', st: 'NONE' }, ['(NONE)', 'nothing to do']],
  [{ kind: 'form-refused', st: 'PART' }, ['(PART)', 'log']],
  [
    { kind: 'reload-failed', said: "[ALERT] : unknown keyword 'nonsense'" },
    ["unknown keyword 'nonsense'", 'serves on with the old one', 'haproxy -c'],
  ],
  [{ kind: 'reload-failed', said: '' }, ['with the old one: mend']],
  [
    { kind: 'command-failed', code: 1, said: 'sudo: a password is required\n' },
    ['ended with 1: "sudo: a password is required"', 'NOPASSWD'],
  ],
  [{ kind: 'command-failed', code: null, said: '' }, ['did not end in time: run it by hand']],
  [{ kind: 'command-failed', code: 127, said: '' }, ['no such command', '"reload"']],
  [{ kind: 'command-failed', code: 126, said: '' }, ['may not be run']],
  [{ kind: 'same-worker', pid: 77 }, ['pid 77', 'still serves', '"restart"']],
  [{ kind: 'abandoned' }, ['given up', 'stopping']],
  [
    { kind: 'peer', peer: 'ha2', said: 'it does not see it now' },
    ['peer "ha2"', 'it does not see it now', '"mainstay status"'],
  ],
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

test('for a statistics page the cure names its own lines', () => {
  const page = 'http://10.0.0.1:8404/stats';
  expect(faultText({ kind: 'refused', address: page })).toContain('"stats uri"');
  expect(faultText({ kind: 'refused', address: page })).not.toContain('"stats socket"');
});

test('what answers cannot have a secret shown that it was sent', () => {
  const said =
    'GET http://joe:hunter2@h/ Authorization: Basic am9lOmh1bnRlcjI= x bearer s3cr3t-tok';
  const sentence = faultText({ kind: 'not-csv', said, address });
  for (const secret of ['hunter2', 'am9lOmh1bnRlcjI', 's3cr3t'])
    expect(sentence).not.toContain(secret);
  expect(sentence).toContain('Authorization: Basic ***');
});
