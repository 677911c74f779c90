// A real HAProxy in master-worker mode between clients and producers that count what they hold: their word is the truth.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import type { ActorOptions, DrivenProxy } from '../../src/act/actor.ts';
import type { Address, ProxyConfig } from '../../src/domain/config.ts';
import type { Outcome, Plan, Step } from '../../src/domain/decision.ts';
import { LabProxy } from '../../src/lab/proxy.ts';
import { makeLook } from '../../src/observe/look.ts';
import { systemClock } from '../../src/transport/clock.ts';
import { openLink } from '../../src/transport/open-link.ts';
import { freePort } from '../support/port-of.ts';
import { until } from '../support/until.ts';

const NEWER = join(homedir(), '.cache/mainstay/haproxy-newer/haproxy');
const OURS = process.env['MAINSTAY_HAPROXY'] ?? '/usr/sbin/haproxy';

const TIMEOUT_MS = 2000;

/** The HAProxies to try: the one that all tests run, and a newer one where there is one. */
export const HAPROXIES = [OURS, ...(existsSync(NEWER) && OURS !== NEWER ? [NEWER] : [])];

export interface Scene {
  readonly haproxy: LabProxy;
  readonly main: Counted;
  readonly backup: Counted;
  /** Where clients dial. */
  readonly port: number;
  readonly config: ProxyConfig;
  readonly proxy: DrivenProxy;
  /** Opens so many streams, and waits until `producer` holds that many more. */
  dial(count: number, producer: Counted): Promise<readonly Socket[]>;
  options(differ?: Partial<ActorOptions>): ActorOptions;
  /** Pids of the serving worker and of the old ones, as a look shows them. */
  pids(): Promise<{ readonly serving: number; readonly old: readonly number[] }>;
  plan(...steps: readonly Partial<Step>[]): Plan;
}

/** A producer that may die and come back on its port. */
export interface Counted {
  readonly port: number;
  listen(): Promise<void>;
  kill(): Promise<void>;
  /** Streams that are open here and have sent something: a health check sends nothing. */
  sessions(): number;
}

export interface SceneOptions {
  readonly binary: string;
  /** More lines for the sections of the configuration. */
  readonly global?: (dir: string) => string;
  readonly backend?: string;
  /** How long a pin lives that nobody renews; default 10s. */
  readonly lease?: string;
  /** A producer of the test's own in main's place; not yet listening. */
  readonly main?: Counted;
}

/** Main is down at first: what is dialled then goes to backup. Everything ends with the test. */
export async function openScene(t: TestContext, options: SceneOptions): Promise<Scene> {
  const dir = await mkdtemp(join(tmpdir(), 'mainstay-act-'));
  const sockets = new Set<Socket>();
  const main = options.main ?? producer(await freePort());
  const backup = producer(await freePort());
  const port = await freePort();
  const haproxy = new LabProxy('ha1', dir, options.binary);
  t.onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await haproxy.kill();
    await Promise.all([main.kill(), backup.kill()]);
    await rm(dir, { recursive: true, force: true });
  });
  await backup.listen();
  await haproxy.configure(configOf(dir, port, main.port, backup.port, options));
  await haproxy.start();

  const runtime = unix(haproxy.sockets.admin);
  const master = unix(haproxy.sockets.master);
  const link = openLink(runtime, 'worker');
  const toMaster = openLink(master, 'master');
  const watched = { backend: 'bp', producers: ['main', 'backup'], pinTable: 'pin' };
  const look = makeLook({ link, master: toMaster, stats: null }, watched, TIMEOUT_MS);
  const proxy: DrivenProxy = {
    name: 'ha1',
    link,
    master: toMaster,
    stats: null,
    look,
    lookServing: makeLook({ link, master: null, stats: null }, watched, TIMEOUT_MS),
    reload: 'master',
    restart: null,
    saveState: null,
  };
  const dial = async (count: number, on: Counted): Promise<readonly Socket[]> => {
    const wanted = on.sessions() + count;
    const dialled = Array.from({ length: count }, () => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      socket.write('hello');
      sockets.add(socket);
      return socket;
    });
    await until(
      () => on.sessions() >= wanted,
      `${wanted} sessions`,
      () => `${on.sessions()} there`,
    );
    return dialled;
  };
  return {
    haproxy,
    main,
    backup,
    port,
    config: {
      name: 'ha1',
      runtime,
      master,
      stats: null,
      drive: true,
      reload: 'master',
      restart: null,
    },
    proxy,
    dial,
    options: (differ = {}) => ({
      backend: 'bp',
      proxies: [proxy],
      warmupMs: 0,
      verifyWithinMs: 5000,
      verifyReturnMs: 0,
      clock: systemClock,
      onOutcome: () => {},
      pinTable: 'pin',
      pollTimeoutMs: TIMEOUT_MS,
      onPin: () => {},
      ...differ,
    }),
    pids: async () => {
      const view = await look();
      if (!view.ok) throw new Error(JSON.stringify(view.fault));
      const [serving, ...old] = view.value.workers.map(({ pid }) => pid ?? 0);
      return { serving: serving ?? 0, old };
    },
    plan: (...steps) => ({
      target: 'main',
      reason: 'sticky',
      allOrNothing: false,
      sinceMs: systemClock.now().monoMs,
      steps: steps.map((step) => ({
        action: 'close-session',
        proxy: 'ha1',
        pid: null,
        server: 'backup',
        sessions: 1,
        climbed: null,
        ...step,
      })),
    }),
  };
}

