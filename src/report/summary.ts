// A status in a few sentences: what is, what mainstay is doing about it and why not more, what a person should do.
import type { Judgement, Step } from '../domain/decision.ts';
import type { Status, StatusGate } from '../domain/status.ts';
import type { Now } from '../domain/time.ts';
import { healthWords, sessionsIn } from './session-words.ts';
import { clockTime } from './wall.ts';

type Found = Omit<Status, 'says'>;

/** One to three short sentences, with no time that passes by itself, but for the clock's when something ends. */
export function summaryOf(status: Found, { plan }: Pick<Judgement, 'plan'>, now: Now): string {
  const does = doing(status, plan?.steps ?? [], now).join(' ');
  const said = [whatIs(status), does, ...toDo(status, does.includes(CHECK))];
  return said.filter((words) => words !== '').join(' ');
}

const CHECK = 'mainstay check';

function whatIs(status: Found): string {
  const { verdict, target, producers, proxies } = status;
  const main = producers[0] ?? 'main';
  const wanted = target ?? main;
  switch (verdict) {
    case 'blind':
      return 'No proxy can be seen.';
    case 'no-producer':
      return `No producer is up at any proxy that is seen; ${sessionsIn(status).all}.`;
    case 'split-brain': {
      const { on, each } = sessionsIn(status);
      const count = on.length === 2 ? 'two' : String(on.length);
      return `Sessions are on ${count} producers: ${each}.`;
    }
    case 'views-differ':
      return `${healthWords(proxies, wanted)}; ${sessionsIn(status).all}.`;
    case 'sticky':
      return `${sentence(sessionsIn(status).all)}, and belong on ${wanted}.`;
    case 'idle':
      return `No session is open; new ones belong on ${wanted}${wanted === main ? '' : `, while ${healthWords(proxies, main)}`}.`;
    case 'converged':
      return `${sentence(sessionsIn(status).all)}, ${sessionsIn(status).through}.`;
    case 'holding':
      return `${sentence(sessionsIn(status).all)}, while ${healthWords(proxies, main)}.`;
    case 'failed-over':
      return `${main} is down everywhere; ${sessionsIn(status).all}.`;
    default:
      return verdict satisfies never;
  }
}

function doing(status: Found, steps: readonly Step[], now: Now): readonly string[] {
  const { paused, source, verdict, target, why, election } = status;
  const main = status.producers[0] ?? 'main';
  if (paused !== null) {
    const until = paused.until === null ? '' : ` until ${clock(paused.until, now)}`;
    return [`mainstay is paused and does nothing${until}; mainstay resume ends that.`];
  }
  if (source === 'look') return verdict === 'converged' ? [] : [LOOKED];
  if (steps.length > 0) return [`mainstay is ${steps.map(stepWords).join(', ')}.`];
  const shut = mostTelling(status);
  if (verdict === 'holding') return holding(status, shut, main, now);
  if (verdict === 'failed-over') {
    return shut === null
      ? [`mainstay goes back by itself once ${main} has returned and lasted.`]
      : waiting(shut, now);
  }
  if (verdict === 'blind') return ['mainstay does nothing before it sees one.'];
  if (verdict === 'no-producer') return ['mainstay closes nothing: there is nowhere to go.'];
  if (shut !== null) return waiting(shut, now);
  if (verdict === 'views-differ') {
    return [election === 'E30' ? `${sentence(why)}.` : `${target ?? main} stays the target.`];
  }
  return [];
}

const LOOKED = 'This is one look without a daemon: nothing is being done.';

function holding(
  { hold, override, proxies, target }: Found,
  shut: StatusGate | null,
  main: string,
  now: Now,
): readonly string[] {
  const waits = shut === null ? [] : waiting(shut, now);
  switch (hold) {
    case 'override': {
      const until = override === null ? '' : ` until ${clock(override.until, now)}`;
      return [`An operator wants them there${until}; mainstay converge --clear ends that.`];
    }
    case 'operator':
      return [`Somebody has taken ${main} out ${shelvedWhere(proxies, main)}.`, ...waits];
    case 'together':
      return [
        `Not every proxy could reach ${main}, so that all were brought to ${target}.`,
        ...waits,
      ];
    case 'wait':
    case 'flapping':
    case 'probe':
    case null:
      return waits;
    default:
      return hold satisfies never;
  }
}

/** What has to be waited for first; of the closing, where there is something to close. */
function mostTelling({ gates, verdict }: Found): StatusGate | null {
  const closing = verdict === 'split-brain' || verdict === 'sticky';
  const first = gates.find(({ gate }) => !(closing && AWAITS.includes(gate)));
  return first ?? gates[0] ?? null;
}

const AWAITS: readonly string[] = ['failback-wait', 'flapping'];

/** With the way out, where it does not open by itself. */
function waiting({ gate, proxy, reason, until, opens }: StatusGate, now: Now): readonly string[] {
  if (until !== null && AWAITS.includes(gate)) {
    return [`mainstay goes back at ${clock(until, now)} at the earliest, ${opens}.`];
  }
  const end = until === null ? '' : `, until ${clock(until, now)}`;
  const way = end !== '' || opens.startsWith('by itself') ? [] : [`The gate opens ${opens}.`];
  const at = proxy === null || reason.includes(proxy) ? '' : ` at ${proxy}`;
  return [`mainstay holds back${at}: ${reason}${end}.`, ...way];
}

function stepWords({ action, proxy, server, sessions }: Step): string {
  switch (action) {
    case 'close-server':
      return `closing ${sessions} on ${server} at ${proxy}`;
    case 'close-session':
      return `closing ${sessions} on ${server} in an old worker of ${proxy}`;
    case 'reload':
      return `reloading ${proxy}`;
    case 'restart':
      return `restarting ${proxy}`;
    default:
      return action satisfies never;
  }
}

/** Nothing, where mainstay does all that is to be done. `checks`: it is said already where to look. */
function toDo(
  { verdict, producers, degraded, proxies }: Found,
  checks: boolean,
): readonly string[] {
  if (verdict === 'blind') return checks ? [] : [`${CHECK} says what is in the way.`];
  const unseen = proxies.filter(({ reachable }) => !reachable).map(({ name }) => name);
  const hidden = degraded.filter((name) => !unseen.includes(name));
  const sight = [
    ...(unseen.length === 0 || checks
      ? []
      : [`Not seen: ${unseen.join(', ')}; ${CHECK} says why.`]),
    ...(hidden.length === 0 ? [] : [`Old workers of ${hidden.join(', ')} are not seen.`]),
  ];
  if (verdict === 'no-producer') return [`See to ${producers.join(' and ')}.`, ...sight];
  if (verdict === 'failed-over') return [`See to ${producers[0] ?? 'main'}.`, ...sight];
  if (verdict === 'converged' && sight.length === 0) return ['Nothing is to be done.'];
  return sight;
}

function shelvedWhere(proxies: Found['proxies'], producer: string): string {
  const at = proxies.filter(({ workers }) =>
    workers[0]?.producers.some(
      ({ name, health }) => name === producer && (health === 'maint' || health === 'drain'),
    ),
  );
  return `at ${at.map(({ name }) => name).join(', ') || 'some proxies'}`;
}

function clock(iso: string, now: Now): string {
  return clockTime(now, Date.parse(iso));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
