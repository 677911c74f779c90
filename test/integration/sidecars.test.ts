// Two sidecars whose link is cut: every cell of the table in docs/sidecars.md, by the producers' own counts.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test, type TestContext } from 'vitest';
import { takeApart, type Undo } from '../../src/lab/rig.ts';
import { HOSTS, LINK_CUTS, noNamespaces, type LinkCut } from './namespaces.ts';
import { closedByProxy, failOver, PATIENCE_MS, PROXIES, untilUp } from './scenes.ts';
import { measured, type Ending } from './support.ts';
import { bothSidecars, RELAYS, untilSeen, type Pair, type Sidecar } from './two-hosts.ts';

/** Longer than any wait of theirs after which something voluntary could be due. */
const CUT_LASTS_MS = 4000;
/** A poll and a second. */
const AGREE_MS = 1300;
/** Of each log, where a row fails. */
const TOLD_LINES = 30;

/** Brings it about, up to the cut. */
const PHASES: Readonly<Record<string, (pair: Pair, cut: () => Promise<void>) => Promise<void>>> = {
  normal: (_, cut) => cut(),
  failover: async ({ lab }, cut) => {
    await cut();
    await lab.producer('main').kill();
  },
  hold: async ({ lab }, cut) => {
    await failOver(lab);
    await lab.producer('main').restart();
    await untilUp(lab, PROXIES);
    await cut();
  },
  healing: async ({ lab }, cut) => {
    await lab.cutWay('ha1', 'main');
    const onBackup = () => lab.count({ proxy: 'ha1', producer: 'backup' }) === RELAYS;
    await lab.until(onBackup, PATIENCE_MS, "ha1's relays are on backup");
    await lab.mendWay('ha1', 'main');
    await untilUp(lab, ['ha1']);
    await cut();
  },
};

interface Row {
  readonly phase: string;
  readonly and: string;
  readonly cut: LinkCut;
  /** Where the relays are at ha1 and at ha2 while the cut lasts, and where all of them are afterwards. */
  readonly says: string;
}

/** A row for each cell; those of a kind, which share a pair of hosts, stand apart. */
function rows(): readonly Row[] {
  const text = readFileSync(new URL('../../docs/sidecars.md', import.meta.url), 'utf8');
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, phase = '']) => phase in PHASES)
    .flatMap(([, phase = '', and = '', ...cells]) =>
      LINK_CUTS.map((cut, i) => ({ phase, and, cut, says: cells[i] ?? '' })),
    );
}

const turns = new Map<string, Promise<Pair>>();
const ends: Undo = [];
const shared: Ending = {
  onTestFinished: (end) => void ends.push(end),
  onTestFailed: () => {},
};
afterAll(() => takeApart(ends));

