// Where a proxy's next new connection goes: where its pin says, else HAProxy's own choice (configuration.txt 4.2 "balance", "use-server", 5.2 "backup").
import type { Pin, ServerView, WorkerView } from '../domain/view.ts';

/** Whether the next new connection, under this pin, can go to no other server than this one. */
export function leadsTo(worker: WorkerView, pin: Pin, server: string): boolean {
  const pinned = pinnedServer(worker, pin);
  // A weight of 0 is followed, one that is no weight is not believed.
  if (pinned !== null) return pinned.name === server && pinned.weight >= 0;
  const [first, second] = nextServers(worker);
  const takes = worker.servers.some(({ name, weight }) => name === server && weight > 0);
  return first === server && second === undefined && takes;
}

/** The servers that may get the next new connection under this pin. */
export function nextUnder(worker: WorkerView, pin: Pin): readonly string[] {
  const pinned = pinnedServer(worker, pin);
  return pinned === null ? nextServers(worker) : [pinned.name];
}

/**
 * The server that the pin sends new connections to; null: none, HAProxy chooses. It follows a pin to a server that
 * drains, weighs nothing or is not checked, and never to one that is down or in maintenance.
 */
function pinnedServer(worker: WorkerView, pin: Pin): ServerView | null {
  const server = standingPin(worker, pin);
  return server?.health === 'down' || server?.health === 'maint' ? null : server;
}

/** The server that a live pin names, followed or not. */
export function standingPin({ servers }: WorkerView, pin: Pin): ServerView | null {
  if (pin.kind !== 'table' || !(pin.leaseMs > 0)) return null;
  return servers.find(({ id }) => id === pin.serverId) ?? null;
}

/** HAProxy's own choice: usable active servers, any of them may be next, else the first usable backup, else none. */
export function nextServers(worker: WorkerView): readonly string[] {
  // In the order of the configuration, which is that of `show stat`; ids may be given out otherwise.
  const usable = worker.servers.filter(takesNew);
  const active = usable.filter((server) => !server.backup);
  if (active.length > 0) return active.map((server) => server.name);
  const [first] = usable;
  if (first === undefined) return [];
  // With `option allbackups` the BACKEND row weighs more than its first backup: any of them may be next.
  const all = !(worker.backendWeight <= first.weight);
  return all ? usable.map((server) => server.name) : [first.name];
}

/** `no check` counts: HAProxy itself takes an unchecked server to be up. */
function takesNew(server: ServerView): boolean {
  return (server.health === 'up' || server.health === 'unknown') && !(server.weight <= 0);
}
