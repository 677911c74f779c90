// `mainstay status --watch`: the status again with every poll, drawn over in place, or on a pipe whenever it changes.
import type { Config } from '../domain/config.ts';
import type { Status } from '../domain/status.ts';
import { exitOf, type ExitCode } from './exit.ts';
import { clockTime } from './layout.ts';
import { dropLinks, reachProxies } from './proxies.ts';
import { makeScreen } from './screen.ts';
import { findStatus } from './status.ts';
import { statusText } from './status-text.ts';
import type { World } from './world.ts';

/** Until `signal` (Ctrl-C) aborts: then the exit code that goes with the last status. Touches nothing. */
export async function watchStatus(
  world: World,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { clock, out } = world;
  const proxies = reachProxies(world, config);
  const screen = makeScreen(out);
  let told = '';
  try {
    for (;;) {
      const { found, seenBy } = await findStatus(world, config, proxies);
      const { wallMs } = clock.now();
      // A screen cuts off what reaches its last column.
      const page = { ...out, columns: out.columns === null ? null : out.columns - 1 };
      const text = `${clockTime(wallMs)}\n${statusText(found, seenBy, wallMs, page)}`;
      if (screen.live) screen.show(text.trimEnd().split('\n'));
      else if (essence(found) !== told) out.write(`${text}\n`);
      told = essence(found);
      if (!signal.aborted) await clock.sleep(config.policy.pollIntervalMs, signal);
      if (signal.aborted) return exitOf(found.verdict, found.degraded);
    }
  } finally {
    dropLinks(proxies);
  }
}

/** What goes on with time by itself is no change, and many a sentence says how long. */
const TICKING = [
  'at',
  'since',
  'until',
  'ageMs',
  'leaseMs',
  'lastChangeS',
  'says',
  'why',
  'reason',
  'message',
];

function essence(status: Status): string {
  return JSON.stringify(status, (key, value: unknown) =>
    TICKING.includes(key) ? undefined : value,
  );
}
