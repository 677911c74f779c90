// Arbitrary histories: two or three HAProxies and what befalls them, told to one or more supervisors tick by tick.
import { fc } from '@fast-check/vitest';
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK, cautious } from '../../src/decide/memory.ts';
import { recollect } from '../../src/decide/recollect.ts';
import { remember } from '../../src/decide/remember.ts';
import type { Outcome, Plan } from '../../src/domain/decision.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Now } from '../../src/domain/time.ts';
import type { ServerView, Snapshot } from '../../src/domain/view.ts';
import { nextRows } from './oracle.ts';
import { DAY_S, POLICY, seen, server, unseen, view, worker } from './world.ts';

/** One tick of a supervisor: all that went into `decide`, and what came out. */
export interface Tick {
  readonly now: Now;
  readonly snapshot: Snapshot;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly decision: Decision;
  /** Nothing was closed: the re-read refused the plan. Set when that is known. */
  refused: boolean;
  /** The memory was lost just before. */
  readonly lost: Loss | null;
}

type Loss = 'blank' | 'cautious' | 'journal';

interface Row {
  readonly name: string;
  readonly backup: boolean;
  status: string;
  weight: number;
  checkPassed: boolean;
  sessions: number;
  oldSessions: number;
  changedMs: number;
  lastSessionMs: number | null;
}

interface Proxy {
  readonly name: string;
  pid: number;
  startedMs: number;
  unseenSinceMs: number | null;
  readonly rows: readonly Row[];
}

/** What befalls a proxy, or all of them, at one tick; `server` is counted modulo the servers there are. */
type Event =
  | { readonly kind: 'status'; readonly server: number; readonly status: string }
  | { readonly kind: 'failing' | 'weight' | 'old'; readonly server: number; readonly on: boolean }
  | { readonly kind: 'sessions'; readonly server: number; readonly count: number }
  | { readonly kind: 'arrive' | 'reconnect' | 'restart' | 'unseen' | 'seen' | 'well' };

export interface Moment {
  readonly stepMs: number;
  readonly jumpMs: number;
  readonly events: readonly { readonly proxy: number | 'all'; readonly event: Event }[];
  readonly fate: 'ok' | 'refused' | 'failed' | 'never';
  readonly delay: number;
  readonly loss: Loss | null;
}

export interface History {
  readonly proxies: number;
  readonly servers: readonly { readonly name: string; readonly backup: boolean }[];
  readonly policy: Policy;
  readonly moments: readonly Moment[];
}

const STATUSES = ['UP', 'UP 1/3', 'DOWN', 'DOWN 1/3', 'MAINT', 'DRAIN', 'NOLB', 'no check', 'HUH?'];

const index = fc.constantFrom(0, 0, 1, 2);
const where = fc.constantFrom<number | 'all'>(0, 1, 2, 'all', 'all', 'all');
const count = fc.constantFrom(0, 0, 1, 4);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      server: index,
      status: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('UP', 'DOWN') },
        { weight: 1, arbitrary: fc.constantFrom(...STATUSES) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('failing', 'weight', 'old'),
      server: index,
      on: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('sessions'), server: index, count }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('arrive', 'seen', 'well', 'well') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart', 'unseen') }) },
);

const step = fc.oneof(
  { weight: 12, arbitrary: fc.constant(1_000) },
  { weight: 1, arbitrary: fc.constantFrom(200, 3_600, 3_601, 5_000, 20_000, 150_000) },
);

function moment(losses: readonly Loss[], jumps: readonly number[]): fc.Arbitrary<Moment> {
  const loss: fc.Arbitrary<Loss | null> =
    losses.length === 0 ? fc.constant(null) : fc.constantFrom(...losses);
  return fc.record({
    stepMs: step,
    jumpMs: fc.oneof(
      { weight: 15, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(0, ...jumps) },
    ),
    events: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.record({ proxy: where, event }), { maxLength: 4 }) },
    ),
    fate: fc.constantFrom('ok', 'ok', 'ok', 'refused', 'failed', 'never'),
    delay: fc.constantFrom(0, 0, 1, 4),
    loss: fc.oneof(
      { weight: 20, arbitrary: fc.constant(null) },
      { weight: losses.length === 0 ? 0 : 1, arbitrary: loss },
    ),
  });
}

