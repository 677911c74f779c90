// What can be wrong with a HAProxy or the way to it: said with its cure, nothing done there, and the other one is healed.
import { chmod } from 'node:fs/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Status } from '../../src/domain/status.ts';
import type { Lab } from '../../src/lab/lab.ts';
import {
  answer,
  dribble,
  endless,
  scriptedSocket,
  silent,
  type Script,
} from '../support/scripted-socket.ts';
import { closedByProxy, split, UNHELD } from './scenes.ts';
import { mainstayAs, openLab, start, writeConfig } from './support.ts';

/** How each ill proxy is to show in the status, and words of the message and its cure. */
const ILLS: Record<string, { kind: string; says: readonly string[] }> = {
  missing: { kind: 'no-socket', says: ['does not exist', 'start HAProxy, or correct the path'] },
  forbidden: { kind: 'permission', says: ['this user may not open', 'usermod -aG haproxy'] },
  renamed: { kind: 'no-such-backend', says: ['"bp"', 'correct "backend" in mainstay.yaml'] },
  serverless: {
    kind: 'no-such-server',
    says: ['has no server "main"; it has "primary", "backup"', 'correct "producers"'],
  },
  full: { kind: 'timeout', says: ['all of its stats connections are in use', 'raise it'] },
  frozen: { kind: 'timeout', says: ['within 800 ms', 'HAProxy hangs'] },
  stopped: { kind: 'refused', says: ['nobody listens', 'start HAProxy'] },
};
const ALL = [...Object.keys(ILLS), 'healthy'];
/** Root may open every socket: the command runs without that privilege. */
const AS =
  process.geteuid?.() === 0 ? ['--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];

test.concurrent('seven ill HAProxies are each named with the cure and left alone, while the healthy one is healed', async (t) => {
  const lab = await openLab(t, {
    proxies: ALL,
    relays: 2,
    configure: (config, proxy) => {
      if (proxy === 'renamed') return config.replaceAll(/\bbp\b/g, 'nodes');
      return proxy === 'serverless' ? config.replaceAll('server main ', 'server primary ') : config;
    },
  });
  await split(lab, ['healthy', 'full', 'frozen', 'stopped'], ['healthy']);
  await chmod(lab.proxy('forbidden').sockets.admin, 0o000);
  await lab.proxy('stopped').stop();
  lab.proxy('frozen').freeze();
  const held = await hold(lab, 'full', 10);
  const mark = lab.mark();
  const proxies = ALL.map((name) => ({
    name,
    runtime: `unix:${name === 'missing' ? `${lab.dir}/none.sock` : lab.proxy(name).sockets.admin}`,
  }));
  const settings = { ...UNHELD, proxies, split: { after: '0s' } };

  const look = await mainstayAs(AS, 'status', '--json', '-c', await writeConfig(lab, settings));
  expect({ code: look.code, err: look.err }).toEqual({ code: 2, err: '' });
  const daemon = await start(t, lab, settings, { as: AS });
  await lab.until(
    () => lab.count({ proxy: 'healthy', producer: 'main' }) === 2,
    10_000,
    'the healthy one is healed',
  );
  await daemon.looks('healthy', 2);
  const told = await mainstayAs(AS, 'status', '--json', '-c', daemon.file);
  expect({ code: told.code, err: told.err }).toEqual({ code: 3, err: '' });
  const text = await mainstayAs(AS, 'status', '-c', daemon.file);

  const first: Status = JSON.parse(look.out);
  const later: Status = JSON.parse(told.out);
  for (const { degraded } of [first, later]) expect(degraded).toEqual(Object.keys(ILLS));
  for (const [name, { kind, says }] of Object.entries(ILLS)) {
    const { error } = first.proxies.find((proxy) => proxy.name === name)!;
    expect({ name, kind: error?.kind }).toEqual({ name, kind });
    for (const words of says) expect(error?.message).toContain(words);
    const log = daemon.log().map(({ msg }) => msg);
    expect(log).toContainEqual(expect.stringContaining(error?.message ?? '?'));
  }
  // Looks that wait to be accepted fill the queue of a HAProxy that does not: after eleven the system refuses more.
  const lasting = later.proxies.filter(({ name }) => !['full', 'frozen', 'healthy'].includes(name));
  for (const { error } of lasting) {
    expect(text.out.replaceAll(/\s+/g, ' ')).toContain(error?.message);
  }
  expect(lasting.map(({ error }) => error)).toEqual(
    lasting.map(({ name }) => first.proxies.find((proxy) => proxy.name === name)?.error),
  );
  expect(closedByProxy(lab, mark).map(({ proxy, producer }) => `${proxy}/${producer}`)).toEqual([
    'healthy/backup',
  ]);

  // Whoever recovers is seen again, and healed.
  held.forEach((socket) => socket.destroy());
  lab.proxy('frozen').thaw();
  await lab.proxy('stopped').start();
  const healed = () =>
    ['full', 'frozen'].every((proxy) => lab.count({ proxy, producer: 'main' }) === 2);
  await lab.until(healed, 10_000, 'those that have recovered are healed');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  await t.expect
    .poll(async () => (await daemon.status()).degraded, { timeout: 10_000 })
    .toEqual(['missing', 'forbidden', 'renamed', 'serverless']);
});

test.concurrent('a level below admin is seen before, held back with the cure, and hinders no other proxy', async (t) => {
  const lab = await openLab(t, { proxies: ['ha1', 'ha2', 'ha3'], relays: 2 });
  await split(lab, ['ha1', 'ha2', 'ha3'], ['ha3']);
  const mark = lab.mark();
  const { operator } = lab.proxy('ha1').sockets;
  const { user } = lab.proxy('ha2').sockets;
  const { admin } = lab.proxy('ha3').sockets;
  const proxies = [operator, user, admin].map((path, i) => ({
    name: `ha${i + 1}`,
    runtime: `unix:${path}`,
  }));
  const poll = { interval: '500ms', timeout: '500ms' };
  const daemon = await start(t, lab, { ...UNHELD, proxies, poll, split: { after: '0s' } });
  await lab.until(
    () => lab.count({ proxy: 'ha3', producer: 'main' }) === 2,
    20_000,
    'the one that may be acted on is healed',
  );
  await daemon.looks('ha1', 4);
  await daemon.looks('ha2', 1);
  const gates = daemon.log().flatMap(({ decision }) => decision?.gates ?? []);
  for (const [proxy, level] of [
    ['ha1', 'operator'],
    ['ha2', 'user'],
  ] as const) {
    expect(gates).toContainEqual({
      gate: 'level-too-low',
      proxy,
      untilMs: null,
      reason: expect.stringMatching(new RegExp(`level ${level}, .*set level admin for that`)),
    });
  }
  const acted = daemon.log().flatMap(({ outcome }) => outcome?.proxy ?? []);
  expect(new Set(acted)).toEqual(new Set(['ha3']));
  expect(closedByProxy(lab, mark).map(({ proxy, producer }) => `${proxy}/${producer}`)).toEqual([
    'ha3/backup',
  ]);

  const told = await mainstayAs([], 'status', '--json', '-c', daemon.file);
  const status: Status = JSON.parse(told.out);
  expect(told.code).toBe(2);
  expect(status.proxies.map(({ level }) => level)).toEqual(['operator', 'user', 'admin']);

  // More looks than HAProxy takes connections, ten, and none of them has left one open. One follows the events.
  await daemon.looks('ha3', 11);
  expect((await lab.proxy('ha3').ask('show sess')).match(/fe=GLOBAL/g)?.length).toBeLessThan(5);
  const idle = await hold(lab, 'ha3', 8);
  await daemon.looks('ha3', 3);
  expect((await daemon.status()).degraded).toEqual([]);
  idle.forEach((socket) => socket.destroy());
});

/** What answers instead of a HAProxy, made from a true answer to a look at one with sessions to close. */
const HOSTILE: Record<string, { script: (look: string) => Script; kind: string | null }> = {
  silent: { script: () => silent, kind: 'timeout' },
  closing: { script: () => answer(''), kind: 'truncated' },
  cut: { script: (look) => answer(look.slice(0, -300)), kind: 'truncated' },
  cutEarly: { script: (look) => answer(look.slice(0, 100)), kind: 'truncated' },
  dripping: { script: (look) => dribble(look, 5), kind: 'timeout' },
  endless: { script: () => endless, kind: 'too-large' },
  web: {
    script: () => answer('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
    kind: 'truncated',
  },
  bytes: {
    script: () => answer(`${String.fromCharCode(...Array(256).keys())}\n\n`.repeat(50)),
    kind: 'protocol',
  },
  semicolon: { script: named('backup;shutdown sessions server bp/main'), kind: 'protocol' },
  space: { script: named('main backup'), kind: 'protocol' },
  newline: { script: named('"back\nup"'), kind: 'protocol' },
  payload: { script: named('<<'), kind: 'protocol' },
  escape: { script: named('\u001b[2J'), kind: 'protocol' },
  huge: { script: sessions('1e300'), kind: 'protocol' },
  negative: { script: sessions('-1'), kind: 'protocol' },
  nan: { script: sessions('NaN'), kind: 'protocol' },
  beyond: { script: sessions('9007199254740993'), kind: 'protocol' },
  // A sound look, and the same again to whatever else is asked: it is believed, and then found out.
  parrot: { script: (look) => answer(look), kind: null },
};

function named(name: string) {
  return (look: string) => answer(look.replace('\nbp,backup,', `\nbp,${name},`));
}

function sessions(count: string) {
  return (look: string) => answer(look.replace(/\n(bp,backup,[^,]*,[^,]*),[^,]*/, `\n$1,${count}`));
}

test.concurrent('whatever answers in place of a HAProxy is named, gets no command that acts, and hinders nobody', async (t) => {
  const lab = await openLab(t, { proxies: ['healthy', 'model'], relays: 2 });
  await split(lab, ['healthy', 'model'], ['healthy']);
  const look = await lab.proxy('model').ask(LOOK);
  const names = Object.keys(HOSTILE);
  const sockets = await Promise.all(
    Object.values(HOSTILE).map(({ script }) => scriptedSocket('unix', script(look))),
  );
  t.onTestFinished(async () => {
    for (const socket of sockets) await socket[Symbol.asyncDispose]();
  });
  const mark = lab.mark();
  const daemon = await start(t, lab, {
    ...UNHELD,
    split: { after: '0s' },
    poll: { interval: '2s', timeout: '2s' },
    proxies: [
      ...names.map((name, i) => ({ name, runtime: sockets[i]!.address.text })),
      { name: 'healthy', runtime: `unix:${lab.proxy('healthy').sockets.admin}` },
    ],
  });
  const healed = () => lab.count({ proxy: 'healthy', producer: 'main' }) === 2;
  await lab.until(healed, 10_000, 'the healthy one is healed');
  const parrot = await daemon.until(
    ({ outcome }) => outcome?.proxy === 'parrot',
    10_000,
    'the parrot is found out',
  );

  const kinds = async () =>
    (await daemon.status()).proxies.map(({ name, error }) => [name, error?.kind ?? null]);
  await t.expect
    .poll(kinds, { timeout: 20_000 })
    .toEqual([...names.map((name) => [name, HOSTILE[name]!.kind]), ['healthy', null]]);
  expect(parrot.outcome).toMatchObject({ result: 'failed', fault: { kind: 'protocol' } });
  names.forEach((name, i) => {
    const received = sockets[i]!.received().split('\n').slice(0, -1);
    // Asked on the side, whether there is anything to follow.
    const lines = new Set(received.filter((line) => line !== 'show events'));
    expect({ name, lines: [...lines] }).toEqual({
      name,
      lines: name === 'parrot' ? [LOOK, 'show sess'] : [LOOK],
    });
  });
  for (const { msg } of daemon.log()) expect(msg).toMatch(/^[\x20-\x7e]*$/);
  // A look that was given up leaves no connection open. One asks what there is to follow, beside the looks.
  const [quiet] = sockets;
  await t.expect.poll(() => quiet!.connections(), { timeout: 10_000 }).toBeGreaterThan(2);
  expect(quiet!.open()).toBeLessThan(3);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(closedByProxy(lab, mark, { proxy: 'healthy' })).toHaveLength(1);
  expect((await daemon.get('/healthz')).status).toBe(200);
});

test('a hundred thousand servers cost bounded time and memory, and the other proxy is healed', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, ['ha1', 'ha2'], ['ha2']);
  const look = await lab.proxy('ha1').ask(LOOK);
  await using long = await scriptedSocket('unix', answer(withServers(look, 100_000)));
  await using short = await scriptedSocket('unix', answer(withServers(narrow(look), 100_000)));
  const daemon = await start(t, lab, {
    ...UNHELD,
    split: { after: '0s' },
    // Reading that much takes a while on a busy machine.
    poll: { interval: '4s', timeout: '4s' },
    proxies: [
      { name: 'long', runtime: long.address.text },
      { name: 'short', runtime: short.address.text },
      { name: 'ha2', runtime: `unix:${lab.proxy('ha2').sockets.admin}` },
    ],
  });
  const healed = () => lab.count({ proxy: 'ha2', producer: 'main' }) === 2;
  await lab.until(healed, 20_000, 'the healthy one is healed');

  // On a busy machine so much is not read in time; elsewhere it is more than is read, in bytes or in rows.
  const error = async () => (await daemon.status()).proxies[0]?.error?.kind;
  await expect.poll(error, { timeout: 20_000 }).toMatch(/^(?:too-large|timeout|protocol)$/);
  expect((await daemon.get('/healthz')).status).toBe(200);
  const peakMb =
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1]) / 1024;
  console.log(`measured: at most ${Math.round(peakMb)} MB resident with 100000 servers`);
  expect(peakMb).toBeLessThan(700);
});

