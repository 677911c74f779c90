// The kinds of panel that the rows are made of, each with what all of its kind have.
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  AxisPlacement,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Threshold, ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  DataqueryBuilder,
  PromQueryFormat,
  QueryEditorMode,
} from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Timeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { COUNTED } from './colours.ts';

/** Whichever Prometheus is chosen above the dashboard. */
export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

export interface Frame {
  readonly title: string;
  /** What it shows, what is good, what to do: shown at the title's "i". */
  readonly says: string;
  /** In the grid's 24 columns. */
  readonly wide: number;
  readonly high: number;
}

interface Framed {
  title(title: string): this;
  description(description: string): this;
  span(columns: number): this;
  height(rows: number): this;
}

/** Title, description and size. */
export function framed<P extends Framed>(panel: P, { title, says, wide, high }: Frame): P {
  return panel.title(title).description(says).span(wide).height(high);
}

/** A query over the range; `refId` is a letter that is its own in the panel. */
export function over(refId: string, expr: string, legend: string): DataqueryBuilder {
  return query(refId, expr).range().legendFormat(legend);
}

/** A query for how it is now. */
export function now(refId: string, expr: string, legend: string): DataqueryBuilder {
  return query(refId, expr).instant().legendFormat(legend);
}

function query(refId: string, expr: string): DataqueryBuilder {
  const builder = new DataqueryBuilder().refId(refId).expr(expr).datasource(DATASOURCE);
  return builder.editorMode(QueryEditorMode.Code);
}

/** Large words or numbers, one a series. */
export function stat(frame: Frame, text: BigValueTextMode, expr: string, legend = ''): Stat {
  return framed(new Stat(), frame)
    .datasource(DATASOURCE)
    .withTarget(now('A', expr, legend))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .textMode(text)
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .noValue('no data');
}

/** States over time, a row a series; the step is short, for an incident is. */
export function timeline(frame: Frame, states: ValueMap, expr: string, legend: string): Timeline {
  return framed(new Timeline(), frame)
    .datasource(DATASOURCE)
    .withTarget(over('A', expr, legend))
    .interval('1s')
    .mappings([states])
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.85)
    .fillOpacity(85)
    .legend(new VizLegendOptionsBuilder().showLegend(false))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
}

/** Lines over time, told apart by how dark they are: the hue says what they are. */
export function lines(frame: Frame, unit: string, ...queries: Builder<Dataquery>[]): TimeSeries {
  const panel = framed(new TimeSeries(), frame)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .lineWidth(2)
    .fillOpacity(10)
    .axisPlacement(AxisPlacement.Auto)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Shades).fixedColor(COUNTED))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  return panel.targets(queries);
}

/** A table of how it is now: a query a column, joined where their labels are the same. `columns`: new names, in order. */
export function table(
  frame: Frame,
  exprs: readonly string[],
  columns: Readonly<Record<string, string>>,
  hidden: readonly string[] = [],
): Table {
  const queries = exprs.map((expr, index) =>
    now(String.fromCharCode(65 + index), expr, '').format(PromQueryFormat.Table),
  );
  return framed(new Table(), frame)
    .datasource(DATASOURCE)
    .targets(queries)
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(['Time', ...hidden].map((name) => [name, true])),
        indexByName: Object.fromEntries(Object.keys(columns).map((name, index) => [name, index])),
        renameByName: columns,
      },
    });
}

/** What each value is called, and its colour; `[value, text, colour]`. */
export function called(
  ...states: readonly (readonly [value: number | string, text: string, colour?: string])[]
): ValueMap {
  const options = states.map(([value, text, color], index) => [
    String(value),
    color === undefined ? { text, index } : { text, color, index },
  ]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}

/** The colour from each value on; the first holds for all that are lower. */
export function steps(first: string, ...rest: (readonly [from: number, colour: string])[]) {
  const thresholds: Threshold[] = rest.map(([value, color]) => ({ value, color }));
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: first }, ...thresholds]);
}

/** An override: one colour, whose shades tell the series apart. */
export function shades(fixedColor: string) {
  return [{ id: 'color', value: { mode: FieldColorModeId.Shades, fixedColor } }];
}

/** An override: this colour and no other. */
export function fixed(fixedColor: string) {
  return [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor } }];
}
