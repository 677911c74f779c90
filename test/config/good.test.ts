// Every good file becomes exactly the domain's types: each row names only what differs from the smallest file.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Config, ProxyConfig } from '../../src/domain/config.ts';
import type { Policy } from '../../src/domain/policy.ts';

const FOLDER = 'test/fixtures/config/good';

const ENV = {
  TEXT: 'a: ${BACKEND} # "b"',
  EMPTY: '',
  BACKEND: 'bp',
  NAME: 'ha',
  FALSE: 'false',
  COUNT: '7',
};

type Difference = Partial<Omit<Config, 'file' | 'policy'>> & { policy?: Partial<Policy> };

const proxy = (name: string, difference: Partial<ProxyConfig>): ProxyConfig => ({
  name,
  runtime: null,
  master: null,
  stats: null,
  drive: true,
  reload: null,
  restart: null,
  ...difference,
});

const unix = (name: string, path: string, drive: ProxyConfig['drive'] = true): ProxyConfig =>
  proxy(name, { runtime: { kind: 'unix', path, text: `unix:${path}` }, drive });

/** Its file has a mode that git does not keep. */
const TOKEN = 'sixteen-letters-and-more';
const folder = mkdtempSync(join(tmpdir(), 'mainstay-good-'));
writeFileSync(join(folder, 'token'), TOKEN, { mode: 0o600 });
afterAll(() => rmSync(folder, { recursive: true }));

const HOST_KEY = 'SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';
const NO_TLS = { ca: null, cert: null, key: null, serverName: null };

/** What the file of each name says of its proxies on other hosts. */
const HA1 = {
  user: 'stats',
  host: 'HA1.example',
  port: 2222,
  keyFile: resolve(FOLDER, 'keys/id'),
  hostKey: HOST_KEY,
};
const HA5 = { user: 'me', host: 'ha5', port: 22, keyFile: '/id', hostKey: HOST_KEY };

