// The reference configuration: HAProxy takes it as it stands, and the lab's is the same but for what a lab must change.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  readReference,
  renderHaproxyConfig,
  withoutPins,
  withoutRing,
} from '../../src/lab/haproxy-config.ts';
import { withTlsFrontends } from '../../src/lab/tls-frontends.ts';
import { makeCertificates } from '../support/tls.ts';

/** All that this run has: vitest.config.ts names them. */
const binaries = (process.env['MAINSTAY_HAPROXIES'] ?? '/usr/sbin/haproxy').split(':');

/** What `show servers state` says of the reference's servers, both being up. */
const STATE = `1
# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port
3 bp 1 main 10.0.0.11 2 0 1 1 60 6 3 4 6 0 0 1 - 3001 - 0 0 - - 0
3 bp 2 backup 10.0.0.12 2 0 1 1 60 6 3 4 6 0 0 1 - 3001 - 0 0 - - 0
`;

test.for(binaries)(
  '%s finds nothing to say against it, its part for other hosts, or what is left without pins and ring',
  async (binary) => {
    await using certificates = await makeCertificates();
    const { dir, ca, server } = certificates;
    const state = join(dir, 'state');
    writeFileSync(state, STATE);
    const reference = readReference().replace(/(?<=^ +server-state-file ).*$/m, state);
    const files = { pem: server.good, ca };
    const plain = withoutPins(withoutRing(reference));
    expect(plain).not.toMatch(/^(?! *#).*(?:\bpin\b|\bpeer|events)/m);
    for (const config of [reference, withTlsFrontends(reference, { files }), plain]) {
      writeFileSync(join(dir, 'haproxy.cfg'), config);
      // `-dW` makes an error of every warning.
      const args = ['-c', '-V', '-dW', '-f', join(dir, 'haproxy.cfg')];
      const { status, stdout, stderr } = spawnSync(binary, args, { encoding: 'utf8' });
      expect({ status, said: (stdout + stderr).trim() }).toEqual({
        status: 0,
        said: 'Configuration file is valid',
      });
    }
  },
);

/** A directive's first word; HAProxy's user and group are one matter. */
const kindOf = (line: string): string => line.trim().split(' ')[0]!.replace('group', 'user');

test.for([
  ['as it stands', readReference()],
  ['with its part for other hosts', withTlsFrontends(readReference())],
] as const)(
  'every line has its reason above it, or above its neighbour of the same kind: %s',
  ([, text]) => {
    const lines = text.split('\n');
    const bare = lines.filter((line, i) => {
      const above = lines[i - 1] ?? '';
      return /^ +[^ #]/.test(line) && !/^ +# /.test(above) && kindOf(line) !== kindOf(above);
    });
    expect(bare).toEqual([]);
  },
);

/** What mainstay counts on, each as it stands in the file. */
test.for([
  ['the protocol', /^defaults[^]*^ +mode tcp$/m],
  ['check timings', /^ +default-server check inter \S+ fastinter \S+ fall \d+ rise \d+ /m],
  ['sessions of a dead server closed', / on-marked-down shutdown-sessions$/m],
  ['no closing by HAProxy itself when main returns', /^(?![^]*^ +[^#\n]*on-marked-up)/m],
  ['another server for each try', /^ +option redispatch 1$/m],
  ['a main and a backup', /^ +server main \S+ id 1$[^]*^ +server backup \S+ id 2 backup$/m],
  [
    'a pin that every server can be named by',
    /^backend bp$[^]*^ +use-server main if \{ int\(1\),table_gpt0\(pin\) eq 1 \}\n +use-server backup if \{ int\(1\),table_gpt0\(pin\) eq 2 \}$/m,
  ],
  [
    'a lease of the pin, kept over a reload and given to nobody else',
    /^ +localpeer mainstay$[^]*^backend pin$[^]* expire 10s store gpt0 peers own$[^]*^peers own\n(?! +(?:peer|server) )(?: +#.*\n)* +peer mainstay 127\.0\.0\.1:\d+\n\n/m,
  ],
  ['events to follow', /^ +log ring@events format rfc5424 local0$[^]*^ring events$/m],
  [
    'an admin socket for a group',
    /^ +stats socket \/\S+ mode 660 user \w+ group \w+ level admin$/m,
  ],
  ['no socket on the network', /^(?![^]*^ +stats socket [^/])/m],
  ['the exporter', /^ +http-request use-service prometheus-exporter if \{ path \/metrics \}$/m],
  ['the page', /^ +stats uri \/stats$/m],
  ['an end of old workers, not before a day', /^ +hard-stop-after 24h$/m],
  [
    'what the last worker knew of its servers',
    /^ +server-state-file \/\S+$[^]*^defaults[^]*^ +load-server-state-from-file global$/m,
  ],
  ['sessions as long as a day of silence', /^ +timeout tunnel 24h$/m],
] as const)('it has %s', ([, line]) => {
  expect(readReference()).toMatch(line);
});

const only = (one: string[], other: string[]): string[] =>
  one.filter((line) => !other.includes(line)).map((line) => line.trim());

describe('the configuration of a lab', () => {
  const input = {
    sockets: { admin: '/d/a', operator: '/d/o', user: '/d/u', master: '/d/m' },
    stateFile: '/d/state',
    relaysAt: '127.1.1.10:3001',
    statsAt: '127.1.1.10:8404',
    peerAt: '127.1.1.10:10001',
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
        "server-state-file /run/haproxy/server-state",
        "timeout connect 4s",
        "bind :3001",
        "default-server check inter 2s fastinter 500ms fall 3 rise 2 on-marked-down shutdown-sessions",
        "server main 10.0.0.11:3001 id 1",
        "server backup 10.0.0.12:3001 id 2 backup",
        "peer mainstay 127.0.0.1:10001",
        "bind 127.0.0.1:8404",
      ]
    `);
    expect(only(rendered, reference)).toMatchInlineSnapshot(`
      [
        "log stderr format rfc5424 local0",
        "stats socket /d/a mode 600 level admin",
        "stats socket /d/o mode 600 level operator",
        "stats socket /d/u mode 600 level user",
        "server-state-file /d/state",
        "timeout connect 150ms",
        "bind 127.1.1.10:3001",
        "default-server check inter 150ms fall 4 rise 5 on-marked-down shutdown-sessions",
        "use-server third if { int(1),table_gpt0(pin) eq 3 }",
        "server main main:1 id 1",
        "server backup backup:1 id 2 backup",
        "server third third:1 id 3 backup",
        "peer mainstay 127.1.1.10:10001",
        "bind 127.1.1.10:8404",
      ]
    `);
  });

  test('is refused when the reference has lost a line that a lab must change', () => {
    const reference = readReference().replace('fastinter 500ms', '');
    expect(() => renderHaproxyConfig(reference, input)).toThrow(/has 0 lines like .*fastinter/);
  });
});
