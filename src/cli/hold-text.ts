// What `converge` says of holding: who keeps new connections on a producer, until when, and how that ended.
import type { HandDecision } from '../decide/by-hand.ts';
import type { Course } from './course.ts';
import type { HoldEnd } from './hold.ts';
import { clockTime, duration, paragraph } from './layout.ts';
import type { World } from './world.ts';

/** Before anything is done; null: nothing is to be held. */
export function holdWords(
  { clock, out }: World,
  { target, pins }: HandDecision,
  course: Course,
): string | null {
  const { wallMs } = clock.now();
  const by = (ms: number) => `${duration(ms)}, until ${clockTime(wallMs + ms)}`;
  const text = (words: string) => paragraph(out, words);
  switch (course.kind) {
    case 'against':
      return null;
    case 'hand-over':
      return text(
        `The daemon is to do this: an override makes ${target} its target for ${by(course.forMs)}, or until ${target} goes down or mainstay converge --clear ends it.`,
      );
    case 'alone': {
      if (course.holdMs === null) return null;
      const where = pins.filter(({ server }) => server !== null).map(({ proxy }) => proxy);
      return text(
        `HAProxy itself would not keep new connections on ${target}: at ${where.join(', ')} they are pinned to it, and this command stays to renew that for ${by(course.holdMs)}, or until ${target} goes down or Ctrl-C ends it.`,
      );
    }
    default:
      return course satisfies never;
  }
}

/** A restart closes more than the sessions that are named. */
export function question({ target, plan }: HandDecision, course: Course): string {
  if (course.kind === 'hand-over') {
    return `Have the daemon hold ${target} for ${duration(course.forMs)}? [y/N] `;
  }
  if (plan === null) return `Hold new connections on ${target}? [y/N] `;
  return plan.steps.every(({ server }) => server !== null)
    ? 'Close these sessions? [y/N] '
    : 'Do all of this? [y/N] ';
}

/** How the holding by this command ended. */
export function heldWords(end: HoldEnd, target: string): string {
  const stay = `new connections go where HAProxy sends them, and sessions on ${target} stay there`;
  switch (end) {
    case 'over':
      return `The time is over, and the pins are released: ${stay}.`;
    case 'stopped':
      return `Stopped, and the pins are released: ${stay}.`;
    case 'yielded':
      return `${target} is up at no proxy that is seen, and its pins are released: new connections go where HAProxy sends them.`;
    default:
      return end satisfies never;
  }
}
