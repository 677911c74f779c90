// kill -9 and SIGSTOP at the worst moments: whatever was cut short, the next start ends in the same place.
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { isAlive } from '../../src/lab/processes.ts';
import type { Fate } from '../support/go-between.ts';
import {
  betweenAll,
  decided,
  gatesBeforeActing,
  isLook,
  isShutdown,
  lineOfOld,
  planned,
  shutdowns,
} from './moments.ts';
import { closedByProxy, PROXIES, split, UNHELD } from './scenes.ts';
import { openLab, start } from './support.ts';

const COOLDOWN_MS = 8000;

interface Point {
  readonly says: string;
  readonly side: 'before' | 'after';
  /** Whether to kill at this command to ha1; `shut`: the closing there has been sent before. */
  readonly at: (line: string, journal: string, shut: boolean) => boolean;
  /** Whether the line of the decision is then cut in half. */
  readonly tear?: true;
  /** Whether HAProxy has closed ha1's sessions by then. */
  readonly closed: boolean;
  /** Whether the journal knows that a closing was begun. */
  readonly known: boolean;
}

const POINTS: readonly Point[] = [
  {
    says: 'before the decision is in the journal',
    side: 'before',
    at: (line, journal) => isLook(line) && unconfirmed(journal),
    closed: false,
    known: false,
  },
  {
    says: 'in the middle of writing it there',
    side: 'before',
    at: (line, journal) => isLook(line) && planned(journal, 'ha1') !== undefined,
    tear: true,
    closed: false,
    known: false,
  },
  {
    says: 'after it is there, at the re-read',
    side: 'before',
    at: (line, journal) => isLook(line) && planned(journal, 'ha1') !== undefined,
    closed: false,
    known: true,
  },
  {
    says: 'after the closing, before its answer',
    side: 'after',
    at: isShutdown,
    closed: true,
    known: true,
  },
  {
    says: 'before the verification',
    side: 'before',
    at: (line, _, shut) => line === 'show sess' && shut,
    closed: true,
    known: true,
  },
];

test.concurrent.for(POINTS.map((point) => [point.says, point] as const))(
  'kill -9 %s: the next start ends in the same place',
  async ([, point], t) => {
    const lab = await openLab(t, { relays: 2 });
    await split(lab, PROXIES, ['ha1']);
    const mark = lab.mark();
    const journal = `${lab.dir}/journal`;
    const { ha1, ha2, proxies } = await betweenAll(t, lab);
    writeFileSync(journal, lineOfOld());
    const cooldown = `${COOLDOWN_MS}ms`;
    const settings = { ...UNHELD, cooldown, split: { after: '0s' }, proxies, journal };

    const kill = async (line: string, side: Point['side']): Promise<Fate> => {
      const now = side === point.side && point.at(line, journal, shutdowns(ha1).length > 0);
      if (now) await (await started).stop('SIGKILL');
      return now ? 'lose' : undefined;
    };
    ha1.intercept({ before: (line) => kill(line, 'before'), after: (line) => kill(line, 'after') });
    // What is done at ha1 by then is not yet done at ha2.
    ha2.intercept({ before: (line) => (isShutdown(line) ? 'lose' : undefined) });
    const started = start(t, lab, settings);
    const { pid } = await started;
    await lab.until(() => !isAlive(pid), 15_000, 'mainstay is killed');
    ha1.intercept({});
    ha2.intercept({});
    if (point.tear) tear(journal);
    const plans = PROXIES.map((proxy) => planned(journal, proxy));
    expect(plans[0] !== undefined).toBe(point.known);
    expect([ha1, ha2].map((proxy) => shutdowns(proxy).length)).toEqual([point.closed ? 1 : 0, 0]);
    if (point.closed) await strayAgain(lab);

    const again = await start(t, lab, settings);
    await lab.until(() => lab.allOn('main'), 30_000, 'all are on main');

    expect([ha1, ha2].map((proxy) => shutdowns(proxy).length)).toEqual([point.closed ? 2 : 1, 1]);
    const waits = [ha1, ha2].flatMap((proxy, i) => {
      const plan = plans[i];
      return plan ? [shutdowns(proxy).at(-1)!.atMs - Date.parse(plan.at)] : [];
    });
    for (const waitMs of waits) expect(waitMs).toBeGreaterThanOrEqual(COOLDOWN_MS);
    // On a machine so busy that the cooldown is over by now it holds nobody; it never does without a cause. A busy machine
    // may also have judged ha2 first, in a plan of its own that is in the journal.
    const held = gatesBeforeActing(again.log())
      .filter(({ gate }) => gate === 'cooldown')
      .map(({ proxy }) => proxy);
    expect(
      held.filter((proxy) => plans[PROXIES.findIndex((name) => name === proxy)] === undefined),
    ).toEqual([]);
    const passedOver = again
      .log()
      .filter(({ msg }) => msg.includes('cannot be read are passed over'));
    expect(passedOver).toHaveLength(point.tear ? 1 : 0);
    expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
    expect(await again.stop()).toMatchObject({ code: 0 });
  },
);

