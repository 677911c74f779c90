// The systemd unit: what systemd itself has to say of it, and of its sandbox.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const unit = readFileSync(new URL('../../scripts/mainstay.service', import.meta.url), 'utf8');
let dir = '';
let file = '';

// A program that is there, whether or not mainstay is installed.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mainstay-unit-'));
  file = join(dir, 'mainstay.service');
  writeFileSync(file, unit.replace('ExecStart=/usr/bin/mainstay ', 'ExecStart=/bin/true '));
});
afterAll(() => rm(dir, { recursive: true }));

const analyze = (...args: readonly string[]) =>
  spawnSync('systemd-analyze', args, { encoding: 'utf8', timeout: 8000 });

test('systemd finds nothing wrong in it', () => {
  const { status, stderr } = analyze('verify', '--man=no', file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('its sandbox leaves an exposure under 3', () => {
  const { status, stdout } = analyze(
    'security',
    '--offline=true',
    '--threshold=29',
    '--no-pager',
    file,
  );
  expect(stdout).toMatch(/Overall exposure level for mainstay.service: [0-2]\.\d OK/);
  expect(status).toBe(0);
});

test('it is ready, watched and stopped as the program does it', () => {
  for (const line of [
    'Type=notify',
    'NotifyAccess=all',
    'ExecReload=/bin/kill -HUP $MAINPID',
    'KillMode=mixed',
    'StateDirectory=mainstay',
  ]) {
    expect(unit.split('\n')).toContain(line);
  }
});
