// What may not be typed together, and what is refused before anything is done.
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { converge } from '../../src/cli/converge.ts';
import { command } from '../../src/cli/program.ts';
import type { ProxyConfig } from '../../src/domain/config.ts';
import { CONFIG, worldWith } from './world.ts';

function hearing() {
  const said: string[] = [];
  const out = { write: (text: string) => void said.push(text), columns: null, colour: false };
  const text = () => said.join('').replaceAll(/\n */g, ' ');
  return { text, world: worldWith({ out, err: out }) };
}

test.each<[string, string]>([
  ['status --watch --json', "option '--watch' cannot be used with option '--json'"],
  ['check --live --json', "option '--live' cannot be used with option '--json'"],
  ['check --live --haproxy x', "option '--live' cannot be used with option '--haproxy <file>'"],
  ['pause --for 5', 'Expected a whole number and s, m or h'],
  ['pause --for 0s', 'Expected a whole number and s, m or h'],
  ['pause now', 'too many arguments'],
])('%s is refused', async (line, words) => {
  const { text, world } = hearing();
  expect(await command(world, line.split(' '))).toBe(1);
  expect(text()).toContain(words);
});

test('where nobody listens there is nobody to pause, and nobody who lives: exit code 3', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-program-'));
  const file = join(dir, 'mainstay.yaml');
  writeFileSync(
    file,
    'backend: bp\nproxies:\n  - { name: ha1, runtime: "unix:/s" }\nlisten: 127.255.0.9:9\n',
  );
  for (const line of ['pause --for 30m', 'check --live']) {
    const { text, world } = hearing();
    expect(await command(world, ['-c', file, ...line.split(' ')])).toBe(3);
    expect(text()).toContain('no daemon listens at http://127.255.0.9:9/');
  }
  await rm(dir, { recursive: true });
});

test('a proxy that only a peer tells of cannot be converged by hand, and nothing is looked at', async () => {
  const told: ProxyConfig = {
    name: 'ha2',
    runtime: null,
    master: null,
    stats: null,
    drive: false,
    reload: null,
    restart: null,
  };
  const { text, world } = hearing();
  const options = { to: null, proxy: 'ha2', forMs: null, dryRun: true, yes: false };
  const wish = { ...options, force: false, json: false };
  const config = { ...CONFIG, proxies: [told] };
  expect(await converge(world, config, wish, new AbortController().signal)).toBe(1);
  expect(text().trimEnd()).toBe(
    '--proxy: all that mainstay.yaml has of ha2 is what its peer tells: nothing can be done there from here. Run this on its host',
  );
});