/** Once ha1 is healed: one of its sessions strays to backup again, while main is up. */
async function strayAgain(lab: Lab): Promise<void> {
  const on = (producer: string) => lab.count({ proxy: 'ha1', producer });
  await lab.until(() => on('main') === 2, 5000, 'ha1 is healed');
  await lab.proxy('ha1').ask('set server bp/main state drain');
  lab.relay('relay2').restart('ha1');
  await lab.until(() => on('backup') === 1, 5000, 'relay2 is on backup');
  await lab.proxy('ha1').ask('set server bp/main state ready');
}

/** Journals that do not tell what was done last, and what the log says of them; and one that does. */
const JOURNALS: Record<string, { lay: (path: string) => unknown; says: RegExp; atOnce?: true }> = {
  absent: { lay: () => {}, says: /no journal yet, it begins now/ },
  folder: { lay: (path) => mkdir(path), says: /the journal cannot be read back: it is a folder/ },
  torn: {
    lay: (path) => writeFileSync(path, lineOfOld().slice(0, 200)),
    says: /cannot be read are passed over; a crash leaves one/,
  },
  garbage: {
    lay: (path) => writeFileSync(path, '\0\xff\n{"v":1}\n[]\n42\n', 'latin1'),
    says: /cannot be read are passed over/,
  },
  good: { lay: (path) => writeFileSync(path, lineOfOld()), says: /watches/, atOnce: true },
};

test.concurrent('a start whose journal is absent, unreadable, torn or garbage says so and closes nothing before the cooldown', async (t) => {
  const names = Object.keys(JOURNALS);
  const lab = await openLab(t, { proxies: names, relays: 2 });
  await split(lab, names, names);
  const mark = lab.mark();
  const settings = (name: string) => ({
    ...UNHELD,
    proxies: [{ name, runtime: `unix:${lab.proxy(name).sockets.admin}` }],
    listen: lab.listen.replace(/\d+$/, String(20_000 + names.indexOf(name))),
    journal: `${lab.dir}/${name}.journal`,
    split: { after: '0s' },
    cooldown: '4s',
  });
  const daemons = await Promise.all(
    names.map(async (name) => {
      await JOURNALS[name]!.lay(`${lab.dir}/${name}.journal`);
      return start(t, lab, settings(name), { name });
    }),
  );
  await lab.until(() => lab.allOn('main'), 20_000, 'all are on main');

  for (const [i, name] of names.entries()) {
    const log = daemons[i]!.log();
    const held = gatesBeforeActing(log).filter(({ gate }) => gate === 'cooldown');
    const [closing] = closedByProxy(lab, mark, { proxy: name });
    const startMs = Date.parse(log.find(({ msg }) => msg.includes('watches backend'))!.time);
    const { says, atOnce = false } = JOURNALS[name]!;
    expect(log.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(says));
    expect(held[0]?.reason).toBe(
      atOnce ? undefined : `sessions at ${name} were closed lately, or may have been`,
    );
    expect(closing!.atMs - startMs).toBeGreaterThan(atOnce ? 0 : 4000 - 200);
  }
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('a supervisor that is stopped while the brain splits says that it stood still, and looks twice before it acts', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  const wishes = { split: { after: '0s' }, failback: { after: '0s' }, confirm: 1 };
  const daemon = await start(t, lab, { ...UNHELD, ...wishes });
  await daemon.until(({ decision }) => decision?.verdict === 'converged', 5000, 'all is well');
  const mark = lab.mark();

  daemon.signal('SIGSTOP');
  const stoppedMs = Date.now();
  await split(lab, PROXIES, ['ha1']);
  // Two rounds of 1 s and 800 ms are what it allows itself.
  await lab.until(() => Date.now() - stoppedMs > 4000, 10_000, 'it has been stopped for 4 s');
  expect(closedByProxy(lab, mark)).toEqual([]);
  const seen = daemon.log().length;
  daemon.signal('SIGCONT');
  await lab.until(() => lab.allOn('main'), 15_000, 'all are on main');

  const gates = gatesBeforeActing(daemon.log().slice(seen)).map(({ gate }) => gate);
  expect(gates).toContain('stalled');
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
  expect(closedByProxy(lab, mark, { producer: 'backup' })).toHaveLength(3);
});

/** Whether the last decision was held because one look is not enough: the next look confirms it. */
function unconfirmed(journal: string): boolean {
  const last = decided(journal).at(-1)?.decision;
  return last?.gates.some(({ gate }) => gate === 'unconfirmed') === true;
}

/** Cuts the line of the plan for ha1 in half; what was still written after it is gone too. */
function tear(path: string): void {
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(planned(path, 'ha1')!.at));
  const whole = lines.slice(0, at).map((line) => `${line}\n`);
  writeFileSync(path, [...whole, lines[at]!.slice(0, lines[at]!.length / 2)].join(''));
}
