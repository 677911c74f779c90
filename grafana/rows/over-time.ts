// What has been: verdict, target and the servers' health as states over time.
import { VERDICTS } from '../../src/domain/verdict.ts';
import { BAD, COUNTED, GOOD } from '../colours.ts';
import { called, timeline } from '../panels.ts';
import { of, verdictRank } from '../promql.ts';
import { VERDICT_WORDS } from '../words.ts';

export function overTime() {
  return [
    timeline(
      {
        title: 'Verdict',
        says: 'What each mainstay saw, over time. Good: converged. Two that differ for more than a few seconds do not see the same: look at "Who sees what" below. A gap: that mainstay did not answer.',
        wide: 24,
        high: 5,
      },
      called(
        ...VERDICTS.map((verdict) => {
          const { rank, colour } = VERDICT_WORDS[verdict];
          return [rank, verdict, colour] as const;
        }),
      ),
      verdictRank('by (instance) '),
      '{{instance}}',
    ),
    timeline(
      {
        title: 'Target',
        says: 'Which producer all sessions were to be on. Good: the first producer, and one line filled at a time. Two lines filled: the two mainstays wanted different ones.',
        wide: 24,
        high: 5,
      },
      called([1, 'target', COUNTED], [0, ' ', 'transparent']),
      `max by (producer) (${of('mainstay_target')})`,
      '{{producer}}',
    ),
    timeline(
      {
        title: 'Servers as the proxies see them',
        says: 'Whether HAProxy finds each server up, at each proxy. Good: all up. Up at one proxy and down at another is a cut between them: mainstay waits for partial.after, then brings everybody where all can go. A gap: the proxy was not seen, or does not check that server.',
        wide: 24,
        high: 7,
      },
      called([1, 'up', GOOD], [0, 'down', BAD]),
      `min by (haproxy, server) (${of('mainstay_server_up')})`,
      '{{server}} at {{haproxy}}',
    ),
  ];
}
