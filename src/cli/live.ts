// `mainstay check --live`: whether the daemon's loop turns, for whatever restarts it where it does not.
import axios from 'axios';
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import { whyNot } from './daemon.ts';
import { daemonOptions, daemonUrl } from './dial-daemon.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { complain } from './layout.ts';
import type { World } from './world.ts';

const BOUNDS = { timeoutMs: 1000, maxBytes: 64 * 1024 };
const Turns = z.object({ ok: z.literal(true), sinceTickMs: z.number() });

/** 0 where it does; else 3, and why not on `world.err`. Asks nobody but the daemon of this configuration. */
export async function live(world: World, config: Config): Promise<ExitCode> {
  const url = daemonUrl(config, '/healthz');
  const not = (why: string): ExitCode => {
    complain(world.err, `${why} at ${url}`);
    return EXIT.unseen;
  };
  const options = await daemonOptions(config, BOUNDS);
  if (!options.ok) return not(`not asked, since ${options.fault},`);
  try {
    const turns = Turns.safeParse((await axios.get<unknown>(url, options.value)).data);
    if (!turns.success) return not('something that is not mainstay answers');
    world.out.write(`The daemon's loop turned ${Math.round(turns.data.sinceTickMs)} ms ago.\n`);
    return EXIT.good;
  } catch (fault) {
    return not(whyNot(fault));
  }
}
