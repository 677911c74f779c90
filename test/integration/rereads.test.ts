// Between the decision and the closing the world may change: the re-read finds out, and what cannot be known is looked at again.
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/lab.ts';
import { betweenAll, isLook, isShutdown, planned, shutdowns } from './moments.ts';
import { closedByProxy, failOver, PROXIES, split, UNHELD, untilUp } from './scenes.ts';
import { openLab, start, type Daemon, type LogLine } from './support.ts';

/** Time enough to change the world while a look is held up; one look is enough to act. */
const WISHES = {
  ...UNHELD,
  poll: { interval: '2s', timeout: '2s' },
  confirm: 1,
  split: { after: '0s' },
  failback: { after: '0s' },
};

const refusals = (daemon: Daemon) => outcomes(daemon).filter(({ result }) => result === 'refused');
const outcomes = (daemon: Daemon) => daemon.log().flatMap(({ outcome }) => outcome ?? []);
const refused = ({ outcome }: LogLine) => outcome?.result === 'refused';

test.concurrent('main dies between the decision and the re-read: the step is refused and nothing is closed', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const journal = `${lab.dir}/journal`;
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  const dying = once(async () => {
    await lab.producer('main').kill();
    await downAt(lab, PROXIES);
  });
  ha1.intercept({ before: atReread(journal, 'ha1', dying) });
  ha2.intercept({ before: atReread(journal, 'ha2', dying) });
  const daemon = await start(t, lab, { ...WISHES, proxies, journal });
  await lab.until(() => refusals(daemon).length === 2, 10_000, 'both steps are refused');

  for (const outcome of refusals(daemon)) expect(outcome.gate).toBe('target-not-up');
  await lab.until(() => lab.allOn('backup'), 10_000, 'all are on backup');
  await daemon.looks('ha1', 2);
  expect([...shutdowns(ha1), ...shutdowns(ha2)]).toEqual([]);
  expect(closedByProxy(lab, mark, { producer: 'backup' })).toEqual([]);

  await lab.producer('main').restart();
  await lab.until(() => lab.allOn('main'), 15_000, 'all are on main in the end');
});

test.concurrent('main dies while HAProxy is slow to list the sessions: they are not closed any more', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const { ha1, proxies } = await betweenAll(t, lab);
  const dying = once(async () => {
    await lab.producer('main').kill();
    await downAt(lab, ['ha1']);
    const killedMs = Date.now();
    await lab.until(() => Date.now() - killedMs > 3000, 5000, 'a while has passed');
  });
  ha1.intercept({ after: (line) => (line === 'show sess' ? dying() : undefined) });
  const daemon = await start(t, lab, { ...WISHES, proxies });
  await daemon.until(({ outcome }) => outcome?.proxy === 'ha1', 15_000, 'ha1 has an outcome');

  expect(shutdowns(ha1)).toEqual([]);
  expect(closedByProxy(lab, mark, { proxy: 'ha1', producer: 'backup' })).toEqual([]);
});

test.concurrent('HAProxy is restarted between the decision and the re-read: another worker is not closed at', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const journal = `${lab.dir}/journal`;
  const { ha1, proxies } = await betweenAll(t, lab);
  const [pid = 0] = lab.proxy('ha1').workers();
  // A restart takes longer than a look may, elsewhere.
  const poll = { interval: '5s', timeout: '5s' };
  const restarting = once(() => lab.proxy('ha1').restart());
  ha1.intercept({ before: atReread(journal, 'ha1', restarting) });
  const daemon = await start(t, lab, { ...WISHES, poll, proxies, journal });
  const { outcome, msg } = await daemon.until(refused, 10_000, 'the step is refused');

  const [now = 0] = lab.proxy('ha1').workers();
  expect(outcome).toMatchObject({ proxy: 'ha1', gate: 'unconfirmed', listed: 0 });
  expect(outcome?.trail.map(({ saw }) => saw)).toEqual([
    `worker ${pid} was decided on, ${now} serves now`,
  ]);
  expect(msg).toContain('nothing was sent');
  await lab.until(() => lab.allOn('main'), 10_000, 'all are on main');
  expect(shutdowns(ha1)).toEqual([]);
});