const ROWS: Record<string, Difference> = {
  'minimal.yaml': {},
  'defaults-written-out.yaml': {
    warnings: [noWayTo('reload', 'defaults-written-out.yaml:7:22', 1)],
  },
  'off.yaml': {
    policy: { steer: 'none' },
    pinTable: null,
    events: 'off',
    warnings: [
      `${FOLDER}/off.yaml:12:15 pin.table: no pin is written to it, since steer is none; write "steer: auto", or take it out`,
      noWayTo('reload', 'off.yaml:14:12', 0),
    ],
  },
  'steered.yaml': { policy: { steer: 'pin' }, pinTable: 'bp.pin', events: { ring: 'changes' } },
  'fast.yaml': {
    policy: {
      pollIntervalMs: 250,
      pollTimeoutMs: 200,
      confirm: 1,
      warmupMs: 15_000,
      failbackAfterMs: 300_000,
      splitAfterMs: 1000,
      partialAfterMs: 5000,
      cooldownMs: 60_000,
      verifyWithinMs: 2000,
      verifyReturnMs: 30_000,
    },
  },
  // What is written counts, and a timeout that is not is shortened to fit.
  'careful-but-for.yaml': {
    policy: {
      pollIntervalMs: 1000,
      pollTimeoutMs: 1000,
      confirm: 3,
      warmupMs: 60_000,
      failbackAfterMs: 7_200_000,
      failbackUnseenMs: 86_400_000,
      splitAfterMs: 10_000,
      partialPolicy: 'tolerate',
      partialAfterMs: 60_000,
      cooldownMs: 300_000,
      verifyWithinMs: 10_000,
      verifyReturnMs: 120_000,
    },
  },
  'json.yaml': { policy: { confirm: 4 } },
  'anchors.yaml': {
    cluster: 'bp',
    policy: { flapMax: 4, flapWithinMs: 7_200_000, budgetMax: 4, budgetWithinMs: 7_200_000 },
  },
  'zeros.yaml': {
    policy: {
      pollIntervalMs: 100,
      pollTimeoutMs: 10,
      confirm: 1,
      warmupMs: 0,
      failbackAfterMs: 0,
      failbackUnseenMs: 60_000,
      splitAfterMs: 0,
      partialAfterMs: 0,
      cooldownMs: 0,
      flapMax: 1,
      flapWithinMs: 1000,
      budgetMax: 1,
      budgetWithinMs: 1000,
      verifyWithinMs: 100,
      verifyReturnMs: 0,
    },
  },
  'self.yaml': {
    proxies: [
      unix('ha1', '/run/1.sock', false),
      unix('ha2', '/run/2.sock'),
      unix('ha3', '/run/3.sock', false),
    ],
    self: 'ha2',
  },
  'sidecar.yaml': {
    proxies: [
      unix('ha1', '/run/1.sock'),
      unix('ha2', '/run/2.sock', 'standby'),
      proxy('ha3', { drive: false }),
      unix('ha4', '/run/4.sock', false),
    ],
    self: 'ha1',
    peers: [
      { name: 'ha2', url: 'https://ha2.example', token: TOKEN, ca: resolve(FOLDER, 'ca.pem') },
      { name: 'ha3', url: 'http://[::1]:9847', token: TOKEN, ca: null },
      { name: 'ha4', url: 'http://10.0.0.4:9847', token: TOKEN, ca: null },
    ],
    hooks: [
      {
        name: 'webhook hooks.example',
        on: ['split-brain', 'action'],
        timeoutMs: 5000,
        to: { kind: 'webhook', url: 'https://hooks.example/T0/secret?x', token: null },
      },
      {
        name: 'webhook hooks.example 2',
        on: ['gate'],
        timeoutMs: 1000,
        to: { kind: 'webhook', url: 'https://hooks.example/T1', token: TOKEN },
      },
      {
        name: 'exec tell',
        on: ['converged'],
        timeoutMs: 5000,
        to: { kind: 'exec', argv: ['tell', 'me', '-x'] },
      },
      {
        name: 'exec tell 2',
        on: ['blind'],
        timeoutMs: 5000,
        to: { kind: 'exec', argv: ['tell'] },
      },
      {
        name: 'webhook 10.0.0.9:8080',
        on: ['idle'],
        timeoutMs: 5000,
        to: { kind: 'webhook', url: 'http://10.0.0.9:8080/', token: TOKEN },
      },
    ],
    listen: { host: '10.0.0.1', port: 9847 },
    tls: { cert: resolve(FOLDER, 'a.pem'), key: '/none/a.key', ca: resolve(FOLDER, 'ca.pem') },
    token: TOKEN,
    warnings: [
      inClear('sidecar.yaml:15:23 peers[2].url'),
      inClear('sidecar.yaml:21:28 hooks[4].webhook'),
    ],
  },
  'nobody-driven.yaml': {
    proxies: [unix('ha1', '/run/haproxy/admin.sock', false)],
    warnings: [
      `${FOLDER}/nobody-driven.yaml:3:3 proxies: none of these is driven: nothing will be done, only watched`,
    ],
  },
  'environment.yaml': {
    cluster: 'a: ${BACKEND} # "b" ${TEXT} $$ $ {TEXT}',
    proxies: [unix('ha1', '/run/ha/admin.sock', false), unix('7', '/run/2.sock')],
    policy: { confirm: 7, warmupMs: 7000 },
  },
  'everything-built.yaml': {
    cluster: 'Ädå 1',
    backend: 'be:bp_1.a-b',
    proxies: [
      unix('ha1', '/run/haproxy/../haproxy/admin.sock', false),
      proxy('ha.2_x:y-z', {
        runtime: { kind: 'tcp', host: 'HA2.example.org', port: 1, text: 'tcp:HA2.example.org:1' },
      }),
      proxy('3', {
        runtime: { kind: 'tcp', host: 'fd00::3', port: 65_535, text: 'tcp:[fd00::3]:65535' },
      }),
    ],
    policy: {
      producers: ['main', 'backup', 'third'],
      mode: 'observe',
      pollIntervalMs: 500,
      pollTimeoutMs: 500,
      confirm: 3,
      warmupMs: 60_000,
      failbackAfterMs: 7_200_000,
      failbackUnseenMs: 86_400_000,
      splitAfterMs: 1000,
      partialPolicy: 'tolerate',
      partialAfterMs: 40_000,
      cooldownMs: 200_000,
      flapMax: 5,
      flapWithinMs: 7_200_000,
      budgetMax: 7,
      budgetWithinMs: 1_800_000,
      verifyWithinMs: 3000,
      verifyReturnMs: 90_000,
    },
    listen: { host: '::', port: 80 },
    journal: resolve(FOLDER, 'logs/journal.jsonl'),
    log: { level: 'debug', format: 'pretty' },
    warnings: [
      plain('everything-built.yaml:9:14 proxies[1].runtime'),
      plain('everything-built.yaml:11:14 proxies[2].runtime'),
      `${FOLDER}/everything-built.yaml:24:9 listen: others than this host get only /metrics and the health pages, in clear: there is neither api.tokenFile nor api.tls`,
    ],
  },
  'other-hosts.yaml': {
    proxies: [
      proxy('by-ssh', {
        runtime: {
          kind: 'ssh',
          ...HA1,
          path: '/run/haproxy/admin.sock',
          via: 'command',
          text: 'ssh:stats@HA1.example:2222/run/haproxy/admin.sock',
        },
        master: {
          kind: 'ssh',
          ...HA1,
          user: 'root',
          host: 'fd00::1',
          port: 22,
          path: '/run/haproxy-master.sock',
          via: 'command',
          text: 'ssh:root@[fd00::1]/run/haproxy-master.sock',
        },
        stats: {
          url: 'https://ha1.example/haproxy?stats',
          auth: { username: 'admin', passwordFile: resolve(FOLDER, '../none') },
          tls: { ...NO_TLS, ca: '/etc/ssl/ca.pem' },
        },
        reload: { kind: 'ssh', login: HA1, command: 'sudo systemctl reload haproxy' },
        restart: { kind: 'exec', argv: ['systemctl', 'restart', 'haproxy'] },
      }),
      {
        ...unix('by-tls', '/run/2.sock'),
        master: {
          kind: 'tls',
          host: 'ha2.example',
          port: 9998,
          tls: {
            ca: null,
            cert: resolve(FOLDER, 'c.pem'),
            key: resolve(FOLDER, 'c.key'),
            serverName: 'two.example',
          },
          text: 'tls:ha2.example:9998',
        },
        reload: 'master',
      },
      proxy('by-tls-alone', {
        runtime: {
          kind: 'tls',
          host: 'ha3.example',
          port: 9999,
          tls: NO_TLS,
          text: 'tls:ha3.example:9999',
        },
      }),
      proxy('by-its-page', {
        stats: {
          url: 'http://[::1]:8404/',
          auth: { username: 'admin', passwordFile: resolve(FOLDER, 'none') },
          tls: NO_TLS,
        },
      }),
      proxy('streamlocal', {
        master: {
          kind: 'ssh',
          ...HA5,
          path: '/run/haproxy-master.sock',
          via: 'streamlocal',
          text: 'ssh:me@ha5/run/haproxy-master.sock',
        },
        stats: { url: 'http://10.0.0.5/', auth: null, tls: NO_TLS },
        restart: { kind: 'ssh', login: HA5, command: 'restart' },
      }),
    ],
    policy: { escalate: ['sessions', 'reload', 'restart'] },
  },
  'to-be-wary-of.yaml': {
    proxies: [
      proxy('ha1', {
        runtime: { kind: 'tcp', host: '10.0.0.1', port: 1, text: 'tcp:10.0.0.1:1' },
        master: { kind: 'tcp', host: '10.0.0.1', port: 2, text: 'tcp:10.0.0.1:2' },
        stats: {
          url: 'http://10.0.0.1/stats',
          auth: { username: 'admin', passwordFile: resolve(FOLDER, 'none') },
          tls: NO_TLS,
        },
      }),
    ],
    policy: { escalate: ['sessions', 'reload', 'restart'] },
    warnings: [
      plain('to-be-wary-of.yaml:4:14 proxies[0].runtime'),
      plain('to-be-wary-of.yaml:5:13 proxies[0].master'),
      `${FOLDER}/to-be-wary-of.yaml:6:12 proxies[0].stats: the password crosses the network in clear, and closes sessions for whoever reads it there; use https:`,
      noWayTo('reload', 'to-be-wary-of.yaml:8:22', 1),
      noWayTo('restart', 'to-be-wary-of.yaml:8:30', 2),
    ],
  },
};

