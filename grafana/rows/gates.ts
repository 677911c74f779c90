// Why not more: the gates that were shut, when, and what opens each.
import { GATES } from '../../src/domain/verdict.ts';
import { GOOD, WATCH } from '../colours.ts';
import { called, table, timeline } from '../panels.ts';
import { gatesInRange, of, thoseSet } from '../promql.ts';
import { GATE_WORDS } from '../words.ts';

export function gates() {
  const states = called([1, 'shut', WATCH], [0, 'nothing held back', GOOD]);
  return [
    timeline(
      {
        title: 'Gates',
        says: 'When each gate held something back. Only gates that were shut in this range have a line. Good: none, or a short failback-wait, cooldown and unconfirmed around an incident.',
        wide: 12,
        high: 9,
      },
      states,
      thoseSet('gate', of('mainstay_gate')),
      '{{gate}}',
    ),
    table(
      {
        title: 'What each gate waits for',
        says: 'The gates that were shut in this range, whether they still are, and what opens them. With the proxy and the time when it opens: mainstay explain.',
        wide: 12,
        high: 9,
      },
      [gatesInRange()],
      { gate: 'Gate', 'Value #A': 'Now', Value: 'Now', what: 'What it waits for' },
    )
      .overrideByName('Gate', [{ id: 'custom.width', value: 130 }])
      .overrideByName('Now', [
        { id: 'mappings', value: [called([1, 'shut', WATCH], [0, 'open', GOOD])] },
        { id: 'custom.cellOptions', value: { type: 'color-text' } },
        { id: 'custom.width', value: 70 },
      ])
      .overrideByName('What it waits for', [
        {
          id: 'mappings',
          value: [
            called(...GATES.map((gate) => [gate, GATE_WORDS[gate]] as const), [
              'none',
              'Nothing was held back in this range.',
            ]),
          ],
        },
        { id: 'custom.cellOptions', value: { type: 'auto', wrapText: true } },
      ]),
  ];
}
