// A real HAProxy that shows its statistics page in every way that an operator may set it up.
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StatsPage } from '../../src/domain/config.ts';
import { startHaproxy, type Haproxy } from './haproxy.ts';
import { freePort } from './port-of.ts';
import { startProducer, type Producer } from './producer.ts';
import type { Certificates } from './tls.ts';
import { until } from './until.ts';

const AUTH = 'stats auth me:pass:word';
const ADMIN = 'stats admin if TRUE';

const NAMES = ['open', 'admin', 'auth', 'both', 'https', 'expired', 'rogue', 'mutual'] as const;
export type PageName = (typeof NAMES)[number];

/** What the page of a name asks for and allows. */
const RULES: Partial<Record<PageName, readonly string[]>> = {
  admin: [ADMIN],
  auth: [AUTH],
  both: [AUTH, ADMIN],
  https: [AUTH, ADMIN],
};

/** The certificate of those that are over HTTPS, and whose they ask for. */
const TLS: Partial<Record<PageName, (certificates: Certificates) => string>> = {
  https: ({ server }) => server.good,
  expired: ({ server }) => server.expired,
  rogue: ({ server }) => server.rogue,
  mutual: ({ server, ca }) => `${server.good} ca-file ${ca} verify required`,
};

/** Who `AUTH` lets in. */
export const USER = { name: 'me', password: 'pass:word' } as const;

/** Servers of the backend `bp`, with all that a name may hold. */
export const SERVERS = ['main', 'back.up:1_a-b'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface StatsHaproxy extends Haproxy {
  url(page: PageName): string;
  /** How many sessions a producer has, by its own count. */
  sessions(server: ServerName): number;
  /** Opens so many sessions to one server, until the test ends. */
  connect(server: ServerName, count: number): Promise<void>;
}

export async function startStatsPage(certificates: Certificates): Promise<StatsHaproxy> {
  const producers = { main: await startProducer(), 'back.up:1_a-b': await startProducer() };
  const ports = new Map<PageName, number>();
  for (const name of NAMES) ports.set(name, await anotherPort(new Set(ports.values())));
  const haproxy = await startHaproxy((dir) =>
    [base(dir, producers), ...NAMES.map((name) => page(name, ports.get(name), certificates))].join(
      '\n',
    ),
  );
  return {
    ...haproxy,
    url: (name) => `${name in TLS ? 'https' : 'http'}://127.0.0.1:${ports.get(name)}/stats`,
    sessions: (server) => producers[server].sessions(),
    connect: async (server, count) => {
      const wanted = producers[server].sessions() + count;
      for (let opened = 0; opened < count; opened += 1) {
        const socket = connect({ path: join(haproxy.dir, `${SERVERS.indexOf(server)}.sock`) });
        onTestFinished(() => void socket.destroy());
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.write('hello');
      }
      await until(() => producers[server].sessions() === wanted, `${count} sessions on ${server}`);
    },
    [Symbol.asyncDispose]: async () => {
      await haproxy[Symbol.asyncDispose]();
      for (const producer of Object.values(producers)) await producer[Symbol.asyncDispose]();
    },
  };
}

/** As mainstay.yaml would say it, without what is not set. */
export function statsPage(url: string, rest: Partial<StatsPage> = {}): StatsPage {
  return { url, auth: null, tls: { ca: null, cert: null, key: null, serverName: null }, ...rest };
}

/** One that is not among those: what is free may be given twice. */
async function anotherPort(taken: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (!taken.has(port)) return port;
  }
}

function page(name: PageName, port: number | undefined, certificates: Certificates): string {
  const crt = TLS[name]?.(certificates);
  return `frontend ${name}
    mode http
    bind 127.0.0.1:${port}${crt === undefined ? '' : ` ssl crt ${crt}`}
    stats enable
    stats uri /stats
    ${RULES[name]?.join('\n    ') ?? ''}`;
}

/** Each server has an own socket that its sessions come in by. */
function base(dir: string, producers: Readonly<Record<ServerName, Producer>>): string {
  return `global
    stats socket ${dir}/admin.sock level admin
defaults
    mode tcp
    timeout connect 1s
    timeout client 1m
    timeout server 1m
frontend relays
    bind unix@${dir}/0.sock id 10
    bind unix@${dir}/1.sock id 11
    default_backend bp
backend bp
    use-server ${SERVERS[0]} if { so_id 10 }
    use-server ${SERVERS[1]} if { so_id 11 }
${SERVERS.map((name) => `    server ${name} 127.0.0.1:${producers[name].port} check inter 100ms`).join('\n')}
    server main2 127.0.0.1:${producers.main.port}`;
}
