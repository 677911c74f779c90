// The incident watched with mainstay at work: it must see what is wrong, hold while it should, and heal it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '../../domain/verdict.ts';
import { DEFAULTS } from '../../config/defaults.ts';
import { mainChanges } from '../health.ts';
import type { Lab } from '../lab.ts';
import { FAILBACK_AFTER_S } from '../settings.ts';
import type { Supervisor } from '../supervisor.ts';
import { lastEventMs, type Play, type Watcher } from './incident.ts';
import { closedByProxies, type Course } from './measure.ts';
import { seconds, sessions } from './words.ts';

/** So that a person can read what was said. */
const PAUSE_MS = 1500;
/** HAProxy tells the age of a state in whole seconds (management.txt 9.1, lastchg): main may look this much older. */
const AGE_ERROR_MS = 1000;

export function withMainstay(play: Play, supervisor: Supervisor): Watcher {
  const { lab, tell, checks, signal } = play;
  const pause = (): Promise<void> => sleep(PAUSE_MS, undefined, { signal });
  const says = (verdict: Verdict): Promise<void> =>
    checks.until(`mainstay says ${verdict}`, () => supervisor.status()?.verdict === verdict);
  const closedSince = (fromMs: number) =>
    closedByProxies(courseOf(lab), { fromMs, toMs: Date.now() });

  /** Waits until all are on main again: what was on backup has been closed, that and nothing else. */
  const healed = async (what: string, sinceMs: number, strays: number): Promise<number> => {
    await checks.until(`mainstay heals ${what}`, () => lab.count({ producer: 'backup' }) === 0);
    const closed = closedSince(sinceMs);
    const those = closed.length === strays && closed.every(({ producer }) => producer === 'backup');
    checks.expect(`mainstay closes the sessions on backup and no other, to heal ${what}`, those);
    const tookMs = (closed.at(-1)?.atMs ?? 0) - sinceMs;
    tell.note(
      `mainstay has closed ${sessions(closed.length)}${those ? ', those on backup and no other' : ''}, ${seconds(tookMs)} after main was up again.`,
    );
    await checks.until(`every relay comes back to main after ${what}`, () => lab.allOn('main'));
    const healedMs = lastEventMs(lab);
    await says('converged');
    tell.note('The relays have dialled again: all are on main.', { mood: 'good' });
    await pause();
    return healedMs;
  };

  return {
    normal: async () => {
      await says('converged');
      tell.note('mainstay watches both proxies, and finds nothing to do.');
      await pause();
    },
    failedOver: async (failedMs, movedMs) => {
      await says('failed-over');
      checks.expect('mainstay closes nothing in a failover', closedSince(failedMs).length === 0);
      tell.note(
        `HAProxy has moved every session to backup in ${seconds(movedMs - failedMs)}, as it should. mainstay has nothing to do.`,
      );
      await pause();
    },
    halfReturned: async () => {
      tell.note('Nobody moves back: HAProxy leaves a session where it is for as long as it works.');
      await pause();
    },
    split: async (sinceMs) => {
      tell.note('SPLIT BRAIN: main and backup both serve, and neither knows of the other.', {
        mood: 'bad',
      });
      await says('split-brain');
      const gate = supervisor.status()?.gates[0];
      tell.note(
        `mainstay has seen it. It waits, and says for what: ${gate?.gate ?? 'nothing'}${gate === undefined ? '' : ` - ${gate.reason}`}.`,
      );
      checks.expect('mainstay names what holds it back while ha2 has no main', gate !== undefined);
      checks.expect('mainstay closes nothing meanwhile', closedSince(sinceMs).length === 0);
    },
    mendable: (sinceMs) => healed('the split brain', sinceMs, lab.count({ producer: 'backup' })),
    failedOverAgain: async () => {
      await says('failed-over');
      tell.note('HAProxy has moved every session to backup.');
      await pause();
    },
    stuck: async (sinceMs) => {
      await says('holding');
      tell.note(
        `STUCK: every session stays on backup. mainstay has seen it and waits ${FAILBACK_AFTER_S}s (failback.after, ${DEFAULTS.failback.after} by default): a main that comes and goes must not drag everybody along.`,
        { mood: 'bad' },
      );
      const waits = supervisor.status()?.gates.map(({ gate }) => gate) ?? [];
      checks.expect('mainstay names failback-wait', waits.includes('failback-wait'));
      const healedMs = await healed('the stickiness', sinceMs, lab.count({ producer: 'backup' }));
      const firstMs = closedSince(sinceMs)[0]?.atMs ?? 0;
      checks.expect(
        'mainstay closes nothing before failback.after is over',
        firstMs >= sinceMs + FAILBACK_AFTER_S * 1000 - AGE_ERROR_MS,
      );
      return healedMs;
    },
  };
}

/** All that happened so far. */
export function courseOf(lab: Lab): Course {
  return { events: lab.events(), health: mainChanges(lab) };
}
