// The incident watched with HAProxy alone: what it leaves as it is, for longer than mainstay needed to heal it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Play, Watcher } from './incident.ts';
import { seconds, sessions } from './words.ts';

/** How much longer it is watched than mainstay needed. */
export const LONGER_MS = 2000;

/** `needed`: how long mainstay took to heal each trouble. */
export function alone(
  { lab, tell, checks, signal }: Play,
  needed: { readonly splitMs: number; readonly stuckMs: number },
): Watcher {
  /** Looks on; whether at the end nobody has moved. */
  const watch = async (neededMs: number): Promise<boolean> => {
    const forMs = neededMs + LONGER_MS;
    const before = lab.mark();
    tell.note(`Watching for ${seconds(forMs)}, longer than mainstay needed.`, { counts: false });
    await sleep(forMs, undefined, { signal });
    return lab.events(before).length === 0;
  };
  return {
    normal: async () => {},
    failedOver: async (failedMs, movedMs) => {
      const took = seconds(movedMs - failedMs);
      tell.note(`HAProxy has moved every session to backup in ${took}, as before.`);
    },
    halfReturned: async () => {},
    split: async () => tell.note('SPLIT BRAIN, as before.', { mood: 'bad' }),
    mendable: async () => {
      const stays = await watch(needed.splitMs);
      const onMain = lab.count({ producer: 'main' });
      const onBackup = lab.count({ producer: 'backup' });
      checks.expect('without mainstay the brain stays split', stays && onMain > 0 && onBackup > 0);
      tell.note(
        `Still split: ${sessions(onMain)} on main, ${onBackup} on backup. Nothing in HAProxy looks for it.`,
        { mood: 'bad' },
      );
      return null;
    },
    failedOverAgain: async () => tell.note('All on backup again.'),
    stuck: async () => {
      const stays = await watch(needed.stuckMs);
      checks.expect(
        'without mainstay every session sticks to backup',
        stays && lab.allOn('backup'),
      );
      tell.note(
        `Still stuck: ${sessions(lab.count({ producer: 'backup' }))} on backup, none on main, for as long as the relays keep them.`,
        { mood: 'bad' },
      );
      return null;
    },
  };
}
