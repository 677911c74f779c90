// The rules of grafana/alerts.yml as they are, but for their durations: an incident of minutes in seconds.
import { parse, stringify } from 'yaml';

/** One rule of a rule file, as far as a test reads it: an alert, or a recording. */
interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
}

/** That of a scrape: the rules are made for 30s at the longest, and are scraped each second. */
const FACTOR = 30;
/** Of scrapes a second apart, the least that holds two of them at any time. */
const LEAST_WINDOW_S = 3;
/** A `for` of hours is there so that nobody is told of what is no trouble yet: here the trouble is made to last. */
const MOST_FOR_S = 6;
const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The names of all alerts in a rule file, in its order. */
export function alertsIn(text: string): readonly string[] {
  return groupsIn(text).flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));
}

/** The same file with each `for` and each window divided by `FACTOR`; a window of 3s at least, a `for` of 1s to 6s. */
export function shorten(text: string): string {
  const groups = groupsIn(text).map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({
      ...rule,
      expr: shortenWindows(rule.expr),
      ...(rule.for === undefined ? {} : { for: `${Math.min(MOST_FOR_S, scaledS(rule.for))}s` }),
    })),
  }));
  return stringify({ groups });
}

/** A query whose windows (`[5m]`, `[1h:1m]`) are shortened likewise. */
function shortenWindows(expr: string): string {
  return expr.replaceAll(/\[(\w+)(:\w*)?\]/g, (_, window: string, step?: string) => {
    const seconds = Math.max(LEAST_WINDOW_S, scaledS(window));
    return `[${seconds}s${step === undefined ? '' : ':1s'}]`;
  });
}

/** Of a duration as Prometheus writes it (`1h30m`), in whole seconds. */
function scaledS(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([smhd])/g)];
  if (parts.map(([part]) => part).join('') !== duration)
    throw new Error(`no duration: ${duration}`);
  const whole = parts.reduce((sum, [, n, unit = '']) => sum + Number(n) * (UNIT_S[unit] ?? 0), 0);
  return Math.ceil(whole / FACTOR);
}

function groupsIn(text: string): readonly { readonly rules: readonly Rule[] }[] {
  return parse(text).groups;
}
