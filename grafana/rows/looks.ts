// Who sees what: how fast looks are, how old the last one is, which way they go, and what HAProxy they find.
import { COUNTED, GOOD, UNKNOWN, WATCH } from '../colours.ts';
import { called, lines, over, shades, steps, table, timeline } from '../panels.ts';
import { of, quantile } from '../promql.ts';

const LOOKS = 'mainstay_look_duration_seconds';
const WHO = '{{haproxy}} by {{instance}}';

export function looks() {
  // At the scrape: the age does not grow while Prometheus waits for the next one.
  const lastLook = of('mainstay_last_look_timestamp_seconds');
  const age = `max by (haproxy, instance) (timestamp(${lastLook}) - ${lastLook})`;
  const reachable = `max by (haproxy, instance) (${of('mainstay_haproxy_reachable')})`;
  return [
    timeline(
      {
        title: 'Who sees what',
        says: 'Whether each mainstay sees each proxy. Good: all seen. Not seen by one: the way from there is cut, see the table below. Not seen by any: that HAProxy is down, or its socket gone.',
        wide: 24,
        high: 6,
      },
      called([1, 'seen', GOOD], [0, 'unseen', UNKNOWN]),
      reachable,
      WHO,
    ),
    lines(
      {
        title: 'Time of a look',
        says: 'How long a look at a proxy takes: half of them (blue), and 99 of 100 (orange). Good: some milliseconds. Near poll.timeout (800 ms): HAProxy or the way to it is overloaded, and looks will be missed.',
        wide: 12,
        high: 8,
      },
      's',
      over('A', quantile(0.5, LOOKS, '$__rate_interval', 'haproxy', 'instance'), `${WHO}, half`),
      over('B', quantile(0.99, LOOKS, '$__rate_interval', 'haproxy', 'instance'), `${WHO}, 99%`),
    )
      .overrideByQuery('A', shades(COUNTED))
      .overrideByQuery('B', shades(WATCH)),
    lines(
      {
        title: 'Age of the last look',
        says: 'How old the last good look at each proxy was when Prometheus asked. Good: below 2 s. It grows while a proxy is not seen, or while mainstay stands still.',
        wide: 12,
        high: 8,
      },
      's',
      over('A', age, WHO),
    ),
    table(
      {
        title: 'Ways and versions',
        says: 'By which way each mainstay sees each proxy now, how old its last look is, and the version of HAProxy. stats and peer are ways of second choice: they show no old workers, or only what the other mainstay tells. An empty way: not seen.',
        wide: 24,
        high: 6,
      },
      [
        `max by (haproxy, instance, transport) (${of('mainstay_transport_info')})`,
        `max by (haproxy, instance, version) (${of('mainstay_haproxy_info')})`,
        reachable,
        age,
      ],
      {
        haproxy: 'Proxy',
        instance: 'Seen by',
        'Value #C': 'Sight',
        transport: 'Way',
        'Value #D': 'Last look',
        version: 'HAProxy',
      },
      ['Value #A', 'Value #B'],
    )
      .overrideByName('Sight', [
        { id: 'mappings', value: [called([1, 'seen', GOOD], [0, 'unseen', UNKNOWN])] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ])
      .overrideByName('Last look', [
        { id: 'unit', value: 's' },
        { id: 'thresholds', value: steps(GOOD, [3, WATCH]).build() },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ]),
  ];
}
