// What `converge` says to the person at the terminal: the plan, what holds it back, and what became of it.
import { STOPS_FORCED, type HandDecision } from '../decide/by-hand.ts';
import { sessionsAt } from '../decide/facts.ts';
import { verdictSays } from '../decide/verdicts.ts';
import type { Config } from '../domain/config.ts';
import type { Gate, Outcome, Step } from '../domain/decision.ts';
import type { Result } from '../domain/result.ts';
import type { Status } from '../domain/status.ts';
import type { Snapshot } from '../domain/view.ts';
import { faultText } from '../haproxy/fault-text.ts';
import { outcomeSentence } from '../report/outcome-sentence.ts';
import { hiddenText } from '../report/status.ts';
import { clockTime, duration, gateAt, paint, paragraph, widthOf, wrap } from './layout.ts';
import { oldWorkerLines } from './blind-spots.ts';
import { climbTitle, stepLines } from './step-text.ts';
import type { Strays } from './strays.ts';
import type { Output, World } from './world.ts';

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
    paragraph(out, `${paint(out, 'bold', hand.verdict)}: ${says} (${hand.rule})`),
    paragraph(out, `target ${hand.target ?? 'none'}: ${hand.why}`),
    paragraph(out, `cluster ${config.cluster}, backend ${config.backend}`),
    '',
    ...(hand.plan === null && hand.held.length === 0 ? ['Nothing is to be closed.'] : []),
    ...strays.flatMap((stray) => stepLines(out, hand.target ?? '', stray, config.policy.warmupMs)),
    ...leftOutLines(out, hand, snapshot),
    ...unseenLines(out, snapshot),
    ...hiddenLines(out, snapshot),
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

/** What `--proxy` leaves where it is: the brain may be split by what is done elsewhere. */
function leftOutLines(out: Output, hand: HandDecision, snapshot: Snapshot): readonly string[] {
  const gates = [...hand.held, ...hand.passed];
  const { producers } = hand.decision;
  return snapshot.proxies.flatMap(({ name, sight }) => {
    const told = [...hand.wanted, ...gates].some(({ proxy }) => proxy === name);
    if (told || sight.kind === 'unseen') return [];
    return producers
      .filter((server) => server !== hand.target)
      .map((server) => ({ server, sessions: sessionsAt(sight.value, server) }))
      .filter(({ sessions }) => sessions > 0)
      .map(({ server, sessions }) => {
        const stay = sessions === 1 ? '1 session stays' : `${sessions} sessions stay`;
        const text = `${name}: ${stay} on ${server}, since --proxy leaves ${name} out`;
        return paragraph(out, paint(out, 'yellow', text));
      });
  });
}

function unseenLines(out: Output, snapshot: Snapshot): readonly string[] {
  return snapshot.proxies.flatMap(({ name, sight }) => {
    if (sight.kind === 'seen') return [];
    const what = sight.fault.kind === 'peer' ? 'nothing can be done there from here' : 'not seen';
    return [paragraph(out, `${name}: ${paint(out, 'red', what)}: ${faultText(sight.fault)}`)];
  });
}

function hiddenLines(out: Output, { proxies }: Snapshot): readonly string[] {
  return oldWorkerLines(
    out,
    proxies.flatMap(({ name, sight }) =>
      sight.kind === 'seen' && sight.value.hidden !== null
        ? [{ name, why: hiddenText(sight.value.hidden, faultText) }]
        : [],
    ),
  );
}

function gateLines(out: Output, gates: readonly Gate[], nowMs: number): readonly string[] {
  return gates.map((gate) => {
    const { untilMs, reason } = gate;
    const opens = untilMs === null ? '' : `, ${duration(untilMs - nowMs)} more`;
    return `  ${wrap(`${gateAt(gate)}${opens}: ${reason}`, widthOf(out) - 2, '    ')}`;
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
  if (!daemon.ok) return paragraph(out, `Without a daemon: ${daemon.fault}.`);
  const { target, gates, mode, override } = daemon.value;
  const held = gates.map(gateAt);
  const same = target === hand.target ? 'wants the same' : `has the target ${target ?? 'none'}`;
  const ordered =
    override === null ? '' : ` by an override until ${clockTime(Date.parse(override.until))}`;
  return paragraph(
    out,
    `The daemon (mode ${mode}) ${same}${ordered}${held.length === 0 ? '' : `, and is held back by ${held.join(', ')}`}.`,
  );
}

/** One line for what has ended; `returnMs`: how long its sessions are waited for then. */
export function outcomeWords(out: Output, outcome: Outcome, returnMs: number): string {
  const { result, returned } = outcome;
  const failed = result === 'ok' ? 'green' : 'red';
  const colour = returned === false ? 'yellow' : failed;
  return paint(out, colour, paragraph(out, outcomeText(outcome, returnMs)));
}

/** The plan was shown just now: what went well need not tell its cause and its age again. */
function outcomeText(outcome: Outcome, returnMs: number): string {
  const { action, proxy, pid, server, target, result, returned, listed, tookMs, trail } = outcome;
  const which = action === 'close-session' ? ` in old worker ${pid}` : '';
  const where = server === null ? proxy : `${proxy}/${server}${which}`;
  const saw = trail.findLast(({ did }) => did === 'return')?.saw ?? '';
  if (returned === true) return `${where}: now ${saw}`;
  if (returned === false) {
    return `${where}: within ${duration(returnMs)} no client has come to ${target} (${saw}): those that were closed have not dialled again`;
  }
  const tookWords = `in ${Math.round(tookMs)} ms`;
  if (result === 'ok' && action === 'reload') return `${where}: reloaded ${tookWords}`;
  if (result === 'ok' && action === 'restart') {
    return `${where}: restarted ${tookWords}; waiting up to ${duration(returnMs)} for the clients`;
  }
  if (result !== 'ok' || listed === 0) return outcomeSentence(outcome, faultText);
  const closed = `${listed} ${listed === 1 ? 'session' : 'sessions'} closed ${tookWords}`;
  return `${where}: ${closed}; waiting up to ${duration(returnMs)} for the clients`;
}

/** After closing has failed: what the ladder holds next. */
export function nextRungText(out: Output, steps: readonly Step[]): string {
  const lead =
    'Closing has failed. The next rung, which mainstay run climbs and this command does not:';
  return [
    wrap(lead, widthOf(out), ''),
    ...steps.map((step) => `  ${wrap(climbTitle(step), widthOf(out) - 2, '    ')}`),
  ].join('\n');
}
