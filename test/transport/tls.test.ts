// Mutual TLS before a real HAProxy's socket: who is let in, who is not, and what the fault says of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Address, TlsFiles } from '../../src/domain/config.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { freeze } from '../support/freeze.ts';
import { startHaproxy, type Haproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { promptServer } from '../support/prompt-server.ts';
import { makeCertificates, SERVER_NAME, tlsFrontend, type Certificates } from '../support/tls.ts';

const LIMIT = { deadlineMs: 5000 };

let certificates: Certificates;
let haproxy: Haproxy;
const ports = { good: 0, rogue: 0, expired: 0, plain: 0, none: 0 };

beforeAll(async () => {
  certificates = await makeCertificates();
  for (const name of ['good', 'rogue', 'expired', 'plain', 'none'] as const)
    ports[name] = await freePort();
  const frontend = (dir: string, name: 'good' | 'rogue' | 'expired'): string =>
    tlsFrontend(name, ports[name], `${dir}/admin.sock`, certificates.server[name], certificates.ca);
  haproxy = await startHaproxy(
    (dir) => `global
    stats socket ${dir}/admin.sock level admin
    stats socket ipv4@127.0.0.1:${ports.plain} level admin ssl crt ${certificates.server.good} ca-file ${certificates.ca} verify required
${frontend(dir, 'good')}${frontend(dir, 'rogue')}${frontend(dir, 'expired')}`,
  );
}, 30_000);
afterAll(async () => {
  await haproxy?.[Symbol.asyncDispose]();
  await certificates?.[Symbol.asyncDispose]();
});

/** What becomes of an ask with these files. */
function askWith(files: Partial<TlsFiles>, port = ports.good, host = '127.0.0.1') {
  const tls = { ...certificates.files, ...files };
  const address: Address = { kind: 'tls', host, port, tls, text: 'tls:there' };
  const link = openLink(address, 'worker');
  onTestFinished(() => link.drop());
  return link.ask('show cli level', LIMIT);
}

const IN = { ok: true, value: 'admin\n\n' };
const fault = (reason: unknown) => ({
  ok: false,
  fault: { kind: 'tls', reason, address: 'tls:there' },
});

test('who shows a good certificate is let in', async () => {
  expect(await askWith({})).toEqual(IN);
});

test('the name on the server’s certificate may be another than the host’s', async () => {
  expect(await askWith({ serverName: SERVER_NAME })).toEqual(IN);
  expect(await askWith({}, ports.good, 'localhost')).toEqual(fault('ERR_TLS_CERT_ALTNAME_INVALID'));
  expect(await askWith({ serverName: SERVER_NAME }, ports.good, 'localhost')).toEqual(IN);
  expect(await askWith({ serverName: 'other.test' })).toEqual(
    fault('ERR_TLS_CERT_ALTNAME_INVALID'),
  );
});

test('without a certificate the server refuses, which shows only after the handshake', async () => {
  for (let turn = 0; turn < 20; turn += 1)
    expect(await askWith({ cert: null, key: null })).toEqual(fault('certificate required'));
});

test('a certificate of another authority is refused', async () => {
  expect(await askWith(certificates.client.rogue)).toEqual(fault('unknown ca'));
});

test('a certificate past its time is refused', async () => {
  expect(await askWith(certificates.client.expired)).toEqual(fault('certificate expired'));
});

test('a server of another authority is not trusted', async () => {
  expect(await askWith({}, ports.rogue)).toEqual(fault('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
  expect(await askWith({ ca: certificates.rogueCa })).toMatchObject(
    fault(expect.stringMatching(/^UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)$/)),
  );
  expect(await askWith({ ca: null })).toMatchObject(fault(expect.stringMatching(/^UNABLE_TO_/)));
});

test('a server whose certificate is past its time is not trusted', async () => {
  expect(await askWith({}, ports.expired)).toEqual(fault('CERT_HAS_EXPIRED'));
});

test('"stats socket … ssl" is plain text, which is no TLS', async () => {
  expect(await askWith({}, ports.plain)).toEqual(fault('wrong version number'));
});

test('a server that takes the connection and closes it is none for TLS', async () => {
  await using server = await promptServer((_, socket) => {
    socket.end();
    return '';
  });
  expect(await askWith({}, server.port)).toEqual(fault('ECONNRESET'));
});

test('a server that says nothing to a handshake is waited for until the deadline', async () => {
  await using server = await promptServer(() => '');
  const tls = certificates.files;
  const address: Address = { kind: 'tls', host: '127.0.0.1', port: server.port, tls, text: 'tls:' };
  expect(await openLink(address, 'worker').ask('show info', { deadlineMs: 200 })).toMatchObject({
    fault: { kind: 'timeout', afterMs: 200, connected: true },
  });
});

test('where nobody listens it is refused', async () => {
  expect(await askWith({}, ports.none)).toMatchObject({ ok: false, fault: { kind: 'refused' } });
});

test('a file that cannot be used is named, with the reason', async () => {
  const garbage = join(certificates.dir, 'garbage.pem');
  writeFileSync(garbage, 'nothing\n');
  for (const name of ['ca', 'cert', 'key'] as const) {
    const missing = join(certificates.dir, 'missing.pem');
    expect(await askWith({ [name]: missing })).toMatchObject({
      fault: { kind: 'file', path: missing, code: 'ENOENT' },
    });
    expect(await askWith({ [name]: garbage })).toMatchObject({
      fault: { kind: 'file', path: garbage, code: expect.stringMatching(/^ERR_OSSL_/) },
    });
  }
  const { key } = certificates.client.rogue;
  expect(await askWith({ key })).toMatchObject({ fault: { kind: 'file', path: key } });
});

test('files are read anew for each connection', async () => {
  const own = join(certificates.dir, 'own-ca.pem');
  const { readFileSync } = await import('node:fs');
  writeFileSync(own, readFileSync(certificates.rogueCa));
  const tls = { ...certificates.files, ca: own };
  const address: Address = { kind: 'tls', host: '127.0.0.1', port: ports.good, tls, text: 'tls:' };
  // A pause that is over at once.
  let monoMs = 0;
  const clock = { now: () => ({ monoMs: (monoMs += 100_000), wallMs: 0 }) };
  const link = openLink(address, 'worker', { clock, random: () => 0.5 });
  onTestFinished(() => link.drop());
  expect(await link.ask('show cli level', LIMIT)).toMatchObject({ fault: { kind: 'tls' } });
  writeFileSync(own, readFileSync(certificates.ca));
  expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
});

test('HAProxy killed in the middle leaves a fault or less than an answer, and nothing is sent again', async () => {
  const address: Address = {
    kind: 'tls',
    host: '127.0.0.1',
    port: ports.good,
    tls: certificates.files,
    text: 'tls:there',
  };
  const link = openLink(address, 'worker');
  onTestFinished(() => link.drop());
  expect(await link.ask('show cli level', LIMIT)).toEqual(IN);
  await freeze(haproxy.pid());
  const asked = link.ask('show cli level', LIMIT);
  setTimeout(() => void haproxy.kill(), 50);
  const result = await asked;
  expect(result).toMatchObject({ ok: false, fault: { kind: 'truncated', bytes: 0 } });
  expect(await link.ask('show cli level', LIMIT)).toMatchObject({ fault: { kind: 'refused' } });
  await haproxy.start();
});
