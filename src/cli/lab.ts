// `mainstay lab`: the lab on this terminal, until it ends or a signal ends it.
import { EXIT, type ExitCode } from './exit.ts';
import { widthOf, wrap } from './layout.ts';
import { makeScreen } from './screen.ts';
import type { World } from './world.ts';

/** The tour, or with `keep` a lab to play with. A lab that could not even start is exit code 1. */
export async function lab(world: World, { keep }: { keep: boolean }): Promise<ExitCode> {
  const stopping = new AbortController();
  // For as long as the process lives: a second Ctrl-C must not cut the clearing up short.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => stopping.abort());
  }
  const play = keep ? world.keep : world.tour;
  const end = await play(makeScreen(world.out), stopping.signal);
  if (end.ok) return end.value ? EXIT.good : EXIT.notConverged;
  const lines = end.fault.split('\n').map((line) => wrap(line, widthOf(world.err), ''));
  world.err.write(`${lines.join('\n')}\n`);
  return EXIT.usage;
}
