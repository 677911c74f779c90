// Asks a running daemon for what it remembers of its history. Its words are checked: another program may answer there.
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { Result } from '../domain/result.ts';
import { HOOK_RESULTS, RESULTS, VERDICTS } from '../domain/verdict.ts';
import { askFor } from './daemon.ts';

const MAX_BYTES = 8 * 1024 * 1024;
/** As many as a daemon gives. */
export const MOST_ENTRIES = 1000;

const History = z
  .array(
    z.object({
      at: z.iso.datetime(),
      kind: z.enum(['decision', 'outcome', 'hook']),
      verdict: z.enum(VERDICTS).nullable(),
      result: z.enum([...RESULTS, ...HOOK_RESULTS]).nullable(),
      says: z.string(),
    }),
  )
  .max(MOST_ENTRIES) satisfies z.ZodType<HistoryEntry[]>;

/** Oldest first; or why it is not to be had, as the end of a sentence. */
export async function askHistory(config: Config): Promise<Result<readonly HistoryEntry[], string>> {
  const path = `/v1/history?limit=${MOST_ENTRIES}`;
  const history = await askFor(config, path, History, MAX_BYTES);
  return history.ok ? { ok: true, value: history.value.toReversed() } : history;
}
