// Tells a story: one tick every poll, one line a tick, runs of equal lines drawn together.
import type { Gate, Judgement, Outcome, Plan } from '../../domain/decision.ts';
import type { Memory } from '../../domain/memory.ts';
import type { Result } from '../../domain/result.ts';
import type { Now } from '../../domain/time.ts';
import { decide } from '../decide.ts';
import { BLANK, cautious } from '../memory.ts';
import { blankOutcome } from '../outcome.ts';
import { remember } from '../remember.ts';
import { parseStory, type Beat, type Story, type StoryFault } from './parse.ts';
import { change, describe, lookAt, quietWorld, type Proxy } from './world.ts';

interface Telling {
  readonly story: Story;
  readonly world: Proxy[];
  memory: Memory;
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
 * one line a tick, ticks with the same line as one `t=FROM..TO`.
 */
export function tellStory(text: string): Result<string, StoryFault> {
  const parsed = parseStory(text);
  if (!parsed.ok) return parsed;
  const story = parsed.value;
  const telling: Telling = {
    story,
    world: quietWorld(story.proxies, story.servers),
    memory: BLANK,
    outcome: 'ok',
    jumpedS: 0,
    lines: [],
  };
  const results = new Map<number, readonly string[]>();
  for (const [index, beat] of story.beats.entries()) {
    const fault = begin(telling, beat);
    if (fault !== null) return { ok: false, fault };
    const next = story.beats[index + 1];
    const untilS = next === undefined || next.stall ? beat.atS + 1 : next.atS;
    const stepS = story.policy.pollIntervalMs / 1000;
    for (let atS = beat.atS; atS < untilS; atS += stepS) tick(telling, atS);
    results.set(beat.line, telling.lines.splice(0).map(print));
  }
  const kept = text.split('\n').flatMap((line, index) => {
    if (line.startsWith('>')) return [];
    return [line, ...(results.get(index + 1) ?? [])];
  });
  return { ok: true, value: kept.join('\n') };
}

function begin(telling: Telling, beat: Beat): StoryFault | null {
  for (const { proxy: name, word } of beat.words) {
    const proxy = telling.world.find((one) => one.name === name);
    if (proxy !== undefined && change(proxy, word, beat.atS)) continue;
    return { line: beat.line, message: `${name} cannot be changed by "${word}"` };
  }
  telling.jumpedS += beat.jumpS;
  telling.outcome = beat.outcome ?? telling.outcome;
  if (beat.memory === 'blank') telling.memory = BLANK;
  if (beat.memory === 'cautious') {
    telling.memory = cautious(telling.story.policy, nowAt(telling, beat.atS));
  }
  return null;
}

function nowAt(telling: Telling, atS: number): Now {
  return { monoMs: atS * 1000, wallMs: (atS + telling.jumpedS) * 1000 };
}

function tick(telling: Telling, atS: number): void {
  const { story, world, lines } = telling;
  const shown = world.map(describe).join('   ');
  const now = nowAt(telling, atS);
  const { memory, ...judgement } = decide(lookAt(world, atS), telling.memory, story.policy, now);
  telling.memory = memory;
  if (judgement.plan !== null) carryOut(telling, judgement.plan, now);
  const text = `${shown}   ${sayDecision(judgement)}`;
  const last = lines.at(-1);
  if (last !== undefined && last.text === text) last.toS = atS;
  else lines.push({ text, fromS: atS, toS: atS });
}

/** In a story a plan ends in the tick that begins it, and what was closed is gone by the next look. */
function carryOut(telling: Telling, plan: Plan, now: Now): void {
  for (const step of telling.outcome === 'ok' ? plan.steps : []) {
    const proxy = telling.world.find((one) => one.name === step.proxy);
    const server = proxy?.servers.find((one) => one.name === step.server);
    if (server !== undefined) server.sessions = 0;
  }
  const outcomes = plan.steps.map((step): Outcome => ({
    ...blankOutcome(plan, step, now.wallMs),
    result: telling.outcome,
    gate: telling.outcome === 'refused' ? 'target-not-up' : null,
    listed: step.sessions,
  }));
  telling.memory = remember(telling.memory, [{ plan, outcomes }], now);
}

/** `R30 split-brain  E60 main  held: cooldown ha1  close ha2/backup`. */
function sayDecision(judgement: Judgement): string {
  const { rule, verdict, hold, election, target, gates, plan } = judgement;
  const parts = [
    `${rule} ${verdict}${hold === null ? '' : ` (${hold})`}`,
    `${election} ${target ?? 'nobody'}`,
    ...(gates.length === 0 ? [] : [`held: ${gates.map(sayGate).join(', ')}`]),
    ...(plan?.steps ?? []).map((step) => `close ${step.proxy}/${step.server}`),
  ];
  return parts.join('  ');
}

function sayGate({ gate, proxy }: Gate): string {
  return proxy === null ? gate : `${gate} ${proxy}`;
}

function print({ text, fromS, toS }: Line): string {
  const when = fromS === toS ? `t=${fromS}` : `t=${fromS}..${toS}`;
  return `> ${when.padEnd(11)} ${text}`;
}
