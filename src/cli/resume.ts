// `mainstay resume`: the running daemon forgets that its target was flapping.
import type { Config } from '../domain/config.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { complain } from './layout.ts';
import { orderDaemon } from './order-daemon.ts';
import type { World } from './world.ts';

/** Without a daemon exit code 3; where it takes no order 1, since that is a matter of configuration. */
export async function resume(world: World, config: Config): Promise<ExitCode> {
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  if (!daemon.ok) {
    complain(world.err, `there is no daemon to tell: ${daemon.fault}`);
    return EXIT.unseen;
  }
  const told = await orderDaemon(config, { path: '/v1/resume', body: {} });
  if (told.ok) {
    world.out.write('The daemon has forgotten that its target was flapping.\n');
    return EXIT.good;
  }
  complain(world.err, told.fault.message);
  return told.fault.error === 'no-answer' ? EXIT.unseen : EXIT.usage;
}
