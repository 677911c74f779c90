// What a scrape of 16 proxies costs, over HTTP, beside HAProxy's own exporter with about as many series.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_POLICY } from '../dist/domain/policy.js';
import { findHaproxy } from '../dist/lab/haproxy-binary.js';
import { makeEvents } from '../dist/report/events.js';
import { startHttp } from '../dist/report/http.js';
import { makeMetrics } from '../dist/report/metrics.js';
import { systemClock } from '../dist/transport/clock.js';
import { median, percentile } from './measure.mjs';

const PROXIES = Array.from({ length: 16 }, (_, at) => `ha${at + 1}`);
const PRODUCERS = ['main', 'backup', 'third', 'fourth'];
const SCRAPES = 400;
/** The first scrapes connect, and warm up what answers them. */
const FIRST = 40;
/** Taken in turns, so that whatever else the machine does meets both. */
const TURN = 20;
/** Of the Debian package: a backend has about 70 series, and a server as many. */
const EXPORTER = { backends: 4, servers: 4 };

export async function scraping() {
  const metrics = metricsOf16();
  const server = await serve(metrics);
  const exporter = await startExporter();
  const agent = new Agent({ keepAlive: true });
  try {
    const pages = [
      { name: 'ours', url: `http://127.0.0.1:${server.port}/metrics` },
      { name: "HAProxy's", url: exporter.url },
    ].map((page) => ({ ...page, times: /** @type {number[]} */ ([]), body: '' }));
    for (let done = 0; done < FIRST + SCRAPES; done += TURN) {
      for (const page of pages) {
        for (let i = 0; i < TURN; i += 1) {
          observe(metrics);
          const start = performance.now();
          page.body = await read(page.url, agent);
          page.times.push(performance.now() - start);
        }
      }
    }
    const [ours, theirs] = pages.map(({ times, body }) => ({
      ms: median(times.slice(FIRST)),
      slowMs: percentile(times.slice(FIRST), 99),
      series: body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
      kB: Buffer.byteLength(body) / 1000,
    }));
    if (ours === undefined || theirs === undefined) throw new Error('a page is missing');
    const ratio = ours.ms / ours.series / (theirs.ms / theirs.series);
    return [
      [`/metrics at ${PROXIES.length} proxies (${size(ours)})`, took(ours), 'p99 under 20 ms'],
      [
        `HAProxy's own exporter (${size(theirs)})`,
        took(theirs),
        `a series costs ${ratio.toFixed(1)} times as much here`,
      ],
    ];
  } finally {
    agent.destroy();
    await server.close();
    await exporter.stop();
  }
}

/** @param {{ ms: number, slowMs: number }} page */
function took({ ms, slowMs }) {
  return `${ms.toFixed(1)} ms, p99 ${slowMs.toFixed(1)} ms`;
}

/** @param {{ series: number, kB: number }} page */
function size({ series, kB }) {
  return `${series} series, ${kB.toFixed(0)} kB`;
}

/** With two peers, three hooks, and one old worker at every proxy. */
function metricsOf16() {
  const proxies = PROXIES.map((name) => ({
    name,
    runtime: { kind: /** @type {const} */ ('unix'), path: '/run', text: 'unix:/run' },
    master: null,
    stats: null,
    drive: true,
    reload: null,
    restart: null,
  }));
  const peers = ['ha1', 'ha2'].map((name) => ({ name, url: '', token: null, ca: null }));
  const hooks = ['page', 'mail', 'chat'].map((name) => ({
    name,
    on: [],
    timeoutMs: 5000,
    to: { kind: /** @type {const} */ ('exec'), argv: [name] },
  }));
  const config = { cluster: 'ADA1', proxies, peers, hooks, policy: DEFAULT_POLICY };
  const metrics = makeMetrics(config, { version: '0.0.0', node: process.version });
  for (const name of PROXIES) metrics.observeLook(name, 0.002, true);
  return metrics;
}

/** A round goes by between two scrapes. @param {ReturnType<typeof makeMetrics>} metrics */
function observe(metrics) {
  const now = { monoMs: performance.now(), wallMs: Date.now() };
  const proxies = PROXIES.map((name, at) => seen(name, at, now.monoMs - 2));
  metrics.observeDecision(SPLIT, { proxies }, now);
}

