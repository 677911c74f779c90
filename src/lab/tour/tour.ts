// The tour: one incident on real HAProxies, first with mainstay at work, then with HAProxy alone, and the two compared.
import type { Result } from '../../domain/result.ts';
import type { Screen } from '../../domain/screen.ts';
import { openLab } from '../open.ts';
import { makeSupervisor, type Program, type Supervisor } from '../supervisor.ts';
import { alone } from './alone.ts';
import { makeChecks, NotHeld, type Checks } from './checks.ts';
import { comparison } from './comparison.ts';
import { figuresOf, type Figures } from './figures.ts';
import { introduce, sayWhatNext } from './frame.ts';
import { playIncident, STEPS, type Play } from './incident.ts';
import { makeNarrator } from './narrator.ts';
import { courseOf, withMainstay } from './with-mainstay.ts';

const ABOUT_S = 70;
/**
 * Plays it on `screen`. Whether all that it claims held; or why it could not start, with the cure. Leaves no process
 * and no folder behind, also when `signal` aborts it.
 */
export async function tour(
  program: Program,
  screen: Screen,
  signal: AbortSignal,
): Promise<Result<boolean, string>> {
  const opened = await openLab();
  if (!opened.ok) return opened;
  const { lab, file } = opened.value;
  const checks = makeChecks(signal);
  const mainstay = makeSupervisor(program, { file, listen: lab.listen });
  const tell = makeNarrator({ lab, screen, steps: 2 * STEPS, aboutS: ABOUT_S, mainstay });
  let figures: Both | null = null;
  try {
    signal.throwIfAborted();
    introduce(screen, (await lab.proxy('ha1').ask('show version')).trim());
    await mainstay.start();
    figures = await bothParts({ lab, tell, checks, signal }, screen, mainstay);
  } catch (error) {
    if (!signal.aborted && !(error instanceof NotHeld)) checks.expect(String(error), false);
  } finally {
    tell.end();
    await mainstay.stop();
    await lab.stop();
  }
  if (signal.aborted) {
    screen.say('Stopped before its end. No process and no folder is left behind.');
    return { ok: true, value: false };
  }
  if (figures !== null) compare(screen, figures);
  sayHeld(screen, checks, mainstay);
  sayWhatNext(screen, program.spoken);
  return { ok: true, value: checks.broken().length === 0 };
}

interface Both {
  readonly mainstay: Figures;
  readonly haproxy: Figures;
}

async function bothParts(play: Play, screen: Screen, supervisor: Supervisor): Promise<Both> {
  const { lab, checks } = play;
  part(screen, 'The incident, with mainstay at work');
  const healed = await playIncident(play, withMainstay(play, supervisor));
  const mainstay = figuresOf(healed, courseOf(lab), await supervisor.decisions());
  checks.expect(
    'mainstay ends with exit code 0 when it is told to',
    (await supervisor.stop()) === 0,
  );

  part(screen, 'The same faults, mainstay being off');
  const { united, mended, stuck } = mainstay;
  const needed = { apartMs: united.ms, mendedMs: mended.ms, stuckMs: stuck.ms };
  const left = await playIncident(play, alone(play, needed));
  const haproxy = figuresOf(left, courseOf(lab), null);
  for (const [name, { closedInPlace }] of Object.entries({ mainstay, HAProxy: haproxy })) {
    checks.expect(`${name} closes no session that is in the right place`, closedInPlace === 0);
  }
  checks.expect('every trouble is found in the decisions of mainstay', isSeen(mainstay));
  return { mainstay, haproxy };
}

function isSeen({ apartSeenMs, stuckSeenMs }: Figures): boolean {
  return apartSeenMs !== null && stuckSeenMs !== null;
}

function part(screen: Screen, title: string): void {
  screen.say('');
  screen.say(title, { mood: 'title' });
}

function compare(screen: Screen, { mainstay, haproxy }: Both): void {
  part(screen, 'What was measured');
  for (const line of comparison(mainstay, haproxy)) screen.say(line);
}

function sayHeld(screen: Screen, checks: Checks, mainstay: Supervisor): void {
  const broken = checks.broken();
  screen.say('');
  if (broken.length === 0) {
    screen.say(`All ${checks.held()} claims held. No process and no folder is left behind.`, {
      mood: 'good',
    });
    return;
  }
  screen.say(`${checks.held()} claims held. These did NOT:`, { mood: 'bad' });
  for (const claim of broken) screen.say(claim, { lead: '  - ' });
  const tail = mainstay.tail();
  if (tail.length > 0) screen.say('The last that mainstay said:');
  for (const message of tail) screen.say(message, { lead: '  | ' });
}
