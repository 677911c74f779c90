// Sessions by proxy, producer and worker: over time, and now.
import {
  LegendDisplayMode,
  LegendPlacement,
  StackingConfigBuilder,
  StackingMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { BAD, COUNTED, GOOD } from '../colours.ts';
import { called, lines, over, shades, steps, table } from '../panels.ts';
import { of, offTarget, SESSIONS_OFF, SESSIONS_ON } from '../promql.ts';

const LEGEND = '{{haproxy}} to {{server}} ({{worker}})';

export function sessions() {
  return [
    lines(
      {
        title: 'Sessions',
        says: 'Sessions of each proxy to each producer, in its serving worker (current) and in those that reloads have left over (old). Blue: on the target, or on a server that mainstay does not manage. Orange: on a producer that is not the target. Good: all blue. A gap: the proxy was not seen.',
        wide: 14,
        high: 10,
      },
      'short',
      over('A', SESSIONS_ON, LEGEND),
      over('B', SESSIONS_OFF, LEGEND),
    )
      .interval('1s')
      .decimals(0)
      .fillOpacity(60)
      .lineWidth(1)
      .stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
      .overrideByQuery('A', shades(COUNTED))
      .overrideByQuery('B', shades(BAD))
      .legend(
        new VizLegendOptionsBuilder()
          .showLegend(true)
          .displayMode(LegendDisplayMode.Table)
          .placement(LegendPlacement.Bottom)
          .calcs(['lastNotNull', 'max']),
      ),
    table(
      {
        title: 'Where each session is now',
        says: 'One line for each proxy and server. "Off the target" is what mainstay is to bring elsewhere: good is 0. A proxy that is missing here is not seen. Nothing under "old": its old workers cannot be seen.',
        wide: 10,
        high: 10,
      },
      [
        inWorker('current'),
        inWorker('old'),
        `min by (haproxy, server) (${of('mainstay_server_up')})`,
        offTarget('by (haproxy, server) '),
      ],
      {
        haproxy: 'Proxy',
        server: 'Server',
        'Value #C': 'Health',
        'Value #A': 'Sessions',
        'Value #B': 'In old workers',
        'Value #D': 'Off the target',
      },
    )
      .overrideByName('Health', [
        { id: 'mappings', value: [called([1, 'up', GOOD], [0, 'down', BAD])] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ])
      .overrideByName('Off the target', [
        { id: 'thresholds', value: steps(GOOD, [1, BAD]).build() },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ]),
  ];
}

function inWorker(worker: 'current' | 'old'): string {
  return `max by (haproxy, server) (${of('mainstay_sessions', `worker="${worker}"`)})`;
}
