// `mainstay simulate`: a story told, or a journal decided again; and either with other settings. Connects to nothing.
import { readSettings } from '../decide/story/settings.ts';
import { escaped } from '../report/pretty-line.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { complain } from './layout.ts';
import { readBounded } from './simulate-file.ts';
import { simulateJournal } from './simulate-journal.ts';
import { simulateStory } from './simulate-story.ts';
import type { World } from './world.ts';

export interface SimulateOptions {
  /** Settings under the names of mainstay.yaml: `failback.after=5m`. */
  readonly set: readonly string[];
  readonly json: boolean;
}

/** Prints what is decided, and why. Whatever is wrong with the file is said, and nothing thrown. */
export async function simulate(
  world: World,
  path: string,
  options: SimulateOptions,
): Promise<ExitCode> {
  const { set } = options;
  const settings = readSettings(set);
  if (!settings.ok) {
    complain(world.err, `--set: ${escaped(settings.fault)}; its names are those of mainstay.yaml`);
    return EXIT.usage;
  }
  const content = await readBounded(path);
  if (!content.ok) {
    complain(world.err, `${path}: ${content.fault}`);
    return EXIT.usage;
  }
  const file = { path, content: content.value };
  return isJournal(file.content)
    ? simulateJournal(world, file, settings.value, options)
    : simulateStory(world, file, options);
}

/** The lines of a journal are JSON objects; no line of a story begins with a brace. */
function isJournal(content: Buffer): boolean {
  return /^\s*\{/.test(content.toString('latin1', 0, 4096));
}
