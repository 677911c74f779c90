// Stories: text files that say what the proxies show over time. The format is public; docs/stories.md describes it.
import type { Order } from '../../domain/order.ts';
import { DEFAULT_POLICY, type Policy, type ProxyPolicy } from '../../domain/policy.ts';
import type { Result } from '../../domain/result.ts';
import {
  NO_SETTINGS,
  readDuration,
  readSettings,
  withSettings,
  type Settings,
} from './settings.ts';

/** One line of a story: at `atS` seconds these words hold, each for the proxy named before it. */
export interface Beat {
  readonly line: number;
  readonly atS: number;
  readonly words: readonly { readonly proxy: string; readonly word: string }[];
  /** No tick since the beat before: the supervisor stood still. */
  readonly stall: boolean;
  /** By how many seconds the wall clock jumps here. */
  readonly jumpS: number;
  /** What becomes of a plan that is begun from here on. */
  readonly outcome: 'ok' | 'refused' | 'failed' | null;
  /** The supervisor starts anew, with a blank memory, as without a readable journal, or from its journal. */
  readonly memory: 'blank' | 'cautious' | 'journal' | null;
  /** What an operator tells it to do; wall times in story seconds, from `atS` on. */
  readonly orders: readonly Order[];
}

export interface Story {
  readonly title: string;
  readonly policy: Policy;
  readonly servers: readonly string[];
  readonly proxies: readonly string[];
  /** Every proxy has a pin table, in which an entry lives this long; null: none has one. */
  readonly leaseS: number | null;
  readonly beats: readonly Beat[];
}

/** A story while it is read. */
interface Draft extends Omit<Story, 'policy'> {
  readonly settings: Settings;
}

export interface StoryFault {
  readonly line: number;
  readonly message: string;
}

/**
 * Lines that begin with `>` are results and are passed over; `#` begins a comment, the first is the title. The settings
 * in `set` hold over those of the story.
 */
export function parseStory(text: string, set: readonly string[] = []): Result<Story, StoryFault> {
  let draft: Draft = {
    title: '',
    settings: NO_SETTINGS,
    servers: ['main', 'backup:backup'],
    proxies: ['ha1', 'ha2'],
    leaseS: null,
    beats: [],
  };
  for (const [index, raw] of text.split('\n').entries()) {
    const next = readLine(draft, raw.trim(), index + 1);
    if (typeof next === 'string') return { ok: false, fault: { line: index + 1, message: next } };
    draft = next;
  }
  if (draft.title === '') return fault('expected a first line "# what the story shows"');
  if (draft.beats.length === 0) return fault('expected a line such as "t=0 ha1 main=4"');
  const { settings: own, ...story } = draft;
  const settings = readSettings(set, own);
  if (!settings.ok) return fault(settings.fault);
  const { proxies, servers } = story;
  const means = { drive: true, reload: false, restart: false };
  const usual: Policy = {
    ...DEFAULT_POLICY,
    producers: servers.map((server) => server.replace(':backup', '')),
    proxies: proxies.map((name): ProxyPolicy => ({ name, ...means })),
  };
  return { ok: true, value: { ...story, policy: withSettings(usual, settings.value) } };
}

function fault(message: string): Result<Story, StoryFault> {
  return { ok: false, fault: { line: 1, message } };
}

function readLine(story: Draft, line: string, number: number): Draft | string {
  if (line === '' || line.startsWith('>')) return story;
  if (line.startsWith('#')) {
    return story.title === '' ? { ...story, title: line.slice(1).trim() } : story;
  }
  const [head = '', ...words] = line.split(/\s+/);
  if (head === 'servers') return { ...story, servers: words };
  if (head === 'proxies') return { ...story, proxies: words };
  if (head === 'pins') return withPins(story, words);
  if (head === 'with') {
    const settings = readSettings(words, story.settings);
    return settings.ok ? { ...story, settings: settings.value } : settings.fault;
  }
  const at = /^t=(\d{1,7})$/.exec(head);
  if (at === null)
    return `expected "with", "servers", "proxies", "pins" or "t=SECONDS", got "${head}"`;
  const beat = readBeat(story, words, number, Number(at[1]));
  return typeof beat === 'string' ? beat : { ...story, beats: [...story.beats, beat] };
}

function readBeat(
  story: Draft,
  words: readonly string[],
  line: number,
  atS: number,
): Beat | string {
  const before = story.beats.at(-1)?.atS ?? -1;
  if (atS <= before) return `t=${atS} does not come after t=${before}`;
  let proxy: string | null = null;
  const beat = {
    line,
    atS,
    words: [] as { proxy: string; word: string }[],
    stall: false,
    jumpS: 0,
    outcome: null as Beat['outcome'],
    memory: null as Beat['memory'],
    orders: [] as Order[],
  };
  for (const word of words) {
    const order = readOrder(word, atS);
    const jump = /^jump=([+-]\d{1,7})$/.exec(word);
    if (story.proxies.includes(word)) proxy = word;
    else if (order !== null) beat.orders.push(order);
    else if (word === 'stall') beat.stall = true;
    else if (isStart(word)) beat.memory = word;
    else if (word === 'ok' || word === 'refused' || word === 'failed') beat.outcome = word;
    else if (jump !== null) beat.jumpS = Number(jump[1]);
    else if (proxy === null) return `expected the name of a proxy before "${word}"`;
    else beat.words.push({ proxy, word });
  }
  return beat;
}

/** `override=backup:2h`, `clear`, `pause`, `pause=1h`, `resume`. Given here and now, by a wall clock that never jumped. */
function readOrder(word: string, atS: number): Order | null {
  if (word === 'clear' || word === 'resume') return { kind: word };
  const [, rest = null] = /^pause(?:=(\w+))?$/.exec(word) ?? [];
  if (word === 'pause') return { kind: 'pause', untilWallMs: null };
  const pauseMs = rest === null ? null : readDuration(rest);
  if (pauseMs !== null) return { kind: 'pause', untilWallMs: atS * 1000 + pauseMs };
  const [, to = '', span = ''] = /^override=([\w-]+):(\w+)$/.exec(word) ?? [];
  const forMs = readDuration(span);
  const givenWallMs = atS * 1000;
  return forMs === null
    ? null
    : { kind: 'override', to, untilWallMs: givenWallMs + forMs, givenWallMs };
}

function isStart(word: string): word is 'blank' | 'cautious' | 'journal' {
  return word === 'blank' || word === 'cautious' || word === 'journal';
}

/** `pins` or, with the lease of an entry, `pins 30s`. */
function withPins(story: Draft, [lease = '10s', ...more]: readonly string[]): Draft | string {
  const leaseMs = readDuration(lease);
  if (leaseMs === null || more.length > 0) return `expected "pins" or "pins 30s"`;
  return { ...story, leaseS: leaseMs / 1000 };
}
