// An order that is for the running daemon alone, and what is said of it: `mainstay pause` and `mainstay resume`.
import type { Config } from '../domain/config.ts';
import type { Status } from '../domain/status.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { clockTime, complain, paragraph } from './layout.ts';
import { orderDaemon, type DaemonOrder } from './order-daemon.ts';
import type { World } from './world.ts';

/** The daemon watches on, and does not act. `forMs` null: until somebody resumes. */
export function pause(world: World, config: Config, forMs: number | null): Promise<ExitCode> {
  const body = forMs === null ? {} : { for: `${forMs}ms` };
  return tell(world, config, { path: '/v1/pause', body }, () => {
    const end =
      forMs === null
        ? 'until mainstay resume'
        : `until ${clockTime(world.clock.now().wallMs + forMs)}, or until mainstay resume`;
    const peers =
      config.peers.length === 0
        ? ''
        : ' Its peers act on at the proxies that they drive: pause them on their hosts.';
    return `The daemon watches on, and does not act ${end}.${peers}`;
  });
}

/** A pause ends, and the daemon forgets that its target was flapping. */
export function resume(world: World, config: Config): Promise<ExitCode> {
  return tell(world, config, { path: '/v1/resume', body: {} }, ({ paused, hold, gates }) => {
    const flapped = hold === 'flapping' || gates.some(({ gate }) => gate === 'flapping');
    const flapping = 'The daemon has forgotten that its target was flapping.';
    if (paused === null) return flapped ? flapping : 'The daemon was not paused, nor is it now.';
    const was = paused.until === null ? 'had no end' : `was to last until ${paused.until}`;
    return `The pause is ended; it ${was}.${flapped ? ` ${flapping}` : ''}`;
  });
}

/** `words`: of the status before the order. Without a daemon exit code 3; where it takes no order 1, since that is a matter of configuration. */
async function tell(
  world: World,
  config: Config,
  order: DaemonOrder,
  words: (before: Status) => string,
): Promise<ExitCode> {
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  if (!daemon.ok) {
    complain(world.err, `there is no daemon to tell: ${daemon.fault}`);
    return EXIT.unseen;
  }
  const told = await orderDaemon(config, order);
  if (told.ok) {
    world.out.write(`${paragraph(world.out, words(daemon.value))}\n`);
    return EXIT.good;
  }
  complain(world.err, told.fault.message);
  return told.fault.error === 'no-answer' ? EXIT.unseen : EXIT.usage;
}
