// Tells a story: one tick every poll, one line a tick, runs of equal lines drawn together.
import type { Gate, Judgement, Outcome, PinOrder, Plan, Step } from '../../domain/decision.ts';
import type { JournalRecord } from '../../domain/journal.ts';
import type { Memory } from '../../domain/memory.ts';
import type { Order } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import type { Now } from '../../domain/time.ts';
import { decide } from '../decide.ts';
import { BLANK, cautious } from '../memory.ts';
import { obey } from '../obey.ts';
import { blankOutcome } from '../outcome.ts';
import { recollect } from '../recollect.ts';
import { remember } from '../remember.ts';
import { parseStory, type Beat, type Story, type StoryFault } from './parse.ts';
import { describe, lookAt } from './sight.ts';
import { change, obeyPin, quietWorld, undergo, type Proxy } from './world.ts';

/** A story of a day and more is told in a few seconds; a slip of the pen is not told for ever. */
const MAX_TICKS = 100_000;

interface Telling {
  readonly story: Story;
  readonly world: Proxy[];
  memory: Memory;
  /** The last decision and what came of it: a restart takes up no more. */
  journal: readonly JournalRecord[];
  outcome: 'ok' | 'refused' | 'failed';
  jumpedS: number;
  readonly lines: Line[];
}

interface Line {
  readonly text: string;
  readonly fromS: number;
  toS: number;
}

/**
 * The whole text of a story with its result lines made anew: each beat is followed by what was decided from it on,
 * one line a tick, ticks with the same line as one `t=FROM..TO`. The settings in `set` hold over those of the story.
 */
export function tellStory(text: string, set: readonly string[] = []): Result<string, StoryFault> {
  const parsed = parseStory(text, set);
  if (!parsed.ok) return parsed;
  const story = parsed.value;
  const endless = tooLong(story);
  if (endless !== null) return { ok: false, fault: endless };
  const telling: Telling = {
    story,
    world: quietWorld(story.proxies, story.servers, story.leaseS),
    memory: BLANK,
    journal: [],
    outcome: 'ok',
    jumpedS: 0,
    lines: [],
  };
  const results = new Map<number, readonly string[]>();
  for (const [index, beat] of story.beats.entries()) {
    const fault = begin(telling, beat);
    if (fault !== null) return { ok: false, fault };
    const stepS = story.policy.pollIntervalMs / 1000;
    for (let atS = beat.atS; atS < endS(story, index); atS += stepS) tick(telling, atS);
    results.set(beat.line, telling.lines.splice(0).map(print));
  }
  const kept = text.split('\n').flatMap((line, index) => {
    if (line.startsWith('>')) return [];
    return [line, ...(results.get(index + 1) ?? [])];
  });
  return { ok: true, value: kept.join('\n') };
}

/** Where the ticks of a beat end, in story seconds. */
function endS({ beats }: Story, index: number): number {
  const [beat, next] = beats.slice(index);
  return next === undefined || next.stall ? (beat?.atS ?? 0) + 1 : next.atS;
}

/** Names the first line with more ticks, together with those before it, than a story may have. */
function tooLong(story: Story): StoryFault | null {
  let ticks = 0;
  for (const [index, { atS, line }] of story.beats.entries()) {
    ticks += ((endS(story, index) - atS) * 1000) / story.policy.pollIntervalMs;
    if (ticks > MAX_TICKS) {
      return { line, message: `up to the next line there are more than ${MAX_TICKS} ticks` };
    }
  }
  return null;
}

function begin(telling: Telling, beat: Beat): StoryFault | null {
  for (const { proxy: name, word } of beat.words) {
    const proxy = telling.world.find((one) => one.name === name);
    if (proxy !== undefined && change(proxy, word, beat.atS)) continue;
    return { line: beat.line, message: `${name} cannot be changed by "${word}"` };
  }
  telling.jumpedS += beat.jumpS;
  telling.outcome = beat.outcome ?? telling.outcome;
  const now = nowAt(telling, beat.atS);
  const { policy } = telling.story;
  if (beat.memory === 'blank') telling.memory = BLANK;
  if (beat.memory === 'cautious') telling.memory = cautious(policy, now);
  if (beat.memory === 'journal') telling.memory = recollect(telling.journal, policy, now);
  for (const order of beat.orders) {
    telling.memory = obey(telling.memory, orderAt(order, telling.jumpedS * 1000), now);
  }
  return null;
}

