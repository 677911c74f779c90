// The files themselves: what cannot be read, what is too large, whose token others can see.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'mainstay-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MINIMAL = 'backend: bp\nproxies: [{ name: ha1, runtime: unix:/run/a.sock }]\n';

function written(name: string, content: string | Buffer, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

async function messages(path: string): Promise<readonly string[]> {
  const loaded = await loadConfig(path, {});
  return loaded.ok ? [] : loaded.fault.messages.map((line) => line.replace(path, 'FILE'));
}

async function config(path: string) {
  const loaded = await loadConfig(path, {});
  if (!loaded.ok) throw new Error(loaded.fault.messages.join('\n'));
  return loaded.value;
}

describe('a file that cannot be read is refused in one clear line', () => {
  test('no such file, and none below what is no folder', async () => {
    expect(await messages(join(folder, 'nothing'))).toEqual(['FILE: no such file']);
    expect(await messages(join(written('plain', ''), 'below'))).toEqual(['FILE: no such file']);
  });

  test('a folder, and a pipe that would be waited for', async () => {
    mkdirSync(join(folder, 'sub'));
    expect(await messages(join(folder, 'sub'))).toEqual(['FILE: a folder, not a file']);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await messages(join(folder, 'pipe'))).toEqual(['FILE: not a regular file']);
  });

  test('a file of another user', async () => {
    const path = written('foreign.yaml', MINIMAL, 0o000);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      expect(await messages(path)).toEqual(['FILE: this user may not read it']);
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  test('a path that no file can have', async () => {
    expect(await messages('a\0b')).toEqual(['FILE: cannot be read (ERR_INVALID_ARG_VALUE)']);
  });

  test('an empty file, and one in UTF-16', async () => {
    expect(await messages(written('empty.yaml', ''))).toEqual([
      'FILE:1:1 expected settings (at least backend and proxies), got nothing',
    ]);
    expect(
      await messages(written('utf16.yaml', Buffer.from(`\ufeff${MINIMAL}`, 'utf16le'))),
    ).toEqual(['FILE:1:1 not UTF-8; save the file as UTF-8']);
  });

  test('one byte more than the limit, and not the limit itself', async () => {
    const full = MINIMAL.padEnd(96 * 1024, '#');
    expect(await messages(written('full.yaml', full))).toEqual([]);
    expect(await messages(written('large.yaml', `${full}#`))).toEqual([
      'FILE: larger than 98304 bytes',
    ]);
  });

  test.each(['a: 1\n', '[', '*a ', '? '])(
    'rubbish of the largest size, all of %j, gives a bounded list of messages',
    async (rubbish) => {
      const text = rubbish.repeat(Math.floor((96 * 1024) / rubbish.length));
      const lines = await messages(written('rubbish.yaml', text));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(51);
    },
    30_000,
  );

  test('of more than fifty mistakes fifty are shown and the others are counted', async () => {
    const keys = Array.from({ length: 70 }, (_, i) => `zz${i}: 1\n`).join('');
    const lines = await messages(written('many.yaml', MINIMAL + keys));
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('FILE: … and 20 more');
  });
});

describe('a file that an editor left its marks in is read all the same', () => {
  test('a byte order mark, and line ends of Windows', async () => {
    const { backend, warnings } = await config(
      written('windows.yaml', `\ufeff${MINIMAL.replaceAll('\n', '\r\n')}`),
    );
    expect({ backend, warnings }).toEqual({ backend: 'bp', warnings: [] });
  });
});

const SECRET = 'sixteen+letters=';

function withToken(tokenFile: string, more = ''): string {
  return written('token.yaml', `${MINIMAL}api: { tokenFile: ${tokenFile} }\n${more}`);
}

describe('the token is read from its own file and never shown', () => {
  test('beside the file, without the blanks around it', async () => {
    written('token', ` ${SECRET}\r\n\n`);
    expect(await config(withToken('token'))).toMatchObject({ token: SECRET, warnings: [] });
    expect(await config(withToken(join(folder, 'token')))).toMatchObject({ token: SECRET });
  });

  test.each([0o640, 0o604])('mode %o: a warning that does not hold it', async (mode) => {
    written('token', SECRET, mode);
    const path = withToken('token');
    const { token, warnings } = await config(path);
    expect(token).toBe(SECRET);
    expect(warnings).toEqual([
      `${path}:3:19 api.tokenFile: others than the file's owner can read the token; chmod 600 it`,
    ]);
  });

  test("a peer's token is read like one's own", async () => {
    written('token', SECRET);
    written('other', 'x');
    const peer = (more: string) =>
      written(
        'peer.yaml',
        `backend: bp\nproxies: [{ name: ha1, runtime: unix:/s }, { name: ha2 }]\nself: ha1\napi: { tokenFile: token }\npeers: [{ name: ha2, url: "http://127.0.0.2:1", ${more} }]\n`,
      );
    expect(await config(peer(''))).toMatchObject({ peers: [{ token: null }], warnings: [] });
    expect(await messages(peer('tokenFile: other'))).toEqual([
      'FILE:5:60 peers[0].tokenFile: expected at least 16 characters in the file, got 1',
    ]);
    written('token', SECRET, 0o644);
    expect(await config(peer('tokenFile: token'))).toMatchObject({
      peers: [{ token: SECRET }],
      warnings: [
        expect.stringContaining("api.tokenFile: others than the file's owner can read the token"),
        expect.stringContaining('peers[0].tokenFile: others than'),
      ],
    });
  });

  test("a webhook's token may be as short as its owner likes, and not empty", async () => {
    const hook = written(
      'hook.yaml',
      `${MINIMAL}hooks: [{ on: [gate], webhook: "https://h/", tokenFile: other }]\n`,
    );
    written('other', 'x\n');
    expect(await config(hook)).toMatchObject({ hooks: [{ to: { token: 'x' } }], warnings: [] });
    written('other', '\n');
    expect(await messages(hook)).toEqual([
      'FILE:3:57 hooks[0].tokenFile: expected at least 1 character in the file, got 0',
    ]);
  });

  test.each([
    ['fifteen-letters', 'expected at least 16 characters in the file, got 15'],
    ['', 'expected at least 16 characters in the file, got 0'],
    [`${SECRET} ${SECRET}`, 'expected one line of printable ASCII without spaces in the file'],
    [`${SECRET}é`, 'expected one line of printable ASCII without spaces in the file'],
    ['x'.repeat(4097), 'larger than 4096 bytes'],
  ])('%# a token that cannot be one', async (content, message) => {
    written('token', content);
    expect(await messages(withToken('token'))).toEqual([`FILE:3:19 api.tokenFile: ${message}`]);
  });

  test('a token in the place of the name of its file is not repeated', async () => {
    const lines = await messages(withToken(SECRET));
    expect(lines).toEqual(['FILE:3:19 api.tokenFile: no such file']);
  });
});

/** A proxy with that runtime and an https page. */
const farYaml = (runtime: string, more: string) =>
  `backend: bp\nproxies: [{ name: ha1, runtime: "${runtime}", stats: "https://h/", ${more} }]\n`;

describe('a key or a password that others can read', () => {
  test.each([
    [
      'ssh.key',
      farYaml('ssh:me@h/s', `ssh: { hostKey: "SHA256:${'a'.repeat(43)}", key: secret }`),
      "others than the file's owner can read the key; chmod 600 it",
    ],
    [
      'tls.key',
      farYaml('tls:h:1', 'tls: { cert: none, key: secret }'),
      "others than the file's owner can read the key; chmod 600 it",
    ],
    [
      'auth.passwordFile',
      farYaml('unix:/s', 'auth: { username: me, passwordFile: secret }'),
      "others than the file's owner can read the password; chmod 600 it",
    ],
  ])('proxies[0].%s', async (setting, text, warning) => {
    const path = written('secret.yaml', text);
    written('secret', 'x', 0o640);
    const { warnings } = await config(path);
    expect(warnings).toEqual([expect.stringContaining(`proxies[0].${setting}: ${warning}`)]);
    written('secret', 'x', 0o600);
    expect(await config(path)).toMatchObject({ warnings: [] });
    // Whoever uses it will find that it is gone.
    rmSync(join(folder, 'secret'));
    expect(await config(path)).toMatchObject({ warnings: [] });
  });
});

test('the key of api.tls, if others can read it', async () => {
  const path = written('api.yaml', `${MINIMAL}api: { tls: { cert: none, key: secret } }\n`);
  written('secret', 'x', 0o644);
  expect((await config(path)).warnings).toEqual([
    `${path}:3:32 api.tls.key: others than the file's owner can read the key; chmod 600 it`,
  ]);
  written('secret', 'x');
  expect(await config(path)).toMatchObject({ warnings: [] });
});

test.each([
  ['http://localhost/stats', 0],
  ['http://127.9.9.9:8404/stats', 0],
  ['http://[::1]:8404/stats', 0],
  ['https://10.0.0.1/stats', 0],
  ['http://10.0.0.1/stats', 1],
])('a password for %s gives %i warnings', async (stats, count) => {
  const text = `backend: bp\nproxies: [{ name: ha1, stats: "${stats}", auth: { username: me, passwordFile: none } }]\n`;
  const { warnings } = await config(written('auth.yaml', text));
  expect(warnings).toHaveLength(count);
});

test.each([
  ['localhost:1', 0],
  ['"[::1]:1"', 0],
  ['127.0.0.53:1', 0],
  ['127.example.org:1', 1],
  ['10.0.0.1:1', 1],
])('listening on %s gives %i warnings', async (listen, count) => {
  const { warnings } = await config(written('listen.yaml', `${MINIMAL}listen: ${listen}\n`));
  expect(warnings).toHaveLength(count);
});

const GIVEN = 'others than this host get only /metrics and the health pages';

test.each([
  ['', [`${GIVEN}, in clear: there is neither api.tokenFile nor api.tls`]],
  ['api: { tls: { cert: c, key: k } }', [`${GIVEN}: there is no api.tokenFile`]],
  [
    'api: { tokenFile: token }',
    [
      'whoever reads the token on the way gives orders with it: there is no api.tls; add a certificate and its key',
    ],
  ],
  ['api: { tokenFile: token, tls: { cert: c, key: k } }', []],
])('listening for others with %j', async (api, expected) => {
  written('token', SECRET);
  const path = written('others.yaml', `${MINIMAL}listen: 0.0.0.0:9847\n${api}\n`);
  const { warnings } = await config(path);
  expect(warnings).toEqual(expected.map((warning) => `${path}:3:9 listen: ${warning}`));
});

test.each([
  ['http://localhost:9847', '127.0.0.1:1', '', []],
  ['https://10.0.0.2:9847', '10.0.0.1:1', 'tokenFile: token,', []],
  [
    'https://10.0.0.2:9847',
    '10.0.0.1:1',
    '',
    [
      'FILE:6:8 peers: a peer on another host cannot read this mainstay: there is no api.tokenFile',
      `FILE:4:9 listen: ${GIVEN}: there is no api.tokenFile`,
    ],
  ],
  [
    'https://10.0.0.2:9847',
    '127.0.0.1:1',
    'tokenFile: token,',
    [
      'FILE:4:9 listen: a peer on another host cannot reach this mainstay, which listens to its own host alone; write listen: HOST:PORT with an address of the network between them',
    ],
  ],
])('a peer at %s, listening on %s, with %j', async (url, listen, token, expected) => {
  written('token', SECRET);
  const path = written(
    'peers.yaml',
    `backend: bp\nproxies: [{ name: ha1, runtime: unix:/s }, { name: ha2 }]\nself: ha1\nlisten: ${listen}\napi: { ${token} tls: { cert: c, key: k } }\npeers: [{ name: ha2, url: "${url}" }]\n`,
  );
  const { warnings } = await config(path);
  const lines = warnings.map((line) => line.replace(path, 'FILE'));
  expect(lines.toSorted()).toEqual(expected.toSorted());
});
