// Where HAProxy's next new connection goes: main active, backup a backup, one difference a row.
import { describe, expect, test } from 'vitest';
import { leadsTo, nextServers, nextUnder } from '../../src/decide/steering.ts';
import type { Pin, ServerView, WorkerView } from '../../src/domain/view.ts';
import { backup, main, server, worker } from './world.ts';

const third = (differs: Partial<ServerView> = {}) =>
  server({ name: 'third', id: 3, backup: true, ...differs });
const NO_PIN: Pin = { kind: 'no-table' };
const rows: [says: string, next: string, servers: ServerView[], worker?: Partial<WorkerView>][] = [
  ['the active server', 'main', [main(), backup()]],
  ['an active server that is on its way down', 'main', [main({ status: 'UP 1/3' }), backup()]],
  ['an active server whose check failed', 'main', [main({ checkPassed: false }), backup()]],
  ['an active server without a check', 'main', [main({ status: 'no check' }), backup()]],
  ['an active server with a word that nobody knows', 'main', [main({ status: 'HUH' }), backup()]],
  ['the backup of a server that is down', 'backup', [main({ status: 'DOWN' }), backup()]],
  ['the backup of a server on its way up', 'backup', [main({ status: 'DOWN 2/3' }), backup()]],
  ['the backup of one in maintenance', 'backup', [main({ status: 'MAINT' }), backup()]],
  ['the backup of one that drains', 'backup', [main({ status: 'DRAIN' }), backup()]],
  ['the backup of one that wants no more', 'backup', [main({ status: 'NOLB' }), backup()]],
  ['the backup of one without weight', 'backup', [main({ weight: 0 }), backup()]],
  [
    'the backup of one without weight or check',
    'backup',
    [main({ status: 'no check', weight: 0 }), backup()],
  ],
  ['nobody', '', [main({ status: 'DOWN' }), backup({ status: 'MAINT' })]],
  ['nobody, where there are no servers', '', []],
  ['any active server', 'main,third', [main(), backup(), third({ backup: false })]],
  [
    'the first backup that is up',
    'third',
    [main({ status: 'DOWN' }), backup({ status: 'DOWN' }), third()],
  ],
  ['the first of two backups', 'backup', [main({ status: 'DOWN' }), backup(), third()]],
  [
    'the first of two backups, whatever they weigh',
    'backup',
    [main({ status: 'DOWN' }), backup({ weight: 100 }), third({ weight: 200 })],
    { backendWeight: 100 },
  ],
  [
    'any backup, where the backend weighs more than its first (option allbackups)',
    'backup,third',
    [main({ status: 'DOWN' }), backup(), third()],
    { backendWeight: 2 },
  ],
  [
    'the active server for all that allbackups says',
    'main',
    [main(), backup(), third()],
    { backendWeight: 3 },
  ],
];

describe('the next new connection', () => {
  test.each(rows)('goes to %s: %s', (_, next, servers, differs = {}) => {
    const shown = worker(servers, differs);
    expect(nextServers(shown).join()).toBe(next);
    for (const name of ['main', 'backup', 'third'])
      expect(leadsTo(shown, NO_PIN, name)).toBe(next === name);
  });

  const none = [main({ status: 'DOWN' }), backup(), third()];
  test('goes to the backup that is listed first, whatever ids the configuration gives', () => {
    // Measured on HAProxy 2.6.12: `server b1 … id 9 backup` before `server b2 … id 3 backup`, the next one goes to b1.
    const given = [main({ status: 'DOWN' }), backup({ id: 9 }), third({ id: 3 })];
    expect(nextServers(worker(given))).toEqual(['backup']);
  });
  test('may go to any backup where the weight of the backend is no number', () => {
    expect(leadsTo(worker(none, { backendWeight: NaN }), NO_PIN, 'backup')).toBe(false);
  });
  test('may go to an active server whose weight is no number', () => {
    expect(leadsTo(worker([main({ weight: NaN }), backup()]), NO_PIN, 'backup')).toBe(false);
  });
  test('does not surely go to a server whose own weight is no number', () => {
    expect(leadsTo(worker([main({ weight: NaN }), backup()]), NO_PIN, 'main')).toBe(false);
  });
});

const onBackup: Pin = { kind: 'table', serverId: 2, leaseMs: 9_000 };
const pinned: [says: string, next: string, servers: ServerView[], pin?: Pin][] = [
  ['where the pin says', 'backup', [main(), backup()]],
  ['to a pinned server that drains', 'backup', [main(), backup({ status: 'DRAIN' })]],
  ['to a pinned server that wants no more', 'backup', [main(), backup({ status: 'NOLB' })]],
  ['to a pinned server without weight', 'backup', [main(), backup({ weight: 0 })]],
  ['to a pinned server without a check', 'backup', [main(), backup({ status: 'no check' })]],
  ['past a pinned server that is down', 'main', [main(), backup({ status: 'DOWN' })]],
  ['past one on its way up', 'main', [main(), backup({ status: 'DOWN 1/3' })]],
  ['past one in maintenance', 'main', [main(), backup({ status: 'MAINT' })]],
  ['past an id that no server has', 'main', [main(), backup({ id: 3 })]],
  ['past a lease that is over', 'main', [main(), backup()], { ...onBackup, leaseMs: 0 }],
  ['past a lease that is no number', 'main', [main(), backup()], { ...onBackup, leaseMs: NaN }],
  ['past a released pin', 'main', [main(), backup()], { ...onBackup, serverId: 0 }],
  ['by the id, not the place', 'main', [main({ id: 2 }), backup({ id: 1 })]],
];

describe('with a pin, the next new connection', () => {
  test.each(pinned)('goes %s: %s', (_, next, servers, pin = onBackup) => {
    const shown = worker(servers);
    expect(nextUnder(shown, pin)).toEqual([next]);
    for (const name of ['main', 'backup']) expect(leadsTo(shown, pin, name)).toBe(next === name);
  });

  test('does not surely go to a pinned server whose weight is no number', () => {
    expect(leadsTo(worker([main(), backup({ weight: NaN })]), onBackup, 'backup')).toBe(false);
  });
});
