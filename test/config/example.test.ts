// The example file says the truth: its values are the defaults, its keys are all that this version has.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { CONFIG_FILE } from '../../src/config/shape.ts';
import { TIMINGS } from '../../src/config/timings.ts';

const EXAMPLE = 'docs/mainstay.example.yaml';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-example-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Keys of which this version takes nothing but the default. */
const NOT_YET = ['schedule'];

const REQUIRED = `
backend: bp
proxies:
  - { name: ha1, runtime: unix:/run/haproxy-1/admin.sock }
  - { name: ha2, runtime: unix:/run/haproxy-2/admin.sock }
`;

/** With every setting that is commented out. */
const uncommented = readFileSync(EXAMPLE, 'utf8').replaceAll(
  /^( *)#(?=[a-z-]| {2}[ a-z-])/gm,
  '$1',
);

async function load(name: string, text: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  const loaded = await loadConfig(path, {});
  return loaded.ok ? { ...loaded.value, file: '' } : loaded.fault.messages;
}

test('it is the same as the required settings alone', async () => {
  const example = await load('example.yaml', readFileSync(EXAMPLE, 'utf8'));
  expect(example).toEqual(await load('required.yaml', REQUIRED));
  expect(example).toMatchObject({ warnings: [] });
});

test('it has every key that this version has, and no other', () => {
  const { shape } = CONFIG_FILE;
  expect(Object.keys(parse(uncommented)).toSorted()).toEqual(
    Object.keys(shape)
      .filter((key) => !NOT_YET.includes(key))
      .toSorted(),
  );
});

test('every setting of a proxy is in it', () => {
  const { proxies } = parse(uncommented);
  const keys = new Set(proxies.flatMap((proxy: object) => Object.keys(proxy)));
  expect(keys).toEqual(new Set(Object.keys(CONFIG_FILE.shape.proxies.element.shape)));
});

test('the settings that it leaves out by default are right as they stand', async () => {
  writeFileSync(join(folder, 'token'), 'a-token-of-some-length\n', { mode: 0o600 });
  const alone = uncommented
    .replaceAll(/^ *drive: .*\n/gm, '')
    .replace('listen: 127.0.0.1:', 'listen: 10.0.0.1:');
  expect(await load('uncommented.yaml', alone)).toMatchObject({
    policy: {
      producers: ['main', 'backup'],
      proxies: [
        { name: 'ha1', drive: true, reload: true, restart: true },
        { name: 'ha2', drive: false, reload: false, restart: false },
        { name: 'ha3', drive: false, reload: true, restart: false },
        { name: 'ha4', drive: false, reload: false, restart: false },
        { name: 'ha5', drive: false, reload: false, restart: false },
      ],
      escalate: ['sessions', 'reload', 'restart'],
    },
    self: 'ha1',
    peers: [{ name: 'ha5', url: 'https://10.0.0.5:9847', token: 'a-token-of-some-length' }],
    hooks: [{ to: { kind: 'webhook' } }, { to: { kind: 'exec' } }],
    tls: { cert: join(folder, 'mainstay.pem') },
    token: 'a-token-of-some-length',
    journal: '/var/lib/mainstay/journal.jsonl',
    warnings: [],
  });
});

test('it marks what a named set holds, and nothing else', () => {
  const marked = readFileSync(EXAMPLE, 'utf8')
    .split('\n\n')
    .filter((part) => /^#[^]*\(timing\)/.test(part) && !part.includes('\ntiming:'))
    .flatMap((part) => Object.keys(parse(part)));
  expect(marked).toEqual(Object.keys(TIMINGS.normal));
});

test('stories are told with the same defaults', async () => {
  const loaded = await load('stories.yaml', REQUIRED);
  const { proxies: _, ...policy } = DEFAULT_POLICY;
  expect(loaded).toMatchObject({ policy });
});
