// What the dashboard asks Prometheus. Two sidecars show the same proxies: max over them, never a sum, of what both see.
import { VERDICTS } from '../src/domain/verdict.ts';
import { VERDICT_WORDS } from './words.ts';

/** All series of a metric in the chosen cluster: `of('mainstay_sessions', 'worker="old"')`. */
export function of(metric: string, ...labels: readonly string[]): string {
  return `${metric}{${['cluster="$cluster"', ...labels].join(', ')}}`;
}

/** Closings, reloads and restarts. Pins are written all day, and move nobody. */
export const ACTIONS = of('mainstay_actions_total', 'action!~"pin|release"');

/** Each producer as a `server`, with 1 for the target: as sessions name it. */
const TARGET = `label_replace(${of('mainstay_target')}, "server", "$1", "producer", "(.+)")`;

/** Sessions are held against the target of the supervisor that shows them, whatever else Prometheus writes on both. */
const SAME = 'ignoring (haproxy, worker, producer)';

/** Sessions by proxy, server and worker, as the one shows them that shows more. */
const SESSIONS = `max by (haproxy, server, worker) (${of('mainstay_sessions')})`;

/** Those of them on a producer that is not the target. Servers that are not listed are no producers. */
export const SESSIONS_OFF = `max by (haproxy, server, worker) (${of('mainstay_sessions')} and ${SAME} ${TARGET} == 0)`;

/** The others. */
export const SESSIONS_ON = `${SESSIONS} unless ${SESSIONS_OFF}`;

/**
 * How many are off the target, as a sum `by` these labels: 0 on the target, and without a series where no session can be
 * seen, which is not 0.
 */
export function offTarget(by: '' | 'by (haproxy, server) ', ...labels: readonly string[]): string {
  const each = `${of('mainstay_sessions', ...labels)} * ${SAME} group_left () (1 - ${TARGET})`;
  return `sum ${by}(max by (haproxy, server, worker) (${each}))`;
}

/** The verdict as its rank, the worse of two; `by`: one for each supervisor. */
export function verdictRank(by: '' | 'by (instance) '): string {
  const ranked = VERDICTS.map((verdict) => {
    const one = of('mainstay_verdict', `verdict="${verdict}"`);
    return `${one} * ${VERDICT_WORDS[verdict].rank}`;
  });
  return `max ${by}(${ranked.join(' or ')})`;
}

/** The series of `label` that stand at 1; where none does, one that is named `none`, at 0. Nothing without a supervisor. */
export function thoseSet(label: string, metric: string): string {
  return `max by (${label}) (${metric}) == 1 or ${noneOf(label, metric)}`;
}

/** Gates that were shut in the range, each with 1 where it still is. */
export function gatesInRange(): string {
  const gates = of('mainstay_gate');
  const shut = `max by (gate) (max_over_time(${gates}[$__range])) == 1`;
  const none = noneOf('gate', `max_over_time(${gates}[$__range])`);
  const all = `max by (gate) (${gates}) and ${shut} or ${none}`;
  return `label_replace(${all}, "what", "$1", "gate", "(.+)")`;
}

function noneOf(label: string, metric: string): string {
  return `label_replace(max (${metric}) == 0, "${label}", "none", "", "")`;
}

/** What happened since the step before, series by series: a restarted supervisor, whose counters are 0, did nothing. */
export const ACTIONS_NEW = `sum by (haproxy, action, reason, result) (${ACTIONS} > ${ACTIONS} offset $__interval)`;

/** Each verdict that held within the step and not within the one before, however short: windows overlap. */
export const VERDICT_NEW = `${heldWithin('[$__rate_interval]')} unless ${heldWithin('[$__rate_interval] offset $__interval')}`;

function heldWithin(window: string): string {
  return `max by (verdict) (max_over_time(${of('mainstay_verdict')}${window})) == 1`;
}

/** Increase of a counter in the range, as a number of times. */
export function timesInRange(by: string, counter: string): string {
  return `round(sum by (${by}) (increase(${counter}[$__range])))`;
}

/** Within how long the share `q` of a histogram's observations was, with these labels beside `le`. */
export function quantile(q: number, histogram: string, within: string, ...by: string[]): string {
  const buckets = `increase(${of(`${histogram}_bucket`)}[${within}])`;
  return `histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (${buckets}))`;
}

/** Of a metric that every process has, only that of mainstay. */
export function ofSupervisors(expression: string): string {
  return `max by (instance) (${expression} and on (job, instance) max_over_time(${of('mainstay_build_info')}[$__range]))`;
}
