// The metrics of contract.md, fed by what the loop decided, saw and did.
import { Registry } from 'prom-client';
import type { Config } from '../domain/config.ts';
import type { Judgement, Outcome } from '../domain/decision.ts';
import type { Now } from '../domain/time.ts';
import { ACTIONS, GATES, HOOK_RESULTS, RESULTS, VERDICTS } from '../domain/verdict.ts';
import type { HookResult, Verdict } from '../domain/verdict.ts';
import type { Health, Snapshot } from '../domain/view.ts';
import { ACTIONS_TOTAL, makeInstruments } from './instruments.ts';
import type { Instruments } from './instruments.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { makeTroubleTime } from './trouble-time.ts';
import { wallMs } from './wall.ts';

export interface Metrics {
  /** Once a tick, with what the decision was made from. */
  observeDecision(judgement: Judgement, snapshot: Snapshot, now: Now): void;
  /** Once a look. A failed one is not timed: a refused connection would make a dead HAProxy look fast. */
  observeLook(proxy: string, durationS: number, ok: boolean): void;
  /** Once an outcome. Of pins that were only renewed none but those that failed: else each proxy would count ticks. */
  observeOutcome(outcome: Outcome): void;
  /** Once a delivery, or for what was dropped. `hook`: its name in the configuration. */
  observeHook(hook: string, result: HookResult): void;
  /** All metrics in Prometheus' text format, which is also `contentType`. */
  expose(): Promise<string>;
  readonly contentType: string;
}

/** The verdicts under which sessions can be off the target, so that there is something to close. */
const ACTED_ON = ['split-brain', 'views-differ', 'sticky'] as const satisfies readonly Verdict[];
/** Those under which a proxy is seen, so that it can be pinned. */
const PINNED_UNDER = VERDICTS.filter((verdict) => verdict !== 'blind');

/** On a registry of its own, with `cluster` on every series. What can be counted stands at 0 from the start. */
export function makeMetrics(
  config: Pick<Config, 'cluster' | 'proxies' | 'peers' | 'hooks' | 'policy'>,
  build: { readonly version: string; readonly node: string },
): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ cluster: config.cluster });
  const instruments = makeInstruments(registry);
  addProcessMetrics(registry);
  startAtZero(instruments, config);
  instruments.mode.set({ mode: 'converge' }, config.policy.mode === 'converge' ? 1 : 0);
  instruments.mode.set({ mode: 'observe' }, config.policy.mode === 'observe' ? 1 : 0);
  instruments.build.set(build, 1);

  /** Their text: two thirds of all series, which hardly ever change. */
  let actions: Promise<string> | null = null;
  const troubleTime = makeTroubleTime(config.policy.pollIntervalMs);
  let latest: { readonly judgement: Judgement; readonly snapshot: Snapshot } | null = null;
  return {
    observeDecision(judgement, snapshot, now) {
      latest = { judgement, snapshot };
      instruments.decisions.inc({ verdict: judgement.verdict, outcome: ledTo(judgement) });
      for (const { name: haproxy, sight } of snapshot.proxies) {
        if (sight.kind === 'seen') {
          instruments.lastLook.set({ haproxy }, wallMs(now, sight.atMs) / 1000);
        }
      }
      const { splitS, strandedS } = troubleTime(judgement, snapshot, now);
      instruments.splitBrain.inc(splitS);
      instruments.stranded.inc(strandedS);
    },
    observeLook(haproxy, durationS, ok) {
      if (ok) instruments.lookDuration.observe({ haproxy }, durationS);
    },
    observeOutcome({ proxy, action, reason, result, convergedMs }) {
      instruments.actions.inc({ haproxy: proxy, action, reason, result });
      actions = null;
      if (convergedMs !== null) instruments.convergence.observe(convergedMs / 1000);
    },
    observeHook: (hook, result) => instruments.hook.inc({ hook, result }),
    expose: () => {
      // What only shows how things stand is set when somebody asks: that is less often than there is a round.
      if (latest !== null) {
        showJudgement(instruments, latest.judgement);
        showSights(instruments, latest.snapshot);
      }
      actions ??= registry.getSingleMetricAsString(ACTIONS_TOTAL);
      return textOf(registry, actions);
    },
    contentType: registry.contentType,
  };
}

