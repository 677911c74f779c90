// Captures a real HAProxy's answers into test/fixtures/haproxy/<version>/: node scripts/capture-fixtures.mjs [HAPROXY_BINARY]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const binary = process.argv[2] ?? process.env['MAINSTAY_HAPROXY'] ?? '/usr/sbin/haproxy';
const version = /version (\d+\.\d+\.\d+)/.exec(
  execFileSync(binary, ['-v'], { encoding: 'utf8' }),
)?.[1];
if (version === undefined) throw new Error(`${binary} -v shows no version`);
const out = join(import.meta.dirname, '..', 'test', 'fixtures', 'haproxy', version);
const dir = mkdtempSync(join(tmpdir(), 'mainstay-fixtures-'));

/** @typedef {{ port: number, close: () => Promise<void> }} Producer */

/**
 * A TCP server on an ephemeral port that says `greeting` to everybody, and ends the connection where it has one.
 * @param {string | null} greeting latin1
 * @returns {Promise<Producer>}
 */
async function serve(greeting) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (greeting !== null) socket.end(greeting, 'latin1');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port: address.port, close };
}

/**
 * @param {string} path
 * @returns {Promise<import('node:net').Socket>}
 */
function dial(path) {
  return new Promise((resolve, reject) => {
    const socket = connect({ path }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/**
 * @param {import('node:net').Socket} socket
 * @param {string} line
 * @returns {Promise<string>}
 */
async function askOn(socket, line) {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => (text += chunk));
  socket.write(`${line}\n`);
  await new Promise((resolve) => socket.on('close', resolve));
  return text;
}

/**
 * @param {string} line
 * @param {'user' | 'operator' | 'admin'} [level]
 */
const ask = async (line, level = 'admin') => askOn(await dial(join(dir, `${level}.sock`)), line);

/**
 * @param {string} what
 * @param {() => Promise<boolean>} condition
 */
async function until(what, condition) {
  const deadline = Date.now() + 20_000;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`HAProxy ${version} never showed: ${what}`);
    await sleep(50);
  }
}

/**
 * Waits until every server of the backend shows the status that the table gives it.
 * @param {string} backend
 * @param {Record<string, RegExp>} wanted
 */
async function untilStatus(backend, wanted) {
  for (const [server, status] of Object.entries(wanted))
    await until(`${backend}/${server} ${status}`, async () => {
      const [header = '', ...rows] = (await ask(`show stat ${backend} 4 -1`)).split('\n');
      const place = header.split(',').indexOf('status');
      const row = rows.find((line) => line.startsWith(`${backend},${server},`));
      return status.test(row?.split(',')[place] ?? '');
    });
}

/**
 * @param {string} name
 * @param {string} text
 */
const write = (name, text) => writeFileSync(join(out, name), text, 'latin1');

/** @type {Record<string, Producer>} */
const producers = {
  main: await serve(null),
  backup: await serve(null),
  'going-down': await serve(null),
  'coming-up': await serve(null),
  'drain-going-down': await serve(null),
  agentDown: await serve('down #gone, for "lunch"\n'),
  agentDrain: await serve('drain\n'),
  ok: await serve('HTTP/1.0 200 OK\r\n\r\n'),
  leaving: await serve('HTTP/1.0 404 Leaving\r\n\r\n'),
  'leaving-going-down': await serve('HTTP/1.0 404 Leaving\r\n\r\n'),
  // What a hostile producer can put into last_chk: commas, quotes, bytes that are no UTF-8.
  hostile: await serve('HTTP/1.0 500 bp,main,"UP",\x83\xff\r\n\r\n'),
};
/** @param {string} name */
const at = (name) => `127.0.0.1:${producers[name]?.port}`;

const config = `
global
    node lab
    stats timeout 30s
    stats socket ${dir}/user.sock mode 600 level user
    stats socket ${dir}/operator.sock mode 600 level operator
    stats socket ${dir}/admin.sock mode 600 level admin
resolvers nobody
    nameserver none 127.0.0.1:9
defaults
    mode tcp
    timeout connect 1s
    timeout client 60s
    timeout server 60s
frontend fe
    bind unix@${dir}/fe.sock
    default_backend pair
backend pair
    server main ${at('main')} check inter 200ms
    server backup ${at('backup')} check inter 200ms backup
backend zoo
    default-server inter 200ms
    server up ${at('main')} check
    server going-down ${at('going-down')} check fall 1000
    server down 127.0.0.1:1 check fall 1
    server coming-up ${at('coming-up')} check fall 1 rise 1000
    server maint ${at('main')} check
    server tracks-maint ${at('main')} track zoo/maint
    server tracks-up ${at('main')} track zoo/up
    server unresolved nowhere.invalid:1 check resolvers nobody init-addr none
    server disabled ${at('main')} check disabled
    server drain ${at('main')} check
    server drain-going-down ${at('drain-going-down')} check fall 1000
    server weight-0 ${at('main')} check weight 0
    server no-check ${at('main')}
    server agent-down ${at('main')} check agent-check agent-inter 200ms agent-port ${producers['agentDown']?.port}
    server agent-drain ${at('main')} check agent-check agent-inter 200ms agent-port ${producers['agentDrain']?.port}
    server backup ${at('main')} check backup
backend web
    mode http
    option httpchk GET /
    http-check disable-on-404
    default-server check inter 200ms
    server ok ${at('ok')}
    server leaving ${at('leaving')}
    server leaving-going-down ${at('leaving-going-down')} fall 1000
    server hostile ${at('hostile')} fall 1
backend off
    disabled
    server main ${at('main')}
`;

async function captureStates() {
  await producers['coming-up']?.close();
  await ask(
    'set server zoo/maint state maint;set server zoo/drain state drain;set server zoo/drain-going-down state drain',
  );
  await untilStatus('zoo', {
    'coming-up': /^DOWN$/,
    drain: /^DRAIN$/,
    'drain-going-down': /^DRAIN$/,
  });
  await untilStatus('web', { 'leaving-going-down': /^NOLB$/ });
  const back = createServer((socket) => socket.on('error', () => {}));
  await new Promise((resolve) =>
    back.listen(producers['coming-up']?.port, '127.0.0.1', () => resolve(null)),
  );
  producers['coming-up'] = { port: 0, close: async () => void back.close() };
  for (const name of ['going-down', 'drain-going-down', 'leaving-going-down'])
    await producers[name]?.close();
  await untilStatus('zoo', {
    'going-down': /^UP \d+\/1000$/,
    down: /^DOWN$/,
    'coming-up': /^DOWN \d+\/1000$/,
    maint: /^MAINT$/,
    'tracks-maint': /^MAINT \(via zoo\/maint\)$/,
    'drain-going-down': /^DRAIN \d+\/1000$/,
    'agent-down': /^DOWN \(agent\)$/,
    'agent-drain': /^DRAIN \(agent\)$/,
  });
  await untilStatus('web', {
    leaving: /^NOLB$/,
    'leaving-going-down': /^NOLB \d+\/1000$/,
    hostile: /^DOWN$/,
  });
  write('show-stat-zoo.csv', await ask('show stat zoo 6 -1'));
  write('show-stat-web.csv', await ask('show stat web 6 -1'));
  write('show-servers-state-zoo.txt', await ask('show servers state zoo'));
}

async function captureAnswers() {
  const clients = [await dial(join(dir, 'fe.sock')), await dial(join(dir, 'fe.sock'))];
  const look = 'show cli level;show info;show stat pair 6 -1';
  await until('two sessions on main', async () =>
    /^pair,main,0,0,2,/m.test(await ask('show stat pair 6 -1')),
  );
  for (const level of /** @type {const} */ (['user', 'operator', 'admin']))
    write(`look-${level}.txt`, await ask(look, level));
  /** @type {Record<string, string>} */
  const answers = {
    'look-no-such-backend': 'show cli level;show info;show stat nowhere 6 -1',
    'look-name-of-a-frontend': 'show cli level;show info;show stat fe 6 -1',
    'show-info': 'show info',
    'show-version': 'show version',
    'show-sess': 'show sess',
    'show-servers-state-no-such-backend': 'show servers state nowhere',
    'unknown-command': 'show nonsense',
    'shutdown-session-gone': 'shutdown session 0xdead',
    'shutdown-session-malformed': 'shutdown session main',
    'shutdown-sessions-server': 'shutdown sessions server pair/backup',
    'shutdown-sessions-server-no-such-backend': 'shutdown sessions server nowhere/main',
    'shutdown-sessions-server-no-such-server': 'shutdown sessions server pair/nobody',
    'shutdown-sessions-server-disabled': 'shutdown sessions server off/main',
  };
  for (const [name, line] of Object.entries(answers)) write(`${name}.txt`, await ask(line));
  write('show-sess-denied.txt', await ask('show sess', 'user'));
  write('shutdown-session-denied.txt', await ask('shutdown session 0xdead', 'operator'));
  write(
    'shutdown-sessions-server-denied.txt',
    await ask('shutdown sessions server pair/backup', 'operator'),
  );
  return { clients, look };
}

mkdirSync(out, { recursive: true });
writeFileSync(join(dir, 'haproxy.cfg'), config);
const haproxy = spawn(binary, ['-db', '-f', join(dir, 'haproxy.cfg')], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
let complaints = '';
haproxy.stderr.on('data', (chunk) => (complaints += chunk));
try {
  await until('an answer', async () => (await ask('show version')) !== '');
  await captureStates();
  const { clients, look } = await captureAnswers();
  // A connection from before a soft stop goes on talking to the stopping process, as to an old worker after a reload.
  const early = await dial(join(dir, 'user.sock'));
  await ask('show version');
  haproxy.kill('SIGUSR1');
  await until('the end of listening', () =>
    dial(join(dir, 'user.sock')).then(
      () => false,
      () => true,
    ),
  );
  write('look-stopping.txt', await askOn(early, look));
  for (const client of clients) client.destroy();
  console.log(out);
} catch (error) {
  console.error(complaints);
  throw error;
} finally {
  haproxy.kill('SIGKILL');
  for (const producer of Object.values(producers)) await producer.close();
  rmSync(dir, { recursive: true });
}
