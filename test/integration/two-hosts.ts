// Two hosts, on each a HAProxy and the supervisor beside it; the relays and the producers stand elsewhere, and see the truth.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { labOf, type Lab } from '../../src/lab/lab.ts';
import { withDefaults } from '../../src/lab/options.ts';
import { buildOn, takeApart, type Undo } from '../../src/lab/rig.ts';
import { lineOfOld } from './moments.ts';
import { HOSTS, makeNamespaces, type Host, type LinkCut, type Namespaces } from './namespaces.ts';
import { FAST, PATIENCE_MS, UNHELD } from './scenes.ts';
import { start, type Daemon, type Ending } from './support.ts';
import { waitFor } from '../../src/lab/wait.ts';

export const RELAYS = 3;
const TOKEN = 'a-token-for-both-sidecars-0123456789';

/** A supervisor beside its HAProxy. */
export interface Sidecar extends Daemon {
  /** `POST /v1/…` with the token; the answer's code. */
  order(path: string, body?: object): Promise<number>;
}

export interface TwoHosts extends Lab {
  cutLink(how: LinkCut): Promise<void>;
  mendLink(): Promise<void>;
  /** As a cable that is pulled: that proxy hears nothing of the producer any more, and finds out by its checks. */
  cutWay(proxy: Host, producer: string): Promise<void>;
  mendWay(proxy: Host, producer: string): Promise<void>;
  /** The supervisor beside that HAProxy; it sees the other one through its peer alone, unless `overrides` say else. */
  sidecar(proxy: Host, overrides?: Readonly<Record<string, unknown>>): Promise<Sidecar>;
}

/** Both HAProxies, three relays, no supervisor yet; `lease`: how long a pin and a heartbeat live. Ends with the test. */
export async function twoHosts(t: Ending, { lease = '10s' } = {}): Promise<TwoHosts> {
  const undo: Undo = [];
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= takeApart(undo));
  t.onTestFinished(stop);
  const net = makeNamespaces();
  undo.push(() => net.remove());
  const dir = await mkdtemp(`${tmpdir()}/mainstay-hosts-`);
  undo.push(() => rm(dir, { recursive: true, force: true }));
  const plain = withDefaults({});
  const settings = withDefaults({
    relays: RELAYS,
    haproxy: await wrapper(dir, net, plain.haproxy),
    configure: (config) => config.replace('size 16 expire 10s', `size 16 expire ${lease}`),
  });
  const lab = { ...(await labOf(await buildOn(net.layout, settings, undo), settings)), stop };
  const port = (proxy: Host, producer: string): number =>
    lab.producer(producer).address(proxy).port;
  return {
    ...lab,
    cutLink: (how) => net.cutLink(how),
    mendLink: () => net.cutLink(null),
    cutWay: async (proxy, producer) => {
      await net.cutPort(proxy, port(proxy, producer), true);
      // The sessions end for the producer too, whose words about it are lost on the way.
      await lab.producer(producer).cut(proxy);
    },
    mendWay: async (proxy, producer) => {
      await net.cutPort(proxy, port(proxy, producer), false);
      await lab.producer(producer).mend(proxy);
    },
    sidecar: (proxy, overrides = {}) => sidecar(t, lab, net, proxy, overrides),
  };
}

export interface Pair {
  readonly lab: TwoHosts;
  /** Of ha1 and of ha2. */
  readonly sidecars: readonly [Sidecar, Sidecar];
}

/** Two hosts with a supervisor on each, that see each other. */
export async function bothSidecars(
  t: Ending,
  overrides: Readonly<Partial<Record<Host, Readonly<Record<string, unknown>>>>> = {},
): Promise<Pair> {
  const lab = await twoHosts(t);
  const sidecars = await Promise.all([
    lab.sidecar('ha1', overrides.ha1),
    lab.sidecar('ha2', overrides.ha2),
  ]);
  await untilSeen(sidecars);
  return { lab, sidecars };
}

/** Waits until each of them sees its peer, and all sessions on main. */
export async function untilSeen(sidecars: readonly Sidecar[]): Promise<void> {
  const seen = async () => {
    const all = await Promise.all(sidecars.map((one) => one.status()));
    return all.every(({ peers, verdict }) => peers[0]?.reachable && verdict === 'converged');
  };
  await waitFor(seen, PATIENCE_MS, 'the sidecars see each other');
}

/** `haproxy`, run on the host that is named as the folder that it is started in. */
async function wrapper(dir: string, net: Namespaces, haproxy: string): Promise<string> {
  const file = `${dir}/haproxy`;
  const each = HOSTS.map((host) => `*/${host}) exec ${net.on(host).join(' ')} ${haproxy} "$@" ;;`);
  await writeFile(file, `#!/bin/sh\ncase $PWD in\n${each.join('\n')}\nesac\n`, { mode: 0o700 });
  return file;
}

async function sidecar(
  t: Ending,
  lab: Lab,
  net: Namespaces,
  proxy: Host,
  overrides: Readonly<Record<string, unknown>>,
): Promise<Sidecar> {
  const other = proxy === 'ha1' ? 'ha2' : 'ha1';
  const tokenFile = `${lab.dir}/token`;
  const journal = `${lab.dir}/${proxy}.journal`;
  await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 });
  await writeFile(journal, lineOfOld());
  const { admin, master } = lab.proxy(proxy).sockets;
  const own = { name: proxy, runtime: `unix:${admin}`, master: `unix:${master}` };
  const listen = net.listenOn(proxy);
  const daemon = await start(
    t,
    lab,
    {
      ...UNHELD,
      ...FAST,
      split: { after: '500ms' },
      failback: { after: '3s' },
      flap: { max: 100 },
      budget: { max: 100 },
      verify: { return: '2s' },
      partial: { after: '2s' },
      self: proxy,
      proxies: proxy === 'ha1' ? [own, { name: other }] : [{ name: other }, own],
      peers: [{ name: other, url: `http://${net.listenOn(other)}`, tokenFile }],
      listen,
      api: { tokenFile },
      journal,
      ...overrides,
    },
    { name: proxy, within: net.on(proxy), token: TOKEN },
  );
  // Its log tells of the first decision a moment before its pages do.
  const told = async () => (await daemon.get('/v1/status')).status === 200;
  await waitFor(told, PATIENCE_MS, `${proxy} tells its status`);
  const order: Sidecar['order'] = async (path, body = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`http://${listen}${path}`, request)).status;
  };
  return { ...daemon, order };
}