const ms = (...seconds: readonly number[]) => fc.constantFrom(...seconds.map((s) => s * 1_000));

/** Short durations, so that every wait begins and ends within a history. */
const policy: fc.Arbitrary<Partial<Policy>> = fc.record({
  producers: fc.constantFrom([], ['main', 'second'], ['main', 'second'], ['second', 'main']),
  mode: fc.constantFrom('converge', 'converge', 'converge', 'converge', 'observe'),
  confirm: fc.constantFrom(1, 2, 2, 3),
  warmupMs: ms(0, 3, 30),
  failbackAfterMs: ms(0, 5, 15),
  failbackUnseenMs: ms(4, 60),
  splitAfterMs: ms(0, 2),
  cooldownMs: ms(0, 4, 12),
  flapMax: fc.constantFrom(0, 1, 3),
  flapWithinMs: ms(10, 60),
  budgetMax: fc.constantFrom(0, 1, 2, 3, 12),
  budgetWithinMs: ms(8, 40),
  verifyWithinMs: ms(0, 5),
  verifyReturnMs: ms(0, 5),
});

/** The world is left to itself: every fault is over, whoever has no session reconnects, all that is tried succeeds. */
export function calm(told: History, forMs: number): History {
  const quietly: Moment = {
    stepMs: 1_000,
    jumpMs: 0,
    events: [{ proxy: 'all', event: { kind: 'well' } }],
    fate: 'ok',
    delay: 0,
    loss: null,
  };
  const reconnect: Moment = {
    ...quietly,
    events: [{ proxy: 'all', event: { kind: 'reconnect' } }],
  };
  const calmly = Array.from({ length: Math.ceil(forMs / 1_000) }, () => reconnect);
  return { ...told, moments: [...told.moments, quietly, ...calmly] };
}

/** Which memory losses and which jumps of the wall clock (ms) may come to pass. */
export function history(
  losses: readonly Loss[] = ['blank', 'cautious', 'journal'],
  jumps: readonly number[] = [-3_600_000, -2_001, -2_000, 1_500, 3_600_000],
): fc.Arbitrary<History> {
  return fc
    .record({
      proxies: fc.constantFrom(1, 2, 2, 2, 3),
      servers: fc.constantFrom(
        ['main', 'second:backup'],
        ['main', 'second:backup'],
        ['main', 'second:backup', 'third:backup'],
        ['main', 'second', 'third:backup'],
      ),
      policy,
      undriven: fc.constantFrom('', '', '', 'ha1'),
      moments: fc.array(moment(losses, jumps), { minLength: 8, maxLength: 60, size: 'max' }),
    })
    .map(({ servers, undriven, ...rest }) => ({
      ...rest,
      servers: servers.map((name) => ({
        name: name.replace(':backup', ''),
        backup: name.endsWith(':backup'),
      })),
      policy: {
        ...POLICY,
        ...rest.policy,
        proxies: ['ha1', 'ha2', 'ha3']
          .slice(0, rest.proxies)
          .map((name) => ({ name, drive: name !== undriven })),
      },
    }));
}

/** One supervisor over a world of its own. */
export function live(told: History): readonly Tick[] {
  return liveTogether(told, [told.policy])[0] ?? [];
}

/** Several supervisors over one world: each tick they see the same, and each acts on what it decides. */
export function liveTogether(
  told: History,
  policies: readonly Policy[],
): readonly (readonly Tick[])[] {
  const world = quiet(told);
  for (const proxy of world) arrive(proxy, 0);
  const minds = policies.map(mind);
  let now: Now = { monoMs: 1_000_000, wallMs: 1_800_000_000_000 };
  for (const moment of told.moments) {
    now = {
      monoMs: now.monoMs + moment.stepMs,
      wallMs: now.wallMs + moment.stepMs + moment.jumpMs,
    };
    for (const { proxy, event } of moment.events) {
      const hit = proxy === 'all' ? world : world.filter((_, at) => at === proxy % world.length);
      for (const one of hit) befall(one, event, now.monoMs);
    }
    const snapshot = look(world, now.monoMs);
    for (const one of minds) turn(one, world, snapshot, moment, now);
  }
  return minds.map((one) => one.ticks);
}

