// HAProxy's configuration files, read: sections, what they inherit, servers and their options; and as HAProxy shows the same.
import { readFileSync } from 'node:fs';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readBackend, type BackendConfig } from '../../src/haproxy/config-backend.ts';
import { readSections } from '../../src/haproxy/config-file.ts';
import { hasHardStop, networkSockets, tcpStatsSockets } from '../../src/haproxy/config-global.ts';
import { readTimeMs } from '../../src/haproxy/config-time.ts';
import { showStat } from '../../src/haproxy/show-stat.ts';
import { ask } from '../../src/lab/ask.ts';
import { startHaproxy } from '../support/haproxy.ts';

const sectionsOf = (text: string) => readSections([{ path: 'haproxy.cfg', text }]);

const backendOf = (text: string, name = 'bp') => readBackend(sectionsOf(text), name);

/** Throws where it is absent or unclear. */
function backend(text: string): BackendConfig {
  const found = backendOf(text);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** Settings as `value@line`: nothing after the @ for a default, `?` for what cannot be known. */
function settings(text: string): Record<string, string> {
  const { retries, connectMs, redispatch, allbackups, sticks } = backend(text);
  return Object.fromEntries(
    Object.entries({ retries, connectMs, redispatch, allbackups, sticks }).map(([key, setting]) => [
      key,
      setting === null ? '?' : `${setting.value}@${setting.spot?.line ?? ''}`,
    ]),
  );
}

const DEFAULTS = {
  retries: '3@',
  connectMs: 'Infinity@',
  redispatch: 'false@',
  allbackups: 'false@',
  sticks: 'false@',
};

const SETTINGS: readonly (readonly [what: string, text: string, differ: object])[] = [
  ['nothing is set', 'backend bp', {}],
  [
    'all is set',
    'listen bp\n retries 5\n timeout connect 2s\n option redispatch\n option allbackups',
    {
      retries: '5@2',
      connectMs: '2000@3',
      redispatch: 'true@4',
      allbackups: 'true@5',
    },
  ],
  ['the last line holds', 'backend bp\n retries 5\n retries 6', { retries: '6@3' }],
  [
    '`no` takes it back',
    'backend bp\n option redispatch 1\n no option redispatch',
    { redispatch: 'false@3' },
  ],
  [
    '`default` too',
    'backend bp\n option allbackups\n default option allbackups',
    { allbackups: 'false@3' },
  ],
  ['redispatch every 0 is none', 'backend bp\n option redispatch 0', { redispatch: 'false@2' }],
  [
    'other sections count for nothing',
    'backend a\n retries 9\nbackend bp\nlisten c\n retries 8',
    {},
  ],
  [
    'a frontend of the same name is another',
    'frontend bp\n retries 9\nbackend bp\n retries 4',
    { retries: '4@4' },
  ],
  ['the defaults before it', 'defaults\n retries 4\nbackend bp', { retries: '4@2' }],
  [
    'its own before the defaults',
    'defaults\n retries 4\nbackend bp\n retries 5',
    { retries: '5@4' },
  ],
  [
    'the last defaults before it, alone',
    'defaults\n retries 4\ndefaults\n timeout connect 1s\nbackend bp',
    { connectMs: '1000@4' },
  ],
  ['defaults after it do not count', 'backend bp\ndefaults\n retries 4', {}],
  [
    'defaults by name',
    'defaults a\n retries 4\ndefaults b\n retries 5\nbackend bp from a',
    { retries: '4@2' },
  ],
  [
    'defaults from defaults',
    'defaults a\n retries 4\n option redispatch\ndefaults b from a\n no option redispatch\nbackend bp',
    {
      retries: '4@2',
      redispatch: 'false@5',
    },
  ],
  [
    'unnamed defaults from others',
    'defaults a\n retries 4\ndefaults from a\nlisten bp',
    { retries: '4@2' },
  ],
  [
    'unknown lines are skipped',
    'backend bp\n frobnicate 1\n retries 4\n.notice "hello"',
    { retries: '4@3' },
  ],
  ['a comment ends a line', 'backend bp # from x\n retries 4 # 5', { retries: '4@2' }],
  [
    'a block hangs on its condition',
    'backend bp\n.if feature(X)\n retries 9\n.endif',
    { retries: '?' },
  ],
  [
    'a line below the block is sure again',
    'backend bp\n.if 1\n retries 9\n.else\n.if 0\n.endif\n.endif\n retries 2',
    { retries: '2@8' },
  ],
  [
    'a variable is not known',
    'backend bp\n retries "$N"\n timeout connect "${T}s"',
    { retries: '?', connectMs: '?' },
  ],
  [
    'what is no number is not known',
    'backend bp\n retries many\n timeout connect 1.5s',
    { retries: '?', connectMs: '?' },
  ],
  ['stick on', 'backend bp\n stick-table type ip size 1k\n stick on src', { sticks: 'true@3' }],
  ['stick match', 'backend bp\n stick match src table other', { sticks: 'true@2' }],
  ['storing alone sends nobody anywhere', 'backend bp\n stick store-request src', {}],
  ['a stick rule in a block', 'backend bp\n.if 0\n stick on src\n.endif', { sticks: '?' }],
];

describe('settings', () => {
  test.for(SETTINGS)('%s', ([, text, differ]) => {
    expect(settings(text)).toEqual({ ...DEFAULTS, ...differ });
  });
});

describe('sections', () => {
  test.for([
    ['absent', ''],
    ['absent', 'frontend bp\nbackend BP'],
    ['unclear', '.if 1\nbackend bp\n.endif'],
    ['unclear', 'backend "$NAME"'],
    ['unclear', '.if 1\ndefaults\n.endif\nbackend bp'],
    ['unclear', 'backend bp from nowhere'],
    ['unclear', 'defaults a from a\nbackend bp'],
  ] as const)('%s: %j', ([what, text]) => {
    expect(backendOf(text)).toBe(what);
  });

  test('a long chain of defaults is given up, and quickly', () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => `defaults d${i + 1} from d${i}`);
    expect(backendOf(`defaults d0\n${chain.join('\n')}\nbackend bp`)).toBe('unclear');
  });

  test('files are read one after the other, and a section ends with its file', () => {
    const sections = readSections([
      { path: 'a.cfg', text: 'defaults\n retries 4\nbackend other' },
      { path: 'b.cfg', text: ' retries 9\nbackend bp' },
    ]);
    expect(readBackend(sections, 'bp')).toMatchObject({
      retries: { value: 4, spot: { path: 'a.cfg', line: 2 } },
      spot: { path: 'b.cfg', line: 2 },
    });
  });

  test('nothing makes it throw, and every statement has a line below its section', () => {
    const words =
      'global defaults backend listen bp from a server default-server server-template 1-3 9-1 ' +
      '127.0.0.1:1 check backup inter 1s 5 option no redispatch retries timeout connect stick on ' +
      'stats socket level .if .else .endif \n \n \n " \' \\ # $ "$X"';
    const word = fc.constantFrom(...words.split(' '));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word).map((w) => w.join(' ')),
        ),
        (text) => {
          const sections = sectionsOf(text);
          for (const name of ['bp', '', 'a']) readBackend(sections, name);
          tcpStatsSockets(sections);
          hasHardStop(sections);
          const lines = text.split('\n').length;
          for (const { words: found, spot } of sections.flatMap((one) => one.statements)) {
            expect([found.length > 0, spot.line > 1, spot.line <= lines]).toEqual([
              true,
              true,
              true,
            ]);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const servers = (lines: string) => backend(`backend bp\n${lines}`).servers;

describe('servers', () => {
  const PACE = { interMs: 2000, fastInterMs: 2000, fall: 3 };

  test('their options, and those that they have from default-server lines above', () => {
    const text = ` server a h:1
 default-server check inter 5s fastinter 100 on-marked-down shutdown-sessions
 server b h:1 fall 2 backup non-stick
 default-server fall 9
 server c h:1 no-check inter 1m on-marked-up shutdown-backup-sessions`;
    expect(servers(text)).toMatchObject([
      { name: 'a', backup: false, check: null, shutsDown: false, spot: { line: 2 } },
      {
        name: 'b',
        backup: true,
        nonStick: true,
        shutsDown: true,
        shutsBackups: false,
        check: { interMs: 5000, fastInterMs: 100, fall: 2 },
      },
      {
        name: 'c',
        backup: false,
        nonStick: false,
        check: null,
        shutsDown: true,
        shutsBackups: true,
      },
    ]);
  });

  test('the value of an option is no option', () => {
    const text = ' server check backup cookie backup id 7 sni check namespace no-check check';
    expect(servers(text)).toMatchObject([{ name: 'check', backup: false, check: PACE }]);
  });

  test.for(['track bp/x', 'observe layer4', 'agent-check agent-port 1'])(
    'where its checks are not all that counts, nothing is said of their pace: check %s',
    (options) => {
      expect(servers(` server a h:1 check ${options}`)).toMatchObject([{ check: null }]);
    },
  );

  test('a template makes several', () => {
    expect(
      servers(' server-template s 2-4 h:1 check\n server-template t 1 h:1 backup'),
    ).toMatchObject([
      { name: 's2', check: PACE, backup: false },
      { name: 's3' },
      { name: 's4' },
      { name: 't1', check: null, backup: true },
    ]);
  });

  test.for([
    'server "$NAME" h:1',
    '.if 1\n server a h:1\n.endif',
    'default-server inter "$I"\n server a h:1 check',
    'server a h:1 check inter soon',
    'server-template s 1-1000000 h:1',
    'server-template s 4-2 h:1',
  ])('what cannot be known: %s', (lines) => {
    expect(servers(lines)).toBeNull();
  });
});

describe('the global section', () => {
  test.for([
    ['/run/haproxy/admin.sock', []],
    ['unix@/run/x', []],
    ['abns@x', []],
    ['fd@3', []],
    ['sockpair@4', []],
    ['stream+unix@/run/x', []],
    ['127.0.0.1:9999', ['127.0.0.1:9999']],
    [':9999', [':9999']],
    ['*:9999', ['*:9999']],
    ['::1:9999', ['::1:9999']],
    ['localhost:9999', ['localhost:9999']],
    ['ipv4@10.0.0.1:9999', ['ipv4@10.0.0.1:9999']],
    ['tcp6@:9999', ['tcp6@:9999']],
    ['stream+ipv4@:9999', ['stream+ipv4@:9999']],
    ['/run/x,10.0.0.1:9999', ['10.0.0.1:9999']],
    ['relative/admin.sock', []],
    ['admin.sock', []],
    ['', []],
  ] as const)('whether %s is reached over the network', ([address, open]) => {
    expect(networkSockets([address], 'operator').map((one) => one.address)).toEqual(open);
  });

  test('the level of a socket is operator, if its line does not say otherwise', () => {
    const text = `global
 stats socket :1
 stats socket :2 mode 600 level admin ssl crt x
 stats socket :3 level user
 stats socket /run/a level admin
 stats socket "\${IP}:4" level admin
.if defined(X)
 stats socket :5
.endif
backend bp
 stats socket :6
`;
    expect(
      tcpStatsSockets(sectionsOf(text)).map(({ address, level, spot }) => [
        address,
        level,
        spot.line,
      ]),
    ).toEqual([
      [':1', 'operator', 2],
      [':2', 'admin', 3],
      [':3', 'user', 4],
    ]);
  });

  test.for([
    ['', false],
    ['global', false],
    ['global\n hard-stop-after 1h', true],
    ['global\nglobal\n hard-stop-after 1h', true],
    ['global\n.if 1\n hard-stop-after 1h\n.endif', null],
    ['.if 1\nglobal\n hard-stop-after 1h\n.endif', null],
  ] as const)('whether old workers end by themselves: %j', ([text, ends]) => {
    expect(hasHardStop(sectionsOf(text))).toBe(ends);
  });

  test("Debian's own file is read, and has none of it", () => {
    const sections = sectionsOf(readFileSync('/etc/haproxy/haproxy.cfg', 'latin1'));
    expect(sections.map(({ kind }) => kind)).toEqual(['global', 'defaults']);
    expect(tcpStatsSockets(sections)).toEqual([]);
    expect(readBackend(sections, 'bp')).toBe('absent');
    const backends = readBackend([...sections, ...sectionsOf('backend bp')], 'bp');
    expect(backends).toMatchObject({ connectMs: { value: 5000 } });
  });
});

test.for([
  ['0', 0],
  ['1500', 1500],
  ['500us', 0.5],
  ['10ms', 10],
  ['2s', 2000],
  ['3m', 180_000],
  ['1h', 3_600_000],
  ['24d', 2_073_600_000],
  ['1m30s', null],
  ['1.5s', null],
  ['-1', null],
  ['s', null],
  ['', null],
  [undefined, null],
] as const)('the time %s', ([text, ms]) => {
  expect(readTimeMs(text)).toBe(ms);
});

test('HAProxy shows the servers of such files as they are read', async () => {
  const text = `
defaults one
  mode tcp
  timeout connect 1s
  timeout server 1s
  default-server check inter 1m
defaults two from one
  default-server backup

listen bp from two
  bind unix@DIR/bp.sock
  timeout client 1s
  server 'quoted' 127.0.0.1:1 no-backup
  default-server no-check
  server-template t 3-5 127.0.0.1:1
  default-server no-backup
  server x1 127.0.0.1:1 id 77 # backup
  server x2 127.0.0.1:1 id 4
  server cookie 127.0.0.1:1 cookie backup check
listen c from one
  bind unix@DIR/c.sock
  timeout client 1s
  server other 127.0.0.1:1
`;
  await using haproxy = await startHaproxy(
    (dir) => `global\n  stats socket ${dir}/admin.sock${text.replaceAll('DIR', dir)}`,
  );
  const answer = await ask(`${haproxy.dir}/admin.sock`, showStat.line('bp'));
  const shown = showStat.read(answer, 'bp');
  if (!shown.ok) throw new Error(answer);
  const seen = shown.value.servers.map(({ name, id, backup, status }) => ({
    name,
    id,
    backup,
    checked: status !== 'no check',
  }));
  const read = backend(text).servers?.map(({ name, id, backup, check }) => ({
    name,
    id,
    backup,
    checked: check !== null,
  }));
  expect(read).toEqual(seen);
  expect(seen).toHaveLength(7);
});
