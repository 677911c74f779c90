// The reference configuration: HAProxy takes it as it stands, and the lab's is the same but for what a lab must change.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readReference, renderHaproxyConfig } from '../../src/lab/haproxy-config.ts';

const newer = process.env['MAINSTAY_HAPROXY'];
const binaries = ['/usr/sbin/haproxy', ...(newer === undefined ? [] : [newer])];

test.for(binaries)('%s finds nothing to say against it', (binary) => {
  // `-dW` makes an error of every warning.
  const args = ['-c', '-V', '-dW', '-f', resolve('haproxy/haproxy.cfg')];
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8' });
  expect({ status, said: (stdout + stderr).trim() }).toEqual({
    status: 0,
    said: 'Configuration file is valid',
  });
});

const only = (one: string[], other: string[]): string[] =>
  one.filter((line) => !other.includes(line)).map((line) => line.trim());

describe('the configuration of a lab', () => {
  const input = {
    sockets: { admin: '/d/a', operator: '/d/o', user: '/d/u', master: '/d/m' },
    relaysAt: '127.1.1.10:3001',
    statsAt: '127.1.1.10:8404',
    producers: ['main', 'backup', 'third'].map((name) => ({ name, address: `${name}:1` })),
    check: { interMs: 150, fall: 4, rise: 5 },
  };

  test('differs from the reference in these lines only', () => {
    const reference = readReference().split('\n');
    const rendered = renderHaproxyConfig(readReference(), input).split('\n');
    expect(only(reference, rendered)).toMatchInlineSnapshot(`
      [
        "log /dev/log local0",
        "chroot /var/lib/haproxy",
        "user haproxy",
        "group haproxy",
        "stats socket /run/haproxy/admin.sock mode 660 user root group haproxy level admin",
        "timeout connect 4s",
        "bind :3001",
        "default-server check inter 2s fastinter 500ms fall 3 rise 2 on-marked-down shutdown-sessions",
        "server main 10.0.0.11:3001",
        "server backup 10.0.0.12:3001 backup",
        "bind 127.0.0.1:8404",
      ]
    `);
    expect(only(rendered, reference)).toMatchInlineSnapshot(`
      [
        "log stderr format rfc5424 local0",
        "stats socket /d/a mode 600 level admin",
        "stats socket /d/o mode 600 level operator",
        "stats socket /d/u mode 600 level user",
        "timeout connect 150ms",
        "bind 127.1.1.10:3001",
        "default-server check inter 150ms fall 4 rise 5 on-marked-down shutdown-sessions",
        "server main main:1",
        "server backup backup:1 backup",
        "server third third:1 backup",
        "bind 127.1.1.10:8404",
      ]
    `);
  });

  test('is refused when the reference has lost a line that a lab must change', () => {
    const reference = readReference().replace('fastinter 500ms', '');
    expect(() => renderHaproxyConfig(reference, input)).toThrow(/has 0 lines like .*fastinter/);
  });
});
