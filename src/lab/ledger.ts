// What the producers have counted: which sessions are open now, and every opening and closing. The ground truth of all tests.

/** One relay's TCP stream through one proxy to one producer. */
export interface Session {
  /** `RELAY/PROXY#N`, N counting that relay's dials through that proxy: never used twice. */
  readonly id: string;
  readonly relay: string;
  readonly proxy: string;
  readonly producer: string;
}

export interface SessionEvent extends Session {
  readonly kind: 'open' | 'close';
  /** Wall clock, ms since the epoch. */
  readonly atMs: number;
  /** Who opened or closed it. `proxy`: HAProxy, or whatever befell it. `producer`: a fault of the producer or of the way to it. */
  readonly by: 'relay' | 'proxy' | 'producer';
  /** Sessions open on this producer through this proxy just after. */
  readonly open: number;
}

/** Sessions open now: proxy, then producer. Every proxy and producer of the lab stands in it. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Ledger {
  opened(session: Session): void;
  /** The relay has hung up: what closes next is its doing. */
  leaving(id: string): void;
  /** Only the first word on a session counts. */
  closed(id: string, by: 'proxy' | 'producer'): void;
  counts(): Counts;
  /** Sessions open now on this producer, through this proxy; either may be left open. */
  count(where: { proxy?: string; producer?: string }): number;
  /** A point in time to ask `since` from. */
  mark(): number;
  /** Everything after `mark`, in order. */
  since(mark: number): readonly SessionEvent[];
}

/** A lab that writes more than this is a bug in a test, not something to remember. */
const MAX_EVENTS = 1_000_000;

export function createLedger(proxies: readonly string[], producers: readonly string[]): Ledger {
  const open = new Map<string, Session>();
  const hungUp = new Set<string>();
  const events: SessionEvent[] = [];

  const count: Ledger['count'] = ({ proxy, producer }) => {
    let sessions = 0;
    for (const session of open.values()) {
      if (proxy !== undefined && session.proxy !== proxy) continue;
      if (producer !== undefined && session.producer !== producer) continue;
      sessions++;
    }
    return sessions;
  };

  const write = (session: Session, kind: 'open' | 'close', by: SessionEvent['by']): void => {
    if (events.length >= MAX_EVENTS) throw new Error(`more than ${MAX_EVENTS} session events`);
    events.push({ ...session, kind, atMs: Date.now(), by, open: count(session) });
  };

  return {
    opened: (session) => {
      if (open.has(session.id)) throw new Error(`session ${session.id} is open already`);
      open.set(session.id, session);
      write(session, 'open', 'relay');
    },
    leaving: (id) => void hungUp.add(id),
    closed: (id, by) => {
      const session = open.get(id);
      if (session === undefined) return;
      open.delete(id);
      write(session, 'close', hungUp.delete(id) ? 'relay' : by);
    },
    counts: () =>
      Object.fromEntries(
        proxies.map((proxy) => [
          proxy,
          Object.fromEntries(producers.map((producer) => [producer, count({ proxy, producer })])),
        ]),
      ),
    count,
    mark: () => events.length,
    since: (mark) => events.slice(mark),
  };
}
