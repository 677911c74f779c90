// `mainstay converge --clear`: the daemon's override ends.
import type { Config } from '../domain/config.ts';
import { askDaemon } from './daemon.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { complain } from './layout.ts';
import { orderDaemon } from './order-daemon.ts';
import type { World } from './world.ts';

type Ending = 'cleared' | 'no-override' | 'no-daemon' | 'refused';

/** That there is none to end is no failure: there is none afterwards, as was asked for. */
export async function clear(
  world: World,
  config: Config,
  { json }: { json: boolean },
): Promise<ExitCode> {
  const finish = (ending: Ending, code: ExitCode, message: string): ExitCode => {
    const { cluster, backend } = config;
    const document = { cluster, backend, ending, message };
    if (code !== EXIT.good) complain(world.err, message);
    else if (!json) world.out.write(`${message}\n`);
    if (json) world.out.write(`${JSON.stringify(document, null, 2)}\n`);
    return code;
  };
  const daemon = await askDaemon(config, world.clock.now().wallMs);
  if (!daemon.ok) {
    return finish('no-daemon', EXIT.unseen, `there is no daemon to tell: ${daemon.fault}`);
  }
  const told = await orderDaemon(config, { path: '/v1/converge', body: { clear: true } });
  if (told.ok) {
    const was = daemon.value.override?.to ?? 'none';
    return finish('cleared', EXIT.good, `The override is ended; it was to ${was}.`);
  }
  const { error, message } = told.fault;
  if (error === 'no-override') return finish('no-override', EXIT.good, 'There is no override.');
  const code = error === 'no-answer' ? EXIT.unseen : EXIT.held;
  return finish('refused', code, message);
}