test.concurrent('a failback that one proxy is not ready for moves nobody at the other', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await failOver(lab);
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
  const mark = lab.mark();
  const journal = `${lab.dir}/journal`;
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  const cutting = once(async () => {
    await lab.producer('main').cut('ha2');
    await downAt(lab, ['ha2']);
  });
  ha2.intercept({ before: atReread(journal, 'ha2', cutting) });
  const daemon = await start(t, lab, { ...WISHES, proxies, journal });
  await lab.until(() => refusals(daemon).length === 2, 10_000, 'both steps are refused');

  const why = Object.fromEntries(
    refusals(daemon).map(({ proxy, trail }) => [proxy, trail[0]?.saw]),
  );
  expect(why).toEqual({
    ha1: 'another proxy was not ready: all of them move, or none',
    ha2: expect.stringMatching(/^main is DOWN/),
  });
  await daemon.looks('ha1', 2);
  expect([...shutdowns(ha1), ...shutdowns(ha2)]).toEqual([]);
  expect(closedByProxy(lab, mark)).toEqual([]);
  expect(lab.allOn('backup')).toBe(true);

  await lab.producer('main').mend('ha2');
  await lab.until(() => lab.allOn('main'), 15_000, 'all are on main once ha2 sees it again');
});

test.concurrent('the answer to a closing is lost: what became of it is looked up, and it is not sent again', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  ha1.intercept({ after: (line) => (isShutdown(line) ? 'lose' : undefined) });
  const daemon = await start(t, lab, { ...WISHES, proxies });
  const { outcome } = await daemon.until(
    ({ outcome: one }) => one?.proxy === 'ha1',
    10_000,
    'ha1 has an outcome',
  );

  expect(outcome).toMatchObject({ result: 'ok', listed: 1, remaining: 0 });
  expect(outcome?.trail.map(({ did, saw }) => `${did}: ${saw}`)).toEqual([
    'list: 1 sessions on backup',
    'close: truncated',
    'verify: 0 of 1 are left',
  ]);
  await lab.until(() => lab.allOn('main'), 10_000, 'all are on main');
  await daemon.looks('ha1', 2);
  expect([shutdowns(ha1).length, shutdowns(ha2).length]).toEqual([1, 1]);
  expect(closedByProxy(lab, mark, { producer: 'main' })).toEqual([]);
});

test.concurrent('mainstay stands still after its re-read while main dies: it does not act on what it saw', async (t) => {
  const lab = await openLab(t, { relays: 2 });
  await split(lab, PROXIES, ['ha1']);
  const mark = lab.mark();
  const journal = `${lab.dir}/journal`;
  const { ha1, ha2, proxies } = await betweenAll(t, lab);
  const standing = once(async () => {
    const stopped = await started;
    stopped.signal('SIGSTOP');
    await lab.producer('main').kill();
    await downAt(lab, PROXIES);
    // The answers are handed over to a process that does not run.
    setTimeout(() => void waking(stopped), 0);
  });
  const waking = async (stopped: Daemon) => {
    const stoppedMs = Date.now();
    await lab.until(() => Date.now() - stoppedMs > 3000, 6000, 'mainstay has stood still for 3 s');
    stopped.signal('SIGCONT');
  };
  ha1.intercept({ after: atReread(journal, 'ha1', standing) });
  ha2.intercept({ after: atReread(journal, 'ha2', standing) });
  const started = start(t, lab, { ...WISHES, proxies, journal });
  const daemon = await started;
  await lab.until(() => outcomes(daemon).length >= 2, 15_000, 'both steps have an outcome');

  expect(outcomes(daemon).map(({ result }) => result)).toEqual(['refused', 'refused']);
  expect([...shutdowns(ha1), ...shutdowns(ha2)]).toEqual([]);
  expect(closedByProxy(lab, mark, { producer: 'backup' })).toEqual([]);
  await lab.producer('main').restart();
  await lab.until(() => lab.allOn('main'), 15_000, 'all are on main in the end');
});

/** Does `work` at the first look after the decision to close something at the proxy. */
function atReread(journal: string, proxy: string, work: () => Promise<void>) {
  return async (line: string): Promise<void> => {
    if (isLook(line) && planned(journal, proxy) !== undefined) await work();
  };
}

/** Waits until these proxies show main down. */
async function downAt(lab: Lab, proxies: readonly string[]): Promise<void> {
  const down = (proxy: string) =>
    lab
      .proxy(proxy)
      .logged(/Server bp\/main is (UP|DOWN)/)
      .at(-1)
      ?.text.includes('is DOWN') === true;
  await lab.until(() => proxies.every(down), 5000, `main is down at ${proxies.join(', ')}`);
}

/** What is done at the first call; every other waits for the same. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}
