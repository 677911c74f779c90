// All that two proxies with two producers can show, up to symmetry, and what comes of it.
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Gate } from '../../src/domain/decision.ts';
import type { ProxySight, ServerView, Snapshot } from '../../src/domain/view.ts';
import { backup, main, POLICY, seen, unseen, view, worker } from './world.ts';

const STATUS: Readonly<Record<string, string>> = {
  U: 'UP',
  u: 'UP 1/3',
  D: 'DOWN',
  M: 'MAINT',
  d: 'DRAIN',
};

/** A producer at one proxy: a letter for its health, `+` with sessions and `.` without. */
const STATES = Object.keys(STATUS).flatMap((letter) => [`${letter}.`, `${letter}+`]);

/** Proxies as they can show themselves: main's state and backup's, or not at all. */
export const SIGHTS = [
  ...STATES.flatMap((first) => STATES.map((second) => `${first} ${second}`)),
  'unseen',
];

/** Every pair of sights; the one with its proxies exchanged is left out. */
export const PAIRS = SIGHTS.flatMap((first, index) =>
  SIGHTS.slice(index).map((second) => [first, second] as const),
);

/** Looks a second apart at an unchanging world, until a plan is made: no more than split.after and confirm take. */
const LOOKS = 6;

export interface Settled {
  readonly decision: Decision;
  readonly snapshot: Snapshot;
  /** The rules that chose the target on the way, `E80` or `E70>E40`; E60 only says that it stays. */
  readonly elected: string;
}

/** What has been decided when no wait for more looks is left. */
export function settle(first: string, second: string): Settled {
  let memory = BLANK;
  const elected: string[] = [];
  for (let look = 0; ; look += 1) {
    const snapshot = { proxies: [sight('ha1', first, look), sight('ha2', second, look)] };
    const now = { monoMs: look * 1_000, wallMs: look * 1_000 };
    const decision = decide(snapshot, memory, POLICY, now);
    const { election } = decision;
    if (election !== 'E60' && election !== elected.at(-1)) elected.push(election);
    if (decision.plan !== null || look === LOOKS - 1) {
      return { decision, snapshot, elected: elected.join('>') };
    }
    memory = decision.memory;
  }
}

function sight(name: string, shown: string, look: number): ProxySight {
  if (shown === 'unseen') return unseen(name, -3_600_000);
  const [first = '', second = ''] = shown.split(' ');
  return seen(name, look * 1_000, view(worker([main(words(first)), backup(words(second))])));
}

function words(state: string): Partial<ServerView> {
  return { status: STATUS[state[0] ?? ''] ?? '', sessions: state[1] === '+' ? 4 : 0 };
}

/** `R30 E80 main    close b1 b2  held drain2`, for one line of the table. */
export function sayRow({ decision, elected }: Settled): string {
  const { rule, target, plan, gates } = decision;
  const head = `${rule} ${elected.padEnd(7)} ${(target ?? '-').padEnd(6)}`;
  const steps = (plan?.steps ?? []).map((step) => `${step.server?.[0]}${step.proxy[2]}`);
  const closing = steps.length === 0 ? '' : ` close ${steps.join(' ')}`;
  const held = gates.length === 0 ? '' : ` held ${gates.map(sayGate).join(' ')}`;
  return `${head}${closing}${held}`.trimEnd();
}

const SHORT: Partial<Record<Gate['gate'], string>> = {
  'failback-wait': 'wait',
  'not-steerable': 'steer',
  'target-not-up': 'notup',
  blind: 'blind',
  draining: 'drain',
};

function sayGate({ gate, proxy }: Gate): string {
  return `${SHORT[gate] ?? gate}${proxy === null ? '' : proxy.slice(2)}`;
}
