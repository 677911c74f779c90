// The statistics page of a real HAProxy, open and locked, over HTTP and HTTPS: what is seen there, and what is closed.
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TlsFiles } from '../../src/domain/config.ts';
import { readStatsView } from '../../src/haproxy/stats-page.ts';
import { openStats } from '../../src/transport/open-stats.ts';
import { startHaproxy } from '../support/haproxy.ts';
import { freePort } from '../support/port-of.ts';
import { SERVERS, USER, startStatsPage, statsPage, type PageName } from '../support/stats-page.ts';
import { SERVER_NAME, makeCertificates } from '../support/tls.ts';
import { until } from '../support/until.ts';

const LIMIT = { deadlineMs: 5000 };
const [MAIN, BACKUP] = SERVERS;
const NO_TLS: TlsFiles = { ca: null, cert: null, key: null, serverName: null };

/** Of `show servers state`, version 1 (management.txt 9.3). */
const STATE_COLUMNS =
  'be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port';

let certificates: Awaited<ReturnType<typeof makeCertificates>>;
let haproxy: Awaited<ReturnType<typeof startStatsPage>>;
beforeAll(async () => {
  certificates = await makeCertificates();
  haproxy = await startStatsPage(certificates);
}, 30_000);
afterAll(async () => {
  await haproxy[Symbol.asyncDispose]();
  await certificates[Symbol.asyncDispose]();
});

/** Writes the password as `echo` would. */
async function open(page: PageName, password: string | null = null, tls: Partial<TlsFiles> = {}) {
  const passwordFile = join(haproxy.dir, 'password');
  await writeFile(passwordFile, `${password}\n`);
  const auth = password === null ? null : { username: USER.name, passwordFile };
  return openStats(statsPage(haproxy.url(page), { auth, tls: { ...NO_TLS, ...tls } }));
}

describe('the page shows', () => {
  const pages: [page: PageName, password: string | null, level: string][] = [
    ['open', null, 'user'],
    ['admin', null, 'user'],
    ['open', USER.password, 'admin'],
    ['auth', USER.password, 'admin'],
    ['both', USER.password, 'admin'],
  ];
  test.for(pages)('its servers: %s with the password %s, level %s', async (row) => {
    const [page, password, level] = row;
    const link = await open(page, password);
    const csv = await link.csv('bp', LIMIT);
    expect(csv.ok && readStatsView(csv.value, 'bp', SERVERS, link.mayClose)).toMatchObject({
      ok: true,
      value: {
        way: 'stats',
        level,
        workers: [{ servers: [{ name: MAIN }, { name: BACKUP }, { name: 'main2' }] }],
      },
    });
  });

  test.for([
    ['auth', null],
    ['both', 'guess'],
  ] as const)('nothing: %s with the password %s', async ([page, password]) => {
    const link = await open(page, password);
    const fault = { kind: 'http', status: 401, address: haproxy.url(page) };
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  });

  test('the sessions that there are', async () => {
    await haproxy.connect(BACKUP, 2);
    const csv = await (await open('open')).csv('bp', LIMIT);
    const view = csv.ok && readStatsView(csv.value, 'bp', SERVERS, false);
    expect(view && view.ok && view.value.workers[0].servers).toMatchObject([
      { name: MAIN, sessions: 0 },
      { name: BACKUP, sessions: 2 },
      {},
    ]);
    await until(() => haproxy.sessions(BACKUP) === 2, 'both are there');
  });

  test('no backend of a name that HAProxy has not', async () => {
    const csv = await (await open('open')).csv('nowhere', LIMIT);
    const view = csv.ok && readStatsView(csv.value, 'nowhere', [], false);
    expect(view).toEqual({ ok: false, fault: { kind: 'no-such-backend', backend: 'nowhere' } });
  });
});

/** Sessions that a test has opened end with it: waits for that, then opens as many as given. */
async function connectAnew(main: number, backup: number) {
  const none = () => haproxy.sessions(MAIN) === 0 && haproxy.sessions(BACKUP) === 0;
  await until(none, 'the sessions of other tests are gone');
  await haproxy.connect(MAIN, main);
  await haproxy.connect(BACKUP, backup);
}

