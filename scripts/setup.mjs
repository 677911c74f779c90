// Makes a checkout ready to run: Debian packages, npm packages, the build. A line a step, silent when nothing is to do.
// Usage: node scripts/setup.mjs --for test|demo|bench
// Plain Node, no dependencies, and nothing newer than Node 16: an old Node must get as far as being told so.
// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian's packages, each with the program that shows it is there, and the service that it brings and nobody wants here. */
const haproxy = { name: 'haproxy', program: 'haproxy', service: 'haproxy' };
const promtool = { name: 'prometheus', program: 'promtool', service: 'prometheus' };
const sshd = { name: 'openssh-server', program: 'sshd', service: 'ssh' };
const socat = { name: 'socat', program: 'socat', service: '' };
const openssl = { name: 'openssl', program: 'openssl', service: '' };
const iproute = { name: 'iproute2', program: 'ip', service: '' };
const nftables = { name: 'nftables', program: 'nft', service: 'nftables' };
const systemd = { name: 'systemd', program: 'systemd-analyze', service: '' };
const chromium = { name: 'chromium', program: 'chromium', service: '' };
const alertmanager = {
  name: 'prometheus-alertmanager',
  program: 'prometheus-alertmanager',
  service: 'prometheus-alertmanager',
};
const NEEDED = new Map([
  ['demo', [haproxy]],
  ['bench', [haproxy, sshd, socat, openssl]],
  [
    'test',
    [haproxy, promtool, alertmanager, chromium, sshd, socat, openssl, iproute, nftables, systemd],
  ],
]);
/** Of the project's own workshop: unpacks a newer HAProxy, and prints its path. */
const NEWER_TOOL = '../shared/tools/haproxy-newer.sh';
/** What it printed, for vitest.config.ts. */
const NEWER_FILE = 'node_modules/.cache/mainstay/haproxy-newer';
/** No step takes longer than this on a slow line. */
const STEP_DEADLINE_MS = 15 * 60_000;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const needed = NEEDED.get(process.argv[3] ?? '');
if (process.argv[2] !== '--for' || needed === undefined) {
  stop(`usage: node scripts/setup.mjs --for ${[...NEEDED.keys()].join('|')}`);
}
requireNode();
debianPackages(needed.filter(({ program }) => onPath(program) === null));
npmPackages();
build();
if (process.argv[3] === 'test') sayHaproxies();

/** The oldest Node is the one in package.json's `engines`. */
function requireNode() {
  const oldest = String(JSON.parse(read('package.json')).engines.node).replace('>=', '');
  const [major = 0, minor = 0] = oldest.split('.').map(Number);
  const [ourMajor = 0, ourMinor = 0] = process.versions.node.split('.').map(Number);
  if (ourMajor < major || (ourMajor === major && ourMinor < minor)) {
    stop(
      `Node ${oldest} or newer is needed, this is ${process.versions.node}: https://nodejs.org/en/download`,
    );
  }
}

/** @param {{ name: string, service: string }[]} missing */
function debianPackages(missing) {
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(' ');
  if (onPath('apt-get') === null)
    stop(`not installed: ${names}. This is no Debian: install them your way`);
  const install = `apt-get install -y --no-install-recommends ${names}`;
  const hasSudo = onPath('sudo') !== null;
  const byHand = `${hasSudo ? 'sudo sh' : 'su'} -c 'apt-get update && ${install}'`;
  const root = process.getuid?.() === 0;
  if (!root && !(hasSudo && run('sudo', ['-n', 'true']).ok)) {
    stop(`not installed: ${names}. Run this, then try again:\n\n  ${byHand}\n`);
  }

  // `update` is slow and wants a network: only where the lists at hand do not serve.
  const unattended = `DEBIAN_FRONTEND=noninteractive ${install} -qq -o DPkg::Lock::Timeout=300`;
  const services = missing.flatMap(({ service }) => service || []).join(' ');
  const script = `
    ${unattended} || { apt-get -qq update && ${unattended}; } || exit 1
    if [ -d /run/systemd/system ] && [ -n "${services}" ]; then systemctl disable --now ${services}; fi
  `;
  step(`installing Debian packages ${names}`, () =>
    root ? run('sh', ['-c', script]) : run('sudo', ['-n', 'sh', '-c', script]),
  );
}

