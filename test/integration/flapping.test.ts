// Main flaps on real HAProxies, with no wait and no cooldown: sessions are closed, no more often than docs/closings.md says.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SessionEvent } from '../../src/lab/ledger.ts';
import { closedByProxy, PATIENCE_MS, PROXIES } from './scenes.ts';
import { openLab, start } from './support.ts';

/** Main is up for so long, then down: checks of 100 ms believe it after two. */
const EVERY_MS = 700;
const TIMES = 5;
const BUDGET = { max: 4, withinMs: 5_000 };
/** Sessions that one closing ended are seen to end within this; who redials takes longer, at least 200 ms. */
const BURST_MS = 150;

test('while main flaps everything is closed within the bound, and when it stays nobody is sent to and fro', async (t) => {
  const lab = await openLab(t, { relays: 4 });
  const daemon = await start(t, lab, {
    poll: { interval: '200ms', timeout: '200ms' },
    warmup: '0s',
    cooldown: '0s',
    failback: { after: '0s' },
    split: { after: '0s' },
    budget: { max: BUDGET.max, within: `${BUDGET.withinMs / 1000}s` },
    verify: { return: '0s' },
  });
  const main = lab.producer('main');
  const mark = lab.mark();
  const since = Date.now();
  for (let time = 0; time < TIMES; time += 1) {
    await main.kill();
    await sleep(EVERY_MS);
    await main.restart();
    await sleep(EVERY_MS);
  }
  const stays = lab.mark();
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'everybody is on main, which stays');
  const rests = lab.mark();
  await daemon.looks('ha1', 6);

  const tookMs = Date.now() - since;
  const most = BUDGET.max * (1 + Math.floor(tookMs / BUDGET.withinMs));
  const closings = PROXIES.map((proxy) => bursts(closedByProxy(lab, mark, { proxy })));
  expect(Math.max(...closings)).toBeGreaterThan(0);
  expect(Math.max(...closings)).toBeLessThanOrEqual(most);
  for (const proxy of PROXIES) {
    expect(bursts(closedByProxy(lab, stays, { proxy }))).toBeLessThanOrEqual(1);
  }
  expect(closedByProxy(lab, rests)).toEqual([]);
  expect(await daemon.status()).toMatchObject({ verdict: 'converged', target: 'main' });
});

/** How many closings these ends of sessions belong to. */
function bursts(ends: readonly SessionEvent[]): number {
  const times = ends.map(({ atMs }) => atMs).toSorted((a, b) => a - b);
  return times.filter((atMs, at) => at === 0 || atMs - (times[at - 1] ?? 0) > BURST_MS).length;
}
