// Supervisors in the model: each decides, writes its pins, acts after a re-read, keeps a journal; it may die and start anew.
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { obey } from '../../src/decide/obey.ts';
import { blankOutcome } from '../../src/decide/outcome.ts';
import { recollect } from '../../src/decide/recollect.ts';
import { remember, type Finished } from '../../src/decide/remember.ts';
import { refusal, type Refusal } from '../../src/decide/reread.ts';
import type { Plan, Step } from '../../src/domain/decision.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Now } from '../../src/domain/time.ts';
import type { Snapshot } from '../../src/domain/view.ts';
import type { Model } from './model-parts.ts';
import { sightOf, viewOf } from './model-sight.ts';
import { closeSessions, setPin } from './model.ts';

export interface Mind {
  readonly policy: Policy;
  memory: Memory;
  alive: boolean;
  /** It has been one and the same from the beginning, and has missed no look. */
  unbroken: boolean;
  decision: Decision | null;
  readonly journal: JournalRecord[];
  told: string;
  /** Outcomes that are not known yet, and for how many more turns. */
  running: { readonly finished: Finished; turns: number }[];
}

/** Its policy names the proxies in its own order. */
export function newMind(policy: Policy): Mind {
  return {
    policy,
    memory: BLANK,
    alive: true,
    unbroken: true,
    decision: null,
    journal: [],
    told: '',
    running: [],
  };
}

/** `kill -9`: what it was doing is done, and nothing else is known of it. */
export function kill(mind: Mind): void {
  [mind.alive, mind.unbroken, mind.decision] = [false, false, null];
  mind.running = [];
}

/** It starts, with its journal or without one. */
export function start(mind: Mind, model: Model, from: 'journal' | 'nothing'): void {
  if (mind.alive) return;
  const records: JournalRecord[] = JSON.parse(JSON.stringify(mind.journal));
  if (from === 'nothing') mind.journal.length = 0;
  mind.memory = recollect(from === 'journal' ? records : null, mind.policy, clock(model));
  [mind.alive, mind.told] = [true, ''];
}

export function command(mind: Mind, model: Model, order: Order): void {
  if (mind.alive) mind.memory = obey(mind.memory, order, clock(model));
}

export function clock({ nowMs }: Model): Now {
  return { monoMs: nowMs, wallMs: 1_800_000_000_000 + nowMs };
}

/**
 * One tick of all: they see the same, or each what `sight` gives it, then each acts. `late`: for so many turns the
 * outcomes of plans are unknown.
 */
export function turn(
  model: Model,
  minds: readonly Mind[],
  late = 0,
  sight: (mind: Mind) => Snapshot = ({ policy }) => look(model, policy),
): void {
  const decided = minds
    .filter((mind) => mind.alive)
    .map((mind) => ({ mind, decision: think(model, mind, sight(mind)) }));
  for (const { mind, decision } of decided) act(model, mind, decision, late);
}

function think(model: Model, mind: Mind, snapshot: Snapshot): Decision {
  const now = clock(model);
  const { memory, policy } = mind;
  const decision = decide(snapshot, memory, policy, now);
  const { memory: next, ...judgement } = decision;
  const { verdict, rule, target, hold, override, gates, plan } = judgement;
  const told = JSON.stringify([
    verdict,
    rule,
    target,
    hold,
    override,
    gates.map(({ gate, proxy }) => [gate, proxy]),
  ]);
  if (told !== mind.told || plan !== null) {
    mind.journal.push({
      v: 1,
      at: '',
      kind: 'decision',
      now,
      snapshot,
      memory,
      policy,
      decision: judgement,
    });
  }
  [mind.memory, mind.decision, mind.told] = [next, decision, told];
  return decision;
}

function look(model: Model, { proxies }: Policy): Snapshot {
  const at = proxies.flatMap(({ name }) => model.proxies.filter((proxy) => proxy.name === name));
  return { proxies: at.map((proxy) => sightOf(model, proxy)) };
}

function act(model: Model, mind: Mind, { plan, pins }: Decision, late: number): void {
  const steer = () => {
    for (const { proxy, serverId } of pins) setPin(model, proxy, serverId);
  };
  if (plan === null) steer();
  else mind.running.push({ finished: carryOut(model, mind.policy, plan, steer), turns: late });
  const ended = mind.running.filter(({ turns }) => turns <= 0);
  mind.running = mind.running.filter(({ turns }) => turns > 0);
  for (const run of mind.running) run.turns -= 1;
  const finished = ended.map((run) => run.finished);
  for (const outcome of finished.flatMap(({ outcomes }) => outcomes)) {
    mind.journal.push({ v: 1, at: '', kind: 'outcome', outcome });
  }
  mind.memory = remember(mind.memory, finished, clock(model));
}

/** As act/ does it: all or nothing are all re-read before a pin is moved, and once more after it. */
function carryOut(model: Model, policy: Policy, plan: Plan, steer: () => void): Finished {
  const read = (step: Step, steering: 'read-back' | 'to-come'): Refusal | 'unseen' | null => {
    const proxy = model.proxies.find(({ name }) => name === step.proxy);
    if (proxy === undefined || proxy.unseenSinceMs !== null) return 'unseen';
    return refusal(viewOf(model, proxy), step, plan.target, policy.warmupMs, steering);
  };
  const { steps, allOrNothing } = plan;
  const held = allOrNothing && steps.some((step) => read(step, 'to-come') !== null);
  if (!held) steer();
  const said = steps.map((step) => read(step, held ? 'to-come' : 'read-back'));
  const go = said.map((why) => !held && why === null);
  const all = !allOrNothing || go.every(Boolean);
  const outcomes = steps.map((step, at) => {
    const does = all && go[at] === true;
    if (does) closeSessions(model, step, plan.target);
    const result: 'ok' | 'failed' | 'refused' = does
      ? 'ok'
      : said[at] === 'unseen'
        ? 'failed'
        : 'refused';
    return { ...blankOutcome(plan, step, clock(model).wallMs), result, listed: step.sessions };
  });
  return { plan, outcomes };
}