/** The tests run on the installed HAProxy, then on a newer one, where there is one: says which, for who reads along. */
function sayHaproxies() {
  const second = process.env['MAINSTAY_HAPROXY'] ?? newerHaproxy();
  const versions = [onPath('haproxy'), second].flatMap((path) =>
    path === null ? [] : version(path),
  );
  process.stderr.write(`setup: the tests run on HAProxy ${versions.join(' and ')}\n`);
}

/** Its path, or null where it is not to be had; then one version must do. */
function newerHaproxy() {
  if (existsSync(NEWER_FILE) && version(read(NEWER_FILE)).length > 0) return read(NEWER_FILE);
  rmSync(NEWER_FILE, { force: true });
  if (!existsSync(NEWER_TOOL)) return null;
  process.stderr.write('setup: unpacking a newer HAProxy … ');
  const start = Date.now();
  const { ok, output } = run('bash', [NEWER_TOOL]);
  const lines = output.trim().split('\n');
  const path = lines.find((line) => line.startsWith('/')) ?? '';
  if (!ok || version(path).length === 0) {
    process.stderr.write(`it is not to be had (${lines.at(-1)}): one version must do\n`);
    return null;
  }
  process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  mkdirSync(dirname(NEWER_FILE), { recursive: true });
  writeFileSync(NEWER_FILE, path);
  return path;
}

/** Empty where it does not run. @param {string} path */
function version(path) {
  return /version (\S+)/.exec(run(path, ['-v']).output)?.slice(1) ?? [];
}

function npmPackages() {
  const stamp = 'node_modules/.mainstay-lock';
  const lock = digest(['package-lock.json']);
  if (isStamped(stamp, lock)) return;
  // `--include=dev`: the build needs them, whatever NODE_ENV says.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  step('installing npm packages', () => run('npm', args));
  writeFileSync(stamp, lock);
}

function build() {
  const stamp = 'dist/.stamp';
  const sources = digest([...filesBelow('src'), 'tsconfig.json', 'package-lock.json']);
  if (isStamped(stamp, sources)) {
    // A checkout renews the times of files that are the same: the build is not older than they are.
    utimesSync(stamp, new Date(), new Date());
    return;
  }
  // A file whose source is gone must not live on in dist/.
  rmSync('dist', { recursive: true, force: true });
  step('building', () => run('npm', ['run', '-s', 'build']));
  writeFileSync(stamp, sources);
}

/**
 * @param {string} what
 * @param {() => { ok: boolean, output: string }} work
 */
function step(what, work) {
  const start = Date.now();
  process.stderr.write(`setup: ${what} … `);
  const { ok, output } = work();
  process.stderr.write(
    `${ok ? '' : 'failed after '}${((Date.now() - start) / 1000).toFixed(1)} s\n`,
  );
  if (ok) return;
  process.stderr.write(`${output.trim()}\n`);
  process.exit(1);
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  process.stderr.write(`setup: ${message}\n`);
  process.exit(1);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: STEP_DEADLINE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` };
}

/**
 * Its path, or null. Debian keeps haproxy in /usr/sbin, which is not on a plain user's PATH.
 * @param {string} program
 */
function onPath(program) {
  const folders = `${process.env['PATH']}:/usr/local/sbin:/usr/sbin:/sbin`.split(':');
  const found = folders.map((folder) => join(folder, program)).find((path) => canRun(path));
  return found ?? null;
}

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .toSorted();
}

/** @param {string[]} paths */
function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash.update(`${path}\0`).update(createHash('sha256').update(read(path)).digest());
  return hash.digest('hex');
}

/** @param {string} stamp @param {string} value */
function isStamped(stamp, value) {
  return existsSync(stamp) && read(stamp) === value;
}

/** @param {string} path */
function read(path) {
  return readFileSync(path, 'utf8');
}
