// What operators order of this supervisor: answered at once, and kept until the loop's next round.
import type { Rehearsal } from '../decide/rehearse.ts';
import type { Config } from '../domain/config.ts';
import type { Judgement } from '../domain/decision.ts';
import type { DryRun } from '../domain/dry-run.ts';
import type { Order, Override, Pause } from '../domain/order.ts';
import type { Clock, Now } from '../domain/time.ts';
import type { OrderRefusal, OrderReply, Orders } from '../report/orders.ts';
import { toStatusGates } from '../report/status.ts';

/** How long an override holds when nobody says otherwise. */
export const OVERRIDE_FOR_MS = 3_600_000;

export interface OrderBook {
  readonly orders: Orders;
  /** Those that no round has had yet, oldest first. */
  readonly take: () => readonly Order[];
}

type GivenOverride = Extract<Order, { kind: 'override' }>;

/** What the next round would want with this override, given now and after `before`; null before the first round. */
export type Rehearse = (
  before: readonly Order[],
  override: GivenOverride,
  now: Now,
) => Rehearsal | null;

/** `latest`: the last decision. `nudge` is called with every order, so that it is heeded at once. */
export function makeOrderBook(
  { backend, journal, policy }: Config,
  clock: Clock,
  latest: () => Judgement | null,
  nudge: () => void,
  rehearse: Rehearse,
): OrderBook {
  let waiting: readonly Order[] = [];

  /** As it will be once what waits has been heeded. */
  const standing = (): Standing => {
    const { override = null, paused = null } = latest() ?? {};
    return waiting.reduce<Standing>(heed, { override, paused });
  };

  /** The last word holds: however many come between two rounds, no more than three wait. */
  const beside = (order: Order) => waiting.filter((other) => about(other) !== about(order));

  const give = (order: Order): OrderReply => {
    waiting = [...beside(order), order];
    nudge();
    return { ok: true, ...standing() };
  };

  const overrideTo = (to: string, forMs: number | null): GivenOverride | OrderRefusal => {
    const producers = latest()?.producers ?? policy.producers;
    if (policy.mode === 'observe') return no('observe-only', OBSERVES);
    if (journal === null) return no('no-journal', NO_JOURNAL);
    if (!producers.includes(to)) {
      const named = producers.join(', ') || 'none that is known yet';
      return no('unknown-producer', `backend ${backend} has no such producer; it has ${named}`);
    }
    const { wallMs: givenWallMs } = clock.now();
    const untilWallMs = givenWallMs + (forMs ?? OVERRIDE_FOR_MS);
    return { kind: 'override', to, untilWallMs, givenWallMs };
  };

  return {
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    orders: {
      override: (to, forMs) => {
        const order = overrideTo(to, forMs);
        return 'kind' in order ? give(order) : order;
      },
      rehearse: (to, forMs) => {
        const order = overrideTo(to, forMs);
        if (!('kind' in order)) return order;
        const now = clock.now();
        const rehearsal = rehearse(beside(order), order, now);
        if (rehearsal === null) return no('not-ready', 'nothing has been decided yet');
        return { ok: true, dryRun: toDryRun(rehearsal, order, now, backend) };
      },
      clear: () =>
        standing().override === null
          ? no('no-override', 'no override stands: there is nothing to clear')
          : give({ kind: 'clear' }),
      // In mode observe too, and without a journal: never is it wrong to be told to do nothing.
      pause: (forMs) => {
        const untilWallMs = forMs === null ? null : clock.now().wallMs + forMs;
        return give({ kind: 'pause', untilWallMs });
      },
      resume: () => give({ kind: 'resume' }),
    },
  };
}

function toDryRun(
  { judgement, snapshot, steps, gates }: Rehearsal,
  { to, untilWallMs }: Override,
  now: Now,
  backend: string,
): DryRun {
  return {
    to,
    until: new Date(untilWallMs).toISOString(),
    steps: steps.map(({ action, proxy, server, pid, sessions }) => ({
      action,
      proxy,
      server,
      pid,
      sessions,
    })),
    gates: toStatusGates(gates, now, { backend, judgement, snapshot }),
  };
}

interface Standing {
  readonly override: Override | null;
  readonly paused: Pause | null;
}

function heed(standing: Standing, order: Order): Standing {
  switch (order.kind) {
    case 'override':
      return { ...standing, override: order };
    case 'clear':
      return { ...standing, override: null };
    case 'pause':
      return { ...standing, paused: { untilWallMs: order.untilWallMs } };
    case 'resume':
      return { ...standing, paused: null };
    default:
      return order satisfies never;
  }
}

/** Of two that are about the same the later one holds. A resume does more than end a pause: it stands for itself. */
function about({ kind }: Order): 'override' | 'pause' | 'resume' {
  return kind === 'clear' ? 'override' : kind;
}

const OBSERVES =
  'mode is observe: this daemon moves nothing; set mode: converge, or stop it and converge by hand';
const NO_JOURNAL =
  'no journal is configured, and without one an override would not outlive a restart: name a file as journal in mainstay.yaml';

function no(error: OrderRefusal['error'], message: string): OrderRefusal {
  return { ok: false, error, message };
}
