// Asks a running daemon for what it remembers of its history. Its words are checked: another program may answer there.
import axios from 'axios';
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { Result } from '../domain/result.ts';
import { HOOK_RESULTS, RESULTS, VERDICTS } from '../domain/verdict.ts';
import { whyNot } from './daemon.ts';
import { daemonOptions, daemonUrl } from './dial-daemon.ts';

const BOUNDS = { timeoutMs: 1000, maxBytes: 8 * 1024 * 1024 };
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
  const url = daemonUrl(config, `/v1/history?limit=${MOST_ENTRIES}`);
  const no = (why: string): Result<never, string> => ({ ok: false, fault: `${why} at ${url}` });
  const options = await daemonOptions(config, BOUNDS);
  if (!options.ok) return no(`not asked, since ${options.fault},`);
  let body: unknown;
  try {
    body = (await axios.get<unknown>(url, options.value)).data;
  } catch (fault) {
    return no(whyNot(fault));
  }
  const history = History.safeParse(body);
  if (!history.success) return no('something that is not this mainstay answers');
  return { ok: true, value: history.data.toReversed() };
}
