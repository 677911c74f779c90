// A look that was not recorded: the last one again, later.
import type { ServerView, Snapshot, View, WorkerView } from '../domain/view.ts';

/**
 * Nothing has changed but the time; pins are renewed, so that their leases stay. `fit`: producers of which is known that
 * they were fit to go to everywhere by then, and since when.
 */
export function lookAgain(
  { proxies, peers }: Snapshot,
  byMs: number,
  fit: readonly { readonly producer: string; readonly forMs: number }[],
): Snapshot {
  return {
    proxies: proxies.map(({ name, sight }) => ({
      name,
      sight:
        sight.kind === 'unseen'
          ? sight
          : { ...sight, atMs: sight.atMs + byMs, value: viewAgain(sight.value, byMs, fit) },
    })),
    ...(peers === undefined
      ? {}
      : {
          peers: peers.map(({ name, sight }) => ({
            name,
            sight: sight.kind === 'unseen' ? sight : { ...sight, atMs: sight.atMs + byMs },
          })),
        }),
  };
}

type Fit = Parameters<typeof lookAgain>[2];

function viewAgain(view: View, byMs: number, fit: Fit): View {
  const [serving, ...old] = view.workers;
  return {
    ...view,
    workers: [workerAgain(serving, byMs, fit), ...old.map((one) => workerAgain(one, byMs, []))],
  };
}

function workerAgain(worker: WorkerView, byMs: number, fit: Fit): WorkerView {
  // Rounded up: nothing is to look as if it had happened after the last look.
  const byS = Math.ceil(byMs / 1000);
  return {
    ...worker,
    uptimeS: worker.uptimeS + byS,
    servers: worker.servers.map((server) => {
      const { lastChangeS, lastSessionS } = server;
      const again: ServerView = {
        ...server,
        lastChangeS: lastChangeS + byS,
        lastSessionS: lastSessionS === null ? null : lastSessionS + byS,
      };
      const since = fit.find(({ producer }) => producer === server.name);
      return since === undefined ? again : fitServer(again, since.forMs);
    }),
  };
}

/** It came up after the last look where that showed it down. */
function fitServer(server: ServerView, forMs: number): ServerView {
  const up = { status: 'UP', health: 'up', settled: true, checkPassed: true } as const;
  const lastChangeS = server.health === 'up' ? server.lastChangeS : Math.floor(forMs / 1000);
  return { ...server, ...up, weight: Math.max(1, server.weight), lastChangeS };
}
