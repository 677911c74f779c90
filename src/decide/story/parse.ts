// Stories: text files that say what the proxies show over time. The format is public; docs/stories.md describes it.
import type { Order } from '../../domain/order.ts';
import { DEFAULT_POLICY, type Policy, type ProxyPolicy, type Rung } from '../../domain/policy.ts';
import type { Result } from '../../domain/result.ts';

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

/** A story while it is read: the proxies that its settings name. */
interface Draft extends Story {
  readonly named: Readonly<Record<Means, readonly string[] | null>>;
}
type Means = Exclude<keyof ProxyPolicy, 'name'> | 'standby';

export interface StoryFault {
  readonly line: number;
  readonly message: string;
}

/** Lines that begin with `>` are results and are passed over; `#` begins a comment, the first is the title. */
export function parseStory(text: string): Result<Story, StoryFault> {
  let story: Draft = {
    title: '',
    policy: DEFAULT_POLICY,
    servers: ['main', 'backup:backup'],
    proxies: ['ha1', 'ha2'],
    leaseS: null,
    beats: [],
    named: { drive: null, standby: null, reload: null, restart: null },
  };
  for (const [index, raw] of text.split('\n').entries()) {
    const next = readLine(story, raw.trim(), index + 1);
    if (typeof next === 'string') return { ok: false, fault: { line: index + 1, message: next } };
    story = next;
  }
  if (story.title === '') return fault('expected a first line "# what the story shows"');
  if (story.beats.length === 0) return fault('expected a line such as "t=0 ha1 main=4"');
  const { named, policy, proxies, servers, ...rest } = story;
  const producers =
    policy.producers.length > 0
      ? policy.producers
      : servers.map((server) => server.replace(':backup', ''));
  const own = proxies.map((name): ProxyPolicy => ({
    name,
    drive: named.standby?.includes(name) ? 'standby' : (named.drive?.includes(name) ?? true),
    reload: named.reload?.includes(name) ?? false,
    restart: named.restart?.includes(name) ?? false,
  }));
  return {
    ok: true,
    value: { ...rest, servers, proxies, policy: { ...policy, producers, proxies: own } },
  };
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
  if (head === 'with') return withSettings(story, words);
  const at = /^t=(\d{1,7})$/.exec(head);
  if (at === null)
    return `expected "with", "servers", "proxies", "pins" or "t=SECONDS", got "${head}"`;
  const beat = readBeat(story, words, number, Number(at[1]));
  return typeof beat === 'string' ? beat : { ...story, beats: [...story.beats, beat] };
}

function readBeat(
  story: Story,
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

const DURATIONS: Readonly<Record<string, keyof Policy>> = {
  'poll.interval': 'pollIntervalMs',
  'poll.timeout': 'pollTimeoutMs',
  warmup: 'warmupMs',
  'failback.after': 'failbackAfterMs',
  'failback.unseen': 'failbackUnseenMs',
  'split.after': 'splitAfterMs',
  'partial.after': 'partialAfterMs',
  cooldown: 'cooldownMs',
  'flap.within': 'flapWithinMs',
  'budget.within': 'budgetWithinMs',
};
const NUMBERS: Readonly<Record<string, keyof Policy>> = {
  confirm: 'confirm',
  'flap.max': 'flapMax',
  'budget.max': 'budgetMax',
};
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function readDuration(text: string): number | null {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (UNIT_MS[unit] ?? 1);
}

/** Settings under the names that mainstay.yaml gives them, nested keys with a dot. */
function withSettings(story: Draft, words: readonly string[]): Draft | string {
  let policy: Policy = story.policy;
  let named = story.named;
  for (const word of words) {
    const [key = '', value = ''] = word.split('=');
    const duration = readDuration(value);
    const asDuration = Object.hasOwn(DURATIONS, key) ? DURATIONS[key] : undefined;
    const asNumber = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined;
    if (asDuration !== undefined && duration !== null) {
      policy = { ...policy, [asDuration]: duration };
    } else if (asNumber !== undefined && /^\d{1,4}$/.test(value)) {
      policy = { ...policy, [asNumber]: Number(value) };
    } else if (key === 'mode' && (value === 'converge' || value === 'observe')) {
      policy = { ...policy, mode: value };
    } else if (key === 'steer' && (value === 'auto' || value === 'pin' || value === 'none')) {
      policy = { ...policy, steer: value };
    } else if (key === 'partial.policy' && (value === 'together' || value === 'tolerate')) {
      policy = { ...policy, partialPolicy: value };
    } else if (key === 'producers' && value !== '') {
      policy = { ...policy, producers: value.split(',') };
    } else if (isMeans(key) && value !== '') {
      named = { ...named, [key]: value.split(',') };
    } else if (key === 'escalate' && value.split(',').every(isRung)) {
      policy = { ...policy, escalate: value.split(',').filter(isRung) };
    } else {
      return `expected a setting such as "failback.after=30m" or "confirm=2", got "${word}"`;
    }
  }
  return { ...story, policy, named };
}

function isMeans(word: string): word is Means {
  return word === 'drive' || word === 'standby' || word === 'reload' || word === 'restart';
}

function isRung(word: string): word is Rung {
  return word === 'sessions' || word === 'reload' || word === 'restart';
}
