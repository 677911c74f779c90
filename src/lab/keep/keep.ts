// A lab that stays: mainstay watches it, keys bring faults on it, and whoever looks sees what comes of them.
import { once } from 'node:events';
import type { ReadStream } from 'node:tty';
import type { Result } from '../../domain/result.ts';
import type { Screen } from '../../domain/screen.ts';
import { openLab } from '../open.ts';
import { makeSupervisor, type Program } from '../supervisor.ts';
import { faultsOf, legendLines, type Fault } from './faults.ts';
import { readKeys } from './keys.ts';
import { showLive } from './show.ts';
import { welcome } from './welcome.ts';

/**
 * Until `q` is typed or `signal` aborts; the end of `input` ends nothing. True, or why the lab could not start. Leaves
 * no process and no folder behind.
 */
export async function keep(
  program: Program,
  screen: Screen,
  input: ReadStream,
  signal: AbortSignal,
): Promise<Result<boolean, string>> {
  const opened = await openLab();
  if (!opened.ok) return opened;
  const { lab, file } = opened.value;
  const startMs = performance.now();
  const say = (text: string): void => {
    const lead = `${((performance.now() - startMs) / 1000).toFixed(1).padStart(6)}s  `;
    screen.say(text, { lead });
  };
  const mainstay = makeSupervisor(program, { file, listen: lab.listen }, (message) =>
    say(`mainstay: ${message}`),
  );
  const faults = faultsOf(lab, mainstay);
  const legend = legendLines(faults);
  let endShow: (() => void) | null = null;
  try {
    welcome(screen, lab, file, program.spoken);
    if (!screen.live) for (const line of ['', 'Keys, one in a line:', ...legend]) screen.say(line);
    await mainstay.start();
    endShow = showLive({ screen, lab, mainstay, legend, say });
    await takeKeys(readKeys(input, signal), faults, say, signal);
  } finally {
    endShow?.();
    await mainstay.stop();
    await lab.stop();
  }
  screen.say('The lab has ended. No process and no folder is left behind.');
  return { ok: true, value: true };
}

/** Until `q`, or until `signal` aborts. */
async function takeKeys(
  keys: AsyncIterable<string>,
  faults: readonly Fault[],
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const key of keys) {
    if (key === 'q') return;
    const fault = faults.find((one) => one.key === key);
    if (fault === undefined) {
      say(
        `there is no key ${JSON.stringify(key)}, but ${faults.map((one) => one.key).join(' ')} q`,
      );
    } else say(`[${key}] ${await fault.act()}`);
  }
  if (signal.aborted) return;
  say('the input has ended; SIGINT (Ctrl-C) or SIGTERM ends the lab');
  await once(signal, 'abort');
}
