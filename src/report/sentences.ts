// Decisions and outcomes as sentences for whoever is woken by them.
import type { Gate, Judgement, Outcome, Plan, TrailEntry } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';
import type { Now } from '../domain/time.ts';
import type { ProxySight, Snapshot, View } from '../domain/view.ts';
import { rfc3339 } from './wall.ts';

type FaultText = (fault: Fault) => string;

/**
 * `split-brain (R30): ha1 main=4 backup=0, ha2 main=0 backup=4; target main; held: cooldown ha2 until 03:12:10Z - …`.
 * Counts are of all workers. A status other than plain UP, and the reason of a new target, are said too.
 */
export function decisionSentence(
  previous: Judgement | null,
  next: { readonly judgement: Judgement; readonly snapshot: Snapshot; readonly now: Now },
  faultText: FaultText,
): string {
  const { judgement, snapshot, now } = next;
  const { verdict, rule, hold, producers, plan, gates } = judgement;
  const sights = snapshot.proxies.map((proxy) => sightWords(proxy, producers, faultText));
  return [
    `${verdict} (${hold === null ? rule : `${rule}, ${hold}`}): ${sights.join(', ')}`,
    targetWords(previous, judgement),
    ...(plan === null || plan.steps.length === 0 ? [] : [planWords(plan)]),
    ...(gates.length === 0 ? [] : [`held: ${gateWords(gates, now).join('; ')}`]),
  ].join('; ');
}

function sightWords(
  { name, sight }: ProxySight,
  producers: readonly string[],
  faultText: FaultText,
) {
  if (sight.kind === 'unseen') return `${name} unseen (${faultText(sight.fault)})`;
  return [name, ...producers.flatMap((producer) => producerWords(sight.value, producer))].join(' ');
}

/** Health is the serving worker's, which stands first; an old one's is frozen. */
function producerWords({ workers }: View, producer: string): string[] {
  const inEach = workers.map(({ servers }) => servers.find(({ name }) => name === producer));
  if (inEach.every((server) => server === undefined)) return [];
  const sessions = inEach.reduce((sum, server) => sum + (server?.sessions ?? 0), 0);
  const status = inEach[0]?.status ?? 'UP';
  return [`${producer}=${sessions}${status === 'UP' ? '' : ` (${status})`}`];
}

function targetWords(previous: Judgement | null, { target, election, why }: Judgement): string {
  const named = target === null ? 'no target' : `target ${target}`;
  if (previous !== null && previous.target === target) return named;
  const before = previous === null || previous.target === null ? '' : `, was ${previous.target}`;
  return `${named} (${election}${before}: ${why})`;
}

function planWords({ steps }: Plan): string {
  const each = steps.map(({ proxy, server, sessions }) => `${proxy}/${server} (${sessions})`);
  return `closing ${each.join(', ')}`;
}

function gateWords(gates: readonly Gate[], now: Now): string[] {
  return gates.map(({ gate, proxy, untilMs, reason }) => {
    const where = proxy === null ? '' : ` ${proxy}`;
    const until = untilMs === null ? '' : ` until ${clockTime(now, untilMs)}`;
    return `${gate}${where}${until} - ${reason}`;
  });
}

/** To the second, UTC; with its date where that is not today's. */
function clockTime(now: Now, monoMs: number): string {
  const today = rfc3339(now, now.monoMs).slice(0, 10);
  const [date, time = ''] = rfc3339(now, monoMs).split('T');
  const second = `${time.slice(0, 8)}Z`;
  return date === today ? second : `${date}T${second}`;
}

/**
 * `close-server ha2/backup ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain`; of an outcome
 * that was told before and is told again with `returned`, only that.
 */
export function outcomeSentence(outcome: Outcome, faultText: FaultText): string {
  const { action, proxy, server, target, result, returned, fault } = outcome;
  const step = `${action} ${proxy}/${server}`;
  if (returned !== null) {
    const seen = sawLast(outcome, 'return');
    return returned
      ? `${proxy}: sessions have come to ${target} after ${step}${seen}`
      : `${proxy}: no session has come to ${target} since ${step}${seen}`;
  }
  const said = fault === null ? '' : `: ${faultText(fault)}`;
  return `${step} ${result}: ${resultWords(outcome)}${said}`;
}

function resultWords(outcome: Outcome): string {
  const { result, listed, remaining, tookMs, reason, target, gate, convergedMs, fault } = outcome;
  const some = listed === 1 ? '1 session' : `${listed} sessions`;
  const took = duration(tookMs);
  const cause = `(${reason}, target ${target})`;
  switch (result) {
    case 'ok': {
      const since = convergedMs === null ? '' : `, ${duration(convergedMs)} after the first sign`;
      return listed === 0
        ? `none was left to close ${cause}`
        : `${some} closed in ${took}${since} of ${reason}`;
    }
    case 'failed':
      return listed === 0
        ? `nothing was closed ${cause}`
        : `${remaining} of ${some} still there after ${took} ${cause}`;
    case 'refused':
      return `nothing was sent, ${gate ?? 'the re-read'} forbade it${fault === null ? sawLast(outcome, 'reread') : ''} ${cause}`;
    case 'abandoned':
      return listed === 0
        ? `mainstay was stopped, nothing was closed ${cause}`
        : `mainstay was stopped after ${took}, ${remaining} of ${some} were still there ${cause}`;
    default:
      throw result satisfies never;
  }
}

function sawLast({ trail }: Outcome, did: TrailEntry['did']): string {
  const entry = trail.findLast((one) => one.did === did);
  return entry === undefined ? '' : ` - ${entry.saw}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
