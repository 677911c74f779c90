// The metrics as Prometheus reads them: the whole exposition after a story, and what must not linger in it.
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/domain/config.ts';
import { GATES, VERDICTS } from '../../src/domain/verdict.ts';
import type { WorkerView } from '../../src/domain/view.ts';
import { makeMetrics } from '../../src/report/metrics.ts';
import type { Metrics } from '../../src/report/metrics.ts';
import {
  done,
  judged,
  later,
  NOW,
  ON_BACKUP,
  ON_MAIN,
  peerSeen,
  peerUnseen,
  PLAN,
  POLICY,
  seen,
  server,
  SPLIT,
  STEP,
  unseen,
  worker,
} from './world.ts';

const NO_TLS = { ca: null, cert: null, key: null, serverName: null };
const NO_MORE = { master: null, stats: null, drive: true, reload: null, restart: null } as const;
const HA1 = {
  name: 'ha1',
  runtime: { kind: 'unix', path: '/run/ha1.sock', text: 'unix:/run/ha1.sock' },
  ...NO_MORE,
} as const;
const HA2 = {
  name: 'ha2',
  runtime: { kind: 'tcp', host: '::1', port: 9, text: 'tcp:[::1]:9' },
  ...NO_MORE,
} as const;

const PEER = { name: 'ha2', url: 'https://10.0.0.2:9847', token: null, ca: null };
const HOOK = {
  name: 'exec tell',
  on: ['action'],
  timeoutMs: 5000,
  to: { kind: 'exec', argv: ['tell'] },
} as const;

function metricsOf(policy = POLICY, proxies: Config['proxies'] = [HA1, HA2]): Metrics {
  const config = { cluster: 'ADA1', proxies, peers: [PEER], hooks: [HOOK], policy };
  return makeMetrics(config, { version: '0.1.0', node: 'v20.20.2' });
}

const split = judged({ verdict: 'split-brain', rule: 'R30', wanted: [STEP] });

/** A split brain that is held once, acted on, and healed, while ha2 goes out of sight. */
function afterTheStory(): Metrics {
  const metrics = metricsOf();
  const unconfirmed = { gate: 'unconfirmed', proxy: 'ha2', untilMs: null, reason: '' } as const;
  metrics.observeLook('ha1', 0.0004, true);
  metrics.observeLook('ha2', 0.003, true);
  metrics.observeLook('ha2', 0.8, false);
  metrics.observeDecision({ ...split, gates: [unconfirmed] }, SPLIT, NOW);
  metrics.observeDecision({ ...split, plan: PLAN }, SPLIT, later(1));
  metrics.observeOutcome(done());
  metrics.observeOutcome(done({ result: 'failed', convergedMs: null }));
  metrics.observeOutcome(done({ action: 'pin', reason: 'failed-over', convergedMs: null }));
  const ha1: [WorkerView, ...WorkerView[]] = [
    worker(12, false, server('main', 4), server('backup', 0, 'down'), server('canary', 3)),
    worker(11, true, server('main', 1), server('backup', 0)),
  ];
  const peers = [peerSeen()];
  const healed = { proxies: [seen('ha1', ha1, later(2)), unseen('ha2')], peers };
  metrics.observeHook('exec tell', 'ok');
  metrics.observeDecision(judged({ degraded: ['ha2'] }), healed, later(2));
  return metrics;
}

test('the exposition after a story is the golden one, whole', async () => {
  const text = (await afterTheStory().expose()).replaceAll(
    /^(process_\w+\{.*\}) [\d.e+]+$/gm,
    '$1 (varies)',
  );
  await expect(text).toMatchFileSnapshot('exposition.golden');
});

const promtool = spawnSync('promtool', ['--version']).error === undefined;

test.skipIf(!promtool)('promtool (package prometheus) has nothing to say against it', async () => {
  const input = await afterTheStory().expose();
  expect(execFileSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })).toBe('');
});

