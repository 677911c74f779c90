// What HAProxy was started with, out of the arguments of its processes.
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/haproxy/command-line.ts';

const rows: readonly (readonly [command: string, read: object])[] = [
  [
    '/usr/sbin/haproxy -Ws -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid -S /run/haproxy-master.sock',
    { files: ['/etc/haproxy/haproxy.cfg'], folder: null, masterSocket: '/run/haproxy-master.sock' },
  ],
  // A master that has reloaded.
  [
    '/usr/sbin/haproxy -sf 12 13 -x sockpair@4 -Ws -f a.cfg -f conf.d -C /etc/haproxy',
    { files: ['a.cfg', 'conf.d'], folder: '/etc/haproxy', masterSocket: null },
  ],
  ['haproxy -W -- a.cfg b.cfg -f', { files: ['a.cfg', 'b.cfg', '-f'] }],
  ['haproxy -L -f -f a.cfg', { files: ['a.cfg'] }],
  ['/opt/haproxy-2.8/haproxy-2.8 -f a.cfg', { files: ['a.cfg'] }],
  ['/lib64/ld-linux-x86-64.so.2 --library-path x /usr/sbin/haproxy -f a.cfg', { files: ['a.cfg'] }],
  ['haproxy', { files: [] }],
  ['haproxy -f', { files: [''] }],
];

test.for(rows)('%s', ([command, read]) => {
  expect(readCommandLine(command.split(' '))).toMatchObject(read);
});

test.for(['tail -f /var/log/haproxy', '/usr/sbin/nginx -f x', ''])('no HAProxy: %s', (command) => {
  expect(readCommandLine(command.split(' '))).toBeNull();
});
