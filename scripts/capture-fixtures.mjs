// Captures a real HAProxy's answers into test/fixtures/haproxy/<version>/: node scripts/capture-fixtures.mjs [HAPROXY_BINARY]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
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
 * A request to the statistics page.
 * @param {string} path
 * @param {string} [form] what is posted, where it is
 * @returns {Promise<{ body: string, location: string }>}
 */
function askPage(path, form) {
  const method = form === undefined ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const socketPath = join(dir, 'page.sock');
    const sent = request({ socketPath, path, method, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('latin1');
      answer.on('data', (chunk) => (body += chunk));
      answer.on('end', () => resolve({ body, location: answer.headers.location ?? '' }));
    });
    sent.on('error', reject);
    sent.end(form);
  });
}

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
    log ring@events format rfc5424 local0
ring events
    description "type=buffer, all that happens"
    format rfc5424
    maxlen 2000
    size 65536
resolvers nobody
    nameserver none 127.0.0.1:9
backend pin
    stick-table type integer size 16 expire 60s store gpt0
backend counters
    stick-table type integer size 16 expire 60s store conn_cnt
backend names
    stick-table type string len 32 size 16 expire 60s store gpt0
defaults
    log global
    mode tcp
    timeout connect 1s
    timeout client 60s
    timeout server 60s
frontend fe
    option tcplog
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
frontend pairs
    mode http
    option httplog
    bind unix@${dir}/page.sock
    stats enable
    stats uri /stats
    stats admin if TRUE
listen both
    bind unix@${dir}/both.sock name l1
    option socket-stats
    server odd.1:a_b-c ${at('main')} check inter 200ms
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
  await untilStatus('both', { 'odd.1:a_b-c': /^UP$/ });
  // A scope is a part of a name in any case: `pair` shows the frontend `pairs` too, a single letter shows everything.
  for (const scope of ['pair', 'zoo', 'web', 'both', 'off', 'nowhere', 'z'])
    write(`stats-page-${scope}.csv`, (await askPage(`/stats;csv;scope=${scope}`)).body);
  write('stats-page.html', (await askPage('/stats')).body.slice(0, 1000));
  const { location } = await askPage('/stats', 's=backup&action=shutdown&b=pair');
  write('stats-page-form.txt', location);
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

/** @param {string} table */
const show = (table) => `show table ${table} data.gpt0 gt 0`;
/** @param {string} table */
const set = (table) => `set table ${table} key 1 data.gpt0 2`;
/** @param {string} ring */
const follow = (ring) => `set timeout cli 60;show events ${ring} -w -n`;

async function capturePinsAndRings() {
  write('show-table-empty.txt', await ask(show('pin'), 'operator'));
  write('set-table.txt', await ask(set('pin'), 'operator'));
  write('show-table.txt', await ask(show('pin'), 'operator'));
  await ask('set table pin key 2 data.gpt0 7;set table names key 1 data.gpt0 2', 'operator');
  write('show-table-two-keys.txt', await ask(show('pin'), 'operator'));
  write('show-table-of-names.txt', await ask(show('names'), 'operator'));
  write('show-table-without-gpt0.txt', await ask(show('counters'), 'operator'));
  write('show-table-no-such-table.txt', await ask(show('pair'), 'operator'));
  write('show-table-denied.txt', await ask(show('pin'), 'user'));
  write('set-table-denied.txt', await ask(set('pin'), 'user'));
  write('set-table-without-gpt0.txt', await ask(set('counters'), 'operator'));
  write('set-table-no-such-table.txt', await ask(set('pair'), 'operator'));
  const look = `show cli level;show info;${show('pin')};show stat pair 6 -1`;
  write('look-with-pin.txt', await ask(look, 'operator'));
  write('look-with-pin-denied.txt', await ask(look, 'user'));
  write('show-tables.txt', await ask('show table', 'user'));
  write('show-backends.csv', await ask('show stat -1 6 -1', 'user'));
  write('show-events.txt', await ask('show events'));
  write('show-events-no-such-ring.txt', await ask(follow('nowhere')));
  write('show-events-denied.txt', await ask(follow('events'), 'user'));
}

/** Programs beside the workers: HAProxy 3.1 and later know none, or want `expose-deprecated-directives` for them. */
const hasPrograms = /^2\.|^3\.0\./.test(version);

const reloadable = `
global
    stats timeout 30s
    stats socket ${dir}/admin.sock mode 600 level admin
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
`;
/**
 * Waits while the master starts itself anew, as HAProxy 2.6 does to reload.
 * @param {string} line
 */
async function askMaster(line) {
  /** @type {import('node:net').Socket | undefined} */
  let socket;
  await until('the master', async () => {
    socket = await dial(join(dir, 'master.sock'));
    return true;
  });
  if (socket === undefined) throw new Error('no master');
  const answer = askOn(socket, line);
  // A master does not close after a command.
  socket.end();
  return answer;
}