/** The series of one metric, as `labels -> value`, without the cluster. */
async function series(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const lines = (await metrics.expose()).split('\n');
  return Object.fromEntries(
    lines
      .filter((line) => line.startsWith(`${name}{`))
      .map((line) => {
        const [, labels = '', value = ''] = /\{(.*?),?cluster="ADA1"\} (.*)$/.exec(line) ?? [];
        return [labels, Number(value)];
      }),
  );
}

describe('before the first decision', () => {
  test('no peer is up, and no hook has been told of anything', async () => {
    const metrics = metricsOf();
    expect(await series(metrics, 'mainstay_peer_up')).toEqual({ 'peer="ha2"': 0 });
    expect(await series(metrics, 'mainstay_hook_total')).toEqual({
      'hook="exec tell",result="ok"': 0,
      'hook="exec tell",result="failed"': 0,
      'hook="exec tell",result="dropped"': 0,
    });
  });

  test('every verdict, gate, decision and action stands at 0', async () => {
    const metrics = metricsOf();
    const verdicts = await series(metrics, 'mainstay_verdict');
    expect(verdicts).toEqual(Object.fromEntries(VERDICTS.map((v) => [`verdict="${v}"`, 0])));
    const gates = await series(metrics, 'mainstay_gate');
    expect(gates).toEqual(Object.fromEntries(GATES.map((g) => [`gate="${g}"`, 0])));
    const decisions = Object.values(await series(metrics, 'mainstay_decisions_total'));
    expect(decisions).toEqual(Array(27).fill(0));
    const actions = await series(metrics, 'mainstay_actions_total');
    expect(actions).toMatchObject({
      'haproxy="ha1",action="close-server",reason="sticky",result="refused"': 0,
      'haproxy="ha2",action="reload",reason="split-brain",result="ok"': 0,
      'haproxy="ha1",action="pin",reason="holding",result="failed"': 0,
      'haproxy="ha1",action="release",reason="converged",result="ok"': 0,
    });
    expect(new Set(Object.values(actions))).toEqual(new Set([0]));
  });

  test('nothing is claimed of sessions, servers or targets', async () => {
    const metrics = metricsOf();
    for (const name of ['sessions', 'server_up', 'target', 'haproxy_info']) {
      expect(await series(metrics, `mainstay_${name}`)).toEqual({});
    }
    expect(await series(metrics, 'mainstay_haproxy_reachable')).toEqual({
      'haproxy="ha1"': 0,
      'haproxy="ha2"': 0,
    });
  });
});

test('a peer is up while it is seen', async () => {
  const metrics = metricsOf();
  for (const [peer, up] of [[peerSeen(), 1] as const, [peerUnseen('other'), 0] as const]) {
    metrics.observeDecision(judged(), { proxies: [], peers: [peer] }, NOW);
    expect(await series(metrics, 'mainstay_peer_up')).toEqual({ 'peer="ha2"': up });
  }
});

test('what came of telling a hook is counted', async () => {
  const metrics = metricsOf();
  metrics.observeHook('exec tell', 'dropped');
  metrics.observeHook('exec tell', 'dropped');
  expect(await series(metrics, 'mainstay_hook_total')).toMatchObject({
    'hook="exec tell",result="dropped"': 2,
  });
});

test('a pause shows for as long as it lasts', async () => {
  const metrics = metricsOf();
  for (const [paused, shown] of [[{ untilWallMs: null }, 1] as const, [null, 0] as const]) {
    metrics.observeDecision(judged({ paused }), SPLIT, NOW);
    expect(await series(metrics, 'mainstay_paused')).toEqual({ '': shown });
  }
});

