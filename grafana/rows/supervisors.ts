// The supervisors themselves: do they run, does the loop turn, do they hear each other, what do they cost?
import { BAD, COUNTED, GOOD, WATCH } from '../colours.ts';
import { called, lines, over, shades, table, timeline } from '../panels.ts';
import { of, ofSupervisors } from '../promql.ts';

export function supervisors() {
  return [
    timeline(
      {
        title: 'mainstay answers',
        says: 'Whether Prometheus can ask each mainstay that was there in this range. Good: up. Down: nobody mends what happens at its proxy, HAProxy alone decides; systemctl status mainstay there.',
        wide: 12,
        high: 5,
      },
      called([1, 'up', GOOD], [0, 'down', BAD]),
      ofSupervisors('up'),
      '{{instance}}',
    ),
    timeline(
      {
        title: 'Peers',
        says: 'Whether each mainstay hears the other one. Good: heard. Not heard: healing goes on, and a failback waits; look at the other mainstay and at the link. Empty with one mainstay alone.',
        wide: 12,
        high: 5,
      },
      called([1, 'heard', GOOD], [0, 'not heard', WATCH]),
      `min by (instance, peer) (${of('mainstay_peer_up')})`,
      '{{peer}} by {{instance}}',
    ),
    lines(
      {
        title: 'Turns of the loop',
        says: 'Decisions a second. Good: one for each poll.interval, so 1 a second, and a few more while something happens. 0: it stands still, and /healthz there says so; restart it.',
        wide: 12,
        high: 7,
      },
      'ops',
      over(
        'A',
        `sum by (instance) (rate(${of('mainstay_decisions_total')}[$__rate_interval]))`,
        '{{instance}}',
      ),
    ),
    lines(
      {
        title: 'Hooks',
        says: 'Messages to webhooks and commands, by what came of them. failed: the receiver did not take it, see the log. dropped: too many were waiting. Good: ok alone. Empty without hooks.',
        wide: 12,
        high: 7,
      },
      'short',
      over(
        'A',
        `sum by (hook, result) (increase(${of('mainstay_hook_total')}[$__rate_interval]))`,
        '{{hook}} {{result}}',
      ),
    )
      .overrideByRegexp('/ ok$/', shades(COUNTED))
      .overrideByRegexp('/ failed$/', shades(BAD))
      .overrideByRegexp('/ dropped$/', shades(WATCH)),
    lines(
      {
        title: 'Processor',
        says: 'The share of one processor core that each mainstay takes. Good: below 5%.',
        wide: 12,
        high: 7,
      },
      'percentunit',
      over(
        'A',
        ofSupervisors(`rate(${of('process_cpu_seconds_total')}[$__rate_interval])`),
        '{{instance}}',
      ),
    ),
    lines(
      {
        title: 'Memory',
        says: 'Resident memory of each mainstay. Good: flat, around 100 MB. Growing for hours: please report it.',
        wide: 12,
        high: 7,
      },
      'bytes',
      over('A', ofSupervisors(of('process_resident_memory_bytes')), '{{instance}}'),
    ),
    table(
      {
        title: 'Versions and modes',
        says: 'What runs where, and whether it may act. Good: one version, mode converge, not paused. observe: it only says what it would do. Paused: mainstay resume ends it.',
        wide: 24,
        high: 5,
      },
      [
        `max by (instance, version, node) (${of('mainstay_build_info')})`,
        `max by (instance, mode) (${of('mainstay_mode')}) == 1`,
        `max by (instance) (${of('mainstay_paused')})`,
      ],
      {
        instance: 'mainstay at',
        mode: 'Mode',
        'Value #C': 'Paused',
        version: 'Version',
        node: 'Node.js',
      },
      ['Value #A', 'Value #B'],
    )
      .overrideByName('Paused', [
        { id: 'mappings', value: [called([0, 'no', GOOD], [1, 'PAUSED', WATCH])] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ])
      .overrideByName('Mode', [
        { id: 'mappings', value: [called(['observe', 'observe', WATCH])] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
      ]),
  ];
}