describe('the form', () => {
  test.for(['both', 'https'] as const)('closes the sessions of one server: %s', async (page) => {
    await connectAnew(2, 3);
    const link = await open(page, USER.password, { ca: certificates.ca });
    expect(link.mayClose).toBe(true);
    expect(await link.closeServer('bp', BACKUP, LIMIT)).toEqual({ ok: true, value: null });
    await until(() => haproxy.sessions(BACKUP) === 0, 'its sessions are closed');
    expect(haproxy.sessions(MAIN)).toBe(2);
    const csv = await link.csv('bp', LIMIT);
    const view = csv.ok && readStatsView(csv.value, 'bp', SERVERS, true);
    const sessions = view && view.ok && view.value.workers[0].servers.map((each) => each.sessions);
    expect(sessions).toEqual([2, 0, 0]);
  });

  test('has nothing to close, and says that it is done', async () => {
    await connectAnew(1, 0);
    const link = await open('both', USER.password);
    expect(await link.closeServer('bp', BACKUP, LIMIT)).toEqual({ ok: true, value: null });
    expect(haproxy.sessions(MAIN)).toBe(1);
  });

  const refused: [
    page: PageName,
    password: string | null,
    section: string,
    server: string,
    fault: object,
  ][] = [
    ['open', null, 'bp', BACKUP, { kind: 'form-refused', st: 'DENY' }],
    ['auth', USER.password, 'bp', BACKUP, { kind: 'form-refused', st: 'DENY' }],
    ['auth', null, 'bp', BACKUP, { kind: 'http', status: 401 }],
    ['both', null, 'bp', BACKUP, { kind: 'http', status: 401 }],
    ['both', 'guess', 'bp', BACKUP, { kind: 'http', status: 401 }],
    ['both', USER.password, 'bp', 'back.up', { kind: 'form-refused', st: 'ERRP' }],
    ['both', USER.password, 'relays', BACKUP, { kind: 'form-refused', st: 'ERRP' }],
    ['both', USER.password, 'nowhere', BACKUP, { kind: 'form-refused', st: 'ERRP' }],
  ];
  test.for(refused)('%s with %s closes nothing of %s/%s: %j', async (row) => {
    const [page, password, section, server, fault] = row;
    await connectAnew(1, 1);
    const link = await open(page, password);
    const address = haproxy.url(page);
    const result = await link.closeServer(section, server, LIMIT);
    expect(result).toEqual({ ok: false, fault: { ...fault, address } });
    // As late as a closing that had begun would be seen.
    await link.csv('bp', LIMIT);
    expect([haproxy.sessions(MAIN), haproxy.sessions(BACKUP)]).toEqual([1, 1]);
  });
});

type Trust = (from: typeof certificates) => Partial<TlsFiles>;
const trust: Trust = ({ ca }) => ({ ca });

