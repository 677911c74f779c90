// The incident: the same faults in the same order, whoever watches. What is made of each is the watcher's.
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

/**
 * Called when the thing has happened; what comes next happens when it resolves. Times are wall clock, ms. Where a time
 * is given back: when the last session had come to where it belongs; null: not while it was watched.
 */
export interface Watcher {
  normal(): Promise<void>;
  /** ha2 has had main down since `cutMs`, and its sessions are on backup, the first since `sinceMs`. */
  apart(cutMs: number, sinceMs: number): Promise<number | null>;
  /** Main is up at ha2 again. */
  mended(sinceMs: number): Promise<number | null>;
  /** Main has failed, and HAProxy has moved every session to backup. */
  failedOver(failedMs: number, movedMs: number): Promise<void>;
  /** Main is up at both proxies. */
  returned(): Promise<void>;
  /** relay1 has dialled anew, and come to these producers, through ha1 and ha2. */
  redialled(to: readonly string[]): Promise<void>;
  /** Main has been up at the first proxy since `sinceMs`. */
  stuck(sinceMs: number): Promise<number | null>;
}

/** When what happened. */
export interface Incident {
  readonly fromMs: number;
  /** ha2 has main down. */
  readonly cutMs: number;
  /** Sessions on main through ha1, on backup through ha2. Healed: all are on one. */
  readonly apart: Phase;
  /** From when ha2 reached main again. Healed, as in `stuck`: all are on main. */
  readonly mended: Phase;
  readonly failedMs: number;
  readonly failedOverMs: number;
  /** Where a relay came to that dialled anew while all others were on backup and main was up. */
  readonly redialledTo: string;
  readonly stuck: Phase;
}

/** From when something could be healed. `healedMs` null: not before `untilMs`, when watching ended. */
export interface Phase {
  readonly sinceMs: number;
  readonly healedMs: number | null;
  readonly untilMs: number;
}

/** How many steps an incident has. */
export const STEPS = 6;

export async function playIncident(play: Play, watcher: Watcher): Promise<Incident> {
  const { lab, tell, checks } = play;
  const main = lab.producer('main');
  const fromMs = Date.now();
  tell.step('normal: every relay has reached main through both proxies');
  await checks.until('at first every session is on main', () => lab.allOn('main'));
  await watcher.normal();

  tell.step('ha2 cannot reach main any more; ha1 still can');
  const cut = lab.mark();
  await main.cut('ha2');
  const moved = (): boolean =>
    lab.count({ proxy: 'ha2', producer: 'backup' }) === lab.count({ proxy: 'ha1' });
  await checks.until('ha2 moves its sessions to backup', moved);
  const splitMs = lab.events(cut).find(({ producer }) => producer === 'backup')!.atMs;
  const cutMs = mainChanges(lab).at(-1)!.atMs;
  const apart = await phase(splitMs, () => watcher.apart(cutMs, splitMs));

  tell.step('ha2 can reach main again');
  await main.mend('ha2');
  await checks.until('ha2 sees main up again', () => mainIsUpAt(lab, 'ha2'));
  const upMs = mainChanges(lab).at(-1)!.atMs;
  const mended = await phase(upMs, () => watcher.mended(upMs));

  const failedMs = Date.now();
  tell.step('main fails');
  await main.kill();
  await checks.until('HAProxy moves every session to backup when main fails', () =>
    lab.allOn('backup'),
  );
  const failedOverMs = lastEventMs(lab);
  await watcher.failedOver(failedMs, failedOverMs);

  tell.step('main returns, for both proxies');
  const deadMs = Date.now();
  await main.restart();
  const upBoth = (): boolean => mainIsUpAt(lab, 'ha1') && mainIsUpAt(lab, 'ha2');
  await checks.until('both proxies see main up again', upBoth);
  const firstUpMs = mainChanges(lab).find(({ atMs, up }) => up && atMs >= deadMs)!.atMs;
  await watcher.returned();

  tell.step('relay1 restarts');
  const to = await redial(play);
  const stuck = await phase(firstUpMs, async () => {
    await watcher.redialled(to);
    return watcher.stuck(firstUpMs);
  });
  const redialledTo = [...new Set(to)].join(', ');
  return { fromMs, cutMs, apart, mended, failedMs, failedOverMs, redialledTo, stuck };
}

/** The wall clock of the latest thing that the producers counted. */
export function lastEventMs(lab: Lab): number {
  return lab.events().at(-1)?.atMs ?? 0;
}

/** Where relay1 comes to through ha1 and ha2. */
async function redial({ lab, checks }: Play): Promise<readonly string[]> {
  const mark = lab.mark();
  lab.relay('relay1').restart();
  const opened = () => lab.events(mark).filter(({ kind }) => kind === 'open');
  await checks.until('a relay that restarts is served', () => opened().length === 2);
  return opened()
    .toSorted((a, b) => a.proxy.localeCompare(b.proxy))
    .map(({ producer }) => producer);
}

async function phase(sinceMs: number, watch: () => Promise<number | null>): Promise<Phase> {
  const healedMs = await watch();
  return { sinceMs, healedMs, untilMs: Date.now() };
}
