// A story, told; and with other settings what they change in it.
import { tellStory } from '../decide/story/tell.ts';
import { escaped } from '../report/pretty-line.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { complain, paint } from './layout.ts';
import type { NamedFile } from './simulate-file.ts';
import type { SimulateOptions } from './simulate.ts';
import type { Output, World } from './world.ts';

/** Longer is no story that somebody has written. */
const MAX_BYTES = 1024 * 1024;

export function simulateStory(
  { out, err }: World,
  { path, content }: NamedFile,
  { set, json }: SimulateOptions,
): ExitCode {
  if (content.length > MAX_BYTES) {
    complain(
      err,
      `${path}: larger than a story may be (1 MiB), and no journal: its lines are no JSON`,
    );
    return EXIT.usage;
  }
  const text = content.toString('utf8');
  const told = tellStory(text);
  // Told with its own settings first: what is wrong there is the story's.
  const otherwise = told.ok && set.length > 0 ? tellStory(text, set) : null;
  for (const one of [told, otherwise]) {
    if (one === null || one.ok) continue;
    const { line, message } = one.fault;
    const read =
      'read as a story (docs/stories.md), since it does not begin with "{" as a journal does';
    complain(err, `${path}:${line}: ${escaped(message.slice(0, 300))}; ${read}`);
    return EXIT.usage;
  }
  if (!told.ok) return EXIT.usage;
  const changed = otherwise?.ok === true ? otherwise.value : null;
  if (json) {
    const lists = { told: resultsOf(told.value), changed: changed && resultsOf(changed) };
    out.write(`${JSON.stringify({ file: path, kind: 'story', set, ...lists }, null, 2)}\n`);
  } else if (changed === null) out.write(ended(told.value));
  else out.write(difference(out, partsOf(told.value), partsOf(changed), set));
  return EXIT.good;
}

/** A line of the story, and the results below it. */
interface Part {
  readonly line: string;
  readonly results: readonly string[];
}

function partsOf(text: string): readonly Part[] {
  const parts: { line: string; results: string[] }[] = [{ line: '', results: [] }];
  for (const line of text.split('\n')) {
    if (line.startsWith('>')) parts.at(-1)?.results.push(line);
    else parts.push({ line, results: [] });
  }
  return parts;
}

function resultsOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('>'));
}

/** `-`: only as it is; `+`: only with the settings; below the line of the story that they follow. */
function difference(
  out: Output,
  told: readonly Part[],
  changed: readonly Part[],
  set: readonly string[],
): string {
  const lines = told.flatMap(({ line, results }, at) => {
    const others = changed[at]?.results ?? [];
    const gone = results.filter((one) => !others.includes(one));
    const come = others.filter((one) => !results.includes(one));
    if (gone.length === 0 && come.length === 0) return [];
    return [
      `  ${line}`,
      ...gone.map((one) => paint(out, 'red', `- ${one.slice(2)}`)),
      ...come.map((one) => paint(out, 'green', `+ ${one.slice(2)}`)),
    ];
  });
  const how = `With ${set.join(' ')}`;
  if (lines.length === 0) return `${how} nothing is decided otherwise.\n`;
  return `${how} (+) instead of as it is (-):\n${ended(lines.join('\n'))}`;
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
