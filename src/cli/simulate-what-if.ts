// What would have been decided with other settings, in the log's sentences.
import { withSettings, type Settings } from '../decide/story/settings.ts';
import { whatIf, type Deed } from '../decide/what-if.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { JournalRecord } from '../domain/journal.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { decisionSentence } from '../report/sentences.ts';
import { rfc3339 } from '../report/wall.ts';
import { historyTeller, utc } from './history-text.ts';
import { paint, paragraph } from './layout.ts';
import type { Output } from './world.ts';

/** So many of the last things that were done in both stand above the difference. */
const SHOWN = 5;

export interface Imagined {
  /** What was done, and what would be, in the order of doing; the last of each is where they part. */
  readonly recorded: readonly HistoryEntry[];
  readonly changed: readonly HistoryEntry[];
  readonly parts: boolean;
  /** Up to when it was looked at; null: not at all. */
  readonly upTo: string | null;
  /** The journal is too long to be lived through up to its end. */
  readonly cut: boolean;
}

/** `records` oldest first. */
export function imagine(records: Iterable<JournalRecord>, settings: Settings): Imagined {
  const { common, parting, upTo, cut } = whatIf(records, (policy) =>
    withSettings(policy, settings),
  );
  const entries = common.map(entryOf);
  const own = parting?.recorded ?? null;
  return {
    recorded: own === null ? entries : [...entries, entryOf(own)],
    changed: parting === null ? entries : [...entries, entryOf(parting.changed)],
    parts: parting !== null,
    upTo: upTo === null ? null : rfc3339(upTo, upTo.monoMs),
    cut,
  };
}

function entryOf(deed: Deed): HistoryEntry {
  const { before, now, judgement } = deed;
  const previous = before && { judgement: before.decision, snapshot: before.snapshot };
  const says = decisionSentence(previous, deed, faultText);
  const at = rfc3339(now, now.monoMs);
  return { at, kind: 'decision', verdict: judgement.verdict, result: null, says };
}

/** `-` what is recorded, `+` what would be with the settings. */
export function imaginedText(
  out: Output,
  { recorded, changed, parts, upTo, cut }: Imagined,
  set: readonly string[],
): string {
  const how = `With ${set.join(' ')}`;
  const end = upTo === null ? 'the end' : utc(upTo);
  if (!parts) {
    const rest = cut
      ? ' What comes later is not looked at: cut the time that matters out of it.'
      : '';
    return `${paragraph(out, `${how} nothing would have been done otherwise, up to ${end}.${rest}`)}\n`;
  }
  const common = changed.slice(0, -1);
  const text = historyTeller(out);
  const was = recorded[common.length];
  const would = changed.at(-1);
  const instead =
    was === undefined
      ? paint(out, 'red', `- nothing more is done up to ${end}`) + '\n'
      : historyTeller(out)(was, '- ');
  return [
    `${paragraph(out, `${how} (+) it would have gone otherwise than recorded (-):`)}\n`,
    ...common.slice(-SHOWN).map((entry) => text(entry, '  ')),
    instead,
    ...(would === undefined ? [] : [historyTeller(out)(would, '+ ')]),
    `${paragraph(out, 'From there on the world would have been another, and nobody can tell how it went on. Between two records the last look is taken to have stayed as it was.')}\n`,
  ].join('');
}
