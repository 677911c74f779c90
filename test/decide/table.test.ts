// Every view of two proxies and two producers has a defined result: table.txt, rewritten by UPDATE_TABLE=1, and laws for each row.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/domain/verdict.ts';
import { forbids } from './oracle.ts';
import { PAIRS, sayRow, settle, SIGHTS } from './table.ts';
import { POLICY } from './world.ts';

const file = new URL('table.txt', import.meta.url);

const LEGEND = `# What comes of every view of two proxies and two producers: one line for each view of ha2, under that of ha1.
# A producer is main, then backup: U up, u UP 1/3, D down, M maint, d drain; + with sessions, . without.
# Then: the verdict's rule, the rules that chose the target, the target; "close b1": backup's sessions at ha1, m main's; "held": gates,
# with the proxy: steer not-steerable, notup target-not-up, drain draining, blind; wait failback-wait.
# Everything has been as it is for a day, the supervisor began with a blank memory, and has had as many equal looks as
# split.after and confirm ask for: nothing is merely unconfirmed. The same views with the proxies exchanged are left out.
# Made by: UPDATE_TABLE=1 npx vitest run test/decide/table.test.ts
`;

const rows = PAIRS.map(([first, second]) => ({ first, second, ...settle(first, second) }));
type Row = (typeof rows)[number];

/** What the letters of a row say, and nothing that was computed from them. */
function read({ first, second }: Pick<Row, 'first' | 'second'>) {
  const proxies = [first, second].flatMap((shown, index) => {
    const [main = '', backup = ''] = shown === 'unseen' ? [] : shown.split(' ');
    return main === '' ? [] : [{ name: `ha${index + 1}`, main, backup }];
  });
  const busy = proxies.filter(({ main, backup }) => `${main}${backup}`.includes('+'));
  return { proxies, concerned: busy.length > 0 ? busy : proxies };
}

const isUp = (state: string) => /^[Uud]/.test(state);
const isUsed = (state: string) => state.endsWith('+');

function expectedVerdict(row: Row): Verdict {
  const { proxies } = read(row);
  const { target } = row.decision;
  if (proxies.length === 0) return 'blind';
  if (!proxies.some(({ main, backup }) => isUp(main) || isUp(backup))) return 'no-producer';
  const used = (['main', 'backup'] as const).filter((name) => proxies.some((p) => isUsed(p[name])));
  if (used.length === 2) return 'split-brain';
  const ups = proxies.filter((proxy) => isUp(target === 'main' ? proxy.main : proxy.backup));
  if (ups.length > 0 && ups.length < proxies.length) return 'views-differ';
  if (used.length === 0) return 'idle';
  if (used[0] !== target) return 'sticky';
  if (target === 'main') return 'converged';
  return proxies.some(({ main }) => isUp(main)) ? 'holding' : 'failed-over';
}

function expectEach(some: (row: Row) => boolean, law: (row: Row) => unknown): void {
  const these = rows.filter(some);
  expect(these.length).toBeGreaterThan(0);
  const broken = these.filter((row) => law(row) !== true);
  expect(broken.map(({ first, second }) => `${first} | ${second}`)).toEqual([]);
}

const every = () => true;
const bothSeen = (row: Row) => read(row).proxies.length === 2;
const mainIsFit = (row: Row) => read(row).concerned.every(({ main }) => main.startsWith('U'));
const stepsOf = (row: Row) => row.decision.plan?.steps ?? [];
const heldAt = (row: Row, name: string) => row.decision.gates.some((gate) => gate.proxy === name);
const closedAt = (row: Row, name: string, server: string) =>
  stepsOf(row).some((step) => step.proxy === name && step.server === server);

describe('the table of all views', () => {
  test('has 5151 rows, and is what it was', () => {
    expect(rows).toHaveLength(5151);
    const told = SIGHTS.map((first) => {
      const below = rows.filter((row) => row.first === first);
      return [`\nha1 ${first}`, ...below.map((row) => `  ${row.second.padEnd(6)} ${sayRow(row)}`)];
    });
    const text = `${LEGEND}${told.flat().join('\n')}\n`;
    if (process.env['UPDATE_TABLE'] === '1') writeFileSync(file, text);
    else expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('has the verdict that the letters call for, in every row', () => {
    expectEach(every, (row) => row.decision.verdict === expectedVerdict(row));
  });

  test('closes nothing that the last way out forbids', () => {
    expectEach(
      (row) => stepsOf(row).length > 0,
      ({ decision, snapshot }) =>
        stepsOf({ decision } as Row).every(
          (step) => forbids(step, decision.target ?? '', snapshot, POLICY) === null,
        ),
    );
  });

  test('is blind, and chooses nobody, where nothing is seen and nowhere else', () => {
    expectEach(
      every,
      (row) => (row.decision.verdict === 'blind') === (read(row).proxies.length === 0),
    );
    expectEach(
      (row) => row.decision.verdict === 'blind',
      ({ decision }) => decision.target === null && decision.gates.length === 2,
    );
  });

  test('brings everybody to main where it is fit to go to at every proxy that is in use', () => {
    expectEach(
      (row) => bothSeen(row) && mainIsFit(row),
      (row) =>
        row.decision.target === 'main' &&
        read(row).proxies.every(
          ({ name, backup }) =>
            !isUsed(backup) ||
            (backup === 'd+' ? heldAt(row, name) : closedAt(row, name, 'backup')),
        ),
    );
  });

  test('heals the proxy that is seen where it has sessions on both, and leaves a failback for later', () => {
    const alone = (shown: string) => (row: Row) => row.first === shown && row.second === 'unseen';
    expectEach(alone('U+ U+'), (row) => closedAt(row, 'ha1', 'backup') && heldAt(row, 'ha2'));
    expectEach(alone('U. U+'), (row) => row.decision.target === 'backup' && heldAt(row, 'ha2'));
  });

  test('keeps a target that is up nowhere only while nothing is up anywhere', () => {
    expectEach(
      (row) => row.decision.target !== null,
      (row) => {
        const { target, verdict } = row.decision;
        const ups = read(row).proxies.some((p) => isUp(target === 'main' ? p.main : p.backup));
        return ups || verdict === 'no-producer';
      },
    );
  });

  test('closes each session that is off the target, or holds its proxy by name', () => {
    expectEach(
      (row) => row.decision.target !== null,
      (row) => {
        const off = row.decision.target === 'main' ? 'backup' : 'main';
        return read(row).proxies.every(
          (proxy) =>
            !isUsed(proxy[off]) || closedAt(row, proxy.name, off) || heldAt(row, proxy.name),
        );
      },
    );
  });

  test('has the same result with the proxies exchanged', () => {
    const exchanged = (row: Row) => sayRow(row).replaceAll(/\b([a-z]+)([12])\b/g, swap);
    const swap = (_: string, word: string, at: string) => `${word}${at === '1' ? 2 : 1}`;
    const sorted = (line: string) => line.split(' ').toSorted().join(' ');
    const some = rows.filter((_, index) => index % 11 === 0);
    for (const row of some) {
      const other = settle(row.second, row.first);
      expect(sorted(exchanged(row)), `${row.first} | ${row.second}`).toBe(sorted(sayRow(other)));
    }
  });
});
