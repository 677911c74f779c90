// What `converge` says to the person at the terminal: the plan, what holds it back, and what became of it.
import { STOPS_FORCED, type HandDecision } from '../decide/by-hand.ts';
import { verdictSays } from '../decide/verdicts.ts';
import type { Config } from '../domain/config.ts';
import type { Gate, Outcome } from '../domain/decision.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import type { Snapshot } from '../domain/view.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { outcomeSentence } from '../report/sentences.ts';
import { duration, paint, widthOf, wrap } from './layout.ts';
import type { Strays } from './strays.ts';
import type { Output, World } from './world.ts';

const MOST_CLIENTS = 5;

/** Which sessions, where, why, what their clients will notice, and every gate that is shut. */
export function planText(
  world: World,
  config: Config,
  hand: HandDecision,
  strays: readonly Strays[],
  snapshot: Snapshot,
): string {
  const { out } = world;
  const nowMs = world.clock.now().monoMs;
  const says = verdictSays(hand.rule);
  const lines = [
    wrap(`${paint(out, 'bold', hand.verdict)}: ${says} (${hand.rule})`, widthOf(out), '  '),
    wrap(`target ${hand.target ?? 'none'}: ${hand.why}`, widthOf(out), '  '),
    wrap(`cluster ${config.cluster}, backend ${config.backend}`, widthOf(out), '  '),
    '',
    ...(hand.plan === null && hand.held.length === 0 ? ['Nothing is to be closed.'] : []),
    ...strays.flatMap((stray) => strayLines(out, hand.target ?? '', stray)),
    ...leftOutLines(out, hand, snapshot),
    ...unseenLines(out, snapshot),
    ...levelLines(out, hand, snapshot),
  ];
  if (hand.plan !== null) {
    const notice = `Each of these connections is closed once. Its client sees that and dials again by its own schedule; the new connection goes to ${hand.plan.target}.`;
    lines.push('', wrap(notice, widthOf(out), ''));
  }
  if (hand.held.length > 0) {
    lines.push(
      '',
      paint(out, 'red', 'Held back, nothing is closed:'),
      ...gateLines(out, hand.held, nowMs),
      wrap(forceWords(hand), widthOf(out), ''),
    );
  }
  if (hand.passed.length > 0) {
    lines.push(
      '',
      paint(out, 'yellow', 'To be known, not in the way:'),
      ...gateLines(out, hand.passed, nowMs),
    );
  }
  return lines.join('\n');
}

