// All that three proxies with three producers can show, with a pin at each, up to symmetry; and what comes of it in the end.
import { decide, type Decision } from '../../src/decide/decide.ts';
import { BLANK, memoryOf } from '../../src/decide/memory.ts';
import type { Gate, Step } from '../../src/domain/decision.ts';
import type { Memory } from '../../src/domain/memory.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { View } from '../../src/domain/view.ts';
import { POLICY, proxyPolicy, seen, server, view, worker } from './world.ts';

export const PRODUCERS = ['main', 'backup', 'third'] as const;

/** A proxy: a letter for each producer's health, `+` where the sessions are, none without: `U+UD`. */
export const SIGHTS = ['UUU', 'UUD', 'UDU', 'UDD', 'DUU', 'DUD', 'DDU', 'DDD'].flatMap(
  (letters) => [
    letters,
    ...letters
      .split('')
      .flatMap((letter, at) =>
        letter === 'U' ? [`${letters.slice(0, at + 1)}+${letters.slice(at + 1)}`] : [],
      ),
  ],
);

export type Trio = readonly [string, string, string];

/** Every three of them; the same with its proxies exchanged is left out. */
export const TRIOS: readonly Trio[] = SIGHTS.flatMap((first, at) =>
  SIGHTS.slice(at).flatMap((second, more) =>
    SIGHTS.slice(at + more).map((third): Trio => [first, second, third]),
  ),
);

/** Polls are far apart, so that few looks take as long as split.after and partial.after together. */
const POLL_MS = 4_000;
const LOOKS = 10;

const TABLE_POLICY: Policy = {
  ...POLICY,
  pollIntervalMs: POLL_MS,
  producers: PRODUCERS,
  proxies: ['ha1', 'ha2', 'ha3'].map((name) => proxyPolicy(name)),
};

/** A plan that was carried out, and the proxies as they were just before. */
export interface Act {
  readonly target: string;
  readonly steps: readonly Step[];
  readonly before: readonly Shown[];
}

export interface Settled {
  /** The last decision, and what it saw. */
  readonly decision: Decision;
  readonly after: readonly Shown[];
  /** The rules that chose the target on the way; E60 only says that it stays. */
  readonly elected: string;
  /** Each target on the way, once in a row. */
  readonly targets: readonly (string | null)[];
  readonly acts: readonly Act[];
}

/** A proxy at one moment: who is up, who has sessions (who is closed has dialled again by the next look), what is pinned. */
export interface Shown {
  readonly up: readonly string[];
  readonly on: string | null;
  readonly pin: number;
}

/** What becomes of the views when nothing changes but by what is done; `target`: what is remembered of the time before. */
export function settle(trio: readonly string[], target: string | null): Settled {
  const names = trio.map((_, at) => `ha${at + 1}`);
  let proxies = trio.map(read);
  let memory: Memory = {
    ...BLANK,
    target,
    proxies: names.map((name) => memoryOf(BLANK, name)),
  };
  const elected: string[] = [];
  const targets: (string | null)[] = [];
  const acts: Act[] = [];
  for (let look = 0; ; look += 1) {
    const atMs = look * POLL_MS;
    const shown = proxies.map((proxy, at) => seen(names[at] ?? '', atMs, viewOf(proxy, at, atMs)));
    const now = { monoMs: atMs, wallMs: atMs };
    const decision = decide({ proxies: shown }, memory, TABLE_POLICY, now);
    const { election, plan, pins } = decision;
    if (election !== 'E60' && election !== elected.at(-1)) elected.push(election);
    if (decision.target !== targets.at(-1) || targets.length === 0) targets.push(decision.target);
    if (look === LOOKS)
      return { decision, after: proxies, elected: elected.join('>') || 'E60', targets, acts };
    proxies = proxies.map((proxy, at) => {
      const order = pins.find((one) => one.proxy === names[at]);
      return order === undefined ? proxy : { ...proxy, pin: order.serverId };
    });
    if (plan !== null)
      acts.push({
        target: plan.target,

        steps: plan.steps,
        before: proxies,
      });
    const hit = (at: number) => plan?.steps.some((step) => step.proxy === names[at]) === true;
    proxies = proxies.map((proxy, at) => (hit(at) ? { ...proxy, on: nextAt(proxy) } : proxy));
    // Plans end at once, and without a cooldown: nothing is held by what has just been done.
    const { memory: next } = decision;
    memory = { ...next, proxies: next.proxies.map((one) => ({ ...one, actingMs: null })) };
  }
}

/** Where the next new connection goes: by the pin where that one is up, else to the first that is up. */
export function nextAt({ up, pin }: Shown): string | null {
  const pinned = PRODUCERS[pin - 1];
  if (pinned !== undefined && up.includes(pinned)) return pinned;
  return PRODUCERS.find((name) => up.includes(name)) ?? null;
}

export function read(sight: string): Shown {
  const letters = sight.replace('+', '');
  const on = sight.includes('+') ? (PRODUCERS[sight.indexOf('+') - 1] ?? null) : null;
  return { up: PRODUCERS.filter((_, at) => letters[at] === 'U'), on, pin: 0 };
}

function viewOf({ up, on, pin }: Shown, at: number, atMs: number): View {
  const servers = PRODUCERS.map((name, index) =>
    server({
      name,
      id: index + 1,
      backup: index > 0,
      status: up.includes(name) ? 'UP' : 'DOWN',
      sessions: on === name ? 4 : 0,
      lastChangeS: 86_400 + atMs / 1_000,
    }),
  );
  const leaseMs = pin === 0 ? 0 : 6_000;
  return {
    ...view(worker(servers, { pid: 100 * (at + 1), uptimeS: 86_400 + atMs / 1_000 })),
    pin: { kind: 'table', serverId: pin, leaseMs },
  };
}

/** `R40 E30 backup  pin 123  close m1 m2 then b3  held wait`, for one line of the table. */
export function sayRow({ decision, elected, after, acts }: Settled): string {
  const { rule, target, gates } = decision;
  const pinned = PRODUCERS.flatMap((name, index) => {
    const at = after.flatMap(({ pin }, proxy) => (pin === index + 1 ? [proxy + 1] : []));
    return at.length === 0 ? [] : [`${name[0]}${at.join('')}`];
  });
  const closing = acts.map(({ steps }) =>
    steps.map((step) => `${step.server?.[0]}${step.proxy[2]}`).join(' '),
  );
  return [
    `${rule} ${elected.padEnd(7)} ${(target ?? '-').padEnd(6)}`,
    pinned.length === 0 ? '' : ` pin ${pinned.join(' ')}`,
    closing.length === 0 ? '' : ` close ${closing.join(' then ')}`,
    gates.length === 0 ? '' : ` held ${[...new Set(gates.map(sayGate))].join(' ')}`,
  ]
    .join('')
    .trimEnd();
}

function sayGate({ gate, proxy }: Gate): string {
  const short = { 'failback-wait': 'wait', 'target-not-up': 'notup', 'not-steerable': 'steer' };
  return `${Object.entries(short).find(([name]) => name === gate)?.[1] ?? gate}${proxy?.slice(2) ?? ''}`;
}
