// `listen` over TLS: what it answers, what it asks of its files, and whom it does not wait for.
import { readFileSync, writeFileSync, chmodSync } from 'node:fs';
import { once } from 'node:events';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { makeEvents } from '../../src/report/events.ts';
import { startHttp } from '../../src/report/http.ts';
import type { HttpServer } from '../../src/report/http.ts';
import { readPage } from '../../src/report/page.ts';
import { listenText } from '../../src/report/listen-fault.ts';
import { makeCertificates, SERVER_NAME } from '../support/tls.ts';
import type { Certificates } from '../support/tls.ts';
import { clock, logBook } from './world.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates();
});
afterAll(async () => certificates[Symbol.asyncDispose]());

const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const unused = (): never => {
  throw new Error('this test has no use for it');
};
const SOURCES = {
  metrics: { expose: async () => 'mainstay_paused 0\n', contentType: 'text/plain' },
  sinceTickMs: () => 0,
  tickLimitMs: 1,
  unready: unused,
  status: () => null,
  view: unused,
  // Not built here.
  page: readPage(new URL('./', import.meta.url)),
  explanation: unused,
  history: unused,
  decisions: unused,
  orders: {
    override: unused,
    rehearse: unused,
    clear: unused,
    pause: unused,
    resume: unused,
  },
  durationMs: unused,
  events: makeEvents(clock),
};

async function start(tls: Config['tls'], port = 0) {
  const book = logBook();
  const config = { listen: { host: '127.0.0.1', port }, token: 'right', tls };
  const started = await startHttp(config, SOURCES, book.log, clock);
  if (started.ok) running.push(started.value);
  return { started, said: book.said };
}

async function serve() {
  const { started, said } = await start(good());
  if (!started.ok) throw new Error(listenText(started.fault));
  return { port: started.value.port, said };
}

/** The status of an answer, or the code of what went wrong. */
async function ask(port: number, path: string, ca: string, headers = {}): Promise<number | string> {
  const authority = readFileSync(ca);
  const trust = { ca: authority, servername: SERVER_NAME };
  const asked = request({ host: '127.0.0.1', port, path, ...trust, headers, agent: false });
  asked.end();
  try {
    const [response] = await once(asked, 'response');
    response.resume();
    return response.statusCode;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

const bearer = (token: string) => ({ host: 'relay', authorization: `Bearer ${token}` });
const file = (name: string) => join(certificates.dir, name);
const good = () => ({ ...certificates.client.good, ca: null });

/** Why it does not start. */
async function refused(tls: Config['tls']): Promise<string> {
  const { started } = await start(tls);
  if (started.ok) throw new Error('it has started');
  return listenText(started.fault);
}

describe('over TLS', () => {
  test('it answers whoever trusts its authority, and tells the token from others', async () => {
    const { port } = await serve();
    expect(await ask(port, '/metrics', certificates.ca)).toBe(200);
    expect(await ask(port, '/v1/status', certificates.ca, { host: 'relay' })).toBe(401);
    expect(await ask(port, '/v1/status', certificates.ca, bearer('wrong'))).toBe(401);
    expect(await ask(port, '/v1/status', certificates.ca, bearer('right'))).toBe(503);
  });

  test('who trusts another authority ends the handshake, and the next is answered', async () => {
    const { port, said } = await serve();
    expect(await ask(port, '/metrics', certificates.rogueCa)).toMatch(/SELF_SIGNED|UNABLE_TO/);
    expect(await ask(port, '/metrics', certificates.ca)).toBe(200);
    expect(said).toEqual([]);
  });

  test('who speaks plainly is cut off, and the next is answered', async () => {
    const { port, said } = await serve();
    const plain = plainRequest({ host: '127.0.0.1', port, path: '/metrics', agent: false });
    plain.end();
    await expect(once(plain, 'response')).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await ask(port, '/metrics', certificates.ca)).toBe(200);
    expect(said).toEqual([]);
  });

  test('no version before 1.2 is spoken', async () => {
    const { port } = await serve();
    const old = connectTls({
      host: '127.0.0.1',
      port,
      ca: readFileSync(certificates.ca),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/version|alert/i);
  });

  test(
    'nobody is waited for who does not shake hands, or sends a head bit by bit',
    { timeout: 15_000 },
    async () => {
      const { port } = await serve();
      const beganMs = performance.now();
      const silent = connect({ host: '127.0.0.1', port });
      silent.on('error', () => {});
      const slow = connectTls({ host: '127.0.0.1', port, ca: readFileSync(certificates.ca) });
      slow.on('error', () => {});
      let text = '';
      slow.on('data', (chunk: Buffer) => (text += chunk.toString()));
      slow.write('GET / HTTP/1.1\r\n');
      await Promise.all([once(silent.resume(), 'close'), once(slow, 'close')]);
      expect(performance.now() - beganMs).toBeLessThan(6000);
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
    },
  );
});

describe('a file that cannot be used is named, with what is wrong with it:', () => {
  test('no certificate there', async () => {
    expect(await refused({ ...good(), cert: file('gone.pem') })).toBe(
      `api.tls.cert: ${file('gone.pem')} does not exist`,
    );
  });

  test('a certificate that is none', async () => {
    writeFileSync(file('none.pem'), 'hello\n');
    expect(await refused({ ...good(), cert: file('none.pem') })).toMatch(
      /^api\.tls\.cert: .*none\.pem holds no certificate that can be used \(ERR_OSSL_\w+\): /,
    );
  });

  test('a folder instead of a key', async () => {
    expect(await refused({ ...good(), key: certificates.dir })).toMatch(
      /^api\.tls\.key: .* holds no key that can be used \(EISDIR\): /,
    );
  });

  test('a key that is none, and nothing of it in the sentence', async () => {
    writeFileSync(file('none.key'), 'hello\n');
    const text = await refused({ ...good(), key: file('none.key') });
    expect(text).toMatch(
      /^api\.tls\.key: .*none\.key holds no key that can be used \(ERR_OSSL_\w+\): /,
    );
    expect(text).not.toContain('hello');
  });

  test('the key of another certificate', async () => {
    const { key } = certificates.client.rogue;
    expect(await refused({ ...good(), key })).toBe(
      `api.tls.key: ${key} is not the key of the certificate in api.tls.cert`,
    );
  });

  test.skipIf(process.getuid?.() === 0)('a key that is closed to this user', async () => {
    writeFileSync(file('closed.key'), '');
    chmodSync(file('closed.key'), 0);
    expect(await refused({ ...good(), key: file('closed.key') })).toMatch(
      /closed to mainstay's user/,
    );
  });
});

test('a port that is in use is said to be, over TLS too', async () => {
  const { port } = await serve();
  const { started } = await start(good(), port);
  expect(started.ok ? '' : listenText(started.fault)).toBe(
    `listen: 127.0.0.1:${port} is in use by another program, perhaps another mainstay: stop it, or choose another port`,
  );
});
