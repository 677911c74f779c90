// Peers, the programs of hooks and the certificate of `listen`: what `check` says of each, without a HAProxy.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, test, type TestContext } from 'vitest';
import { ahead, type AskedPeer } from '../../src/cli/check/ask-peers.ts';
import { exitOfFindings, type Found } from '../../src/cli/check/finding.ts';
import { judgeConfig } from '../../src/cli/check/judge-config.ts';
import { judgeHooks } from '../../src/cli/check/judge-hooks.ts';
import { judgePeers } from '../../src/cli/check/judge-peers.ts';
import { judgeTls } from '../../src/cli/check/judge-tls.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config, ProxyConfig } from '../../src/domain/config.ts';
import type { PeerFault, PeerView } from '../../src/domain/peer.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { View } from '../../src/domain/view.ts';
import { fixture } from '../haproxy/fixtures.ts';
import { answer, scriptedSocket } from '../support/scripted-socket.ts';
import { makeCertificates } from '../support/tls.ts';
import { check, findingsOf, folder } from './support.ts';
import { peerViewOf } from '../support/peer-view.ts';

const PEER = { name: 'ha2', url: 'https://10.0.0.2:9847', token: 'x'.repeat(16), ca: null };

function proxy(name: string, difference: Partial<ProxyConfig> = {}): ProxyConfig {
  const runtime = { kind: 'unix', path: `/${name}`, text: `unix:/${name}` } as const;
  const rest = { master: null, stats: null, reload: null, restart: null };
  return { name, runtime, drive: name === 'ha1', ...rest, ...difference };
}

const CONFIG: Config = {
  file: 'mainstay.yaml',
  cluster: 'default',
  backend: 'bp',
  proxies: [proxy('ha1'), proxy('ha2', { drive: 'standby' })],
  self: 'ha1',
  peers: [PEER],
  hooks: [],
  policy: DEFAULT_POLICY,
  pinTable: 'pin',
  events: 'auto',
  listen: { host: '127.0.0.1', port: 1 },
  tls: null,
  token: null,
  journal: null,
  log: { level: 'info', format: 'json' },
  warnings: [],
};

const SEEN: View = {
  way: 'unix',
  version: '2.6.12',
  level: 'admin',
  workers: [{ pid: 1, old: false, uptimeS: 1, servers: [], backendWeight: 1 }],
  pin: { kind: 'no-table' },
  hidden: null,
};

const VIEW = peerViewOf({
  version: '1.2.3',
  cluster: 'default',
  proxies: [{ name: 'ha2', ageMs: 5, view: SEEN }],
});

const TOLD = { proxies: [proxy('ha1'), proxy('ha2', { runtime: null })] };

function judged(asked: Partial<AskedPeer>, config: Partial<Config> = {}): readonly Found[] {
  const one = { peer: PEER, result: { ok: true, value: VIEW }, tookMs: 1, aheadMs: 0 } as const;
  return judgePeers({ ...CONFIG, ...config }, [{ ...one, ...asked }], ['main', 'backup'], '1.2.3');
}

const ids = (found: readonly Found[]) => found.map(({ id, level }) => `${level} ${id}`);

const saying = (said: Partial<PeerView>) =>
  ({ result: { ok: true, value: { ...VIEW, ...said } } }) as const;