const LOOK = 'show cli level;show info;show table pin data.gpt0 gt 0;show stat bp 6 -1';

/** The look with so many more servers, like its backup but for the name and without sessions. */
function withServers(look: string, count: number): string {
  const row = /\nbp,backup,[^\n]*/.exec(look)![0];
  const rows = Array.from({ length: count }, (_, i) => row.replace(',backup,', `,s${i},`));
  return look.replace(/\nbp,BACKEND/, `${rows.join('')}$&`);
}

/** The look with only the columns that are read. */
function narrow(look: string): string {
  const at = look.indexOf('# pxname');
  const [head = '', ...rows] = look.slice(at).trimEnd().split('\n');
  const kept =
    'pxname svname type sid status weight bck scur lastchg lastsess check_status tracked';
  const columns = head.slice(2).split(',');
  const places = kept.split(' ').map((name) => columns.indexOf(name));
  const lines = rows.map((row) => places.map((place) => row.split(',')[place]).join(','));
  return `${look.slice(0, at)}# ${kept.replaceAll(' ', ',')}\n${lines.join('\n')}\n\n`;
}

/** Opens so many connections to a proxy's admin socket, and says nothing on them. */
async function hold(lab: Lab, proxy: string, count: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(lab.proxy(proxy).sockets.admin));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return sockets;
}
