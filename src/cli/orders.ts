// What operators order of this supervisor: answered at once, and kept until the loop's next round.
import type { Config } from '../domain/config.ts';
import type { Judgement } from '../domain/decision.ts';
import type { Order, Override, Pause } from '../domain/order.ts';
import type { Clock } from '../domain/time.ts';
import type { Orders, OrderReply } from '../report/orders.ts';

/** How long an override holds when nobody says otherwise. */
export const OVERRIDE_FOR_MS = 3_600_000;

export interface OrderBook {
  readonly orders: Orders;
  /** Those that no round has had yet, oldest first. */
  readonly take: () => readonly Order[];
}

/** `latest`: the last decision. `nudge` is called with every order, so that it is heeded at once. */
export function makeOrderBook(
  { backend, journal, policy }: Config,
  clock: Clock,
  latest: () => Judgement | null,
  nudge: () => void,
): OrderBook {
  let waiting: readonly Order[] = [];

  /** As it will be once what waits has been heeded. */
  const standing = (): Standing => {
    const { override = null, paused = null } = latest() ?? {};
    return waiting.reduce<Standing>(heed, { override, paused });
  };

  const give = (order: Order): OrderReply => {
    // The last word holds: however many come between two rounds, no more than three wait.
    waiting = [...waiting.filter((other) => about(other) !== about(order)), order];
    nudge();
    return { ok: true, ...standing() };
  };

  return {
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    orders: {
      override: (to, forMs) => {
        const producers = latest()?.producers ?? policy.producers;
        if (policy.mode === 'observe') return no('observe-only', OBSERVES);
        if (journal === null) return no('no-journal', NO_JOURNAL);
        if (!producers.includes(to)) {
          const named = producers.join(', ') || 'none that is known yet';
          return no('unknown-producer', `backend ${backend} has no such producer; it has ${named}`);
        }
        const { wallMs: givenWallMs } = clock.now();
        const untilWallMs = givenWallMs + (forMs ?? OVERRIDE_FOR_MS);
        return give({ kind: 'override', to, untilWallMs, givenWallMs });
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

function no(error: Extract<OrderReply, { ok: false }>['error'], message: string): OrderReply {
  return { ok: false, error, message };
}