test('the series of a proxy that is no longer seen disappear, and come back with it', async () => {
  const metrics = metricsOf();
  const names = ['sessions', 'server_up', 'haproxy_info', 'transport_info'].map(
    (name) => `mainstay_${name}`,
  );
  const ofHa2 = async () => {
    const all = await Promise.all(names.map((name) => series(metrics, name)));
    return all.flatMap((found) => Object.keys(found)).filter((labels) => labels.includes('ha2'));
  };
  metrics.observeDecision(split, SPLIT, NOW);
  expect(await ofHa2()).toHaveLength(8);
  metrics.observeDecision(split, { proxies: [ON_MAIN, unseen('ha2')] }, later(1));
  expect(await ofHa2()).toEqual([]);
  expect(await series(metrics, 'mainstay_last_look_timestamp_seconds')).toMatchObject({
    'haproxy="ha2"': (NOW.wallMs - 40) / 1000,
  });
  metrics.observeDecision(split, SPLIT, later(2));
  expect(await ofHa2()).toHaveLength(8);
});

test('old workers that cannot be seen have no number of sessions, not 0', async () => {
  const metrics = metricsOf();
  const serving = worker(2, false, server('main', 4));
  const hidden = { kind: 'no-master' } as const;
  metrics.observeDecision(
    judged(),
    { proxies: [seen('ha1', serving, NOW, { hidden }), seen('ha2', serving)] },
    NOW,
  );
  expect(await series(metrics, 'mainstay_sessions')).toEqual({
    'haproxy="ha1",server="main",worker="current"': 4,
    'haproxy="ha2",server="main",worker="current"': 4,
    'haproxy="ha2",server="main",worker="old"': 0,
  });
});

test('the sessions of several old workers are one number', async () => {
  const metrics = metricsOf();
  const workers: [WorkerView, ...WorkerView[]] = [
    worker(3, false, server('main', 4)),
    worker(2, true, server('main', 1), server('gone', 5)),
    worker(1, true, server('main', 2)),
  ];
  metrics.observeDecision(judged(), { proxies: [seen('ha1', workers)] }, NOW);
  expect(await series(metrics, 'mainstay_sessions')).toEqual({
    'haproxy="ha1",server="main",worker="current"': 4,
    'haproxy="ha1",server="main",worker="old"': 3,
    'haproxy="ha1",server="gone",worker="old"': 5,
  });
});

const ways = (metrics: Metrics) => series(metrics, 'mainstay_transport_info');

describe('the way in use', () => {
  test('is what is tried first before the first look, and then what the look was taken by', async () => {
    const page = { url: 'http://10.0.0.1/stats', auth: null, tls: NO_TLS };
    const ha3 = { ...HA1, name: 'ha3', runtime: null, stats: page };
    const told = { ...HA1, name: 'ha4', runtime: null };
    const metrics = metricsOf(POLICY, [HA1, HA2, ha3, told]);
    expect(await ways(metrics)).toEqual({
      'haproxy="ha4",transport="peer"': 1,
      'haproxy="ha1",transport="unix"': 1,
      'haproxy="ha2",transport="tcp"': 1,
      'haproxy="ha3",transport="stats"': 1,
    });
    const byPage = { way: 'stats', version: null, hidden: { kind: 'no-master' } } as const;
    const ha1 = seen('ha1', worker(null, false, server('main', 4)), NOW, byPage);
    metrics.observeDecision(judged(), { proxies: [ha1, unseen('ha2'), unseen('ha3')] }, NOW);
    expect(await ways(metrics)).toEqual({ 'haproxy="ha1",transport="stats"': 1 });
  });

  test('which does not tell the version leaves no version behind', async () => {
    const metrics = metricsOf();
    metrics.observeDecision(judged(), SPLIT, NOW);
    const ha1 = seen('ha1', worker(null, false), NOW, { way: 'stats', version: null });
    metrics.observeDecision(judged(), { proxies: [ha1] }, NOW);
    expect(await series(metrics, 'mainstay_haproxy_info')).toEqual({});
  });
});

test('a server without a check is neither up nor down, and an old worker says nothing of health', async () => {
  const metrics = metricsOf();
  const serving = worker(
    2,
    false,
    server('main', 0, 'unknown'),
    server('backup', 0, 'drain'),
    server('third', 0, 'maint'),
  );
  const old = worker(1, true, server('main', 0, 'up'));
  metrics.observeDecision(judged(), { proxies: [seen('ha1', [serving, old])] }, NOW);
  expect(await series(metrics, 'mainstay_server_up')).toEqual({
    'haproxy="ha1",server="backup"': 1,
    'haproxy="ha1",server="third"': 0,
  });
});

