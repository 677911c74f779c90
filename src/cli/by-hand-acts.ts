// Acting by hand: one plan, then what a reload has put into old workers, and what the ladder would hold next.
import { carryOut } from '../act/actor.ts';
import type { PinOptions } from '../act/write-pins.ts';
import { decideByHand, type Sighting, type Wish } from '../decide/by-hand.ts';
import { memoryOf } from '../decide/memory.ts';
import { remember } from '../decide/remember.ts';
import type { Config } from '../domain/config.ts';
import type { Outcome, PinOrder, Plan, Step } from '../domain/decision.ts';
import type { Memory } from '../domain/memory.ts';
import { outcomeRecord, type OpenJournal } from '../report/journal.ts';
import { outcomeWords } from './converge-text.ts';
import { lookAtAll } from './look.ts';
import type { ReachedProxy } from './proxies.ts';
import type { World } from './world.ts';

/** All that one run by hand is made with. */
export interface ByHand {
  readonly world: World;
  readonly config: Config;
  readonly wish: Wish;
  /** Reached once, and kept for the whole run. */
  readonly proxies: readonly ReachedProxy[];
  readonly memory: Memory;
  readonly journal: OpenJournal;
  readonly say: (text: string) => void;
  /** On the stream of errors, with `--json` too. */
  readonly warn: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Polls beyond the warm-up within which the worker of a reload must be believed. */
const PATIENCE_POLLS = 10;

export interface Acted {
  readonly outcomes: readonly Outcome[];
  /** A reload has put sessions into old workers, and they are still there. */
  readonly leftInOld: boolean;
  /** The next rung, where closing has failed and there is one; never climbed here. */
  readonly next: readonly Step[];
}

/** As many looks as must agree, one poll apart. */
export async function takeLooks(
  world: World,
  config: Config,
  proxies: readonly ReachedProxy[],
  signal: AbortSignal,
): Promise<[Sighting, ...Sighting[]]> {
  const looks: [Sighting, ...Sighting[]] = [await lookAtAll(world, config, proxies)];
  const { policy } = config;
  while (looks.length < policy.confirm && !signal.aborted) {
    await world.clock.sleep(policy.pollIntervalMs, signal);
    looks.push(await lookAtAll(world, config, proxies));
  }
  return looks;
}

/** Carries the plan out, the pins that it needs before it, and what follows from it by itself. */
export async function actByHand(
  hand: ByHand,
  plan: Plan,
  pins: readonly PinOrder[],
): Promise<Acted> {
  const first = await carry(hand, plan, pins);
  const after = { ...hand, memory: memoryAfter(hand, plan, first) };
  const reloaded = first
    .filter(({ action, result }) => action === 'reload' && result === 'ok')
    .map(({ proxy }) => proxy);
  const second = reloaded.length === 0 ? [] : await clearOld(after, plan, reloaded);
  const outcomes = [...first, ...(second ?? [])];
  const failed = outcomes.some(({ result }) => result === 'failed');
  const next = failed && !hand.signal.aborted ? await nextRung(after) : [];
  return { outcomes, leftInOld: second === null, next };
}

function memoryAfter(
  { world, config: { policy }, memory }: ByHand,
  plan: Plan,
  outcomes: readonly Outcome[],
): Memory {
  // Of a proxy that is not in it, it could not keep what was tried there.
  const proxies = policy.proxies.map(({ name }) => memoryOf(memory, name));
  return remember({ ...memory, proxies }, [{ plan, outcomes }], world.clock.now());
}

/** What pins are written with by hand. */
export function pinOptions({ world, config, proxies }: ByHand): PinOptions {
  const { pinTable, policy } = config;
  const { pollTimeoutMs } = policy;
  return { proxies, pinTable, pollTimeoutMs, clock: world.clock, onPin: () => {} };
}

async function carry(
  hand: ByHand,
  plan: Plan,
  pins: readonly PinOrder[],
): Promise<readonly Outcome[]> {
  const { world, config, proxies, journal, say, signal } = hand;
  const { backend, policy } = config;
  return carryOut(
    {
      ...pinOptions(hand),
      backend,
      proxies,
      warmupMs: policy.warmupMs,
      verifyWithinMs: policy.verifyWithinMs,
      verifyReturnMs: policy.verifyReturnMs,
      onOutcome: (outcome) => {
        say(outcomeWords(world.out, outcome, policy.verifyReturnMs));
        void journal.append(outcomeRecord(outcome, world.clock.now()));
      },
    },
    plan,
    pins,
    signal,
  );
}

/** Closes what the reload has hidden, as soon as the new worker is believed; null: that did not come to pass. */
async function clearOld(
  hand: ByHand,
  plan: Plan,
  reloaded: readonly string[],
): Promise<readonly Outcome[] | null> {
  const { world, config, proxies, memory, wish, say, signal } = hand;
  const { warmupMs, pollIntervalMs } = config.policy;
  const here = ({ action, proxy }: Step) => action === 'close-session' && reloaded.includes(proxy);
  const endMs = world.clock.now().monoMs + warmupMs + PATIENCE_POLLS * pollIntervalMs;
  say(`Waiting until the new worker of ${reloaded.join(', ')} is believed.`);
  do {
    await world.clock.sleep(pollIntervalMs, signal);
    const looks = await takeLooks(world, config, proxies, signal);
    const { target, plan: then, pins, decision } = decideByHand(looks, memory, config.policy, wish);
    const wrong = decision.producers.filter((producer) => producer !== plan.target);
    if (!areInOld(looks.at(-1) ?? looks[0], reloaded, wrong)) return [];
    const steps = (then?.steps ?? []).filter(here);
    if (then !== null && target === plan.target && steps.length > 0) {
      return carry(hand, { ...then, steps }, pins);
    }
  } while (!signal.aborted && world.clock.now().monoMs < endMs);
  if (!signal.aborted) {
    say('Sessions are left in old workers: run this again, it says what holds it back.');
  }
  return null;
}

/** Whether sessions of these producers are, or may be, in old workers there. */
function areInOld(
  { snapshot }: Sighting,
  names: readonly string[],
  producers: readonly string[],
): boolean {
  return snapshot.proxies.some(({ name, sight }) => {
    if (!names.includes(name)) return false;
    if (sight.kind === 'unseen' || sight.value.hidden !== null) return true;
    const old = sight.value.workers
      .filter((worker) => worker.old)
      .flatMap(({ servers }) => servers);
    return old.some((server) => producers.includes(server.name) && server.sessions > 0);
  });
}

async function nextRung(hand: ByHand): Promise<readonly Step[]> {
  const { world, config, proxies, memory, wish, signal } = hand;
  const looks = await takeLooks(world, config, proxies, signal);
  const { wanted } = decideByHand(looks, memory, config.policy, wish);
  return wanted.filter((step) => step.climbed !== null);
}
