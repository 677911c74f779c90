// What is told of an incident afterwards: metrics, pages, and `status` with and without a daemon.
import { expect, test } from 'vitest';
import type { Status } from '../../src/domain/status.ts';
import { cutOff, FAST, PATIENCE_MS, UNHELD } from './scenes.ts';
import { mainstay, measured, openLab, start, values, writeConfig } from './support.ts';

test.concurrent('the metrics and the pages tell of an incident, and nothing old of a proxy that is gone', async (t) => {
  const lab = await openLab(t);
  const daemon = await start(t, lab, { ...UNHELD, ...FAST });
  const zero = await daemon.metrics();
  expect(values(zero, 'mainstay_actions_total')).not.toHaveLength(0);
  expect(values(zero, 'mainstay_actions_total').every((value) => value === 0)).toBe(true);

  await cutOff(lab, 'ha2');
  await daemon.until(({ decision }) => decision?.verdict === 'split-brain', PATIENCE_MS, 'split');
  const splitMs = Date.now();
  await daemon.looks('ha2', 4);
  await lab.producer('main').mend('ha2');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'it is healed');
  await daemon.until(({ decision }) => decision?.verdict === 'converged', PATIENCE_MS, 'said');
  const healedMs = Date.now();
  await daemon.looks('ha2', 2);

  const after = await daemon.metrics();
  const one = { haproxy: 'ha2', action: 'close-server', reason: 'split-brain', result: 'ok' };
  expect(values(after, 'mainstay_actions_total', one)).toEqual([1]);
  expect(values(after, 'mainstay_actions_total').reduce((sum, value) => sum + value, 0)).toBe(1);
  expect(values(after, 'mainstay_convergence_seconds_count')).toEqual([1]);
  expect(values(after, 'mainstay_convergence_seconds_sum')[0]).toBeLessThan(5);
  const [splitS] = values(after, 'mainstay_split_brain_seconds_total');
  measured('a split brain as its metric has it', splitS! * 1000);
  expect(splitS! * 1000).toBeGreaterThan(3 * 300);
  expect(splitS! * 1000).toBeLessThan(healedMs - splitMs + 1000);
  expect(
    values(after, 'mainstay_sessions', { haproxy: 'ha2', server: 'main', worker: 'current' }),
  ).toEqual([3]);
  expect(values(after, 'mainstay_verdict', { verdict: 'converged' })).toEqual([1]);
  expect((await daemon.get('/healthz')).status).toBe(200);
  expect((await daemon.get('/readyz')).status).toBe(200);
  const told = JSON.parse((await daemon.get('/v1/decisions?limit=50')).body);
  const verdicts = told.map((record: { decision: Status }) => record.decision.verdict);
  expect(verdicts[0]).toBe('converged');
  expect(verdicts).toContain('split-brain');
  expect(verdicts.at(-1)).toBe('converged');

  await lab.proxy('ha2').stop();
  await daemon.until(({ decision }) => decision?.degraded[0] === 'ha2', PATIENCE_MS, 'ha2 is gone');
  await daemon.looks('ha1', 1);
  const gone = await daemon.metrics();
  expect(values(gone, 'mainstay_haproxy_reachable', { haproxy: 'ha2' })).toEqual([0]);
  for (const name of ['mainstay_sessions', 'mainstay_server_up', 'mainstay_haproxy_info']) {
    expect(values(gone, name, { haproxy: 'ha2' })).toEqual([]);
    expect(values(gone, name, { haproxy: 'ha1' })).not.toEqual([]);
  }
  expect((await daemon.get('/healthz')).status).toBe(200);
  expect(await daemon.get('/readyz')).toMatchObject({
    status: 503,
    body: expect.stringContaining('ha2'),
  });
});

test.concurrent('status says the same with a daemon and without one, in text and as one JSON document', async (t) => {
  const lab = await openLab(t);
  const settings = { ...UNHELD, split: { after: '0s' }, steer: 'none' };
  const file = await writeConfig(lab, settings);
  const both = async (): Promise<{ code: number | null; json: Status; text: string }> => {
    const [json, text] = await Promise.all([
      mainstay('status', '--json', '-c', file),
      mainstay('status', '-c', file),
    ]);
    expect({ err: json.err, code: text.code }).toEqual({ err: '', code: json.code });
    expect(Math.max(...text.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    return { code: json.code, json: JSON.parse(json.out), text: text.out };
  };

  const good = await both();
  expect(good).toMatchObject({ code: 0, json: { source: 'look', verdict: 'converged' } });
  expect(good.text).toMatch(/^All 6 sessions are on main[^]*\nverdict +converged \(R70/);
  expect(good.text).toMatch(/no daemon listens/);
  expect(good.text).toMatch(/^ha1 +\d+ +3 UP +0 UP$/m);

  await cutOff(lab, 'ha2');
  const bad = await both();
  expect(bad).toMatchObject({ code: 2, json: { source: 'look', verdict: 'split-brain' } });
  expect(bad.text).toMatch(/^ha2 +\d+ +0 DOWN +3 UP$/m);
  expect(bad.text).toMatch(/^held back by\n(?:.*\n)* +not-steerable at ha1: /m);

  const daemon = await start(t, lab, settings);
  const served = await both();
  expect(served).toMatchObject({ code: 2, json: { source: 'daemon', verdict: 'split-brain' } });
  expect(served.text).toMatch(/^seen +by the daemon$/m);
  expect(shape(served.json)).toEqual(shape(bad.json));
  expect(served.json.proxies).toMatchObject(bad.json.proxies.map(({ name }) => ({ name })));

  await lab.proxy('ha2').stop();
  await daemon.until(
    ({ decision }) => decision?.verdict === 'converged' && decision.degraded[0] === 'ha2',
    PATIENCE_MS,
    'ha2 is gone, and all that can be seen is on main',
  );
  const unseen = await both();
  expect(unseen).toMatchObject({ code: 3, json: { verdict: 'converged', degraded: ['ha2'] } });
  expect(unseen.json.proxies[1]).toMatchObject({ reachable: false, workers: [] });
  expect(unseen.text).toMatch(/^ha2 +not seen: /m);
  await daemon.stop();
  expect(await both()).toMatchObject({ code: 3, json: { source: 'look', degraded: ['ha2'] } });
});

/** The names of all that stands in it, at every depth. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}
