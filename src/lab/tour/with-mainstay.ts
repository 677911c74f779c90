// The incident watched with mainstay at work: it must see what is wrong, wait while it should, and heal it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../domain/verdict.ts';
import { DEFAULTS } from '../../config/defaults.ts';
import { mainChanges } from '../health.ts';
import type { Lab } from '../lab.ts';
import { FAILBACK_AFTER_S, PARTIAL_AFTER_S } from '../settings.ts';
import type { Supervisor } from '../supervisor.ts';
import { lastEventMs, type Play, type Watcher } from './incident.ts';
import { closedByProxies, type Course } from './measure.ts';
import { seconds, sessions } from './words.ts';

/** So that a person can read what was said. */
const PAUSE_MS = 1200;
/** HAProxy tells the age of a state in whole seconds (management.txt 9.1, lastchg): main may look this much older. */
const AGE_ERROR_MS = 1000;

export function withMainstay(play: Play, supervisor: Supervisor): Watcher {
  const { lab, tell, checks, signal } = play;
  const pause = (): Promise<void> => sleep(PAUSE_MS, undefined, { signal });
  const says = (verdict: Verdict): Promise<void> =>
    checks.until(`mainstay says ${verdict}`, () => supervisor.status()?.verdict === verdict);
  const why = (): string => supervisor.status()?.why ?? '';
  const closedSince = (fromMs: number) =>
    closedByProxies(courseOf(lab), { fromMs, toMs: Date.now() });

  /**
   * Waits until all are on `to`: what was elsewhere has been closed, that and nothing else, and no session came to
   * `to` by itself before. Says when the last one had come.
   */
  const moved = async (
    to: 'main' | 'backup',
    what: string,
    sinceMs: number,
    earliestMs: number,
  ): Promise<number> => {
    const from = to === 'main' ? 'backup' : 'main';
    const strays = lab.count({ producer: from });
    await checks.until(`mainstay heals ${what}`, () => lab.count({ producer: from }) === 0);
    const closed = closedSince(sinceMs);
    const those = closed.length === strays && closed.every(({ producer }) => producer === from);
    checks.expect(`mainstay closes the sessions on ${from} and no other, to heal ${what}`, those);
    const firstMs = closed[0]?.atMs ?? 0;
    checks.expect(
      `mainstay waits as long as it should before it heals ${what}`,
      firstMs >= earliestMs,
    );
    const tookMs = (closed.at(-1)?.atMs ?? 0) - sinceMs;
    tell.note(
      `mainstay has closed ${sessions(closed.length)}${those ? `, those on ${from} and no other` : ''}, after ${seconds(tookMs)}.`,
    );
    await checks.until(`every relay comes to ${to} after ${what}`, () => lab.allOn(to));
    return lastEventMs(lab);
  };

  /** All are on backup, and wait for the failback to main; `sinceMs`: main is up everywhere. */
  const failedBack = async (what: string, sinceMs: number): Promise<number> => {
    const earliestMs = sinceMs + FAILBACK_AFTER_S * 1000 - AGE_ERROR_MS;
    const healedMs = await moved('main', what, sinceMs, earliestMs);
    const early = lab
      .events()
      .filter(
        ({ kind, producer, atMs }) =>
          kind === 'open' && producer === 'main' && atMs >= sinceMs && atMs < earliestMs,
      );
    checks.expect(`nobody comes to main before the wait is over, in ${what}`, early.length === 0);
    await says('converged');
    tell.note('The relays have dialled again: all are on main.', { mood: 'good' });
    await pause();
    return healedMs;
  };

  const waits = (): void => {
    const gates = supervisor.status()?.gates.map(({ gate }) => gate) ?? [];
    checks.expect('mainstay names failback-wait', gates.includes('failback-wait'));
  };

  return {
    normal: async () => {
      await says('converged');
      tell.note('mainstay watches both proxies, and finds nothing to do.');
      await pause();
    },
    apart: async (cutMs, sinceMs) => {
      tell.note('SPLIT BRAIN: ha1 is on main, ha2 on backup, and neither knows of the other.', {
        mood: 'bad',
      });
      await says('split-brain');
      await checks.until('mainstay says where to go', () => why().includes('backup'));
      tell.note(`mainstay has seen it. Most cuts are short, so it waits, and says so: ${why()}.`);
      const what = 'the split brain while ha2 is cut off';
      const healedMs = await moved('backup', what, sinceMs, cutMs + PARTIAL_AFTER_S * 1000);
      tell.note('All are on backup, which both proxies can reach: one of the two serves.', {
        mood: 'good',
      });
      await pause();
      return healedMs;
    },
    mended: async (sinceMs) => {
      await says('holding');
      waits();
      tell.note(
        `Nobody moves yet: what has just come back may go again. mainstay waits ${FAILBACK_AFTER_S}s (failback.after, ${DEFAULTS.failback.after} by default), then takes everybody back at once.`,
      );
      return failedBack('the cut that is mended', sinceMs);
    },
    failedOver: async (failedMs, movedMs) => {
      await says('failed-over');
      checks.expect('mainstay closes nothing in a failover', closedSince(failedMs).length === 0);
      tell.note(
        `HAProxy has moved every session to backup in ${seconds(movedMs - failedMs)}, as it should. mainstay closes nothing.`,
      );
      await pause();
    },
    returned: async () => {
      await says('holding');
      waits();
      tell.note(
        `mainstay waits again, and holds new connections on backup too: a pin in each HAProxy, which ends by itself if mainstay dies.`,
      );
    },
    redialled: async (to) => {
      checks.expect(
        'a relay that restarts stays on backup while mainstay waits',
        to.every((producer) => producer === 'backup'),
      );
      tell.note('It came to backup again. HAProxy alone would have sent it to main.');
    },
    stuck: (sinceMs) => failedBack('the stickiness', sinceMs),
  };
}

/** All that happened so far. */
export function courseOf(lab: Lab): Course {
  return { events: lab.events(), health: mainChanges(lab) };
}