describe('a peer that answers', () => {
  test.for<[string, Partial<AskedPeer>, readonly string[], Partial<Config>?]>([
    ['all is well', {}, []],
    ['another cluster', saying({ cluster: 'ADA2' }), ['error peer-other']],
    ['another backend', saying({ backend: 'web' }), ['error peer-other']],
    ['beside another proxy', saying({ self: 'ha3' }), ['error peer-other']],
    ['another order', saying({ producers: ['backup', 'main'] }), ['error peer-other']],
    ['that has seen no producers yet', saying({ producers: [] }), []],
    ['another version', saying({ version: '1.2.4' }), ['warning peer-version']],
    ['it only observes', saying({ mode: 'observe' }), ['warning peer-observes']],
    [
      'so do we',
      saying({ mode: 'observe' }),
      [],
      { policy: { ...DEFAULT_POLICY, mode: 'observe' } },
    ],
    ['its clock is 2 s off', { aheadMs: -2000 }, []],
    ['its clock is more than 2 s off', { aheadMs: -2001 }, ['warning peer-clock']],
    ['or the other way', { aheadMs: 2001 }, ['warning peer-clock']],
    [
      'nobody stands by for it',
      {},
      ['info peer-alone'],
      { proxies: [proxy('ha1'), proxy('ha2', { drive: false })] },
    ],
    ['it tells of its proxy', {}, ['info peer-alone'], TOLD],
    ['and does not see it', saying({ proxies: [] }), ['error peer-blind', 'info peer-alone'], TOLD],
    ['and does not see one that we reach', saying({ proxies: [] }), []],
  ])('%s', ([, asked, expected, config]) => {
    expect(ids(judged(asked, config))).toEqual(expected);
  });

  test('is told with its place, its words and a cure', () => {
    expect(judged(saying({ producers: ['backup', 'main'] }))).toEqual([
      {
        id: 'peer-other',
        level: 'error',
        proxies: ['ha2'],
        spot: 'https://10.0.0.2:9847',
        message: expect.stringMatching(/10\.0\.0\.2.*backup, main.*main, backup/),
        cure: expect.stringMatching(/same order/),
      },
    ]);
    const [clock] = judged({ aheadMs: -61_000 });
    expect(clock?.message).toMatch(/^its clock is 1m1s or more behind this host's/);
  });
});

test.for<[PeerFault['kind'], Found['id'], number]>([
  ['refused', 'peer-unreachable', 3],
  ['unreachable', 'peer-unreachable', 3],
  ['timeout', 'peer-unreachable', 3],
  ['unauthorized', 'peer-unauthorized', 4],
  ['tls', 'peer-tls', 2],
  ['file', 'peer-tls', 2],
  ['http', 'peer-answer', 2],
  ['garbage', 'peer-answer', 2],
  ['too-large', 'peer-answer', 2],
  ['other', 'peer-other', 2],
])('a peer that gives %s: %s, exit %i', ([kind, id, exit]) => {
  const found = judged({ result: { ok: false, fault: { kind, message: 'so it is' } } });
  expect(ids(found)).toEqual([`error ${id}`]);
  expect(found[0]?.message).toMatch(/: so it is$/);
  expect(exitOfFindings(found)).toBe(exit);
});

test.for([
  // Written at 10:00:05.9 there, asked at 05.5 and answered at 06.1 here.
  [5000, 5500, 6100, 0],
  [9000, 5500, 6100, 2900],
  [1000, 5500, 6100, -3500],
] as const)('a Date of %i, asked at %i and answered at %i, is %i ahead', ([date, from, to, ms]) => {
  expect(ahead(date, from, to)).toBe(ms);
});

async function serve(t: TestContext, handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('over HTTP', () => {
  const look = fixture('2.6.12', 'look-admin.txt');

  /** mainstay.yaml for ha1, a socket that gives a look, and ha2, of which the mainstay at `url` tells. */
  async function sidecar(t: TestContext, url: string): Promise<readonly [string, string]> {
    const dir = await folder(t);
    const socket = await scriptedSocket('unix', answer(look));
    t.onTestFinished(() => socket[Symbol.asyncDispose]());
    const yaml = `backend: pair
steer: none
escalate: [sessions]
proxies: [{ name: ha1, runtime: "${socket.address.text}" }, { name: ha2 }]
self: ha1
peers: [{ name: ha2, url: "${url}" }]
`;
    return [dir, yaml];
  }

  const servers = ['main', 'backup'].map((name, i) => ({
    name,
    id: i + 1,
    status: 'UP',
    health: 'up' as const,
    settled: true,
    checkPassed: true,
    backup: name === 'main',
    weight: 1,
    sessions: 0,
    lastChangeS: 9,
    lastSessionS: null,
  }));
  const worker = { pid: 1, old: false, uptimeS: 1, servers, backendWeight: 1 };
  const body = {
    v: 1,
    ...VIEW,
    version: '0.0.0',
    backend: 'pair',
    proxies: [
      { name: 'ha2', ageMs: 5, view: { ...SEEN, pin: { kind: 'off' }, workers: [worker] } },
    ],
  };

  test('a proxy that the peer tells of is judged by what it shows', async (t) => {
    const url = await serve(t, (request, response) => {
      response.setHeader('date', new Date(Date.now() + 60_000).toUTCString());
      response.end(request.url === '/v1/view' ? JSON.stringify(body) : '');
    });
    const [dir, yaml] = await sidecar(t, url);
    const { code, findings } = await findingsOf(dir, yaml);
    expect(findings.map(({ id, where }) => `${id} ${where.split(':')[0]}`)).toEqual([
      // Its main has the word `backup`.
      'order-differs ha2',
      'peer-clock ha2',
      'servers-differ ha1, ha2',
      'no-master-socket ha1',
      'peer-alone ha2',
      'config-unseen ha1',
    ]);
    expect(code).toBe(0);
    const { out } = await check(dir, yaml);
    expect(out).toMatch(/^ {2}ha2: HAProxy 2\.6\.12, worker 1 up/m);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /peer ha2 http:\S+ mainstay 0\.0\.0, mode converge, target main, /,
    );
  });

  test('nobody there: the proxy is not seen', async (t) => {
    const url = await serve(t, (_, response) => response.destroy());
    const [dir, yaml] = await sidecar(t, url);
    const { code, findings } = await findingsOf(dir, yaml);
    expect(code).toBe(3);
    expect(findings[0]).toMatchObject({ id: 'peer-unreachable', where: `ha2: ${url}` });
    const document = JSON.parse((await check(dir, yaml, ['--json'])).out);
    expect(document.peers).toEqual([
      { name: 'ha2', url, version: null, fault: 'unreachable', tookMs: expect.any(Number) },
    ]);
    expect(document.proxies[1]).toMatchObject({ name: 'ha2', address: null, ways: [] });
  });
});

const peersAt = (url: string) => `peers: [{ name: ha2, url: "${url}", tokenFile: shared }]\n`;

test('what mainstay.yaml allows about peers, hooks and `listen` has an id and a cure each', async (t) => {
  const dir = await folder(t);
  await writeFile(`${dir}/token`, 'sixteen-letters-and-more', { mode: 0o600 });
  await writeFile(`${dir}/shared`, 'sixteen-letters-and-more');
  await chmod(`${dir}/shared`, 0o644);
  const said = async (name: string, yaml: string) => {
    const head = `backend: bp\nproxies: [{ name: ha1, runtime: unix:/s }, { name: ha2 }]\nself: ha1\n`;
    await writeFile(`${dir}/${name}`, head + yaml);
    const loaded = await loadConfig(`${dir}/${name}`, {});
    if (!loaded.ok) throw new Error(loaded.fault.messages.join('\n'));
    const found = judgeConfig(loaded.value);
    expect(found.filter(({ cure }) => cure === '')).toEqual([]);
    return found.map(({ id, spot }) => `${id} ${spot?.split(' ')[1]}`);
  };
  expect(
    await said(
      'open.yaml',
      `api: { tokenFile: token, tls: { cert: c, key: shared } }\n${peersAt('http://10.0.0.2:1')}hooks: [{ on: [gate], webhook: "http://h/", tokenFile: token }]\n`,
    ),
  ).toEqual([
    'listen-loopback listen',
    'secret-shared api.tls.key',
    'token-in-clear peers[0].url',
    'token-shared peers[0].tokenFile',
    'token-in-clear hooks[0].webhook',
  ]);
  expect(await said('a.yaml', `listen: 0.0.0.0:1\n${peersAt('https://h:1')}`)).toEqual([
    'listen-without-token listen',
    'peers-without-token peers',
    'token-shared peers[0].tokenFile',
  ]);
  expect(
    await said(
      'b.yaml',
      `listen: 0.0.0.0:1\napi: { tokenFile: token }\npeers: [{ name: ha2, url: "https://h:1" }]\n`,
    ),
  ).toEqual(['listen-without-tls listen']);
});

const hooked = (program: string): Config => {
  const to = { kind: 'exec', argv: [program, 'me'] } as const;
  const webhook = { kind: 'webhook', url: 'https://h/secret', token: null } as const;
  const rest = { on: ['action'], timeoutMs: 5000 } as const;
  return {
    ...CONFIG,
    hooks: [
      { ...rest, name: 'webhook h', to: webhook },
      { ...rest, name: `exec ${program}`, to },
    ],
  };
};

const programSaid = async (program: string, path?: string) =>
  (await judgeHooks(hooked(program), path)).map(({ id, spot, message, exit = 2 }) =>
    [exit, id, spot, message.split(',')[0]].join(' '),
  );

describe('the program of a hook', () => {
  test('is looked for as the system does, and must be one that may be run', async (t) => {
    const dir = await folder(t);
    await writeFile(`${dir}/tell`, '#!/bin/sh\n');
    await mkdir(`${dir}/folder`);
    const at = 'mainstay.yaml hooks[1].exec';
    const forbidden = `4 hook-program ${at} this user may not run`;

    expect(await programSaid(`${dir}/tell`)).toEqual([`${forbidden} ${dir}/tell`]);
    expect(await programSaid('tell', `/none:${dir}`)).toEqual([`${forbidden} tell`]);
    await chmod(`${dir}/tell`, 0o755);
    expect(await programSaid(`${dir}/tell`)).toEqual([]);
    expect(await programSaid('tell', `/none:${dir}`)).toEqual([]);
    expect(await programSaid('sh')).toEqual([]);
    for (const absent of ['tell', `${dir}/none`, `${dir}/folder`])
      expect(await programSaid(absent, '/none')).toEqual([
        `2 hook-program ${at} there is no program ${absent}`,
      ]);
  });
});

const judgeListen = async (tls: Config['tls'], aheadMs = 0) =>
  (await judgeTls({ ...CONFIG, tls }, Date.now() + aheadMs)).map(
    ({ id, spot, level }) => `${level} ${id} ${spot?.split(' ')[1]}`,
  );

test("the certificate of `listen` must hold now, and the key must be the certificate's", async (t) => {
  const made = await makeCertificates();
  t.onTestFinished(() => made[Symbol.asyncDispose]());
  const { good, rogue } = made.client;
  const hourMs = 3_600_000;
  await writeFile(`${made.dir}/garbage`, 'x');
  expect(await judgeListen(null)).toEqual([]);
  expect(await judgeListen({ ...good, ca: made.ca })).toEqual([]);
  expect(await judgeListen({ ...good, ca: null }, 49 * hourMs)).toEqual([
    'error api-tls-time api.tls.cert',
  ]);
  expect(await judgeListen({ ...good, ca: null }, -hourMs)).toEqual([
    'error api-tls-time api.tls.cert',
  ]);
  expect(await judgeListen({ cert: good.cert, key: rogue.key, ca: null })).toEqual([
    'error api-tls-key api.tls.key',
  ]);
  expect(await judgeListen({ cert: good.key, key: '/none', ca: `${made.dir}/garbage` })).toEqual([
    'error api-tls-file api.tls.cert',
    'error api-tls-file api.tls.key',
    'error api-tls-file api.tls.ca',
  ]);
});
