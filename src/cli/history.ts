// `mainstay history`: what was decided and done, from the journal; where there is none, from the daemon.
import type { Config } from '../domain/config.ts';
import type { HistoryEntry } from '../domain/history.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { makeHistorian } from '../report/history.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { askHistory, MOST_ENTRIES } from './history-daemon.ts';
import { openJournalFile, type JournalFile } from './history-file.ts';
import { historyTeller, utc } from './history-text.ts';
import { complain } from './layout.ts';
import type { World } from './world.ts';

const DAY_MS = 86_400_000;

/** Prints it oldest first; `sinceMs`: how far back from now, null: a day. Touches nothing. */
export async function history(
  world: World,
  config: Config,
  { sinceMs, json }: { readonly sinceMs: number | null; readonly json: boolean },
): Promise<ExitCode> {
  const fromMs = Math.max(0, world.clock.now().wallMs - (sinceMs ?? DAY_MS));
  const opened = await openConfigured(config);
  if (opened.ok) {
    const { file, path } = opened;
    try {
      return await tell(world, fromMs, json, `in ${path}`, fromFile(world, file, path, fromMs));
    } catch (error) {
      complain(world.err, `${path} cannot be read to its end (${codeOf(error)})`);
      return EXIT.usage;
    } finally {
      await file.close();
    }
  }
  const asked = await askHistory(config);
  if (!asked.ok) {
    const cure = 'start mainstay run, or name a file as journal in mainstay.yaml';
    complain(world.err, `there is no history: ${opened.why}, and ${asked.fault}; ${cure}`);
    return EXIT.unseen;
  }
  const entries = asked.value;
  complain(world.err, `${opened.why}: this is what the daemon remembers`);
  if (entries.length === MOST_ENTRIES && Date.parse(entries[0]?.at ?? '') > fromMs) {
    complain(world.err, `and it gives no more than the last ${MOST_ENTRIES} entries`);
  }
  const since = entries.filter(({ at }) => Date.parse(at) >= fromMs);
  return tell(world, fromMs, json, 'that the daemon remembers', since);
}

type Opened =
  | { readonly ok: true; readonly file: JournalFile; readonly path: string }
  | { readonly ok: false; readonly why: string };

async function openConfigured({ journal: path }: Config): Promise<Opened> {
  if (path === null) return { ok: false, why: 'no journal is configured' };
  try {
    return { ok: true, file: await openJournalFile(path), path };
  } catch (error) {
    return { ok: false, why: `the journal ${path} cannot be opened (${codeOf(error)})` };
  }
}

async function* fromFile(
  { err }: World,
  file: JournalFile,
  path: string,
  fromMs: number,
): AsyncGenerator<HistoryEntry> {
  const historian = makeHistorian(faultText);
  let unreadable = 0;
  for await (const record of file.records(fromMs)) {
    if (record === null) unreadable += 1;
    else {
      // Those before are read, too: what is new in a decision is new against the one before it.
      const entry = historian(record);
      if (Date.parse(entry.at) >= fromMs) yield entry;
    }
  }
  if (unreadable === 0) return;
  const lines = unreadable === 1 ? '1 line' : `${unreadable} lines`;
  complain(err, `${lines} of ${path} cannot be read and are passed over; a crash leaves one`);
}

/** As they come: there may be many. */
async function tell(
  { out }: World,
  fromMs: number,
  json: boolean,
  where: string,
  entries: Iterable<HistoryEntry> | AsyncIterable<HistoryEntry>,
): Promise<ExitCode> {
  const text = historyTeller(out);
  let count = 0;
  for await (const entry of entries) {
    const before = count === 0 ? '[\n' : ',\n';
    out.write(json ? `${before}  ${JSON.stringify(entry)}` : text(entry));
    count += 1;
  }
  if (json) out.write(count === 0 ? '[]\n' : '\n]\n');
  else if (count === 0) {
    out.write(`Nothing ${where} since ${utc(new Date(fromMs).toISOString())}.\n`);
  }
  return EXIT.good;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
