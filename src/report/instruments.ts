// Every metric of contract.md's table that this version can feed: names, labels, help, buckets.
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

export const ACTIONS_TOTAL = 'mainstay_actions_total';

export type Instruments = ReturnType<typeof makeInstruments>;

/** Registers all of them on `registry`; nothing has a value yet but those without labels, which are 0. */
export function makeInstruments(registry: Registry) {
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: L[]
  ) => new Histogram({ name, help, buckets, labelNames, registers });

  return {
    verdict: gauge('mainstay_verdict', '1 for the verdict that holds.', 'verdict'),
    target: gauge(
      'mainstay_target',
      '1 for the producer that all proxies are to use now.',
      'producer',
    ),
    gate: gauge('mainstay_gate', '1 while the gate holds a plan back.', 'gate'),
    sessions: gauge(
      'mainstay_sessions',
      'Sessions on each server of the backend, in the serving worker and, where they can be seen, in those left over from reloads.',
      'haproxy',
      'server',
      'worker',
    ),
    serverUp: gauge(
      'mainstay_server_up',
      '1 where the serving worker shows the server up or draining, 0 where down or in maintenance.',
      'haproxy',
      'server',
    ),
    reachable: gauge('mainstay_haproxy_reachable', '1 while the HAProxy can be seen.', 'haproxy'),
    info: gauge('mainstay_haproxy_info', '1, with the version of HAProxy.', 'haproxy', 'version'),
    lookDuration: histogram(
      'mainstay_look_duration_seconds',
      'Time that a look which ended well took.',
      [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      'haproxy',
    ),
    lastLook: gauge(
      'mainstay_last_look_timestamp_seconds',
      'When the last look that ended well was taken.',
      'haproxy',
    ),
    splitBrain: counter(
      'mainstay_split_brain_seconds_total',
      'Time with sessions on two producers or more.',
    ),
    stranded: counter('mainstay_stranded_seconds_total', 'Time with sessions off the target.'),
    actions: counter(
      ACTIONS_TOTAL,
      'What was done to a HAProxy, and what it came to.',
      'haproxy',
      'action',
      'reason',
      'result',
    ),
    convergence: histogram(
      'mainstay_convergence_seconds',
      'From the first look that showed the trouble to the last listed session gone, for each closing.',
      [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    ),
    decisions: counter(
      'mainstay_decisions_total',
      'Decisions, by what they led to: act, hold (a gate was shut) or none (nothing to do).',
      'verdict',
      'outcome',
    ),
    peerUp: gauge(
      'mainstay_peer_up',
      '1 while the peer answers, and as one to agree with.',
      'peer',
    ),
    hook: counter(
      'mainstay_hook_total',
      'Times that a hook was to be told of something, and what it came to.',
      'hook',
      'result',
    ),
    paused: gauge('mainstay_paused', '1 while an operator has paused acting.'),
    mode: gauge('mainstay_mode', '1 for the configured mode.', 'mode'),
    transport: gauge(
      'mainstay_transport_info',
      '1 for the way in use to the HAProxy; gone while it is not seen.',
      'haproxy',
      'transport',
    ),
    build: gauge(
      'mainstay_build_info',
      '1, with the versions of mainstay and Node.js.',
      'version',
      'node',
    ),
  };
}
