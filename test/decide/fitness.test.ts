// Fit to stay and fit to go to, one difference from a healthy server a row.
import { describe, expect, test } from 'vitest';
import { fitToStay, whyUnfit } from '../../src/decide/fitness.ts';
import type { ServerView, WorkerView } from '../../src/domain/view.ts';
import { main, worker } from './world.ts';

const rows: [differs: Partial<ServerView>, stays: boolean, unfit: string | null][] = [
  [{}, true, null],
  [{ weight: 256 }, true, null],
  [{ sessions: 0, lastChangeS: 0 }, true, null],
  [{ status: 'UP 1/3' }, true, 'main is UP 1/3 there'],
  [{ status: 'UP -1/3' }, true, 'main is UP -1/3 there'],
  [{ checkPassed: false }, true, "main's last health check there did not pass"],
  [{ weight: 0 }, true, 'main is draining there (UP)'],
  [{ status: 'DRAIN' }, true, 'main is draining there (DRAIN)'],
  [{ status: 'DRAIN (agent)' }, true, 'main is draining there (DRAIN (agent))'],
  [{ status: 'NOLB' }, true, 'main is draining there (NOLB)'],
  [{ status: 'DOWN' }, false, 'main is DOWN there'],
  [{ status: 'DOWN 2/3' }, false, 'main is DOWN 2/3 there'],
  [{ status: 'DOWN (agent)' }, false, 'main is DOWN (agent) there'],
  [{ status: 'MAINT' }, false, 'main is MAINT there'],
  [{ status: 'MAINT (via bp/other)' }, false, 'main is MAINT (via bp/other) there'],
  [{ status: 'no check' }, false, 'main has no health check there'],
  [{ status: 'something new' }, false, 'main has no health check there'],
];

describe('a server', () => {
  test.each(rows)('with %o stays: %s, and is unfit to go to because: %s', (differs, stays, why) => {
    expect(fitToStay(main(differs))).toBe(stays);
    const unfit = whyUnfit('main', main(differs), worker([]), 30_000);
    expect(unfit).toEqual(why === null ? null : { why, opensInMs: null });
  });

  test('that a proxy does not have is neither', () => {
    expect(fitToStay(null)).toBe(false);
    expect(whyUnfit('main', null, worker([]), 30_000)).toEqual({
      why: 'main is not a server there',
      opensInMs: null,
    });
  });
});

describe('a worker', () => {
  const young: [differs: Partial<WorkerView>, warmupMs: number, opensInMs: number | null][] = [
    [{ uptimeS: 0 }, 30_000, 30_000],
    [{ uptimeS: 29 }, 30_000, 1_000],
    [{ uptimeS: 30 }, 30_000, null],
    [{ uptimeS: 31 }, 30_000, null],
    [{ uptimeS: 0 }, 0, null],
    [{ uptimeS: 0 }, 500, 500],
  ];
  test.each(young)('%o with warmup %d ms is believed in %s ms', (differs, warmupMs, opensInMs) => {
    const unfit = whyUnfit('main', main(), worker([], differs), warmupMs);
    expect(unfit?.opensInMs ?? null).toBe(opensInMs);
    expect(unfit === null).toBe(opensInMs === null);
  });

  test('whose age is no number is not believed', () => {
    expect(whyUnfit('main', main(), worker([], { uptimeS: NaN }), 30_000)).not.toBeNull();
  });
});