interface Mind {
  readonly policy: Policy;
  memory: Memory;
  readonly ticks: Tick[];
  readonly journal: JournalRecord[];
  /** The decision that was journalled last: only another one is, contract.md. */
  told: string;
  readonly running: { plan: Plan; begun: Tick; dueIn: number; fate: Moment['fate'] }[];
}

function mind(own: Policy): Mind {
  return { policy: own, memory: BLANK, ticks: [], journal: [], told: '', running: [] };
}

function turn(one: Mind, world: Proxy[], snapshot: Snapshot, moment: Moment, now: Now): void {
  if (moment.loss !== null) forget(one, moment.loss, now);
  const { memory } = one;
  const input = deepFreeze({ snapshot, memory, policy: one.policy, now });
  const decision = decide(input.snapshot, input.memory, input.policy, input.now);
  const tick: Tick = { ...input, decision, refused: false, lost: moment.loss };
  one.ticks.push(tick);
  const { memory: next, ...judgement } = decision;
  const told = JSON.stringify([judgement.verdict, judgement.target, judgement.gates]);
  if (told !== one.told || judgement.plan !== null) {
    one.journal.push({ v: 1, at: '', kind: 'decision', ...input, decision: judgement });
    one.told = told;
  }
  if (decision.plan !== null) {
    const { fate, delay } = moment;
    one.running.push({ plan: decision.plan, begun: tick, dueIn: delay, fate });
  }
  one.memory = finish(one, world, next, now);
}

/** The plans whose time has come end here; those that never do are dropped by and by. */
function finish(one: Mind, world: Proxy[], memory: Memory, now: Now): Memory {
  const ended = one.running.filter((run) => run.dueIn <= 0);
  for (const run of one.running) run.dueIn -= 1;
  one.running.splice(0, one.running.length, ...one.running.filter((run) => run.dueIn >= 0));
  const finished = ended
    .filter((run) => run.fate !== 'never')
    .map((run) => {
      run.begun.refused = run.fate === 'refused';
      if (run.fate === 'ok') close(world, run.plan);
      return { plan: run.plan, outcomes: outcomesOf(run.plan, run.begun, run.fate, now) };
    });
  for (const { outcomes } of finished) {
    one.journal.push(
      ...outcomes.map((outcome) => ({ v: 1, at: '', kind: 'outcome', outcome }) as const),
    );
  }
  return remember(memory, finished, now);
}

function forget(one: Mind, loss: Loss, now: Now): void {
  const told = JSON.parse(JSON.stringify(one.journal)) as JournalRecord[];
  if (loss === 'blank') one.memory = BLANK;
  if (loss === 'cautious') one.memory = cautious(one.policy, now);
  if (loss === 'journal') one.memory = recollect(told, one.policy, now);
  one.running.length = 0;
}

function outcomesOf(plan: Plan, begun: Tick, fate: Moment['fate'], now: Now): Outcome[] {
  return plan.steps.map((wanted) => ({
    atMs: begun.now.wallMs,
    tookMs: now.wallMs - begun.now.wallMs,
    proxy: wanted.proxy,
    action: wanted.action,
    server: wanted.server,
    target: plan.target,
    reason: plan.reason,
    result: fate === 'ok' ? 'ok' : fate === 'refused' ? 'refused' : 'failed',
    gate: fate === 'refused' ? 'target-not-up' : null,
    listed: wanted.sessions,
    remaining: 0,
    convergedMs: null,
    returned: null,
    trail: [],
    fault: null,
  }));
}

function close(world: readonly Proxy[], plan: Plan): void {
  for (const done of plan.steps) {
    const proxy = world.find((at) => at.name === done.proxy && at.pid === done.pid);
    for (const row of proxy?.rows ?? []) if (row.name === done.server) row.sessions = 0;
  }
}

function quiet(told: History): Proxy[] {
  return Array.from({ length: told.proxies }, (_, at) => ({
    name: `ha${at + 1}`,
    pid: 100 * (at + 1),
    startedMs: -DAY_S * 1_000,
    unseenSinceMs: null,
    rows: told.servers.map(({ name, backup }) => ({
      name,
      backup,
      status: 'UP',
      weight: 1,
      checkPassed: true,
      sessions: 0,
      oldSessions: 0,
      changedMs: -DAY_S * 1_000,
      lastSessionMs: null,
    })),
  }));
}

