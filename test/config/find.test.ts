// Which file is taken: the first that is named, else the first that is there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findConfigFile } from '../../src/config/find.ts';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-find-'));
afterAll(() => rmSync(folder, { recursive: true }));

const here = join(folder, 'here.yaml');
const system = join(folder, 'system.yaml');
const places = [here, system];
const named = { MAINSTAY_CONFIG: 'from-env.yaml' };

test('-c comes before MAINSTAY_CONFIG, and both before the usual places, there or not', async () => {
  writeFileSync(here, '');
  expect(await findConfigFile('option.yaml', named, places)).toEqual({
    ok: true,
    value: 'option.yaml',
  });
  expect(await findConfigFile(undefined, named, places)).toEqual({
    ok: true,
    value: 'from-env.yaml',
  });
});

test('the usual places in their order; an empty MAINSTAY_CONFIG names nothing', async () => {
  writeFileSync(here, '');
  writeFileSync(system, '');
  const env = { MAINSTAY_CONFIG: '' };
  expect(await findConfigFile(undefined, env, places)).toEqual({ ok: true, value: here });
  rmSync(here);
  expect(await findConfigFile(undefined, env, places)).toEqual({ ok: true, value: system });
});

test('what stands in a usual place is taken even if it is no file: passing over it would hide it', async () => {
  mkdirSync(here);
  expect(await findConfigFile(undefined, {}, places)).toEqual({ ok: true, value: here });
});

test('a usual place that this user may not look into is taken, not passed over', async () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o000 });
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    const place = join(closed, 'mainstay.yaml');
    expect(await findConfigFile(undefined, {}, [place])).toEqual({ ok: true, value: place });
  } finally {
    if (root) process.seteuid?.(0);
  }
});

test('nothing anywhere: the message names every place', async () => {
  expect(await findConfigFile(undefined, {}, ['/nowhere/a.yaml', '/nowhere/b.yaml'])).toEqual({
    ok: false,
    fault: {
      messages: [
        'no configuration file: there is no /nowhere/a.yaml and no /nowhere/b.yaml; name one with -c FILE or MAINSTAY_CONFIG',
      ],
    },
  });
});