/** @returns {Promise<number>} */
const servingPid = async () => Number(/^Pid: (\d+)$/m.exec(await ask('show info'))?.[1]);

/** Tells the master to reload, and waits until `show proc` has counted it. */
async function reload() {
  const counted = async () => /^\d+ +master +(\d+)/m.exec(await askMaster('show proc'))?.[1];
  const before = Number(await counted());
  const answer = await askMaster('reload');
  await until('the reload', async () => Number(await counted()) === before + 1);
  return answer;
}

/**
 * Runs a HAProxy with a master while `work` lasts.
 * @param {string} text its configuration
 * @param {(file: string) => Promise<void>} work is given the configuration's file
 */
async function withMaster(text, work) {
  const file = join(dir, 'master.cfg');
  writeFileSync(file, text);
  const args = [binary, '-W', '-S', join(dir, 'master.sock'), '-f', file];
  const master = spawn('setpriv', ['--pdeathsig', 'KILL', ...args], { stdio: 'ignore' });
  const exit = new Promise((resolve) => master.on('exit', resolve));
  try {
    await until('a worker', async () => (await servingPid()) > 0);
    // The master of HAProxy 2.6 starts itself anew then, and forgets whoever is connected.
    await sleep(1000);
    await work(file);
  } finally {
    master.kill('SIGTERM');
    await exit;
  }
}

/** @param {string} file */
async function captureReloads(file) {
  write('show-proc.txt', await askMaster('show proc'));
  const clients = [await dial(join(dir, 'fe.sock')), await dial(join(dir, 'fe.sock'))];
  await until('two sessions on main', async () =>
    /^pair,main,0,0,2,/m.test(await ask('show stat pair 6 -1')),
  );
  const old = await servingPid();
  /** @param {string[]} commands */
  const atOld = (...commands) =>
    askMaster(commands.map((command) => `@!${old} ${command}`).join(';'));
  write('reload.txt', await reload());
  await until('another worker', async () => (await servingPid()) !== old);
  await until('an old worker', async () => /^Stopping: 1$/m.test(await atOld('show info')));
  write('show-proc-reloaded.txt', await askMaster('show proc'));
  const sessions = await atOld('show sess');
  write('worker-old.txt', await atOld('show info', 'show stat pair 6 -1'));
  write('worker-old-no-such-backend.txt', await atOld('show info', 'show stat nowhere 6 -1'));
  write('worker-old-show-sess.txt', sessions);
  write(
    'worker-old-shutdown-sessions-server.txt',
    await atOld('shutdown sessions server pair/main'),
  );
  const now = await servingPid();
  write('worker-serving.txt', await askMaster(`@!${now} show info;@!${now} show stat pair 6 -1`));
  writeFileSync(file, `${reloadable}    nonsense\n`);
  write('reload-failed.txt', await reload());
  write('show-proc-reload-failed.txt', await askMaster('show proc'));
  const ids = [...sessions.matchAll(/^(0x[0-9a-f]+): .* srv=main /gm)].map(([, id]) => id);
  write(
    'worker-old-shutdown-session.txt',
    await atOld(...[...ids, '0xdead'].map((id) => `shutdown session ${id}`)),
  );
  await until('its end', async () => !(await askMaster('show proc')).includes(`\n${old} `));
  write('worker-gone.txt', await askMaster('@!999999 show info;@!999999 show stat pair 6 -1'));
  write('show-proc-of-a-worker.txt', await ask('show proc'));
  for (const client of clients) client.destroy();
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
  await capturePinsAndRings();
  const follower = await dial(join(dir, 'admin.sock'));
  let events = '';
  follower.setEncoding('latin1').on('data', (chunk) => (events += chunk));
  follower.write('set timeout cli 60;show events events -w\n');
  haproxy.kill('SIGUSR1');
  await until('the end of listening', () =>
    dial(join(dir, 'user.sock')).then(
      () => false,
      () => true,
    ),
  );
  write('look-stopping.txt', await askOn(early, look));
  for (const client of clients) client.destroy();
  await until('the end of sessions', async () => /fe pair\/main/.test(events));
  follower.destroy();
  write('events.txt', events);
  await withMaster(reloadable, captureReloads);
  // A program's name stands where a worker's line says `worker`.
  if (hasPrograms)
    await withMaster(`${reloadable}program worker\n    command sleep 600\n`, async () =>
      write('show-proc-program.txt', await askMaster('show proc')),
    );
  console.log(out);
} catch (error) {
  console.error(complaints);
  throw error;
} finally {
  haproxy.kill('SIGKILL');
  for (const producer of Object.values(producers)) await producer.close();
  rmSync(dir, { recursive: true });
}
