// Every query of the dashboard, with its variables filled in as Grafana does it.
import type { AnnotationQuery, Dashboard, Panel, RowPanel } from '@grafana/schema';

export interface Query {
  /** The panel's title and the query's letter, or which variable or annotation. */
  readonly where: string;
  readonly expr: string;
  /** `instant`: asked for now; `range`: over the range, a step of `interval` apart. */
  readonly kind: 'instant' | 'range';
  /** Without series where nothing is configured that it could be about. All others have some in an incident. */
  readonly mayBeEmpty: boolean;
}

export interface Filling {
  readonly cluster: string;
  /** The whole range: the instant queries look back this far. */
  readonly range: string;
  /** At least four scrapes. */
  readonly rateInterval: string;
  /** The step of range queries. */
  readonly interval: string;
}

/** Nothing is said of peers or hooks where none is configured. */
const ONLY_WHERE_CONFIGURED = /mainstay_(peer_up|hook_total)\b/;

/** Queries of panels, variables and annotations, in this order. */
export function queriesOf(dashboard: Dashboard, filling: Filling): readonly Query[] {
  return [
    ...(dashboard.panels ?? []).flatMap(inPanel),
    ...(dashboard.templating?.list ?? []).flatMap(({ name, query }) => {
      const series = /^label_values\((\w+), \w+\)$/.exec(queryText(query))?.[1];
      return series === undefined ? [] : [asked(`variable ${name}`, series, 'instant')];
    }),
    ...(dashboard.annotations?.list ?? []).flatMap(({ name, target }: AnnotationQuery) =>
      hasExpr(target) ? [asked(`annotation ${name}`, target.expr, 'range')] : [],
    ),
  ].map((query) => ({ ...query, expr: filled(query.expr, filling) }));
}

function inPanel({ title, ...panel }: Panel | RowPanel): Query[] {
  if (!('targets' in panel)) return [];
  return (panel.targets ?? []).flatMap((target: unknown) => {
    if (!hasExpr(target)) return [];
    const { refId, expr, instant } = target;
    return [asked(`${title} ${refId}`, expr, instant === true ? 'instant' : 'range')];
  });
}

function asked(where: string, expr: string, kind: Query['kind']): Query {
  return { where, expr, kind, mayBeEmpty: ONLY_WHERE_CONFIGURED.test(expr) };
}

/** Grafana's names of Prometheus' queries, which its schema leaves open. */
interface PromQuery {
  readonly refId: string;
  readonly expr: string;
  readonly instant?: boolean;
}

function hasExpr(target: unknown): target is PromQuery {
  return typeof target === 'object' && target !== null && 'expr' in target;
}

function queryText(query: unknown): string {
  if (typeof query === 'object' && query !== null && 'query' in query) return String(query.query);
  return typeof query === 'string' ? query : '';
}

function filled(expr: string, { cluster, range, rateInterval, interval }: Filling): string {
  return expr
    .replaceAll('$cluster', cluster)
    .replaceAll('$__rate_interval', rateInterval)
    .replaceAll('$__range', range)
    .replaceAll('$__interval', interval);
}