function plain(setting: string): string {
  return `${FOLDER}/${setting}: a plain TCP socket gives admin rights to anybody who can reach it; prefer unix:PATH, tls: or ssh:`;
}

function inClear(setting: string): string {
  return `${FOLDER}/${setting}: the token crosses the network in clear, for whoever reads it there to use; use https:`;
}

function noWayTo(rung: string, spot: string, i: number): string {
  return `${FOLDER}/${spot} escalate[${i}]: no proxy has a way to ${rung} it, so that this rung is never climbed; give one "${rung}:", or take it out`;
}

test('every good file has its row', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

test.each(Object.entries(ROWS))('%s is read as the domain has it', async (name, difference) => {
  const file = `${FOLDER}/${name}`;
  expect(await loadConfig(file, { ...ENV, TOKEN_FILE: join(folder, 'token') })).toEqual({
    ok: true,
    value: expected(file, difference),
  });
});

/** The smallest file with contract.md's defaults, and what the row says on top of it. */
function expected(file: string, difference: Difference): Config {
  const proxies = difference.proxies ?? [unix('ha1', '/run/haproxy/admin.sock')];
  return {
    cluster: 'default',
    backend: 'bp',
    pinTable: 'pin',
    events: 'auto',
    listen: { host: '127.0.0.1', port: 9847 },
    self: null,
    peers: [],
    hooks: [],
    tls: null,
    token: null,
    journal: null,
    log: { level: 'info', format: 'json' },
    warnings: [],
    ...difference,
    file,
    proxies,
    policy: {
      producers: [],
      proxies: proxies.map(({ name, drive, reload, restart }) => ({
        name,
        drive,
        reload: reload !== null,
        restart: restart !== null,
      })),
      mode: 'converge',
      pollIntervalMs: 1000,
      pollTimeoutMs: 800,
      confirm: 2,
      warmupMs: 30_000,
      failbackAfterMs: 1_800_000,
      failbackUnseenMs: 43_200_000,
      splitAfterMs: 3000,
      partialPolicy: 'together',
      partialAfterMs: 20_000,
      steer: 'auto',
      cooldownMs: 150_000,
      flapMax: 3,
      flapWithinMs: 3_600_000,
      budgetMax: 12,
      budgetWithinMs: 3_600_000,
      escalate: ['sessions', 'reload'],
      verifyWithinMs: 5000,
      verifyReturnMs: 60_000,
      ...difference.policy,
    },
  };
}