async function seconds(metrics: Metrics) {
  return {
    split: (await series(metrics, 'mainstay_split_brain_seconds_total'))[''],
    stranded: (await series(metrics, 'mainstay_stranded_seconds_total'))[''],
  };
}

describe('seconds of trouble', () => {
  const calm = { proxies: [ON_MAIN] };

  test('one look that shows a split brain does not count', async () => {
    const metrics = metricsOf();
    metrics.observeDecision(judged(), calm, NOW);
    metrics.observeDecision(split, SPLIT, later(1));
    metrics.observeDecision(judged(), calm, later(2));
    expect(await seconds(metrics)).toEqual({ split: 0, stranded: 0 });
  });

  test('they count from the second look that agrees, and only while it is seen', async () => {
    const metrics = metricsOf();
    for (const at of [0, 1, 2.5]) metrics.observeDecision(split, SPLIT, later(at));
    const blind = { proxies: [unseen('ha1'), unseen('ha2')] };
    metrics.observeDecision(judged({ verdict: 'blind' }), blind, later(3));
    metrics.observeDecision(split, SPLIT, later(4));
    expect(await seconds(metrics)).toEqual({ split: 2.5, stranded: 2.5 });
  });

  test('sessions together on another producer than the target are stranded, not split', async () => {
    const metrics = metricsOf();
    const sticky = judged({ verdict: 'sticky', rule: 'R50' });
    const together = { proxies: [ON_BACKUP] };
    metrics.observeDecision(sticky, together, NOW);
    metrics.observeDecision(sticky, together, later(1));
    expect(await seconds(metrics)).toEqual({ split: 0, stranded: 1 });
  });

  test('sessions on servers that are not producers, or with no target, are not stranded', async () => {
    const metrics = metricsOf();
    const foreign = { proxies: [seen('ha1', worker(1, false, server('canary', 4)))] };
    metrics.observeDecision(judged(), foreign, NOW);
    metrics.observeDecision(judged(), foreign, later(1));
    metrics.observeDecision(judged({ target: null }), SPLIT, later(2));
    metrics.observeDecision(judged({ target: null }), SPLIT, later(3));
    expect(await seconds(metrics)).toEqual({ split: 0, stranded: 0 });
  });

  test('an hour that nobody watched counts as ten seconds, or as two polls', async () => {
    const metrics = metricsOf();
    metrics.observeDecision(split, SPLIT, NOW);
    metrics.observeDecision(split, SPLIT, later(3600));
    expect(await seconds(metrics)).toEqual({ split: 10, stranded: 10 });
    const slow = metricsOf({ ...POLICY, pollIntervalMs: 30_000 });
    slow.observeDecision(split, SPLIT, NOW);
    slow.observeDecision(split, SPLIT, later(3600));
    expect(await seconds(slow)).toEqual({ split: 60, stranded: 60 });
  });
});

test('what is done after a scrape stands in the next one', async () => {
  const metrics = metricsOf();
  const closed = 'haproxy="ha2",action="close-server",reason="split-brain",result="ok"';
  const count = async () => (await series(metrics, 'mainstay_actions_total'))[closed];
  expect(await count()).toBe(0);
  metrics.observeOutcome(done());
  expect(await count()).toBe(1);
  metrics.observeOutcome(done());
  metrics.observeOutcome(done());
  expect(await count()).toBe(3);
});

test('the time of the last look is kept when the proxy goes out of sight before anybody asks', async () => {
  const metrics = metricsOf();
  metrics.observeDecision(split, SPLIT, NOW);
  metrics.observeDecision(split, { proxies: [ON_MAIN, unseen('ha2')] }, later(1));
  const last = await series(metrics, 'mainstay_last_look_timestamp_seconds');
  expect(last['haproxy="ha2"']).toBe((NOW.wallMs - 40) / 1000);
});