function befall(proxy: Proxy, event: Event, atMs: number): void {
  const row = 'server' in event ? proxy.rows[event.server % proxy.rows.length] : undefined;
  switch (event.kind) {
    case 'status':
      if (row !== undefined) setStatus(row, event.status, atMs);
      return;
    case 'failing':
      if (row !== undefined) row.checkPassed = !event.on;
      return;
    case 'weight':
      if (row !== undefined) row.weight = event.on ? 1 : 0;
      return;
    case 'old':
      if (row !== undefined) row.oldSessions = event.on ? 2 : 0;
      return;
    case 'sessions':
      if (row === undefined) return;
      row.sessions = event.count;
      if (event.count > 0) row.lastSessionMs = atMs;
      return;
    case 'arrive':
      arrive(proxy, atMs);
      return;
    case 'reconnect':
      if (proxy.rows.every((one) => one.sessions === 0)) arrive(proxy, atMs);
      return;
    case 'restart':
      proxy.pid += 1;
      proxy.startedMs = atMs;
      for (const one of proxy.rows) {
        [one.oldSessions, one.sessions] = [one.sessions, 0];
        [one.status, one.checkPassed, one.changedMs] = ['UP', true, atMs];
      }
      return;
    case 'unseen':
      proxy.unseenSinceMs ??= atMs;
      return;
    case 'seen':
      proxy.unseenSinceMs = null;
      return;
    case 'well':
      recover(proxy, atMs);
      return;
    default:
      event satisfies never;
  }
}

/** All faults at a proxy are over. */
function recover(proxy: Proxy, atMs: number): void {
  proxy.unseenSinceMs = null;
  for (const row of proxy.rows) {
    setStatus(row, 'UP', atMs);
    row.weight = 1;
    row.oldSessions = 0;
  }
}

/** Two sessions come, and go where HAProxy sends them. */
function arrive(proxy: Proxy, atMs: number): void {
  const next = new Set(nextRows(serving(proxy, atMs)).map((row) => row.name));
  const row = proxy.rows.find((one) => next.has(one.name));
  if (row === undefined) return;
  row.sessions += 2;
  row.lastSessionMs = atMs;
}

function setStatus(row: Row, status: string, atMs: number): void {
  const up = (words: string) => /^(UP|DRAIN|NOLB)/.test(words);
  if (up(status) !== up(row.status)) row.changedMs = atMs;
  row.status = status;
  row.checkPassed = !status.startsWith('DOWN');
}

function look(world: readonly Proxy[], atMs: number): Snapshot {
  return {
    proxies: world.map((proxy) => {
      if (proxy.unseenSinceMs !== null) return unseen(proxy.name, proxy.unseenSinceMs);
      const old = proxy.rows.some((row) => row.oldSessions > 0)
        ? [worker(proxy.rows.map(oldRow), { pid: proxy.pid - 1, old: true })]
        : [];
      return seen(proxy.name, atMs, view(serving(proxy, atMs), ...old));
    }),
  };
}

function serving(proxy: Proxy, atMs: number) {
  return worker(
    proxy.rows.map((row, at) => asSeen(row, at, atMs)),
    {
      pid: proxy.pid,
      uptimeS: Math.trunc((atMs - proxy.startedMs) / 1_000),
    },
  );
}

function asSeen(row: Row, at: number, atMs: number): ServerView {
  const { name, backup, status, weight, checkPassed, sessions } = row;
  const sinceS = (then: number) => Math.trunc((atMs - then) / 1_000);
  return server({
    name,
    id: at + 1,
    backup,
    status,
    weight,
    checkPassed,
    sessions,
    lastChangeS: sinceS(row.changedMs),
    lastSessionS: row.lastSessionMs === null ? null : sinceS(row.lastSessionMs),
  });
}

function oldRow(row: Row, at: number): ServerView {
  return server({ name: row.name, id: at + 1, backup: row.backup, sessions: row.oldSessions });
}

/** Any write to what `decide` was given throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
