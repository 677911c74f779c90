// What `converge` says to the person at the terminal: the plan, what holds it back, and what became of it.
import type { HandDecision } from '../decide/by-hand.ts';
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
  const { verdict, rule } = hand.decision;
  const nowMs = world.clock.now().monoMs;
  const target = hand.target ?? 'none: no producer is up at any proxy that is seen';
  const lines = [
    `${paint(out, 'bold', verdict)} (${rule}), cluster ${config.cluster}, backend ${config.backend}`,
    wrap(`target ${target}${hand.target === null ? '' : `: ${hand.why}`}`, widthOf(out), '  '),
    '',
    ...(hand.wanted.length === 0
      ? ['Nothing is to be closed.']
      : strays.flatMap((stray) => strayLines(out, hand.target ?? '', stray))),
    ...unseenLines(out, snapshot),
    ...levelLines(out, hand, snapshot),
  ];
  if (hand.plan !== null) {
    const notice =
      'Each of these connections is closed once. Its client sees that and dials again by its own schedule; the new connection goes to the target.';
    lines.push('', wrap(notice, widthOf(out), ''));
  }
  if (hand.held.length > 0) {
    lines.push(
      '',
      paint(out, 'red', 'Held back, nothing is closed:'),
      ...gateLines(out, hand.held, nowMs),
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
  if (sessions === null) return [title, '  (HAProxy would not list them)'];
  const shown = sessions.slice(0, MOST_CLIENTS);
  const more = sessions.length - shown.length;
  return [
    wrap(title, widthOf(out), '  '),
    ...shown.map(({ client, ageS }) => `  ${client}, connected for ${duration(ageS * 1000)}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
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

/** What the daemon is doing meanwhile, so that two wills do not meet unawares. */
export function daemonWords(
  out: Output,
  daemon: Result<Status, string>,
  hand: HandDecision,
): string {
  if (!daemon.ok) return wrap(`No daemon has a say: ${daemon.fault}.`, widthOf(out), '  ');
  const { target, gates, mode } = daemon.value;
  const held = gates.map(({ gate, proxy }) => (proxy === null ? gate : `${gate} at ${proxy}`));
  const same = target === hand.target ? 'wants the same' : `has the target ${target ?? 'none'}`;
  return wrap(
    `The daemon (mode ${mode}) ${same}${held.length === 0 ? '' : `, and is held back by ${held.join(', ')}`}.`,
    widthOf(out),
    '  ',
  );
}

/** One line for what has ended. */
export function outcomeWords(out: Output, outcome: Outcome): string {
  const colour = outcome.result === 'ok' ? 'green' : 'red';
  return paint(out, colour, wrap(outcomeSentence(outcome, faultText), widthOf(out), '  '));
}
