// Supervisors that live through a history: each decides, acts, remembers, keeps a journal, and at times forgets.
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK, cautious } from '../../src/decide/memory.ts';
import { recollect } from '../../src/decide/recollect.ts';
import { remember } from '../../src/decide/remember.ts';
import type { Outcome, Plan } from '../../src/domain/decision.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Now } from '../../src/domain/time.ts';
import type { Snapshot } from '../../src/domain/view.ts';
import { befall, carryOut, lookAt, wellProxies, writePins, type Proxy } from './haproxies.ts';
import type { History, Loss, Moment } from './history.ts';

/** One tick of a supervisor: all that went into `decide`, and what came out. */
export interface Tick {
  readonly now: Now;
  readonly snapshot: Snapshot;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly decision: Decision;
  /** What came of the plan; null until that is known, and for good where nothing is heard of it. */
  result: Exclude<Moment['fate'], 'never'> | null;
  /** When that was known. */
  endedMs: number | null;
  /** The memory was lost just before. */
  readonly lost: Loss | null;
}

/** One supervisor alone. */
export function live(told: History): readonly Tick[] {
  return liveTogether(told, [told.policy])[0] ?? [];
}

/** Several supervisors over the same proxies: each tick they see the same, and each acts on what it decides. */
export function liveTogether(
  told: History,
  policies: readonly Policy[],
): readonly (readonly Tick[])[] {
  const proxies = wellProxies(told.proxies, told.servers, told.pins);
  const minds = policies.map(newMind);
  let now: Now = { monoMs: 1_000_000, wallMs: 1_800_000_000_000 };
  for (const moment of told.moments) {
    now = {
      monoMs: now.monoMs + moment.stepMs,
      wallMs: now.wallMs + moment.stepMs + moment.jumpMs,
    };
    for (const { proxy, event } of moment.events) {
      const hit =
        proxy === 'all' ? proxies : proxies.filter((_, at) => at === proxy % proxies.length);
      for (const one of hit) befall(one, event, now.monoMs);
    }
    const snapshot = lookAt(proxies, now.monoMs);
    for (const mind of minds) turn(mind, proxies, snapshot, moment, now);
  }
  return minds.map((mind) => mind.ticks);
}

interface Mind {
  readonly policy: Policy;
  memory: Memory;
  readonly ticks: Tick[];
  readonly journal: JournalRecord[];
  /** The decision that was journalled last: only another one is, contract.md. */
  told: string;
  readonly running: Running[];
}

interface Running {
  readonly plan: Plan;
  readonly begun: Tick;
  readonly fate: Moment['fate'];
  dueIn: number;
}

function newMind(policy: Policy): Mind {
  return { policy, memory: BLANK, ticks: [], journal: [], told: '', running: [] };
}

function turn(
  mind: Mind,
  proxies: readonly Proxy[],
  snapshot: Snapshot,
  moment: Moment,
  now: Now,
): void {
  if (moment.loss !== null) forget(mind, moment.loss, now);
  const input = deepFreeze({ snapshot, memory: mind.memory, policy: mind.policy, now });
  const decision = decide(input.snapshot, input.memory, input.policy, input.now);
  const tick: Tick = { ...input, decision, result: null, endedMs: null, lost: moment.loss };
  mind.ticks.push(tick);
  const { memory, ...judgement } = decision;
  const told = JSON.stringify([judgement.verdict, judgement.target, judgement.gates]);
  if (told !== mind.told || judgement.plan !== null) {
    mind.journal.push({ v: 1, at: '', kind: 'decision', ...input, decision: judgement });
    mind.told = told;
  }
  // An all-or-nothing plan that is refused moves no pin.
  const refused = judgement.plan?.allOrNothing === true && moment.fate === 'refused';
  if (!refused) writePins(proxies, judgement.pins, now.monoMs);
  if (judgement.plan !== null) {
    const { fate, delay } = moment;
    mind.running.push({ plan: judgement.plan, begun: tick, fate, dueIn: delay });
  }
  mind.memory = finish(mind, proxies, memory, now);
}

/** The plans whose time has come end here, but for those that are never heard of again. */
function finish(mind: Mind, proxies: readonly Proxy[], memory: Memory, now: Now): Memory {
  const ended = mind.running.filter((run) => run.dueIn <= 0);
  mind.running.splice(0, mind.running.length, ...mind.running.filter((run) => run.dueIn > 0));
  for (const run of mind.running) run.dueIn -= 1;
  const finished = ended.flatMap(({ plan, begun, fate }) => {
    if (fate === 'never') return [];
    if (fate === 'ok') carryOut(proxies, plan, now.monoMs);
    [begun.result, begun.endedMs] = [fate, now.monoMs];
    return [{ plan, outcomes: outcomesOf(plan, begun, fate, now) }];
  });
  for (const outcome of finished.flatMap(({ outcomes }) => outcomes)) {
    mind.journal.push({ v: 1, at: '', kind: 'outcome', outcome });
  }
  return remember(memory, finished, now);
}

function forget(mind: Mind, loss: Loss, now: Now): void {
  const journal: JournalRecord[] = JSON.parse(JSON.stringify(mind.journal));
  if (loss === 'blank') mind.memory = BLANK;
  if (loss === 'cautious') mind.memory = cautious(mind.policy, now);
  if (loss === 'journal') mind.memory = recollect(journal, mind.policy, now);
  mind.running.length = 0;
}

function outcomesOf(
  plan: Plan,
  begun: Tick,
  result: Exclude<Moment['fate'], 'never'>,
  now: Now,
): Outcome[] {
  return plan.steps.map((step) => ({
    atMs: begun.now.wallMs,
    tookMs: now.wallMs - begun.now.wallMs,
    proxy: step.proxy,
    action: step.action,
    pid: step.pid,
    server: step.server,
    target: plan.target,
    reason: plan.reason,
    result,
    gate: result === 'refused' ? 'target-not-up' : null,
    listed: step.sessions,
    remaining: 0,
    convergedMs: null,
    returned: null,
    trail: [],
    fault: null,
  }));
}

/** Any write to what `decide` was given throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
