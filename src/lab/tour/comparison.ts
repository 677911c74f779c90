// The figures of both incidents side by side, for people.
import { DEFAULTS } from '../../config/defaults.ts';
import { SETTINGS } from '../settings.ts';
import { LONGER_MS } from './alone.ts';
import type { Figures, Lasting } from './figures.ts';
import { seconds } from './words.ts';

const LABEL = 50;
const COLUMN = 15;

/** Lines of at most 80 characters: the figures, what each of them is, and who measured it. */
export function comparison(mainstay: Figures, haproxy: Figures): readonly string[] {
  const row = (label: string, of: (figures: Figures) => string): string =>
    label.padEnd(LABEL) + of(mainstay).padStart(COLUMN) + of(haproxy).padStart(COLUMN);
  return [
    ''.padEnd(LABEL) + 'with mainstay'.padStart(COLUMN) + 'HAProxy alone'.padStart(COLUMN),
    'ha2 is cut off from main: split brain',
    row('  seen after (1)', (f) => seen(f.apartSeenMs)),
    row('  all on one producer again after (2)', (f) => lasting(f.united)),
    row('  all back on main, from when both reached it (3)', (f) => lasting(f.mended)),
    'main fails and returns: stuck on backup',
    row('  all on backup, by HAProxy itself, after', (f) => seconds(f.failoverMs)),
    row('  main up again: seen after (1)', (f) => seen(f.stuckSeenMs)),
    row('  a relay that restarts then comes to', (f) => f.redialledTo),
    row('  all back on main, from when it was up (3)', (f) => lasting(f.stuck)),
    'in all',
    row('  time with sessions on both', (f) => lasting(f.split)),
    row('  sessions closed to heal', (f) => String(f.closed)),
    row('  sessions closed that were in the right place', (f) => String(f.closedInPlace)),
    '',
    "Measured by: main and backup, who count their sessions; HAProxy's log, for when",
    "main was up; mainstay's decisions (/v1/decisions), for when it had seen it.",
    `>  not so when watching ended, which was ${LONGER_MS / 1000}s after the time mainstay took`,
    '-  HAProxy does not look for it',
    '1  from its beginning to the first decision that names it',
    `2  about ${SETTINGS.partial.after} of it is the wait partial.after, by default ${DEFAULTS.partial.after}`,
    `3  ${SETTINGS.failback.after} of it is the wait failback.after, by default ${DEFAULTS.failback.after}`,
  ];
}

function lasting({ ms, over }: Lasting): string {
  return `${over ? '> ' : ''}${seconds(ms)}`;
}

function seen(ms: number | null): string {
  return ms === null ? '-' : seconds(ms);
}
