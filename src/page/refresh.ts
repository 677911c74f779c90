// When the daemon is asked for its status: at each event, every two seconds while somebody looks, one question at a time.
import type { HistoryEntry } from '../domain/history.ts';
import type { Status } from '../domain/status.ts';
import type { Answer, Api } from './api.ts';

export interface Refresher {
  /** Soon: many calls in a row are one question. */
  soon(hasHappened: boolean): void;
  /** At once, even if a question is on its way: that one may be from before a sleep. */
  now(): void;
}

const EVERY_MS = 2000;
/** Between two questions, however many events there are. */
const REST_MS = 250;
/** What has happened is asked for when something has; and this often, should an event be lost. */
const HISTORY_EVERY_MS = 10_000;
export const HISTORY_LIMIT = 20;

export function makeRefresher(
  api: Api,
  heard: (answer: Answer<Status>) => void,
  heardHistory: (answer: Answer<readonly HistoryEntry[]>) => void,
): Refresher {
  let question: AbortController | null = null;
  let askedMs = -Infinity;
  let historyMs = -Infinity;
  let isWanted = true;

  const ask = async (): Promise<void> => {
    const mine = new AbortController();
    question?.abort();
    question = mine;
    isWanted = false;
    askedMs = nowMs();
    const status = await api.get<Status>('/v1/status', mine.signal);
    if (question !== mine) return;
    heard(status);
    if (status.kind === 'ok' && nowMs() - historyMs > HISTORY_EVERY_MS) {
      historyMs = nowMs();
      const path = `/v1/history?limit=${HISTORY_LIMIT}`;
      const history = await api.get<readonly HistoryEntry[]>(path, mine.signal);
      if (question === mine) heardHistory(history);
    }
    if (question === mine) question = null;
  };
  const turn = (): void => {
    if (question !== null) return;
    const sinceMs = nowMs() - askedMs;
    const isDue = !document.hidden && sinceMs >= EVERY_MS;
    if (isDue || (isWanted && sinceMs >= REST_MS)) void ask();
  };
  setInterval(turn, REST_MS);
  return {
    soon(hasHappened) {
      isWanted = true;
      if (hasHappened) historyMs = -Infinity;
      turn();
    },
    now() {
      historyMs = -Infinity;
      void ask();
    },
  };
}

/** Of a clock that nobody sets. */
function nowMs(): number {
  return performance.now();
}
