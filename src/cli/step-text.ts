// What a step of a plan would do, for the person who is asked: which sessions, where, and at what cost.
import type { Step } from '../domain/decision.ts';
import { duration, paint, paragraph, widthOf, wrap } from './layout.ts';
import type { Strays } from './strays.ts';
import type { Output } from './world.ts';

const MOST_CLIENTS = 5;

/** `warmupMs`: how long a new worker has to run before it is believed. */
export function stepLines(
  out: Output,
  target: string,
  { step, sessions }: Strays,
  warmupMs: number,
): readonly string[] {
  const title = (text: string) => paragraph(out, text);
  const below = (text: string) => `  ${wrap(text, widthOf(out) - 2, '  ')}`;
  switch (step.action) {
    case 'close-server':
    case 'close-session':
      return [
        title(closingTitle(step, sessions?.length ?? step.sessions, target)),
        ...clientLines(step, sessions),
      ];
    case 'reload':
      return [title(climbTitle(step)), below(reloadCost(step, target, warmupMs))];
    case 'restart':
      return [title(climbTitle(step)), below(paint(out, 'yellow', restartCost(step, target)))];
    default:
      throw step.action satisfies never;
  }
}

/** `ha1: reload HAProxy, since …`. */
export function climbTitle({ action, proxy, climbed }: Step): string {
  return `${proxy}: ${action} HAProxy${climbed === null ? '' : `, since ${climbed}`}`;
}

function closingTitle({ action, proxy, server, pid }: Step, many: number, target: string): string {
  const [some, them] = many === 1 ? ['1 session', 'it'] : [`${many} sessions`, 'them'];
  const where = action === 'close-session' ? ` in old worker ${pid}` : '';
  return `${proxy}: close ${some} on ${server}${where}, to bring ${them} to ${target}`;
}

function clientLines({ pid }: Step, sessions: Strays['sessions']): readonly string[] {
  if (sessions === null) {
    return [
      pid === null ? '  (a statistics page does not list them)' : '  (HAProxy would not list them)',
    ];
  }
  const shown = sessions.slice(0, MOST_CLIENTS);
  const more = sessions.length - shown.length;
  return [
    ...shown.map(({ client, ageS }) => `  ${client}, connected for ${duration(ageS * 1000)}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}

function reloadCost({ proxy, sessions }: Step, target: string, warmupMs: number): string {
  const wrong = sessions === 1 ? 'the one that is not' : `the ${sessions} that are not`;
  return `No session is closed by that: those of ${proxy} go on in an old worker. There ${wrong} on ${target} are closed one by one, once the new worker has run for ${duration(warmupMs)}; the others are left to end.`;
}

function restartCost({ proxy, sessions }: Step, target: string): string {
  return `EVERY session of ${proxy} is closed by that, those on ${target} and those of other backends too. ${sessions} ${sessions === 1 ? 'is' : 'are'} not on ${target}.`;
}
