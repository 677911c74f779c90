// Every form of a server's status and of its check's result, by table.
import { expect, test } from 'vitest';
import { checkPassed, readStatus } from '../../src/haproxy/server-status.ts';
import type { Health } from '../../src/domain/view.ts';

const statuses: [status: string, health: Health][] = [
  ['UP', 'up'],
  ['UP 1/2', 'up'],
  ['UP 0/3', 'up'],
  ['UP -1/3', 'up'],
  ['UP 999/1000', 'up'],
  ['DOWN', 'down'],
  ['DOWN 1/3', 'down'],
  ['DOWN (agent)', 'down'],
  ['MAINT', 'maint'],
  ['MAINT (via bp/main)', 'maint'],
  ['MAINT (resolution)', 'maint'],
  ['DRAIN', 'drain'],
  ['DRAIN 1/2', 'drain'],
  ['DRAIN (agent)', 'drain'],
  ['NOLB', 'drain'],
  ['NOLB 1/2', 'drain'],
  ['no check', 'unknown'],
  ['', 'unknown'],
  ['up', 'unknown'],
  ['UPSIDE DOWN', 'unknown'],
  ['UP ', 'unknown'],
  ['UP\n', 'unknown'],
  ['UP 1/2 or so', 'unknown'],
  ['UP 1', 'unknown'],
  ['UP (agent)', 'unknown'],
  ['DOWN (of course)', 'unknown'],
  ['MAINT (via bp/main) UP', 'unknown'],
  ['no check at all', 'unknown'],
  ['STOPPED', 'unknown'],
];

test.for(statuses)('%j is %s', ([status, health]) => {
  expect(readStatus(status, 1)).toEqual({ health, settled: status === 'UP' });
});

test.for(statuses)('with weight 0, %j takes no new connections if it is %s', ([status, health]) => {
  expect(readStatus(status, 0).health).toBe(health === 'up' ? 'drain' : health);
});

const checks: [checkStatus: string, tracked: string, passed: boolean][] = [
  ['L4OK', '', true],
  ['L6OK', '', true],
  ['L7OK', '', true],
  ['L7OKC', '', true],
  ['PROCOK', '', true],
  ['* L7OK', '', true],
  ['L4CON', '', false],
  ['* L7TOUT', '', false],
  ['INI', '', false],
  ['UNK', '', false],
  ['* ', '', false],
  ['* * L4OK', '', false],
  ['*L4OK', '', false],
  ['L4OK ', '', false],
  ['l4ok', '', false],
  ['', '', false],
  ['', 'bp/main', true],
  ['L4CON', 'bp/main', false],
];

test.for(checks)(
  'the check %j of a server that tracks %j passed: %s',
  ([check, tracked, passed]) => {
    expect(checkPassed(check, tracked)).toBe(passed);
  },
);