const why = noNamespaces();
describe.skipIf(why !== null)(
  `the link between the sidecars is cut${why === null ? '' : ` (${why})`}`,
  () => {
    test('the table has a cell for every phase and cut, alone and with another cut', () => {
      expect(rows()).toHaveLength(Object.keys(PHASES).length * LINK_CUTS.length * 2);
    });

    test.concurrent.for(rows())(
      '$phase, $cut, $and: $says',
      async ({ phase, and, cut, says }, t) => {
        const [, atHa1 = '', atHa2 = '', after = ''] = /^(\w+), (\w+) → (\w+)$/.exec(says) ?? [];
        const expected = { ha1: atHa1, ha2: atHa2 };
        const alsoWay = and === 'ha2 cannot reach main';
        const pair = await takeTurn(t, `${cut}, ${alsoWay}`);
        const { lab, sidecars } = pair;
        let mark = 0;
        let cutMs = 0;
        await PHASES[phase]!(pair, async () => {
          mark = lab.mark();
          cutMs = Date.now();
          await lab.cutLink(cut);
          if (alsoWay) await lab.cutWay('ha2', 'main');
        });
        await sleep(CUT_LASTS_MS);

        expect(placesOf(pair)).toEqual(expected);
        for (const [i, sidecar] of sidecars.entries()) {
          const proxy = HOSTS[i]!;
          const plans = decisions(sidecar, cutMs).flatMap(({ plan }) => plan ?? []);
          expect(plans.filter(({ allOrNothing }) => allOrNothing)).toEqual([]);
          const steps = plans.flatMap((plan) => plan.steps);
          expect(steps.filter((step) => step.proxy !== proxy)).toEqual([]);
          const closed = closedByProxy(lab, mark, { proxy });
          expect(closed.length).toBeLessThanOrEqual(steps.length * RELAYS);
          for (const { atMs, producer } of closed) {
            expect(targetAt(sidecar, atMs), `when it closed what is on ${producer}`).not.toBe(
              producer,
            );
          }
        }
        const mendedMs = Date.now();
        await lab.mendLink();
        const agree = async () => {
          const all = await Promise.all(sidecars.map((one) => one.status()));
          return all.every(({ target }) => target === after);
        };
        await lab.until(agree, PATIENCE_MS, `both want ${after}`);
        const tookMs = Math.max(...sidecars.map((one) => decidedMs(one) - mendedMs), 0);
        measured(`one target after ${phase}, ${cut}, ${and}`, tookMs);
        expect(tookMs).toBeLessThan(AGREE_MS);
        await lab.until(() => lab.allOn(after), PATIENCE_MS, `all are on ${after}`);
        expect(await agree()).toBe(true);
      },
    );
  },
);

/**
 * The pair of hosts for rows of this kind, at rest: a pair a row would take two minutes. Rows of a kind follow each
 * other, in the order in which they come.
 */
async function takeTurn(t: TestContext, kind: string): Promise<Pair> {
  const before = turns.get(kind) ?? bothSidecars(shared);
  turns.set(kind, new Promise((resolve) => t.onTestFinished(() => resolve(before))));
  const pair = await before;
  t.onTestFailed(() => {
    for (const sidecar of pair.sidecars) {
      const told = sidecar.log().slice(-TOLD_LINES);
      console.log(told.map(({ time, msg }) => `${time} ${msg}`).join('\n'));
    }
  });
  await rest(pair);
  return pair;
}

/** Nothing is cut, and everybody is on main. */
async function rest({ lab, sidecars }: Pair): Promise<void> {
  await lab.mendLink();
  for (const host of HOSTS) await lab.mendWay(host, 'main');
  if (!lab.allOn('main')) await lab.producer('main').restart();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all are on main');
  await untilSeen(sidecars);
}

/** The decisions that it has told since then: those that changed something. */
function decisions(sidecar: Sidecar, sinceMs: number) {
  return sidecar
    .log()
    .filter(({ time }) => Date.parse(time) >= sinceMs)
    .flatMap(({ decision }) => decision ?? []);
}

/** What it wanted then. */
function targetAt(sidecar: Sidecar, atMs: number): string | null | undefined {
  const told = sidecar.log().filter(({ time }) => Date.parse(time) <= atMs);
  return told.findLast(({ decision }) => decision !== undefined)?.decision?.target;
}

/** When it began to want what it wants now, wall ms. */
function decidedMs(sidecar: Sidecar): number {
  const told = sidecar.log().filter(({ decision }) => decision !== undefined);
  const last = told.at(-1)?.decision?.target;
  const other = told.findLastIndex(({ decision }) => decision?.target !== last);
  return Date.parse(told[other + 1]?.time ?? '');
}

/** On which producers each proxy's sessions are. */
function placesOf({ lab }: Pair) {
  return Object.fromEntries(
    Object.entries(lab.counts()).map(([proxy, counts]) => [
      proxy,
      Object.keys(counts)
        .filter((producer) => counts[producer] !== 0)
        .join(' and '),
    ]),
  );
}
