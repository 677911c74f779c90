// The paths of contract.md that are built, and what each answers.
import type { Explanation } from '../domain/explanation.ts';
import type { HistoryEntry } from '../domain/history.ts';
import type { DecisionRecord } from '../domain/journal.ts';
import type { PeerView } from '../domain/peer.ts';
import type { Status } from '../domain/status.ts';
import type { Events } from './events.ts';
import { orderRoutes } from './orders.ts';
import type { Orders } from './orders.ts';
import type { Page } from './page.ts';
import { json, refusal } from './reply.ts';
import type { Reply, Stream } from './reply.ts';
import type { Routes } from './router.ts';

/** Where the answers come from. Each is asked at the time of the request, and answers at once. */
export interface Sources {
  readonly metrics: { readonly expose: () => Promise<string>; readonly contentType: string };
  /** Ms since the loop last ended a turn, or since it was started. */
  readonly sinceTickMs: () => number;
  /** How long the loop may take for one turn before it counts as stuck. */
  readonly tickLimitMs: number;
  /** Driven proxies that have not been seen. */
  readonly unready: () => readonly string[];
  /** Null until the first decision. */
  readonly status: () => Status | null;
  /** Null until the first decision, and without `self`. */
  readonly view: () => PeerView | null;
  readonly events: Events;
  readonly page: Page;
  /** Newest first. */
  readonly decisions: (limit: number) => readonly DecisionRecord[];
  /** Null until the first decision. */
  readonly explanation: () => Explanation | null;
  /** Newest first. */
  readonly history: (limit: number) => readonly HistoryEntry[];
  readonly orders: Orders;
  /** A duration as mainstay.yaml writes it, in ms; null for what is none. */
  readonly durationMs: (text: string) => number | null;
}

export function makeRoutes(sources: Sources): Routes {
  return {
    reads: {
      ...pageReads(sources.page),
      '/metrics': async () => ({
        status: 200,
        type: sources.metrics.contentType,
        body: await sources.metrics.expose(),
      }),
      '/healthz': () => health(sources),
      '/readyz': () => readiness(sources.unready()),
      '/v1/status': () => {
        const status = sources.status();
        return status === null
          ? refusal(503, 'not-ready', 'nothing has been decided yet')
          : json(200, status);
      },
      '/v1/view': () => {
        const view = sources.view();
        return view === null ? refusal(503, 'not-ready', NO_VIEW) : json(200, { v: 1, ...view });
      },
      '/v1/explain': () => {
        const explanation = sources.explanation();
        return explanation === null
          ? refusal(503, 'not-ready', 'nothing has been decided yet')
          : json(200, explanation);
      },
      '/v1/history': (query) => {
        const limit = limitOf(query, MOST_HISTORY);
        return limit === null
          ? refusal(400, 'bad-request', `limit is a whole number from 1 to ${MOST_HISTORY}`)
          : json(200, sources.history(limit));
      },
      '/v1/events': () => following(sources.events),
      '/v1/decisions': (query) => {
        const limit = limitOf(query, MOST_DECISIONS);
        return limit === null
          ? refusal(400, 'bad-request', `limit is a whole number from 1 to ${MOST_DECISIONS}`)
          : json(200, sources.decisions(limit));
      },
    },
    orders: orderRoutes(sources.orders, sources.durationMs),
  };
}

function pageReads(page: Page): Routes['reads'] {
  return Object.fromEntries(Object.entries(page).map(([path, reply]) => [path, () => reply]));
}

function health({ sinceTickMs, tickLimitMs }: Sources): Reply {
  const sinceMs = Math.round(sinceTickMs());
  return sinceMs <= tickLimitMs
    ? json(200, { ok: true, sinceTickMs: sinceMs })
    : refusal(503, 'stuck', `the loop has not turned for ${sinceMs} ms`);
}

function readiness(unready: readonly string[]): Reply {
  return unready.length === 0
    ? json(200, { ok: true })
    : refusal(503, 'not-ready', `not seen yet: ${unready.join(', ')}`);
}

const NO_VIEW =
  'nothing has been decided yet, or no "self" is configured: there is nothing to tell a peer';

function following(events: Events): Reply | Stream {
  return events.isFull()
    ? refusal(503, 'too-many', 'as many follow as may; ask again later', { 'retry-after': '10' })
    : { type: 'text/event-stream; charset=utf-8', begin: (to) => events.follow(to) };
}

const MOST_DECISIONS = 200;
/** As many lines as are remembered. */
const MOST_HISTORY = 1000;

function limitOf(query: URLSearchParams, most: number): number | null {
  const asked = query.getAll('limit');
  if (asked.length === 0) return 20;
  const limit = asked.length === 1 && /^\d{1,4}$/.test(asked[0] ?? '') ? Number(asked[0]) : 0;
  return limit >= 1 && limit <= most ? limit : null;
}
