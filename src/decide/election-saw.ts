// What each rule of the election is asked about, in words: for explanations only, never for a decision.
import type { Contest } from './contest.ts';
import { ageMs, failbackBlindness, flappingWaitMs } from './failback.ts';
import { justMissed, sessionsAt, staysAt, unfitAt } from './facts.ts';
import { sinceOf } from './memory.ts';
import { canHold } from './pins.ts';
import { standingPin } from './steering.ts';
import { namesOf, span } from './words.ts';

export function override({ facts, memory }: Contest): string {
  if (memory.override === null) return 'no override';
  const { to, untilWallMs } = memory.override;
  return `an override to ${to}, for ${span(untilWallMs - facts.now.wallMs)} more`;
}

/** `backup is up at ha1, ha2`: the target, or every producer where there is none yet. */
export function staying({ facts, previous }: Contest): string {
  if (facts.seen.length === 0) return 'no proxy is seen';
  const asked = previous === null ? facts.producers : [previous];
  const all = asked.map((producer) => {
    const at = namesOf(
      facts.seen.filter((proxy) => staysAt(proxy, producer)),
      '',
    );
    return `${producer} is up ${at === '' ? 'nowhere' : `at ${at}`}`;
  });
  const missed = justMissed(facts) ? ['a proxy has only just gone out of sight'] : [];
  return [all.join('; ') || 'there is no producer', ...missed].join('; ');
}

export function peers({ facts, memory, previous }: Contest): string {
  if (facts.peers.length === 0) return 'there are no peers';
  const theirs = facts.peers.map(({ name, sight }) => {
    if (sight.kind === 'unseen') return `${name} is not heard`;
    const { move, target, mode, paused } = sight.value;
    const on = (move === null ? target : move.from) ?? 'nothing yet';
    const but = mode === 'observe' ? ', but only observes' : paused ? ', but is paused' : '';
    return `${name} has settled on ${on}${but}`;
  });
  const ours = (memory.pendingMove ? memory.from : previous) ?? 'nothing yet';
  return `${theirs.join(', ')}; this one on ${ours}`;
}

/** Of every better one: since when it is fit everywhere, how long it has been up, and what is in its way. */
export function better(contest: Contest): string {
  return ofBetter(contest, (producer) => {
    const { facts, memory } = contest;
    const { policy } = facts;
    const unfit = whereUnfit(contest, producer);
    if (unfit !== '') return unfit;
    const flapMs = flappingWaitMs(facts, memory);
    const fitMs = fitForMs(contest, producer);
    const needMs = flapMs ?? policy.splitAfterMs;
    const fit = `${producer} is fit to go to everywhere for ${span(fitMs)} (${span(needMs)} is needed)`;
    const lastedMs = memory.together ? fitMs : ageMs(facts, memory, producer);
    const up = `up for ${span(lastedMs)} (${span(policy.failbackAfterMs)} is needed)`;
    const blind = namesOf(
      failbackBlindness(facts).map(({ proxy }) => ({ name: proxy ?? '' })),
      '',
    );
    return [
      fit,
      ...(flapMs === null ? [up] : []),
      ...(blind === '' ? [] : [`${blind} is not seen`]),
    ].join(', ');
  });
}

export function drawing(contest: Contest): string {
  const { facts, memory, previous } = contest;
  return ofBetter(contest, (producer) => {
    const at = facts.seen.filter((proxy) => sessionsAt(proxy, producer) > 0);
    const has = `${producer} has ${at.length === 0 ? 'no session' : `sessions at ${namesOf(at)}`}`;
    const unfit = whereUnfit(contest, producer);
    const fitMs = fitForMs(contest, producer);
    const fit = `fit to go to everywhere for ${span(fitMs)} (${span(facts.policy.splitAfterMs)} is needed)`;
    const holds = previous !== null && canHold(facts, previous);
    const flaps = flappingWaitMs(facts, memory) === null ? [] : ['it flaps'];
    const kept = `new connections ${holds ? 'are' : 'cannot be'} kept on ${previous}`;
    return [has, unfit === '' ? fit : unfit, kept, ...flaps].join(', ');
  });
}

export function cut({ memory: { from, pendingMove, together } }: Contest): string {
  if (!together) return 'nobody was moved off a target that some proxies could not reach';
  return pendingMove ? `the move from ${from ?? 'nowhere'} has not begun` : 'the move has begun';
}

export function partition(contest: Contest): string {
  if (contest.previous === null) return 'there is no target yet';
  const { facts, previous } = contest;
  const down = facts.seen.filter((proxy) => !staysAt(proxy, previous));
  const where = down.length === 0 ? '' : `, down at ${namesOf(down)}`;
  const { apart } = contest.memory;
  const since =
    apart?.producer === previous && contest.partition !== null
      ? `, for ${span(facts.now.monoMs - apart.sinceMs)} (waits ${span(facts.policy.partialAfterMs)})`
      : '';
  return `${staying(contest)}${where}${since}`;
}

export function standing({ previous }: Contest): string {
  return previous === null ? 'there is no target yet' : `the target is ${previous}`;
}

export function pins({ facts }: Contest): string {
  const named = facts.seen.map(({ name, pin, serving }) => {
    const server = serving === null ? null : standingPin(serving, pin);
    return `${server === null ? 'no pin' : `a pin to ${server.name}`} at ${name}`;
  });
  return named.join(', ') || 'no proxy is seen';
}

/** Of every producer: what keeps it from being fit to go to. */
export function fitness(contest: Contest): string {
  const { facts } = contest;
  if (facts.concerned.length === 0) return 'no proxy is seen';
  const all = facts.producers.map((producer) => {
    return whereUnfit(contest, producer) || `${producer} is fit to go to everywhere`;
  });
  return all.join('; ') || 'there is no producer';
}

function ofBetter(
  { facts, better: known, previous }: Contest,
  words: (producer: string) => string,
): string {
  if (previous === null) return 'there is no target yet';
  const preferred = facts.producers.slice(0, facts.producers.indexOf(previous));
  if (preferred.length === 0) return `none is preferred to ${previous}`;
  if (known.length === 0) return `${preferred.join(', ')}: up nowhere`;
  return known.map(words).join('; ');
}

/** `at ha1 main is DOWN there`; empty: it is fit everywhere. */
function whereUnfit({ facts }: Contest, producer: string): string {
  return facts.concerned
    .flatMap((proxy) => {
      const unfit = unfitAt(facts, proxy, producer);
      return unfit === null ? [] : [`${proxy.name}: ${unfit.why}`];
    })
    .join(', ');
}

function fitForMs({ facts, memory }: Contest, producer: string): number {
  const { monoMs } = facts.now;
  return monoMs - (sinceOf(memory.fitSince, producer) ?? monoMs);
}