describe('over HTTPS', () => {
  const good: [says: string, page: PageName, trust: Trust][] = [
    ['a certificate of the authority', 'https', trust],
    ['the name that it must be for', 'https', ({ ca }) => ({ ca, serverName: SERVER_NAME })],
    ['an address for a name', 'https', ({ ca }) => ({ ca, serverName: '127.0.0.1' })],
    ['both sides known', 'mutual', ({ files }) => files],
  ];
  test.for(good)('%s: %s', async ([, page, files]) => {
    const link = await open(page, USER.password, files(certificates));
    const csv = await link.csv('bp', LIMIT);
    expect(csv.ok && csv.value).toContain('\nbp,BACKEND,');
  });

  const UNKNOWN = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  const WRONG_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';
  const bad: [says: string, page: PageName, trust: Trust, reason: string][] = [
    ['another name', 'https', ({ ca }) => ({ ca, serverName: 'other.test' }), WRONG_NAME],
    ['another address', 'https', ({ ca }) => ({ ca, serverName: '127.0.0.2' }), WRONG_NAME],
    ['no authority named', 'https', () => ({}), UNKNOWN],
    ['another authority', 'https', ({ rogueCa: ca }) => ({ ca }), UNKNOWN],
    ['a certificate of another', 'rogue', trust, UNKNOWN],
    ['an expired certificate', 'expired', trust, 'CERT_HAS_EXPIRED'],
    ['no certificate shown', 'mutual', trust, 'certificate required'],
    ['a rogue one shown', 'mutual', ({ ca, client }) => ({ ca, ...client.rogue }), 'unknown ca'],
    [
      'an expired one shown',
      'mutual',
      ({ ca, client }) => ({ ca, ...client.expired }),
      'certificate expired',
    ],
  ];
  test.for(bad)('%s: %s, refused', async ([, page, files, reason]) => {
    const link = await open(page, USER.password, files(certificates));
    const fault = { kind: 'tls', reason, address: haproxy.url(page) };
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
    expect(await link.closeServer('bp', BACKUP, LIMIT)).toEqual({ ok: false, fault });
  });

  const broken: [says: string, files: (path: string) => Partial<TlsFiles>, code: string][] = [
    ['an authority', (ca) => ({ ca }), 'ERR_OSSL_PEM_NO_START_LINE'],
    ['a certificate', (cert) => ({ cert }), 'ERR_OSSL_PEM_NO_START_LINE'],
    ['a key', (key) => ({ cert: certificates.client.good.cert, key }), 'ERR_OSSL_UNSUPPORTED'],
  ];
  test.for(broken)('a file that is not %s, or not there', async ([, files, code]) => {
    const path = join(haproxy.dir, 'no-pem');
    await writeFile(path, 'no');
    const link = await open('https', null, files(path));
    const fault = { kind: 'file', path, address: link.address };
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault: { ...fault, code } });
    await rm(path);
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault: { ...fault, code: 'ENOENT' } });
  });

  test('a key of another certificate is none', async () => {
    const { good: mine, rogue } = certificates.client;
    const link = await open('https', null, { cert: mine.cert, key: rogue.key });
    const code = 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
    const fault = { kind: 'file', path: rogue.key, code, address: link.address };
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  });

  test('its files are read anew for each request', async () => {
    const ca = join(haproxy.dir, 'ca.pem');
    await copyFile(certificates.rogueCa, ca);
    const link = await open('https', USER.password, { ca });
    expect(await link.csv('bp', LIMIT)).toMatchObject({ ok: false, fault: { kind: 'tls' } });
    await copyFile(certificates.ca, ca);
    expect(await link.csv('bp', LIMIT)).toMatchObject({ ok: true });
  });

  test('a page without TLS is none', async () => {
    const { ca } = certificates;
    const url = haproxy.url('open').replace('http:', 'https:');
    const link = openStats(statsPage(url, { tls: { ...NO_TLS, ca } }));
    const fault = { kind: 'tls', reason: 'wrong version number', address: url };
    expect(await link.csv('bp', LIMIT)).toEqual({ ok: false, fault });
  });
});

describe('a HAProxy that', () => {
  test('hangs is given up at the deadline, whatever is asked', async () => {
    const link = await open('both', USER.password);
    haproxy.signal('SIGSTOP');
    try {
      const address = haproxy.url('both');
      const fault = { kind: 'timeout', afterMs: 150, connected: true, address };
      const [csv, closed] = await Promise.all([
        link.csv('bp', { deadlineMs: 150 }),
        link.closeServer('bp', BACKUP, { deadlineMs: 150 }),
      ]);
      expect([csv, closed]).toEqual([
        { ok: false, fault },
        { ok: false, fault },
      ]);
    } finally {
      haproxy.signal('SIGCONT');
    }
  });
});

test("a worker that was given its servers' states is as young as it is", async () => {
  const port = await freePort();
  const header = `# ${STATE_COLUMNS}`;
  const row = '100 bp 1 main 127.0.0.1 2 0 1 1 5000 6 3 3 6 0 0 1 0 - 9 - 0 0 - - 0';
  await using restored = await startHaproxy((dir) => {
    writeFileSync(join(dir, 'state'), `1\n${header}\n${row}\n`);
    return `global
    stats socket ${dir}/admin.sock level admin
    server-state-file ${dir}/state
defaults
    mode http
    timeout connect 1s
    timeout client 1m
    timeout server 1m
    load-server-state-from-file global
frontend page
    bind 127.0.0.1:${port}
    stats enable
    stats uri /stats
backend bp
    id 100
    server main 127.0.0.1:9 check inter 1h`;
  });
  expect(restored.pid()).toBeGreaterThan(0);
  const csv = await openStats(statsPage(`http://127.0.0.1:${port}/stats`)).csv('bp', LIMIT);
  const view = csv.ok && readStatsView(csv.value, 'bp', ['main'], false);
  const worker = view && view.ok ? view.value.workers[0] : null;
  expect(worker?.servers[0]?.lastChangeS).toBeGreaterThanOrEqual(5000);
  expect(worker?.uptimeS).toBeLessThan(60);
});
