// Where a proxy's next new connection goes by HAProxy's own choice (configuration.txt 4.2 "balance", 5.2 "backup").
import type { ServerView, WorkerView } from '../domain/view.ts';

/** Whether the next new connection can go to no other server than this one. */
export function leadsTo(worker: WorkerView, server: string): boolean {
  const [first, second] = nextServers(worker);
  const takes = worker.servers.some(({ name, weight }) => name === server && weight > 0);
  return first === server && second === undefined && takes;
}

/** The servers that may get the next new connection: usable active ones, else the first usable backup, else none. */
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