/** An order by the wall clock as it is now, however it has jumped since the story began. */
function orderAt(order: Order, jumpedMs: number): Order {
  if (order.kind === 'pause') {
    const { untilWallMs } = order;
    return { ...order, untilWallMs: untilWallMs === null ? null : untilWallMs + jumpedMs };
  }
  if (order.kind !== 'override') return order;
  const { untilWallMs, givenWallMs } = order;
  return { ...order, untilWallMs: untilWallMs + jumpedMs, givenWallMs: givenWallMs + jumpedMs };
}

function nowAt(telling: Telling, atS: number): Now {
  return { monoMs: atS * 1000, wallMs: (atS + telling.jumpedS) * 1000 };
}

function tick(telling: Telling, atS: number): void {
  const { story, world, lines, memory: before } = telling;
  const shown = world.map((proxy) => describe(proxy, atS)).join('   ');
  const now = nowAt(telling, atS);
  const snapshot = lookAt(world, atS);
  const { policy } = story;
  const { memory, ...judgement } = decide(snapshot, before, policy, now);
  const record = { v: 1, at: '', kind: 'decision', now, snapshot, memory: before, policy } as const;
  telling.memory = memory;
  telling.journal = [{ ...record, decision: judgement }];
  carryOut(telling, judgement, now);
  const text = `${shown}   ${sayDecision(judgement)}`;
  const last = lines.at(-1);
  if (last !== undefined && last.text === text) last.toS = atS;
  else lines.push({ text, fromS: atS, toS: atS });
}

/**
 * In a story a plan ends in the tick that begins it, and what was pinned, closed or moved is so by the next look. An
 * all-or-nothing plan that is refused moves no pin either.
 */
function carryOut(telling: Telling, { pins, plan }: Judgement, now: Now): void {
  const refused = plan?.allOrNothing === true && telling.outcome === 'refused';
  for (const order of refused ? [] : pins) {
    const proxy = telling.world.find((one) => one.name === order.proxy);
    if (proxy !== undefined) obeyPin(proxy, order, now.monoMs / 1000);
  }
  if (plan !== null) carryOutPlan(telling, plan, now);
}

function carryOutPlan(telling: Telling, plan: Plan, now: Now): void {
  for (const step of telling.outcome === 'ok' ? plan.steps : []) {
    const proxy = telling.world.find((one) => one.name === step.proxy);
    if (proxy !== undefined) undergo(proxy, step, now.monoMs / 1000);
  }
  const outcomes = plan.steps.map((step): Outcome => ({
    ...blankOutcome(plan, step, now.wallMs),
    result: telling.outcome,
    gate: telling.outcome === 'refused' ? 'target-not-up' : null,
    listed: step.sessions,
  }));
  telling.memory = remember(telling.memory, [{ plan, outcomes }], now);
  const records = outcomes.map((outcome) => ({ v: 1, at: '', kind: 'outcome', outcome }) as const);
  telling.journal = [...telling.journal, ...records];
}

/** `R30 split-brain  E60 main  held: cooldown ha1  release ha2  close ha2/backup`. */
function sayDecision(judgement: Judgement): string {
  const { rule, verdict, hold, election, target, gates, pins, plan } = judgement;
  const parts = [
    `${rule} ${verdict}${hold === null ? '' : ` (${hold})`}`,
    `${election} ${target ?? 'nobody'}`,
    ...(gates.length === 0 ? [] : [`held: ${gates.map(sayGate).join(', ')}`]),
    ...pins.filter((order) => !order.renews).map(sayPin),
    ...(plan?.steps ?? []).map(sayStep),
  ];
  return parts.join('  ');
}

function sayPin({ proxy, server }: PinOrder): string {
  return server === null ? `release ${proxy}` : `pin ${proxy}/${server}`;
}

function sayStep({ action, proxy, pid, server }: Step): string {
  if (action === 'reload' || action === 'restart') return `${action} ${proxy}`;
  return action === 'close-server'
    ? `close ${proxy}/${server}`
    : `close ${proxy}/old${pid}/${server}`;
}

function sayGate({ gate, proxy }: Gate): string {
  return proxy === null ? gate : `${gate} ${proxy}`;
}

function print({ text, fromS, toS }: Line): string {
  const when = fromS === toS ? `t=${fromS}` : `t=${fromS}..${toS}`;
  return `> ${when.padEnd(11)} ${text}`;
}
