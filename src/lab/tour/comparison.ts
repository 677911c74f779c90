// The figures of both incidents side by side, for people.
import { DEFAULTS } from '../../config/defaults.ts';
import { SETTINGS } from '../settings.ts';
import { LONGER_MS } from './alone.ts';
import type { Figures, Lasting } from './figures.ts';
import { CUT_MS } from './incident.ts';
import { seconds } from './words.ts';

const LABEL = 50;
const COLUMN = 15;

/** Lines of at most 80 characters: the figures, what each of them is, and who measured it. */
export function comparison(mainstay: Figures, haproxy: Figures): readonly string[] {
  const row = (label: string, of: (figures: Figures) => string): string =>
    label.padEnd(LABEL) + of(mainstay).padStart(COLUMN) + of(haproxy).padStart(COLUMN);
  return [
    ''.padEnd(LABEL) + 'with mainstay'.padStart(COLUMN) + 'HAProxy alone'.padStart(COLUMN),
    row('failover by HAProxy: all on backup after', (f) => seconds(f.failoverMs)),
    'split brain',
    row('  seen after (1)', (f) => seen(f.splitSeenMs)),
    row('  all on main, from when it could be healed (2)', (f) => lasting(f.splitHealed)),
    row('  time with sessions on both (3)', (f) => lasting(f.split)),
    'stuck on backup',
    row('  seen after (1)', (f) => seen(f.stuckSeenMs)),
    row('  all on main, from when main was up (4)', (f) => lasting(f.stuckHealed)),
    'in all',
    row('  time stranded on backup while main was up', (f) => lasting(f.stranded)),
    row('  sessions closed to heal', (f) => String(f.closed)),
    row('  sessions closed that were in the right place', (f) => String(f.closedInPlace)),
    '',
    "Measured by: main and backup, who count their sessions; HAProxy's log, for when",
    "main was up; mainstay's decisions (/v1/decisions), for when it had seen it.",
    `>  not healed when watching ended, which was ${LONGER_MS / 1000}s after the time mainstay took`,
    '-  HAProxy does not look for it',
    '1  from its beginning to the first decision that names it',
    '2  from when main was up at both proxies',
    `3  for ${CUT_MS / 1000}s of it ha2 could not reach main, with mainstay and without`,
    `4  ${SETTINGS.failback.after} of it is the wait failback.after, by default ${DEFAULTS.failback.after}`,
  ];
}

function lasting({ ms, over }: Lasting): string {
  return `${over ? '> ' : ''}${seconds(ms)}`;
}

function seen(ms: number | null): string {
  return ms === null ? '-' : seconds(ms);
}
