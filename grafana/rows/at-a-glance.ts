// The first row: is every session where it should be, and if not, what holds mainstay back?
import { BigValueTextMode } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as TextPanel, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { ASIDE, BAD, GOOD, UNKNOWN, WATCH } from '../colours.ts';
import { called, framed, stat, steps } from '../panels.ts';
import { of, offTarget, thoseSet, verdictRank } from '../promql.ts';
import { VERDICT_WORDS } from '../words.ts';

const FIRST_HELP = [
  'On a host of mainstay: `mainstay status` (how it is, in sentences), `mainstay explain` (why not yet, and when),',
  '`mainstay history` (what happened), `mainstay converge` (by hand, shows its plan first).',
  'Each alert has its section in `docs/runbook.md`.',
].join(' ');

export function atAGlance() {
  return [
    stat(
      {
        title: 'Verdict',
        says: 'What mainstay sees; of two mainstays the worse verdict. Good: Converged, or Idle. Holding and Failed over are safe: all sessions are on one producer. Anything else is mended within seconds; if it stays, look at "Held back by". "no data": no mainstay answers.',
        wide: 10,
        high: 4,
      },
      BigValueTextMode.Value,
      verdictRank(''),
    ).mappings([
      called(...Object.values(VERDICT_WORDS).map((v) => [v.rank, v.says, v.colour] as const)),
    ]),
    stat(
      {
        title: 'Sessions off the target now',
        says: 'Sessions on a producer that is not the target, at all proxies that are seen, old workers included. Good: 0. More than 0 for longer than a minute: look at "Held back by", then run mainstay explain. "no data": no session can be seen, which is not 0.',
        wide: 7,
        high: 4,
      },
      BigValueTextMode.Value,
      offTarget(''),
    ).thresholds(steps(GOOD, [1, BAD])),
    stat(
      {
        title: 'Target',
        says: 'The producer that all sessions are to be on now. Two names: the two mainstays want different ones, so look at the link between them. "none": no producer is up at any proxy that is seen.',
        wide: 7,
        high: 4,
      },
      BigValueTextMode.Name,
      thoseSet('producer', of('mainstay_target')),
      '{{producer}}',
    ).thresholds(steps(BAD, [1, ASIDE])),
    stat(
      {
        title: 'Held back by',
        says: 'The gates that are shut now: each is a reason why mainstay does not act yet. Good: none. Below, under "Why not more", each is explained with what opens it.',
        wide: 10,
        high: 4,
      },
      BigValueTextMode.Name,
      // `not-driver` is shut at one while the other one has something to close: that one's gates say why it does not.
      thoseSet('gate', of('mainstay_gate', 'gate!="not-driver"')),
      '{{gate}}',
    ).thresholds(steps(GOOD, [1, WATCH])),
    stat(
      {
        title: 'Old workers, off the target',
        says: 'Of the sessions off the target, those in HAProxy processes that a reload has left over: nobody sees them on the statistics page. Good: 0. "no data": old workers cannot be seen; mainstay check says what the master socket lacks.',
        wide: 5,
        high: 4,
      },
      BigValueTextMode.Value,
      offTarget('', 'worker="old"'),
    ).thresholds(steps(GOOD, [1, BAD])),
    stat(
      {
        title: 'Proxies unseen',
        says: 'Proxies that no mainstay can see now: what is said of sessions does not count theirs. Good: 0. Otherwise look at that HAProxy and at its socket; mainstay check says what is wrong.',
        wide: 4,
        high: 4,
      },
      BigValueTextMode.Value,
      `sum(1 - max by (haproxy) (${of('mainstay_haproxy_reachable')}))`,
    ).thresholds(steps(GOOD, [1, UNKNOWN])),
    stat(
      {
        title: 'Both producers in use',
        says: 'How long sessions were on two producers or more, in the range above. A healthy failback takes a second or two. More: both producers worked side by side that long; the row "What was done" shows when.',
        wide: 5,
        high: 4,
      },
      BigValueTextMode.Value,
      `max(increase(${of('mainstay_split_brain_seconds_total')}[$__range]))`,
    )
      .unit('s')
      .decimals(0)
      .thresholds(steps(GOOD, [5, WATCH], [60, BAD])),
    framed(new TextPanel(), {
      title: 'What to do first',
      says: 'The commands that say more, on any host where mainstay runs.',
      wide: 24,
      high: 3,
    })
      .mode(TextMode.Markdown)
      .content(FIRST_HELP),
  ];
}
