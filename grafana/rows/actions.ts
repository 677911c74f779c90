// What was done: actions and what came of them, how fast sessions came together, and for how long they were apart.
import {
  BigValueTextMode,
  GraphDrawStyle,
  StackingConfigBuilder,
  StackingMode,
} from '@grafana/grafana-foundation-sdk/common';
import { MappingType, SpecialValueMatch } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapColorScale,
  PanelBuilder as Heatmap,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { BAD, COUNTED, PLAIN, WATCH } from '../colours.ts';
import { DATASOURCE, fixed, framed, lines, now, over, stat, steps, table } from '../panels.ts';
import { ACTIONS, of, quantile, timesInRange } from '../promql.ts';

const CONVERGENCE = 'mainstay_convergence_seconds';

export function actions() {
  return [
    lines(
      {
        title: 'Actions by result',
        says: 'Closings, reloads and restarts, by what came of them. ok: done. refused: the look before acting forbade it, nothing was sent. failed: HAProxy did not do it; mainstay climbs to the next rung. abandoned: mainstay was stopped in the middle. Good: ok alone. Pins are not counted.',
        wide: 12,
        high: 8,
      },
      'short',
      over('A', `sum by (result) (increase(${ACTIONS}[$__rate_interval]))`, '{{result}}'),
    )
      .drawStyle(GraphDrawStyle.Bars)
      .fillOpacity(80)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
      .overrideByName('ok', fixed(COUNTED))
      .overrideByName('refused', fixed(WATCH))
      .overrideByName('failed', fixed(BAD))
      .overrideByName('abandoned', fixed(PLAIN)),
    table(
      {
        title: 'Actions in this range',
        says: 'What was done to which proxy, under which verdict, and what came of it, in the range above. failed or refused more than once: mainstay history, then mainstay check.',
        wide: 12,
        high: 8,
      },
      [`${timesInRange('haproxy, action, reason, result', ACTIONS)} > 0`],
      {
        haproxy: 'Proxy',
        action: 'Action',
        reason: 'Verdict',
        result: 'Result',
        'Value #A': 'Times',
        Value: 'Times',
      },
    ).noValue('Nothing was done in this range.'),
    framed(new Heatmap(), {
      title: 'Time until sessions came together',
      says: 'For each closing, the time from the first look that showed the trouble to the last session gone. Good: below 5 s. Slower ones waited for a gate, or for a failed closing that was tried again.',
      wide: 10,
      high: 8,
    })
      .datasource(DATASOURCE)
      .withTarget(
        over(
          'A',
          `sum by (le) (increase(${of(`${CONVERGENCE}_bucket`)}[$__rate_interval]))`,
          '{{le}}',
        ).format(PromQueryFormat.Heatmap),
      )
      .yAxis(new YAxisConfigBuilder().unit('s'))
      .color(
        new HeatmapColorOptionsBuilder()
          .mode(HeatmapColorMode.Scheme)
          .scale(HeatmapColorScale.Exponential)
          .scheme('Blues')
          .fill(COUNTED)
          .exponent(0.5)
          .steps(32),
      ),
    stat(
      {
        title: 'Came together within',
        says: 'Half of the closings in this range were over within the first time, all of them within the second. Good: below 5 s. "none": nothing was closed.',
        wide: 4,
        high: 8,
      },
      BigValueTextMode.ValueAndName,
      quantile(0.5, CONVERGENCE, '$__range'),
      'half',
    )
      .withTarget(now('B', quantile(1, CONVERGENCE, '$__range'), 'all'))
      .unit('s')
      .mappings([
        {
          type: MappingType.SpecialValue,
          options: { match: SpecialValueMatch.NullAndNan, result: { text: 'none', color: PLAIN } },
        },
      ])
      .thresholds(steps(COUNTED, [10, WATCH])),
    lines(
      {
        title: 'Time in trouble',
        says: 'The share of the time in which sessions were on two producers or more (split brain), or off the target (stranded). Good: 0, but for a moment in a failback. 100%: all the time.',
        wide: 10,
        high: 8,
      },
      'percentunit',
      over('A', trouble('mainstay_split_brain_seconds_total'), 'split brain'),
      over('B', trouble('mainstay_stranded_seconds_total'), 'stranded'),
    )
      .overrideByName('split brain', fixed(BAD))
      .overrideByName('stranded', fixed(WATCH)),
  ];
}

function trouble(seconds: string): string {
  return `max(rate(${of(seconds)}[$__rate_interval]))`;
}
