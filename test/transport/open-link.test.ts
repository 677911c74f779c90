// openLink keeps the contract over unix sockets and over TCP, and names the trouble that only one of them knows.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Address } from '../../src/domain/config.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { answer, scriptedSocket } from '../support/scripted-socket.ts';
import { linkContract } from './link-contract.ts';

linkContract('unix');
linkContract('tcp');

const LIMIT = { deadlineMs: 5000 };
const unix = (path: string): Address => ({ kind: 'unix', path, text: `unix:${path}` });
const tcp = (host: string): Address => ({ kind: 'tcp', host, port: 1, text: `tcp:${host}:1` });

test('a unix socket that does not exist', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mainstay-link-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const address = unix(join(dir, 'none.sock'));
  expect(await openLink(address, 'worker').ask('show info', LIMIT)).toEqual({
    ok: false,
    fault: { kind: 'no-socket', address: address.text },
  });
});

test('a unix socket that this user may not open', async () => {
  await using socket = await scriptedSocket('unix', answer('admin\n\n'));
  const { address } = socket;
  if (address.kind !== 'unix') throw new Error('not a unix socket');
  chmodSync(address.path, 0o600);
  chmodSync(join(address.path, '..'), 0o711);
  // Root may open everything: it becomes nobody for the time of the call.
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.('nobody');
  else chmodSync(address.path, 0o000);
  const result = await openLink(address, 'worker')
    .ask('show info', LIMIT)
    .finally(() => root && process.seteuid?.(0));
  expect(result).toEqual({ ok: false, fault: { kind: 'permission', address: address.text } });
});

test('any other answer of the operating system goes by its code', async () => {
  const below = unix(join(import.meta.filename, 'below.sock'));
  expect(await openLink(below, 'worker').ask('show info', LIMIT)).toEqual({
    ok: false,
    fault: { kind: 'unreachable', code: 'ENOTDIR', address: below.text },
  });
  const nowhere = tcp('nowhere.invalid');
  const result = await openLink(nowhere, 'worker').ask('show info', LIMIT);
  expect(result).toMatchObject({ ok: false, fault: { kind: 'unreachable' } });
});
