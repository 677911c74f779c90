// Whether a worker does as its pin says: looks at one, a second apart, under a pin on backup.
import { describe, expect, test } from 'vitest';
import { heedOf, isHeeded } from '../../src/decide/heed.ts';
import type { Heed } from '../../src/domain/memory.ts';
import type { Pin, ServerView } from '../../src/domain/view.ts';
import { backup, main, POLICY, worker } from './world.ts';

const onBackup: Pin = { kind: 'table', serverId: 2, leaseMs: 9_000 };
const released: Pin = { ...onBackup, serverId: 0 };

interface Shown {
  /** When main was last given a session, in seconds; the first look is at 100. Null: never. */
  readonly mainS?: number | null;
  readonly pid?: number;
  readonly pin?: Pin;
  readonly backup?: Partial<ServerView>;
  /** How many seconds after the look before. */
  readonly afterS?: number;
}

function after(...looks: readonly Shown[]): Heed | null {
  let atS = 99;
  let lastLookMs: number | null = null;
  let heed: Heed | null = null;
  for (const { mainS = null, pid = 100, pin = onBackup, backup: differs, afterS = 1 } of looks) {
    atS += afterS;
    const lastSessionS = mainS === null ? null : Math.trunc(atS - mainS);
    const shown = worker([main({ lastSessionS }), backup(differs)], { pid });
    heed = heedOf({ heed, lastLookMs }, shown, pin, atS * 1_000, POLICY);
    lastLookMs = atS * 1_000;
  }
  return heed;
}

const missed = (...looks: readonly Shown[]) => after(...looks)?.missed ?? null;
const twice = [{}, { afterS: 2, mainS: 101.5 }, { afterS: 2, mainS: 103.5 }];
const thrice = [...twice, { afterS: 2, mainS: 105.5 }];

const endless = { pin: { ...onBackup, leaseMs: 0 } };
const again = { ...endless, afterS: 0 };

const rows: [says: string, misses: number | null, looks: readonly Shown[]][] = [
  ['counts when it surely came after the pin stood', 1, [{}, { afterS: 2, mainS: 101.5 }]],
  ['counts once', 1, [{}, { afterS: 2, mainS: 101.5 }, { mainS: 101.5 }, { mainS: 101.5 }]],
  ['counts once in a look that is judged again', 1, [endless, again, again]],
  ['counts again when there is another one', 3, thrice],
  ['does not count when it came before', 0, [{ mainS: 99 }, { mainS: 99 }, { mainS: 99 }]],
  ['does not count when it may have come before', 0, [{}, { mainS: 100.5 }, { mainS: 100.5 }]],
  ['does not count where none ever came', 0, [{}, {}, {}]],
  ['does not count where no pin stood', null, [{ pin: released }, { pin: released, mainS: 100.9 }]],
  ['counts an entry without a lease, that nothing would end', 3, [endless, endless, endless]],
  ['does not count where there is no table', null, [{ pin: { kind: 'no-table' } }]],
  [
    'does not count when the pin was on another server before',
    0,
    [{ pin: { ...onBackup, serverId: 1 } }, { afterS: 2, mainS: 101.5 }],
  ],
  [
    'does not count when the pinned server was down meanwhile',
    0,
    [{}, { afterS: 2, mainS: 101.5, backup: { lastChangeS: 0 } }],
  ],
  [
    'does not count after a gap in which the lease may have ended',
    0,
    [{}, { afterS: 4, mainS: 103 }],
  ],
];

describe('a session that went elsewhere under a pin', () => {
  test.each(rows)('%s: %s', (_, misses, looks) => {
    expect(missed(...looks)).toBe(misses);
  });

  test.each([
    ['is failing its check', { checkPassed: false }],
    ['is on its way down', { status: 'UP 1/3' }],
    ['is down', { status: 'DOWN' }],
  ])('is forgotten when the pinned server %s: it was redispatched', (_, differs) => {
    expect(missed(...thrice, { backup: differs })).toBe(0);
  });

  test('is remembered while the pin is released and set anew, and forgotten with its worker', () => {
    expect(missed(...thrice, { pin: released }, {})).toBe(3);
    expect(missed(...thrice, { pid: 101 })).toBe(0);
  });
});

test('a worker is taken to heed its pin until three looks have shown that it does not', () => {
  expect(isHeeded(null)).toBe(true);
  expect(isHeeded(after(...twice))).toBe(true);
  expect(isHeeded(after(...thrice))).toBe(false);
});
