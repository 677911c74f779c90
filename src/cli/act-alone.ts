// Acting by hand without a daemon: the pins, the plan, and then holding the target for as long as it was asked for.
import type { HandDecision } from '../decide/by-hand.ts';
import { actByHand, type Acted, type ByHand } from './by-hand-acts.ts';
import type { Ended } from './converge.ts';
import { nextRungText } from './converge-text.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { heldWords } from './hold-text.ts';
import { startHold } from './hold.ts';
import { clockTime, paragraph } from './layout.ts';

export const NOTHING_DONE: Acted = { outcomes: [], leftInOld: false, next: [] };

/** `holdMs`: from now; null: nothing is held. `well`: the exit code where all goes well. */
export async function actAlone(
  acting: ByHand,
  { target, plan, pins }: HandDecision,
  holdMs: number | null,
  well: ExitCode,
): Promise<Ended> {
  const { world, say, signal } = acting;
  const began = world.clock.now();
  const hold = holdMs === null || target === null ? null : startHold(acting, target, pins);
  const acted = plan === null ? NOTHING_DONE : await actByHand(acting, plan, pins);
  if (signal.aborted) say('Stopped: nothing more is done, and nobody is waited for.');
  if (acted.next.length > 0) say(nextRungText(world.out, acted.next));
  const ended = { ...endingOf(acted, well), acted };
  if (hold === null || holdMs === null || target === null) return ended;
  if (ended.ending !== 'done') {
    await hold.release();
    return ended;
  }
  const until = clockTime(began.wallMs + holdMs);
  const sentence = (text: string) => say(paragraph(world.out, text));
  if (!signal.aborted) sentence(`Holding ${target} until ${until}; Ctrl-C ends it.`);
  const end = await hold.until(began.monoMs + holdMs);
  await hold.release();
  sentence(heldWords(end, target));
  return { ...ended, hold: { to: target, until, by: 'command', end } };
}

function endingOf({ outcomes, leftInOld }: Acted, well: ExitCode): Ended {
  const results = new Set(outcomes.map((outcome) => outcome.result));
  if (results.has('refused')) return { ending: 'refused', code: EXIT.held };
  return results.has('failed') || results.has('abandoned') || leftInOld
    ? { ending: 'failed', code: EXIT.notConverged }
    : { ending: 'done', code: well };
}
