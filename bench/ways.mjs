// What a look costs by each way to a proxy's socket, with real mutual TLS and a real sshd on the loopback.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { startLab } from '../dist/lab/lab.js';
import { withTlsFrontends } from '../dist/lab/tls-frontends.js';
import { makeLook } from '../dist/observe/look.js';
import { openLink } from '../dist/transport/open-link.js';
import { median } from './measure.mjs';

const WANTED = { backend: 'bp', producers: [], pinTable: 'pin' };
const LOOKS = 1000;
/** The first looks connect, and warm up what runs them. */
const FIRST = 50;
/** Taken in turns, so that whatever else the machine does meets all of them. */
const TURN = 50;

/** @typedef {Parameters<typeof openLink>[0]} Address */

export async function ways() {
  const lab = await startLab({ proxies: ['ha1'], relays: 2 });
  const sshd = startSshd(lab);
  try {
    const { admin, master } = lab.proxy('ha1').sockets;
    const { host } = lab.relaysAt('ha1');
    const files = makeCertificates(lab.dir);
    const at = { runtime: `${host}:9443`, master: `${host}:9444` };
    const config = readFileSync(lab.proxy('ha1').configFile, 'utf8');
    const { pem, ca } = files;
    await lab
      .proxy('ha1')
      .configure(withTlsFrontends(config, { files: { pem, ca }, sockets: { admin, master }, at }));
    await lab.proxy('ha1').restart();
    await lab.until(() => lab.allOn('main'), 10_000, 'the relays are back');
    const ssh = { kind: /** @type {const} */ ('ssh'), ...sshd.login, path: admin };
    const { cert, key } = files;
    /** @type {Record<string, Address>} */
    const addresses = {
      unix: { kind: 'unix', path: admin, text: 'unix' },
      tls: {
        kind: 'tls',
        host,
        port: 9443,
        tls: { ca, cert, key, serverName: 'haproxy' },
        text: 'tls',
      },
      'ssh streamlocal': { ...ssh, via: 'streamlocal', text: 'streamlocal' },
      'ssh command': { ...ssh, via: 'command', text: 'command' },
    };
    const times = await measure(addresses);
    const unix = median(times['unix'] ?? []);
    return Object.entries(times).map(([way, each]) => [
      `a look over ${way}`,
      `${median(each).toFixed(2)} ms (${(median(each) - unix).toFixed(2)} more)`,
      way === 'unix' ? '' : 'at most 3 ms more than unix',
    ]);
  } finally {
    sshd.stop();
    await lab.stop();
  }
}

/** Durations of looks in ms, by way. @param {Record<string, Address>} addresses */
async function measure(addresses) {
  const each = Object.entries(addresses).map(([way, address]) => {
    const link = openLink(address, 'worker');
    const look = makeLook({ link, master: null, stats: null }, WANTED, 5000);
    return { way, link, look, times: /** @type {number[]} */ ([]) };
  });
  for (let done = 0; done < FIRST + LOOKS; done += TURN) {
    for (const { way, look, times } of each) {
      for (let i = 0; i < TURN; i += 1) {
        const start = performance.now();
        const seen = await look();
        times.push(performance.now() - start);
        if (!seen.ok) throw new Error(`a look over ${way} failed: ${JSON.stringify(seen.fault)}`);
      }
    }
  }
  for (const { link } of each) link.drop();
  return Object.fromEntries(each.map(({ way, times }) => [way, times.slice(FIRST)]));
}

/** @param {string} dir */
function makeCertificates(dir) {
  const path = (/** @type {string} */ name) => `${dir}/${name}`;
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=ca',
    '-days',
    '2',
    '-keyout',
    path('ca.key'),
    '-out',
    path('ca.pem'),
  );
  for (const name of ['haproxy', 'client']) {
    const names = ['-addext', `subjectAltName=DNS:${name}`];
    openssl(
      'req',
      ...newKey,
      '-subj',
      `/CN=${name}`,
      ...names,
      '-keyout',
      path(`${name}.key`),
      '-out',
      path('csr'),
    );
    const by = [
      '-CA',
      path('ca.pem'),
      '-CAkey',
      path('ca.key'),
      '-days',
      '2',
      '-copy_extensions',
      'copy',
    ];
    openssl('x509', '-req', '-in', path('csr'), ...by, '-out', path(`${name}.pem`));
  }
  copyFileSync(path('haproxy.pem'), path('bundle.pem'));
  appendFileSync(path('bundle.pem'), readFileSync(path('haproxy.key')));
  return {
    ca: path('ca.pem'),
    pem: path('bundle.pem'),
    cert: path('client.pem'),
    key: path('client.key'),
  };
}

/** On the lab's own network, with keys of its own. @param {{ dir: string, relaysAt(proxy: string): { host: string } }} lab */
function startSshd(lab) {
  const { dir } = lab;
  const path = (/** @type {string} */ name) => `${dir}/${name}`;
  const { host } = lab.relaysAt('ha1');
  for (const name of ['host', 'known']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path(name)]);
  }
  copyFileSync(path('known.pub'), path('authorized_keys'));
  writeFileSync(
    path('sshd_config'),
    `Port 2222
ListenAddress ${host}
HostKey ${path('host')}
AuthorizedKeysFile ${path('authorized_keys')}
AllowTcpForwarding local
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PidFile none
SetEnv SHLVL=2
`,
  );
  if (process.geteuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const args = ['--pdeathsig', 'KILL', '/usr/sbin/sshd', '-D', '-e', '-f', path('sshd_config')];
  const child = spawn('setpriv', args, { stdio: 'ignore' });
  const shown = execFileSync('ssh-keygen', ['-lf', path('host.pub')], { encoding: 'utf8' });
  return {
    login: {
      user: userInfo().username,
      host,
      port: 2222,
      keyFile: path('known'),
      hostKey: shown.split(' ')[1] ?? '',
    },
    stop: () => void child.kill(),
  };
}

/** @param {string[]} args */
function openssl(...args) {
  execFileSync('openssl', args, { stdio: 'ignore' });
}
