// Every good file becomes exactly the domain's types: each row names only what differs from the smallest file.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
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

const unix = (name: string, path: string, drive = true): ProxyConfig => ({
  name,
  runtime: { kind: 'unix', path, text: `unix:${path}` },
  drive,
});

const ROWS: Record<string, Difference> = {
  'minimal.yaml': {},
  'defaults-written-out.yaml': {},
  'off.yaml': {},
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
      {
        name: 'ha.2_x:y-z',
        runtime: { kind: 'tcp', host: 'HA2.example.org', port: 1, text: 'tcp:HA2.example.org:1' },
        drive: true,
      },
      {
        name: '3',
        runtime: { kind: 'tcp', host: 'fd00::3', port: 65_535, text: 'tcp:[fd00::3]:65535' },
        drive: true,
      },
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
      `${FOLDER}/everything-built.yaml:9:14 proxies[1].runtime: a plain TCP socket gives admin rights to anybody who can reach it; prefer unix:PATH`,
      `${FOLDER}/everything-built.yaml:11:14 proxies[2].runtime: a plain TCP socket gives admin rights to anybody who can reach it; prefer unix:PATH`,
      `${FOLDER}/everything-built.yaml:24:9 listen: others than this host get only /metrics and the health pages: there is no api.tokenFile`,
    ],
  },
};

test('every good file has its row', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

test.each(Object.entries(ROWS))('%s is read as the domain has it', async (name, difference) => {
  const file = `${FOLDER}/${name}`;
  expect(await loadConfig(file, ENV)).toEqual({ ok: true, value: expected(file, difference) });
});

/** The smallest file with contract.md's defaults, and what the row says on top of it. */
function expected(file: string, difference: Difference): Config {
  const proxies = difference.proxies ?? [unix('ha1', '/run/haproxy/admin.sock')];
  return {
    cluster: 'default',
    backend: 'bp',
    listen: { host: '127.0.0.1', port: 9847 },
    token: null,
    journal: null,
    log: { level: 'info', format: 'json' },
    warnings: [],
    ...difference,
    file,
    proxies,
    policy: {
      producers: [],
      proxies: proxies.map(({ name, drive }) => ({ name, drive })),
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
      cooldownMs: 150_000,
      flapMax: 3,
      flapWithinMs: 3_600_000,
      budgetMax: 12,
      budgetWithinMs: 3_600_000,
      verifyWithinMs: 5000,
      verifyReturnMs: 60_000,
      ...difference.policy,
    },
  };
}
