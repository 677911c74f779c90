// A daemon of a test's own making: the real HTTP server with the built page, and answers that the test sets.
import type { Writable } from 'node:stream';
import { parseDuration } from '../../src/config/duration.ts';
import type { DryRun } from '../../src/domain/dry-run.ts';
import type { HistoryEntry } from '../../src/domain/history.ts';
import type { Status } from '../../src/domain/status.ts';
import { makeEvents } from '../../src/report/events.ts';
import type { Events } from '../../src/report/events.ts';
import { startHttp } from '../../src/report/http.ts';
import type { Orders } from '../../src/report/orders.ts';
import { readPage } from '../../src/report/page.ts';
import { systemClock } from '../../src/transport/clock.ts';
import { logBook } from '../report/world.ts';

export const TOKEN = 'a-token-of-the-test';

export interface FakeDaemon {
  readonly url: string;
  readonly port: number;
  readonly events: Events;
  /** What it answers; may be changed at any time. `at` is the time of the question, unless `isStuck`. */
  status: Status;
  history: HistoryEntry[];
  dryRun: DryRun;
  isStuck: boolean;
  /** How often it was asked for its status, and for its events. */
  asked: number;
  followed: number;
  /** Every order that it took, in words. */
  readonly taken: string[];
  close(): Promise<void>;
}

/** `port` 0: any. */
export async function fakeDaemon(status: Status, { port = 0 } = {}): Promise<FakeDaemon> {
  const events = makeEvents(systemClock);
  const taken: string[] = [];
  const take = (text: string) => {
    taken.push(text);
    return { ok: true, override: null, paused: null } as const;
  };
  const orders: Orders = {
    override: (to, forMs) => take(`override ${to} ${forMs}`),
    clear: () => take('clear'),
    pause: (forMs) => take(`pause ${forMs}`),
    resume: () => take('resume'),
    rehearse: () => ({ ok: true, dryRun: daemon.dryRun }),
  };
  const config = { listen: { host: '127.0.0.1', port }, token: TOKEN, tls: null };
  const sources = {
    metrics: { expose: async () => '', contentType: 'text/plain' },
    sinceTickMs: () => 0,
    tickLimitMs: 5000,
    unready: () => [],
    status: () => {
      daemon.asked += 1;
      return daemon.isStuck ? daemon.status : { ...daemon.status, at: hence(0) };
    },
    view: unused,
    events: {
      ...events,
      follow: (to: Writable) => {
        daemon.followed += 1;
        events.follow(to);
      },
    },
    page: readPage(new URL('../../dist/page/', import.meta.url)),
    decisions: unused,
    explanation: unused,
    history: (limit: number) => daemon.history.slice(0, limit),
    orders,
    durationMs: parseDuration,
  };
  const started = await startHttp(config, sources, logBook().log, systemClock);
  if (!started.ok) throw new Error(started.fault.code);
  const daemon: FakeDaemon = {
    url: `http://127.0.0.1:${started.value.port}/`,
    port: started.value.port,
    events,
    status,
    history: [],
    dryRun: { to: 'main', until: hence(3600), steps: [], gates: [] },
    isStuck: false,
    asked: 0,
    followed: 0,
    taken,
    close: () => started.value.close(),
  };
  return daemon;
}

/** RFC 3339, so many seconds from now. */
export function hence(seconds: number): string {
  return new Date(Date.now() + 1000 * seconds).toISOString();
}

function unused(): never {
  throw new Error('not asked for by the page');
}
