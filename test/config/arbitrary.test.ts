// Whatever the file and the environment hold: an answer, never an exception, and no value becomes structure.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { CONFIG_FILE } from '../../src/config/shape.ts';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-arbitrary-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'mainstay.yaml');

const EXAMPLE = readFileSync('docs/mainstay.example.yaml', 'utf8');

async function answers(content: string | Uint8Array): Promise<void> {
  writeFileSync(path, content);
  const loaded = await loadConfig(path, { SET: 'x' });
  if (loaded.ok) return;
  expect(loaded.fault.messages.length).toBeGreaterThan(0);
  for (const line of loaded.fault.messages) {
    expect(line).toMatch(/^[^\n]+mainstay\.yaml:(\d+:\d+)? [^\n]+$/);
    expect(line).not.toMatch(/\{found\}|\{bare\}|undefined|\[object|NaN/);
  }
}

const SIGNS = Array.from('ab:-?&*![]{}#|>"\'%@` \n\t,0~$');

const key = fc.oneof(
  fc.constantFrom(...Object.keys(CONFIG_FILE.shape)),
  fc.constantFrom('name', 'runtime', 'probe', 'kind', 'exec', 'tls', '__proto__', 'toString', '<<'),
);
const leaf = fc.oneof(
  fc.constantFrom('30s', 'unix:/a', 'tcp:[::1]:1', 'main', 'cardano', '${SET}', '${UNSET}', '${'),
  fc.string({ maxLength: 12 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
  ),
}));

describe('loadConfig answers', () => {
  test.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 64 }))])(
    'any bytes',
    answers,
  );

  test.prop([fc.string({ unit: fc.constantFrom(...SIGNS) })])(
    'anything made of the signs of YAML',
    answers,
  );

  test.prop([fc.dictionary(key, tree, { maxKeys: 6 })])('any tree of known words', (value) =>
    answers(stringify(value)),
  );

  test.prop([fc.nat(EXAMPLE.length), fc.nat(40), fc.string({ maxLength: 5 })], { numRuns: 200 })(
    'the example with a part cut out and another put in',
    (from, length, instead) =>
      answers(EXAMPLE.slice(0, from) + instead + EXAMPLE.slice(from + length)),
  );
});

async function staysOneValue(held: string): Promise<void> {
  for (const quote of ['', '"', "'"]) {
    const cluster = `cluster: ${quote}$\{HELD}${quote}`;
    writeFileSync(path, `${cluster}\nbackend: bp\nproxies: [{ name: ha1, runtime: unix:/a }]`);
    const loaded = await loadConfig(path, { HELD: held, SET: 'x' });
    // Without quotes a number or a truth value is one, as if it stood there itself.
    const isText = quote !== '' || !/^(-?\d+|true|false)$/.test(held);
    const isLabel = /^\P{Cc}+$/u.test(held) && held.trim() !== '';
    expect(loaded.ok).toBe(isText && isLabel);
    if (loaded.ok) expect(loaded.value).toMatchObject({ cluster: held, backend: 'bp' });
    else expect(loaded.fault.messages).toEqual([expect.stringContaining(':1:10 cluster: ')]);
  }
}

test.prop([fc.oneof(fc.string(), fc.constantFrom('true', '1', 'a: b', '[x]', '*a', '${SET}'))])(
  'what a variable holds stays one value, in quotes or without',
  staysOneValue,
);