/** As `registry.metrics()` gives it, with one metric's text as it is known. */
async function textOf(registry: Registry, actions: Promise<string>): Promise<string> {
  const texts = registry
    .getMetricsAsArray()
    .map(({ name }) => (name === ACTIONS_TOTAL ? actions : registry.getSingleMetricAsString(name)));
  return `${(await Promise.all(texts)).join('\n\n')}\n`;
}

function startAtZero(
  instruments: Instruments,
  { proxies, peers, hooks }: Pick<Config, 'proxies' | 'peers' | 'hooks'>,
): void {
  for (const verdict of VERDICTS) {
    instruments.verdict.set({ verdict }, 0);
    for (const outcome of ['act', 'hold', 'none'] as const) {
      instruments.decisions.inc({ verdict, outcome }, 0);
    }
  }
  for (const gate of GATES) instruments.gate.set({ gate }, 0);
  for (const { name: peer } of peers) instruments.peerUp.set({ peer }, 0);
  for (const { name: hook } of hooks) {
    for (const result of HOOK_RESULTS) instruments.hook.inc({ hook, result }, 0);
  }
  for (const { name: haproxy, runtime, stats } of proxies) {
    instruments.reachable.set({ haproxy }, 0);
    instruments.lookDuration.zero({ haproxy });
    // Until the first look, the way that is tried first.
    const transport = runtime?.kind ?? (stats === null ? 'peer' : 'stats');
    instruments.transport.set({ haproxy, transport }, 1);
    for (const action of ACTIONS) {
      const isPin = action === 'pin' || action === 'release';
      for (const reason of isPin ? PINNED_UNDER : ACTED_ON) {
        for (const result of isPin ? (['ok', 'failed'] as const) : RESULTS) {
          instruments.actions.inc({ haproxy, action, reason, result }, 0);
        }
      }
    }
  }
}

function showJudgement(instruments: Instruments, judgement: Judgement): void {
  for (const verdict of VERDICTS) {
    instruments.verdict.set({ verdict }, verdict === judgement.verdict ? 1 : 0);
  }
  instruments.target.reset();
  for (const producer of judgement.producers) {
    instruments.target.set({ producer }, producer === judgement.target ? 1 : 0);
  }
  const shut = new Set(judgement.gates.map(({ gate }) => gate));
  for (const gate of GATES) instruments.gate.set({ gate }, shut.has(gate) ? 1 : 0);
  instruments.paused.set(judgement.paused === null ? 0 : 1);
}

function ledTo({ plan, gates }: Judgement): 'act' | 'hold' | 'none' {
  if (plan !== null && plan.steps.length > 0) return 'act';
  return gates.length > 0 ? 'hold' : 'none';
}

/** What is not seen loses its series rather than keep an old value. */
function showSights(instruments: Instruments, { proxies, peers = [] }: Snapshot): void {
  for (const { name: peer, sight } of peers) {
    instruments.peerUp.set({ peer }, sight.kind === 'seen' ? 1 : 0);
  }
  instruments.sessions.reset();
  instruments.serverUp.reset();
  instruments.info.reset();
  instruments.transport.reset();
  for (const { name: haproxy, sight } of proxies) {
    instruments.reachable.set({ haproxy }, sight.kind === 'seen' ? 1 : 0);
    if (sight.kind === 'unseen') continue;
    const { version, way, workers, hidden } = sight.value;
    if (version !== null) instruments.info.set({ haproxy, version }, 1);
    instruments.transport.set({ haproxy, transport: way }, 1);
    for (const { old, servers } of workers) {
      const worker = old ? 'old' : 'current';
      for (const { name: server, sessions } of servers) {
        instruments.sessions.inc({ haproxy, server, worker }, sessions);
      }
    }
    for (const { name: server, health } of workers[0].servers) {
      // Without an old worker 0 sessions are there; in old workers that cannot be seen it is no number at all.
      if (hidden === null) instruments.sessions.inc({ haproxy, server, worker: 'old' }, 0);
      const up = isUp(health);
      if (up !== null) instruments.serverUp.set({ haproxy, server }, up ? 1 : 0);
    }
  }
}

/** Null where HAProxy does not check the server: its health is not known, and that is not 0. */
function isUp(health: Health): boolean | null {
  switch (health) {
    case 'up':
    case 'drain':
      return true;
    case 'down':
    case 'maint':
      return false;
    case 'unknown':
      return null;
    default:
      throw health satisfies never;
  }
}
