// The incident watched with HAProxy alone: what it leaves as it is, for longer than mainstay needed to heal it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Play, Watcher } from './incident.ts';
import { seconds, sessions } from './words.ts';

/** How much longer it is watched than mainstay needed. */
export const LONGER_MS = 1500;

/** How long mainstay took to heal each trouble. */
interface Needed {
  readonly apartMs: number;
  readonly mendedMs: number;
  readonly stuckMs: number;
}

export function alone({ lab, tell, checks, signal }: Play, needed: Needed): Watcher {
  /** Looks on: nobody moves, and the brain stays split. */
  const staysSplit = async (neededMs: number, when: string, words: string): Promise<null> => {
    const forMs = neededMs + LONGER_MS;
    const before = lab.mark();
    tell.note(`Watching for ${seconds(forMs)}, longer than mainstay needed.`, { counts: false });
    await sleep(forMs, undefined, { signal });
    const onMain = lab.count({ producer: 'main' });
    const onBackup = lab.count({ producer: 'backup' });
    const stays = lab.events(before).length === 0 && onMain > 0 && onBackup > 0;
    checks.expect(`without mainstay the brain stays split ${when}`, stays);
    tell.note(`Still split: ${sessions(onMain)} on main, ${onBackup} on backup${words}`, {
      mood: 'bad',
    });
    return null;
  };
  return {
    normal: async () => {},
    apart: async () => {
      tell.note('SPLIT BRAIN, as before.', { mood: 'bad' });
      return staysSplit(needed.apartMs, 'while ha2 is cut off', '.');
    },
    mended: () =>
      staysSplit(
        needed.mendedMs,
        'when ha2 can reach main again',
        ". Nothing in HAProxy looks for it: each proxy's own sessions are all in one place.",
      ),
    failedOver: async (failedMs, movedMs) => {
      const took = seconds(movedMs - failedMs);
      tell.note(`HAProxy has moved every session to backup in ${took}, as before.`);
    },
    returned: async () =>
      tell.note('STUCK: HAProxy leaves a session where it is for as long as it works.', {
        mood: 'bad',
      }),
    redialled: async (to) => {
      checks.expect(
        'without mainstay a relay that restarts comes to main, and the others stay on backup',
        to.every((producer) => producer === 'main'),
      );
      tell.note('SPLIT BRAIN: it came to main, all the others are on backup.', { mood: 'bad' });
    },
    stuck: () =>
      staysSplit(
        needed.stuckMs,
        'when main has returned',
        ', for as long as the relays keep their connections.',
      ),
  };
}