/** @type {Parameters<ReturnType<typeof makeMetrics>['observeDecision']>[0]} */
const SPLIT = {
  verdict: 'split-brain',
  rule: 'R30',
  hold: null,
  sinceMs: 0,
  target: 'main',
  election: 'E60',
  why: '',
  producers: PRODUCERS,
  degraded: [],
  gates: [],
  pins: [],
  beats: [],
  drives: PROXIES,
  move: null,
  paused: null,
  clearedWallMs: null,
  unheeded: [],
  override: null,
  wanted: [],
  plan: null,
};

/**
 * @param {string} name
 * @param {number} at
 * @param {number} atMs
 * @returns {Parameters<ReturnType<typeof makeMetrics>['observeDecision']>[1]['proxies'][number]}
 */
function seen(name, at, atMs) {
  return {
    name,
    sight: {
      kind: 'seen',
      atMs,
      value: {
        way: 'unix',
        version: '2.6.12',
        level: 'admin',
        workers: [worker(2 * at + 2, false), worker(2 * at + 1, true)],
        pin: { kind: 'table', serverId: 0, leaseMs: 0 },
        hidden: null,
      },
    },
  };
}

/** @param {number} pid @param {boolean} old */
function worker(pid, old) {
  const servers = PRODUCERS.map((name, at) => ({
    name,
    id: at + 1,
    status: 'UP',
    health: /** @type {const} */ ('up'),
    settled: true,
    checkPassed: true,
    backup: at > 0,
    weight: 1,
    sessions: 4,
    lastChangeS: 7,
    lastSessionS: 3,
  }));
  return { pid, old, uptimeS: 3600, servers, backendWeight: 1 };
}

/** The real server; nothing but /metrics is asked of it. @param {ReturnType<typeof makeMetrics>} metrics */
async function serve(metrics) {
  const quiet = { info: unused, warn: unused, error: unused, debug: unused };
  const page = { status: 404, type: 'text/plain', body: '' };
  const sources = {
    metrics,
    sinceTickMs: unused,
    tickLimitMs: 0,
    unready: unused,
    status: unused,
    view: unused,
    events: makeEvents(systemClock),
    page: { '/': page, '/page.js': page, '/page.css': page },
    decisions: unused,
    explanation: unused,
    history: unused,
    orders: {
      override: unused,
      rehearse: unused,
      clear: unused,
      pause: unused,
      resume: unused,
    },
    durationMs: unused,
  };
  const listen = { host: '127.0.0.1', port: 0 };
  const started = await startHttp({ listen, token: null, tls: null }, sources, quiet, systemClock);
  if (!started.ok) throw new Error(`cannot listen: ${started.fault.kind}`);
  return started.value;
}

function unused() {
  throw new Error('nobody asks for this');
}

async function startExporter() {
  const haproxy = findHaproxy(process.env);
  if (!haproxy.ok) throw new Error(haproxy.fault);
  const dir = mkdtempSync(join(tmpdir(), 'mainstay-exporter-'));
  const file = join(dir, 'haproxy.cfg');
  const host = `127.${90 + Math.floor(Math.random() * 100)}.${process.pid % 250}.9`;
  const backends = Array.from({ length: EXPORTER.backends }, (_unused, at) =>
    [
      `backend b${at}`,
      ...Array.from({ length: EXPORTER.servers }, (_, i) => `  server s${i} 127.0.0.1:9`),
    ].join('\n'),
  );
  writeFileSync(
    file,
    `defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend metrics
  bind ${host}:9101
  http-request use-service prometheus-exporter
${backends.join('\n')}
`,
  );
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', haproxy.value, '-q', '-db', '-f', file], {
    stdio: 'ignore',
  });
  const url = `http://${host}:9101/metrics`;
  for (
    let tries = 0;
    tries < 100 &&
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ));
    tries += 1
  )
    await sleep(50);
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
}

/** @param {string} url @param {Agent} agent @returns {Promise<string>} */
function read(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent, timeout: 5000 }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString());
      else reject(new Error(`${url}: ${response.statusCode}`));
    }).on('error', reject);
  });
}
