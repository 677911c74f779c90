// A lab with a supervisor beside each HAProxy, which see each other's through their peer; both can be stopped and started.
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Lab } from '../../src/lab/lab.ts';
import { waitFor } from '../../src/lab/wait.ts';
import { lineOfOld } from '../integration/moments.ts';
import { PATIENCE_MS, PROXIES } from '../integration/scenes.ts';
import { openLab, start, type Daemon, type Ending } from '../integration/support.ts';
import { goBetween, type GoBetween } from '../support/go-between.ts';

/** Each relay has a session through each HAProxy. */
export const RELAYS = 3;
const TOKEN = 'a-token-for-both-sides-0123456789';
/** All waits so short that an incident takes seconds; what may be closed how often is not what this is about. */
const SETTINGS = {
  poll: { interval: '300ms', timeout: '300ms' },
  warmup: '0s',
  cooldown: '0s',
  split: { after: '500ms' },
  failback: { after: '3s' },
  partial: { after: '2s' },
  flap: { max: 1, within: '1m' },
  budget: { max: 100 },
  verify: { within: '1s', return: '2s' },
  hooks: [{ on: ['split-brain', 'failed-over'], exec: ['/bin/true'] }],
} as const;

/** A supervisor beside its HAProxy. */
export interface Side {
  /** `HOST:PORT` of its pages. */
  readonly listen: string;
  /** Waits for its first decision; may be called again once it has been stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Stops it, and lets something at its address go on telling its last metrics: a loop that stands still while its pages
   * answer, as Prometheus sees it. No fault from outside brings a real one to that; this lasts until the next start.
   */
  standStill(): Promise<void>;
  status(): ReturnType<Daemon['status']>;
  /** `POST /v1/…`, which must be taken. */
  order(path: '/v1/pause' | '/v1/resume'): Promise<void>;
}

export interface Sides {
  readonly lab: Lab;
  /** The address of a host whose ports nobody else uses. */
  readonly host: string;
  readonly ha1: Side;
  readonly ha2: Side;
  /** What ha2's supervisor asks its HAProxy through. */
  readonly between: GoBetween;
}

/** Two HAProxies, three relays, a supervisor on each side that sees its peer. Ends with the test. */
export async function openSides(ending: Ending): Promise<Sides> {
  const lab = await openLab(ending, { relays: RELAYS });
  const [host = ''] = lab.listen.split(':');
  const between = await goBetween(`${lab.dir}/between.sock`, lab.proxy('ha2').sockets.admin);
  ending.onTestFinished(() => between[Symbol.asyncDispose]());
  await writeFile(`${lab.dir}/token`, `${TOKEN}\n`, { mode: 0o600 });
  const at = { ha1: `${host}:9847`, ha2: `${host}:9848` };
  const ha1 = await side(ending, lab, at, { name: 'ha1', runtime: lab.proxy('ha1').sockets.admin });
  const ha2 = await side(ending, lab, at, { name: 'ha2', runtime: between.path });
  await Promise.all([ha1.start(), ha2.start()]);
  const agree = async () => {
    const both = await Promise.all([ha1.status(), ha2.status()]);
    return both.every(({ peers, verdict }) => peers[0]?.reachable && verdict === 'converged');
  };
  await waitFor(agree, PATIENCE_MS, 'both sides see each other');
  return { lab, host, ha1, ha2, between };
}

async function side(
  ending: Ending,
  lab: Lab,
  at: Readonly<Record<(typeof PROXIES)[number], string>>,
  { name, runtime }: { name: (typeof PROXIES)[number]; runtime: string },
): Promise<Side> {
  const other = name === 'ha1' ? 'ha2' : 'ha1';
  const own = {
    name,
    runtime: `unix:${runtime}`,
    master: `unix:${lab.proxy(name).sockets.master}`,
  };
  const tokenFile = `${lab.dir}/token`;
  const journal = `${lab.dir}/${name}.journal`;
  const settings = {
    ...SETTINGS,
    self: name,
    proxies: PROXIES.map((proxy) => (proxy === name ? own : { name: proxy })),
    peers: [{ name: other, url: `http://${at[other]}`, tokenFile }],
    listen: at[name],
    api: { tokenFile },
    journal,
  };
  // A start without a journal is cautious for an hour.
  await writeFile(journal, lineOfOld());
  let daemon: Daemon | null = null;
  let echo: Server | null = null;
  const [host = '', port = ''] = at[name].split(':');
  const silence = async (): Promise<void> => {
    const last = echo;
    echo = null;
    last?.closeAllConnections();
    await new Promise((resolve) => (last === null ? resolve(null) : last.close(resolve)));
  };
  ending.onTestFinished(silence);
  const started = (): Daemon => {
    if (daemon === null) throw new Error(`the supervisor of ${name} was never started`);
    return daemon;
  };
  return {
    listen: at[name],
    start: async () => {
      await silence();
      const begun = await start(ending, lab, settings, { name, token: TOKEN });
      daemon = begun;
      // Its log tells of the first decision a moment before its pages do.
      const told = async () => (await begun.get('/v1/status')).status === 200;
      await waitFor(told, PATIENCE_MS, `the supervisor of ${name} tells its status`);
    },
    stop: async () => {
      await silence();
      await started().stop();
    },
    standStill: async () => {
      const { body } = await started().get('/metrics');
      await started().stop();
      echo = createServer((_, answer) => void answer.end(body));
      echo.listen(Number(port), host);
      await once(echo, 'listening');
    },
    status: () => started().status(),
    order: async (path) => {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
      const request = { method: 'POST', headers, body: '{}' };
      const { status } = await fetch(`http://${at[name]}${path}`, request);
      if (status !== 202) throw new Error(`${name} answers ${status} to ${path}`);
    },
  };
}
