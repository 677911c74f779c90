// A journal, decided again: whether each decision comes out as it is recorded; with other settings, where they part.
import { replay, type Replay } from '../decide/replay.ts';
import type { Settings } from '../decide/story/settings.ts';
import type { JournalRecord } from '../domain/journal.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { makeHistorian } from '../report/history.ts';
import { readRecord } from '../report/journal-tail.ts';
import { escaped } from '../report/pretty-line.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { historyTeller } from './history-text.ts';
import { complain, paint, widthOf, wrap } from './layout.ts';
import { linesOf, type NamedFile } from './simulate-file.ts';
import { imagine, imaginedText } from './simulate-what-if.ts';
import type { SimulateOptions } from './simulate.ts';
import type { Output, World } from './world.ts';

/** So many wrong lines are named, and the others counted. */
const MAX_NAMED = 10;

interface Line {
  readonly line: number;
  readonly record: JournalRecord;
  /** Of a decision. */
  readonly replay: Replay | null;
}

/** Lines that are no record are named, and the others simulated all the same; the exit code then is that of a wrong file. */
export function simulateJournal(
  world: World,
  { path, content }: NamedFile,
  settings: Settings,
  { set, json }: SimulateOptions,
): ExitCode {
  const { out } = world;
  const wrong = new Set<number>();
  const report = (line: number, what: string): void => {
    wrong.add(line);
    if (wrong.size <= MAX_NAMED) complain(world.err, `${path}:${line}: ${what}`);
  };
  const historian = makeHistorian(faultText);
  const text = historyTeller(out);
  const isWhatIf = set.length > 0;
  const entries: object[] = [];
  const differing: number[] = [];
  let decisions = 0;
  for (const { line, record, replay: again } of replayed(content, report)) {
    const entry = historian(record);
    const differs = again?.differences ?? [];
    if (again !== null) decisions += 1;
    if (differs.length > 0) differing.push(line);
    if (json) entries.push(again === null ? entry : { ...entry, line, ...again });
    else if (!isWhatIf) out.write(text(entry) + differenceText(out, line, again));
  }
  if (decisions === 0)
    report(
      1,
      'there is no decision in it; expected a journal of mainstay (journal in mainstay.yaml)',
    );
  if (wrong.size > MAX_NAMED) complain(world.err, `and ${wrong.size - MAX_NAMED} lines more`);
  const whatIf = isWhatIf && decisions > 0 ? imagine(sound(content, wrong), settings) : null;
  if (json) {
    const document = { file: path, kind: 'journal', set, decisions, differing: differing.length };
    out.write(`${JSON.stringify({ ...document, entries, whatIf }, null, 2)}\n`);
  } else {
    if (whatIf !== null) out.write(imaginedText(out, whatIf, set));
    out.write(decisions === 0 ? '' : summary(out, decisions, differing, isWhatIf));
  }
  if (wrong.size > 0) return EXIT.usage;
  return differing.length === 0 ? EXIT.good : EXIT.notConverged;
}

function* replayed(content: Buffer, report: (line: number, what: string) => void): Generator<Line> {
  for (const { line, text } of linesOf(content)) {
    const record = readRecord(text);
    if (record === null) {
      const said = escaped(text.slice(0, 40));
      report(
        line,
        `expected a record, {"v":1,"at":…,"kind":"decision" | "outcome" | "hook",…}, got ${said}`,
      );
      continue;
    }
    try {
      yield { line, record, replay: record.kind === 'decision' ? replay(record) : null };
    } catch (error) {
      const why = escaped(String(error).slice(0, 200));
      report(
        line,
        `expected a whole decision: snapshot, memory, policy and now as mainstay writes them (${why})`,
      );
    }
  }
}

/** The records that could be decided again. */
function* sound(content: Buffer, wrong: ReadonlySet<number>): Generator<JournalRecord> {
  for (const { line, text } of linesOf(content)) {
    const record = wrong.has(line) ? null : readRecord(text);
    if (record !== null) yield record;
  }
}

/** What comes out otherwise, below its decision. */
function differenceText(out: Output, line: number, again: Replay | null): string {
  if (again === null || again.differences.length === 0) return '';
  const how = again.wordsAlone
    ? 'is decided alike now, and said in other words'
    : 'is decided otherwise now';
  const by = again.foreign ? '; another version of mainstay wrote it' : '';
  const lines = [
    `line ${line} ${how}${by}`,
    ...again.differences.map(({ what, recorded, decided }) => {
      const [was, is] = fromDifference(recorded ?? 'nothing', decided ?? 'nothing');
      return `${escaped(what)}: recorded ${was}, now ${is}`;
    }),
  ];
  return lines
    .map((one) => paint(out, 'red', wrap(one, widthOf(out) - 4, '      ')))
    .map((one) => `    ${one}\n`)
    .join('');
}

/** Long texts from a little before where they differ. */
function fromDifference(one: string, other: string): readonly [string, string] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 40);
  const part = (text: string) => {
    const end = text.length > from + 160 ? '…' : '';
    return escaped(`${from === 0 ? '' : '…'}${text.slice(from, from + 160)}${end}`);
  };
  return [part(one), part(other)];
}

function summary(
  out: Output,
  decisions: number,
  differing: readonly number[],
  isWhatIf: boolean,
): string {
  const all = decisions === 1 ? '1 decision' : `${decisions} decisions`;
  if (differing.length === 0) return isWhatIf ? '' : `\n${all}, all the same.\n`;
  const named = differing.slice(0, MAX_NAMED).join(', ');
  const more = differing.length > MAX_NAMED ? ', …' : '';
  return `\n${paint(out, 'red', `${all}, ${differing.length} decided otherwise now`)}: line ${named}${more}\n`;
}
