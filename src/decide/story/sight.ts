// What a story's world looks like: to mainstay, and in the words that would make it.
import type { Hidden, Pin, ServerView, Snapshot, View, WorkerView } from '../../domain/view.ts';
import { describePeer, peerSight } from './peer.ts';
import { livePin, type OldWorker, type Proxy, type Server } from './world.ts';

/** What mainstay would see of this world. */
export function lookAt(world: readonly Proxy[], atS: number): Snapshot {
  const peers = world.flatMap(({ name, peer, servers }) =>
    peer === null
      ? []
      : [
          peerSight(
            name,
            peer,
            servers.map((one) => one.name),
            atS,
          ),
        ],
  );
  return {
    ...(peers.length === 0 ? {} : { peers }),
    proxies: world.map((proxy) => ({
      name: proxy.name,
      sight:
        proxy.unseenSinceS === null
          ? { kind: 'seen', atMs: atS * 1000, value: viewOf(proxy, atS) }
          : {
              kind: 'unseen',
              sinceMs: proxy.unseenSinceS * 1000,
              fault: { kind: 'timeout', afterMs: 800, connected: true, address: proxy.name },
            },
    })),
  };
}

function viewOf(proxy: Proxy, atS: number): View {
  const { level, master, name, old } = proxy;
  const serving = workerView(proxy, false, atS);
  const hidden: Record<Proxy['master'], Hidden | null> = {
    seen: null,
    'no-master': { kind: 'no-master' },
    hidden: { kind: 'timeout', afterMs: 800, connected: true, address: `${name}'s master` },
  };
  return {
    way: 'unix',
    version: '2.6.12',
    level,
    workers: [
      serving,
      ...(master === 'seen' ? old : []).map((worker) => workerView(worker, true, atS)),
    ],
    pin: pinView(proxy, atS),
    hidden: hidden[master],
  };
}

/** Servers are numbered as the backend lists them, also those that are not there. */
function pinView({ beatUntilS, pin, servers }: Proxy, atS: number): Pin {
  if (pin.kind !== 'table') return { kind: pin.kind };
  const live = livePin(pin, atS);
  const serverId = servers.findIndex((server) => server.name === live) + 1;
  return {
    kind: 'table',
    serverId,
    leaseMs: live === null ? 0 : (pin.untilS - atS) * 1000,
    heartbeatMs: Math.max(0, beatUntilS - atS) * 1000,
  };
}

function workerView(worker: OldWorker, old: boolean, atS: number): WorkerView {
  const servers = worker.servers
    .map((server, index) => (server.absent ? null : serverView(server, index + 1, atS)))
    .filter((server) => server !== null);
  const active = servers.filter((one) => !one.backup && usable(one));
  const weighing = active.length > 0 ? active : servers.filter(usable).slice(0, 1);
  return {
    pid: worker.pid,
    old,
    uptimeS: atS - worker.startedS,
    servers,
    backendWeight: weighing.reduce((sum, one) => sum + one.weight, 0),
  };
}

function usable(server: ServerView): boolean {
  return server.health === 'up' && server.weight > 0;
}

function serverView(server: Server, id: number, atS: number): ServerView {
  return {
    name: server.name,
    id,
    status: server.status,
    health: healthOf(server),
    settled: server.status === 'UP',
    checkPassed: server.checkPassed,
    backup: server.backup,
    weight: server.weight,
    sessions: server.sessions,
    lastChangeS: Math.trunc(atS - server.changedS),
    lastSessionS: server.lastSessionS === null ? null : Math.trunc(atS - server.lastSessionS),
  };
}

function healthOf({ status, weight }: Server): ServerView['health'] {
  if (status.startsWith('DOWN')) return 'down';
  if (status.startsWith('MAINT')) return 'maint';
  if (/^(DRAIN|NOLB)/.test(status)) return 'drain';
  if (!status.startsWith('UP')) return 'unknown';
  return weight === 0 ? 'drain' : 'up';
}

/** The world in the words that would make it, for one line: `ha1 main=4 backup:DOWN=0`. */
export function describe(proxy: Proxy, atS: number): string {
  if (proxy.unseenSinceS !== null) {
    const peer = proxy.peer === null ? '' : ` ${describePeer(proxy.peer)}`;
    return `${proxy.name} unseen${peer}`;
  }
  const servers = proxy.servers.map((server) => {
    const status = server.absent ? 'absent' : server.status.replaceAll(' ', '_');
    const shown = server.absent || status !== 'UP' ? `:${status}` : '';
    const failing = server.status === 'UP' && !server.checkPassed ? ':failing' : shown;
    const weight = server.weight === 1 ? '' : `(weight ${server.weight})`;
    return `${server.name}${failing}${weight}=${server.sessions}`;
  });
  const pinned = livePin(proxy.pin, atS);
  const words = [
    proxy.name,
    ...servers,
    ...proxy.old.map(describeOld),
    ...(pinned === null ? [] : [`pin=${pinned}`]),
    ...(proxy.beatUntilS > atS ? ['beat'] : []),
    ...(proxy.peer === null ? [] : [describePeer(proxy.peer)]),
    ...(proxy.pin.kind === 'denied' ? ['pin-denied'] : []),
    ...(proxy.level === 'admin' ? [] : [`level=${proxy.level}`]),
    ...(proxy.master === 'seen' ? [] : [proxy.master]),
  ];
  return words.join(' ');
}

/** `old100(backup=2)`: only what has sessions. */
function describeOld({ pid, servers }: OldWorker): string {
  const busy = servers.filter((server) => server.sessions > 0);
  return `old${pid}(${busy.map(({ name, sessions }) => `${name}=${sessions}`).join(' ')})`;
}