function strayLines(out: Output, target: string, { step, sessions }: Strays): readonly string[] {
  const many = sessions?.length ?? step.sessions;
  const title = `${step.proxy}: close ${many} ${many === 1 ? 'session' : 'sessions'} on ${step.server}, to bring ${many === 1 ? 'it' : 'them'} to ${target}`;
  const wrapped = wrap(title, widthOf(out), '  ');
  if (sessions === null) return [wrapped, '  (HAProxy would not list them)'];
  const shown = sessions.slice(0, MOST_CLIENTS);
  const more = sessions.length - shown.length;
  return [
    wrapped,
    ...shown.map(({ client, ageS }) => `  ${client}, connected for ${duration(ageS * 1000)}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}

/** What `--proxy` leaves where it is: the brain may be split by what is done elsewhere. */
function leftOutLines(out: Output, hand: HandDecision, snapshot: Snapshot): readonly string[] {
  const gates = [...hand.held, ...hand.passed];
  const { producers } = hand.decision;
  return snapshot.proxies.flatMap(({ name, sight }) => {
    const told = [...hand.wanted, ...gates].some(({ proxy }) => proxy === name);
    if (told || sight.kind === 'unseen') return [];
    const [serving] = sight.value.workers;
    return serving.servers
      .filter((server) => server.name !== hand.target && producers.includes(server.name))
      .filter(({ sessions }) => sessions > 0)
      .map(({ name: server, sessions }) => {
        const stay = sessions === 1 ? '1 session stays' : `${sessions} sessions stay`;
        const text = `${name}: ${stay} on ${server}, since --proxy leaves ${name} out`;
        return wrap(paint(out, 'yellow', text), widthOf(out), '  ');
      });
  });
}

function unseenLines(out: Output, snapshot: Snapshot): readonly string[] {
  return snapshot.proxies.flatMap(({ name, sight }) =>
    sight.kind === 'seen'
      ? []
      : [
          wrap(
            `${name}: ${paint(out, 'red', 'not seen')}: ${faultText(sight.fault)}`,
            widthOf(out),
            '  ',
          ),
        ],
  );
}

/** A socket whose level is too low: HAProxy would refuse, and it is better known before. */
function levelLines(out: Output, hand: HandDecision, snapshot: Snapshot): readonly string[] {
  return snapshot.proxies.flatMap(({ name, sight }) => {
    const meant = hand.wanted.some((step) => step.proxy === name);
    if (!meant || sight.kind === 'unseen' || sight.value.level === 'admin') return [];
    const text = `${name}: its socket is at level ${sight.value.level}; HAProxy will refuse to close sessions without "level admin"`;
    return [wrap(paint(out, 'yellow', text), widthOf(out), '  ')];
  });
}

function gateLines(out: Output, gates: readonly Gate[], nowMs: number): readonly string[] {
  return gates.map(({ gate, proxy, untilMs, reason }) => {
    const opens = untilMs === null ? '' : `, ${duration(untilMs - nowMs)} more`;
    return `  ${wrap(`${gate}${proxy === null ? '' : ` at ${proxy}`}${opens}: ${reason}`, widthOf(out) - 2, '    ')}`;
  });
}

function forceWords({ held }: HandDecision): string {
  const passes = held.every(({ gate }) => !STOPS_FORCED.includes(gate));
  return passes
    ? 'With --force it would be done all the same.'
    : 'Not even --force does it: sessions closed there would not come to the target.';
}

/** What the daemon is doing meanwhile, so that two wills do not meet unawares. */
export function daemonWords(
  out: Output,
  daemon: Result<Status, string>,
  hand: HandDecision,
): string {
  if (!daemon.ok) return wrap(`Without a daemon: ${daemon.fault}.`, widthOf(out), '  ');
  const { target, gates, mode } = daemon.value;
  const held = gates.map(({ gate, proxy }) => (proxy === null ? gate : `${gate} at ${proxy}`));
  const same = target === hand.target ? 'wants the same' : `has the target ${target ?? 'none'}`;
  return wrap(
    `The daemon (mode ${mode}) ${same}${held.length === 0 ? '' : `, and is held back by ${held.join(', ')}`}.`,
    widthOf(out),
    '  ',
  );
}

/** One line for what has ended; `returnMs`: how long its sessions are waited for then. */
export function outcomeWords(out: Output, outcome: Outcome, returnMs: number): string {
  const { result, returned } = outcome;
  const failed = result === 'ok' ? 'green' : 'red';
  const colour = returned === false ? 'yellow' : failed;
  return paint(out, colour, wrap(outcomeText(outcome, returnMs), widthOf(out), '  '));
}

/** The plan was shown just now: what went well need not tell its cause and its age again. */
function outcomeText(outcome: Outcome, returnMs: number): string {
  const { proxy, server, target, result, returned, listed, tookMs, trail } = outcome;
  const saw = trail.findLast(({ did }) => did === 'return')?.saw ?? '';
  if (returned === true) return `${proxy}/${server}: now ${saw}`;
  if (returned === false) {
    return `${proxy}/${server}: within ${duration(returnMs)} no client has come to ${target} (${saw}): those that were closed have not dialled again`;
  }
  if (result !== 'ok' || listed === 0) return outcomeSentence(outcome, faultText);
  const closed = `${listed} ${listed === 1 ? 'session' : 'sessions'} closed in ${Math.round(tookMs)} ms`;
  return `${proxy}/${server}: ${closed}; waiting up to ${duration(returnMs)} for the clients`;
}
