// Carries one plan out with the orders that belong to it: each proxy for itself, or all of them or none.
import type { Outcome, PinOrder, Plan, Step } from '../domain/decision.ts';
import type { ActorOptions, DrivenProxy } from './actor.ts';
import { refusedOutcome, reread, withFault, type Reread, type Steering } from './reread.ts';
import { takeSteps } from './take-steps.ts';
import { untilReturned } from './until-returned.ts';

export interface Carrying {
  readonly options: ActorOptions;
  readonly plan: Plan;
  readonly orders: readonly PinOrder[];
  /** Writes one pin; null: it was not sent. */
  readonly write: (order: PinOrder) => Promise<Outcome | null>;
  readonly signal: AbortSignal;
}

const OTHERS_NOT_READY = {
  gate: 'target-not-up',
  why: 'another proxy was not ready: all of them move, or none',
} as const;

/** One outcome a step, whatever happens. */
export async function carry(carrying: Carrying): Promise<readonly Outcome[]> {
  const { options, plan, orders, write } = carrying;
  const touched = options.proxies.filter((proxy) => stepsAt(plan, proxy).length > 0);
  const elsewhere = orders.filter(({ proxy }) => touched.every(({ name }) => name !== proxy));
  if (plan.allOrNothing) return moveAll(carrying, touched, elsewhere);
  const [ended] = await Promise.all([
    Promise.all(
      touched.map(async (proxy) => goOn(carrying, proxy, await pin(carrying, proxy, null))),
    ),
    ...elsewhere.map(write),
  ]);
  return ended.flat();
}

/**
 * No pin is written before all proxies are ready for it, and nothing is closed before all pins stand. Pins that were
 * written although one could not be are put back by the next judgement.
 */
async function moveAll(
  carrying: Carrying,
  touched: readonly DrivenProxy[],
  elsewhere: readonly PinOrder[],
): Promise<readonly Outcome[]> {
  const before = await Promise.all(
    touched.map((proxy) =>
      read(carrying, proxy, orderOf(carrying, proxy) === null ? 'read-back' : 'to-come'),
    ),
  );
  if (!before.every(({ ok }) => ok)) return stay(carrying, touched, before);
  const [seen, ...others] = await Promise.all([
    Promise.all(touched.map((proxy, i) => pin(carrying, proxy, before[i]!))),
    ...elsewhere.map(carrying.write),
  ]);
  const written = others.every((outcome) => outcome === null || outcome.fault === null);
  if (!written || !seen.every(({ ok }) => ok)) return stay(carrying, touched, seen);
  const ended = await Promise.all(touched.map((proxy, i) => goOn(carrying, proxy, seen[i]!)));
  return ended.flat();
}

/**
 * Writes the proxy's pin, if it is to be, and gives the proxy as it was re-read `before`; as it is now where there was no
 * such look, or the pin could not be written: that stops nothing where the proxy leads to the target all the same.
 */
async function pin(carrying: Carrying, proxy: DrivenProxy, before: Reread | null): Promise<Reread> {
  const order = orderOf(carrying, proxy);
  const outcome = order === null ? null : await carrying.write(order);
  // The last look before each command sees the pin again.
  if (before !== null && (order === null || outcome?.result === 'ok')) return before;
  return withFault(await read(carrying, proxy, 'read-back'), outcome?.fault ?? null);
}

/** The outcomes where none may move: of each proxy why it was not ready, or that it was another one. */
function stay(
  { options, plan }: Carrying,
  touched: readonly DrivenProxy[],
  seen: readonly Reread[],
): readonly Outcome[] {
  const { wallMs } = options.clock.now();
  const held = (step: Step) => refusedOutcome(plan, step, wallMs, OTHERS_NOT_READY);
  return touched.flatMap((proxy, i) => {
    const one = seen[i]!;
    return tell(options, stepsAt(plan, proxy).map(one.ok ? held : one.fault));
  });
}

function orderOf({ orders }: Carrying, { name }: DrivenProxy): PinOrder | null {
  return orders.find(({ proxy }) => proxy === name) ?? null;
}

function read(
  { options, plan, signal }: Carrying,
  proxy: DrivenProxy,
  steering: Steering,
): Promise<Reread> {
  return reread(options, proxy.look, plan, stepsAt(plan, proxy), steering, signal);
}

/** Takes the steps at one proxy where it was ready. */
async function goOn(
  { options, plan, signal }: Carrying,
  proxy: DrivenProxy,
  seen: Reread,
): Promise<readonly Outcome[]> {
  const steps = stepsAt(plan, proxy);
  if (!seen.ok) return tell(options, steps.map(seen.fault));
  const outcomes = await takeSteps(options, plan, proxy, steps, seen.value, signal);
  tell(options, outcomes);
  const waited = await untilReturned(options, proxy, seen.value, outcomes, signal);
  return waited === null ? outcomes : tell(options, waited);
}

function stepsAt({ steps }: Plan, { name }: DrivenProxy): readonly Step[] {
  return steps.filter((step) => step.proxy === name);
}

function tell(options: ActorOptions, outcomes: readonly Outcome[]): readonly Outcome[] {
  for (const outcome of outcomes) options.onOutcome(outcome);
  return outcomes;
}
