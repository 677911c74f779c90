// The moments in the life of a closing, found by what mainstay asks HAProxy and by what its journal says by then.
import { readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import type { Gate } from '../../src/domain/decision.ts';
import type { DecisionRecord } from '../../src/domain/journal.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Lab } from '../../src/lab/lab.ts';
import { goBetween, type GoBetween } from '../support/go-between.ts';
import { PROXIES } from './scenes.ts';
import type { LogLine } from './support.ts';

/** Puts a go-between before each proxy of the lab; also the `proxies` of a configuration that leads through them. */
export async function betweenAll(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  lab: Lab,
) {
  const [ha1, ha2] = await Promise.all(
    PROXIES.map((name) => goBetween(`${lab.dir}/${name}.sock`, lab.proxy(name).sockets.admin)),
  );
  if (ha1 === undefined || ha2 === undefined) throw new Error('a lab of two proxies');
  onTestFinished(async () => {
    for (const between of [ha1, ha2]) await between[Symbol.asyncDispose]();
  });
  const proxies = [ha1, ha2].map(({ path }, i) => ({ name: PROXIES[i], runtime: `unix:${path}` }));
  return { ha1, ha2, proxies };
}

/** A look, or the re-read just before acting. */
export const isLook = (line: string): boolean => line.startsWith('show cli level');

export const isShutdown = (line: string): boolean => line.startsWith('shutdown sessions server');

/** How many closings HAProxy was given. */
export const shutdowns = ({ passed }: GoBetween) => passed.filter(({ line }) => isShutdown(line));

/** The decisions in a journal, oldest first, as far as its lines are whole. */
export function decided(journal: string): readonly DecisionRecord[] {
  return textOf(journal)
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{') && line.includes('"kind":"decision"'))
    .map((line) => JSON.parse(line));
}

/** The last decision to close something at a proxy: a look there right after it is the re-read. */
export const planned = (journal: string, proxy: string): DecisionRecord | undefined =>
  decided(journal).findLast(({ decision }) =>
    decision.plan?.steps.some((step) => step.proxy === proxy),
  );

/** The gates that were shut before anything was closed. */
export function gatesBeforeActing(log: readonly LogLine[]): readonly Gate[] {
  const decisions = log.flatMap(({ decision }) => decision ?? []);
  const acting = decisions.findIndex(({ plan }) => plan !== null);
  return decisions.slice(0, acting).flatMap(({ gates }) => gates);
}

/** A journal's line of an hour ago, by a run that had closed nothing: a start that reads it need not be cautious. */
export function lineOfOld(): string {
  const now = { monoMs: 0, wallMs: Date.now() - 3_600_000 };
  const snapshot = { proxies: [] };
  const { memory: _, ...decision } = decide(snapshot, BLANK, DEFAULT_POLICY, now);
  const at = new Date(now.wallMs).toISOString();
  const record = {
    v: 1,
    at,
    kind: 'decision',
    now,
    snapshot,
    memory: BLANK,
    policy: DEFAULT_POLICY,
    decision,
  } satisfies DecisionRecord;
  return `${JSON.stringify(record)}\n`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
