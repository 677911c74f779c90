// The incident: the same faults in the same order, whoever watches. What is made of each is the watcher's.
import { setTimeout as sleep } from 'node:timers/promises';
import { mainChanges, mainIsUpAt } from '../health.ts';
import type { Lab } from '../lab.ts';
import type { Checks } from './checks.ts';
import type { Narrator } from './narrator.ts';

/** What a part of the tour is played with. */
export interface Play {
  readonly lab: Lab;
  readonly tell: Narrator;
  readonly checks: Checks;
  readonly signal: AbortSignal;
}

/** Called when the thing has happened; what comes next happens when it resolves. Times are wall clock, ms. */
export interface Watcher {
  normal(): Promise<void>;
  /** Main has failed, and HAProxy has moved every session to backup. */
  failedOver(failedMs: number, movedMs: number): Promise<void>;
  /** Main is back for ha1 alone, and no session is on it. */
  halfReturned(): Promise<void>;
  /** A session has come to main, the others are on backup. */
  split(sinceMs: number): Promise<void>;
  /** Main is up at both proxies. When the last session had come to main; null: not while it was watched. */
  mendable(sinceMs: number): Promise<number | null>;
  failedOverAgain(): Promise<void>;
  /** Main is up at both proxies, at the first since `sinceMs`, and every session is on backup. As `mendable`. */
  stuck(sinceMs: number): Promise<number | null>;
}

/** When what happened. `healedMs` null: not before `untilMs`, when watching ended. */
export interface Incident {
  readonly fromMs: number;
  readonly failedMs: number;
  readonly failedOverMs: number;
  readonly splitMs: number;
  readonly mendable: Phase;
  readonly stuck: Phase;
}

/** From when something could be healed. */
export interface Phase {
  readonly sinceMs: number;
  readonly healedMs: number | null;
  readonly untilMs: number;
}

/** How many steps an incident has. */
export const STEPS = 7;
/** How long ha2 is without main while the brain is split. */
export const CUT_MS = 3000;

export async function playIncident(play: Play, watcher: Watcher): Promise<Incident> {
  const { lab, tell, checks, signal } = play;
  const main = lab.producer('main');
  const fromMs = Date.now();
  tell.step('normal: every relay has reached main through both proxies');
  await checks.until('at first every session is on main', () => lab.allOn('main'));
  await watcher.normal();

  const failedMs = Date.now();
  tell.step('main fails');
  await failOver(play);
  const failedOverMs = lastEventMs(lab);
  await watcher.failedOver(failedMs, failedOverMs);

  tell.step('main returns, but ha2 cannot reach it yet');
  await main.cut('ha2');
  await main.restart();
  await checks.until('ha1 sees main up again', () => mainIsUpAt(lab, 'ha1'));
  await watcher.halfReturned();

  tell.step('relay1 restarts, and ha1 sends it to main');
  lab.relay('relay1').restart('ha1');
  const onMain = (): boolean => lab.count({ producer: 'main' }) === 1;
  await checks.until('a relay that restarts comes to main through ha1', onMain);
  const splitMs = lastEventMs(lab);
  await watcher.split(splitMs);
  await sleep(Math.max(0, splitMs + CUT_MS - Date.now()), undefined, { signal });

  tell.step('ha2 can reach main again');
  await main.mend('ha2');
  await checks.until('ha2 sees main up again', () => mainIsUpAt(lab, 'ha2'));
  const upMs = mainChanges(lab).at(-1)!.atMs;
  const mendable = await phase(upMs, () => watcher.mendable(upMs));

  tell.step('main fails once more');
  await failOver(play);
  await watcher.failedOverAgain();

  tell.step('main returns, for both proxies');
  const downMs = Date.now();
  await main.restart();
  const upBoth = (): boolean => mainIsUpAt(lab, 'ha1') && mainIsUpAt(lab, 'ha2');
  await checks.until('both proxies see main up again', upBoth);
  const firstUpMs = mainChanges(lab).find(({ atMs, up }) => up && atMs >= downMs)!.atMs;
  const stuck = await phase(firstUpMs, () => watcher.stuck(firstUpMs));
  return { fromMs, failedMs, failedOverMs, splitMs, mendable, stuck };
}

/** The wall clock of the latest thing that the producers counted. */
export function lastEventMs(lab: Lab): number {
  return lab.events().at(-1)?.atMs ?? 0;
}

async function failOver({ lab, checks }: Play): Promise<void> {
  await lab.producer('main').kill();
  await checks.until('HAProxy moves every session to backup when main fails', () =>
    lab.allOn('backup'),
  );
}

async function phase(sinceMs: number, watch: () => Promise<number | null>): Promise<Phase> {
  const healedMs = await watch();
  return { sinceMs, healedMs, untilMs: Date.now() };
}