/** Waits until the worker that serves shows main up, or down. */
export async function mainIs(scene: Scene, health: 'up' | 'down'): Promise<void> {
  await until(
    async () => {
      const view = await scene.proxy.look();
      return (
        view.ok &&
        view.value.workers[0].servers.some(
          (server) =>
            server.name === 'main' &&
            server.health === health &&
            (health === 'down' || (server.settled && server.checkPassed)),
        )
      );
    },
    `main is ${health}`,
    () => '',
  );
}

/** What was noted, without the times. */
export function did({ trail }: Outcome): readonly string[] {
  return trail.map((entry) => `${entry.did}: ${entry.saw}`);
}

function producer(port: number): Counted {
  const sockets = new Set<Socket>();
  const sessions = new Set<Socket>();
  let server: Server | null = null;
  return {
    port,
    listen: async () => {
      server = createServer((socket) => {
        sockets.add(socket);
        // For health checks that wait for a word.
        socket.write('hi');
        socket.on('data', () => sessions.add(socket));
        socket.on('error', () => {});
        socket.on('close', () => {
          sockets.delete(socket);
          sessions.delete(socket);
        });
      });
      server.listen({ port, host: '127.0.0.1', backlog: 4096 });
      await once(server, 'listening');
    },
    kill: async () => {
      const was = server;
      server = null;
      for (const socket of sockets) socket.resetAndDestroy();
      if (was !== null) await new Promise((resolve) => was.close(resolve));
    },
    sessions: () => sessions.size,
  };
}

function unix(path: string): Address {
  return { kind: 'unix', path, text: `unix:${path}` };
}

function configOf(
  dir: string,
  port: number,
  main: number,
  backup: number,
  { global = () => '', backend = '', lease = '10s' }: SceneOptions,
): string {
  return `global
    log stderr format rfc5424 local0
    stats socket ${dir}/admin.sock mode 600 level admin
    maxconn 6000
    ${global(dir)}
defaults
    log global
    mode tcp
    option redispatch 1
    retries 10
    timeout connect 300ms
    timeout client 1h
    timeout server 1h
    timeout check 1s
frontend fe
    bind 127.0.0.1:${port}
    default_backend bp
backend bp
    ${backend}
    default-server check inter 100ms fall 2 rise 2
    use-server main if { int(1),table_gpt0(pin) eq 1 }
    use-server backup if { int(1),table_gpt0(pin) eq 2 }
    server main 127.0.0.1:${main} id 1
    server backup 127.0.0.1:${backup} id 2 backup
backend pin
    stick-table type integer size 16 expire ${lease} store gpt0
`;
}
