// The format of stories: what is understood, and what is said about a line that is not.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseStory } from '../../src/decide/story/parse.ts';
import { tellStory } from '../../src/decide/story/tell.ts';

function faultOf(text: string): string {
  const story = tellStory(text);
  return story.ok ? 'none' : `${story.fault.line}: ${story.fault.message}`;
}

const bad: [story: string, fault: string][] = [
  ['', '1: expected a first line "# what the story shows"'],
  ['t=0 ha1 main=4', '1: expected a first line "# what the story shows"'],
  ['# a title', '1: expected a line such as "t=0 ha1 main=4"'],
  [
    '# a title\nnonsense',
    '2: expected "with", "servers", "proxies", "pins" or "t=SECONDS", got "nonsense"',
  ],
  [
    '# a title\nt=soon ha1 main=4',
    '2: expected "with", "servers", "proxies", "pins" or "t=SECONDS", got "t=soon"',
  ],
  ['# a title\nt=5\nt=5', '3: t=5 does not come after t=5'],
  ['# a title\nt=0 main=4', '2: expected the name of a proxy before "main=4"'],
  ['# a title\nt=0 ha1 third=4', '2: ha1 cannot be changed by "third=4"'],
  ['# a title\nt=0 ha1 main', '2: ha1 cannot be changed by "main"'],
  ['# a title\nt=0 ha1 main=-1', '2: ha1 cannot be changed by "main=-1"'],
  ['# a title\nt=0 ha1 main.weight:UP=3', '2: ha1 cannot be changed by "main.weight:UP=3"'],
  ['# a title\nt=0 ha1 main.weight', '2: ha1 cannot be changed by "main.weight"'],
  ['# a title\nt=0 ha3 main=4', '2: expected the name of a proxy before "ha3"'],
  ['# a title\nt=0 ha1 old.backup=2', '2: ha1 cannot be changed by "old.backup=2"'],
  ['# a title\nt=0 ha1 peer=third', '2: ha1 cannot be changed by "peer=third"'],
  ['# a title\nt=0 ha1 peer=unseen>main', '2: ha1 cannot be changed by "peer=unseen>main"'],
  ['# a title\nt=0 ha1 level=root', '2: ha1 cannot be changed by "level=root"'],
  ...[
    ['# a title\nwith poll.interval=0s\nt=0 ha1 main=4', 3],
    ['# a title\nt=0 ha1 main=4\nt=100001', 2],
    ['# a title\nt=0\nt=60000 ha1 main=4\nt=100001', 3],
  ].map(([story, line]): [string, string] => [
    `${story}`,
    `${line}: up to the next line there are more than 100000 ticks`,
  ]),
  ['# a title\npins soon', '2: expected "pins" or "pins 30s"'],
  ['# a title\npins 10s 20s', '2: expected "pins" or "pins 30s"'],
  ['# a title\nt=0 ha1 pin=third', '2: ha1 cannot be changed by "pin=third"'],
  ['# a title\nt=0 override=backup', '2: expected the name of a proxy before "override=backup"'],
  ['# a title\nt=0 jump=5', '2: expected the name of a proxy before "jump=5"'],
  ...[
    'confirm=two',
    'cooldown=30',
    'cooldown=-1s',
    'colour=red',
    'mode=off',
    'steer=left',
    'partial.policy=apart',
    'drive=',
    'reload=',
    'escalate=',
    'escalate=sessions,hope',
    '__proto__=1s',
  ].map((word): [string, string] => [
    `# a title\nwith ${word}`,
    `2: expected a setting such as "failback.after=30m" or "confirm=2", got "${word}"`,
  ]),
];

describe('a story', () => {
  test.each(bad)('%j is answered with: %s', (story, fault) => {
    expect(faultOf(story)).toBe(fault);
  });

  test('sets what it names, under the names of mainstay.yaml, and leaves the rest', () => {
    const story = parseStory(`# a title
with poll.interval=500ms poll.timeout=400ms confirm=3 warmup=1s failback.after=2m failback.unseen=3h
with split.after=4s partial.after=6s partial.policy=tolerate steer=pin cooldown=5s flap.max=6 flap.within=7m budget.max=8 budget.within=9m mode=observe
proxies p q
pins 30s
servers a b:backup
with drive=q reload=p restart=p,q escalate=sessions,restart
t=0`);
    expect(story).toMatchObject({
      ok: true,
      value: {
        leaseS: 30,
        policy: {
          pollIntervalMs: 500,
          pollTimeoutMs: 400,
          confirm: 3,
          warmupMs: 1_000,
          failbackAfterMs: 120_000,
          failbackUnseenMs: 10_800_000,
          splitAfterMs: 4_000,
          partialAfterMs: 6_000,
          partialPolicy: 'tolerate',
          steer: 'pin',
          cooldownMs: 5_000,
          flapMax: 6,
          flapWithinMs: 420_000,
          budgetMax: 8,
          budgetWithinMs: 540_000,
          mode: 'observe',
          verifyWithinMs: 5_000,
          escalate: ['sessions', 'restart'],
          producers: ['a', 'b'],
          proxies: [
            { name: 'p', drive: false, reload: true, restart: true },
            { name: 'q', drive: true, reload: false, restart: true },
          ],
        },
      },
    });
  });

  test('told again is the same: results are passed over and made anew', () => {
    const once = tellStory(
      '# a title\n\n# a word between\nt=0 ha1 main=4 ha2 main=4\n> rubbish\nt=2\n',
    );
    expect(once).toEqual({
      ok: true,
      value: `# a title

# a word between
t=0 ha1 main=4 ha2 main=4
> t=0         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E70 main
> t=1         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
t=2
> t=2         ha1 main=4 backup=0   ha2 main=4 backup=0   R70 converged  E60 main
`,
    });
    expect(tellStory(once.ok ? once.value : '')).toEqual(once);
  });

  test('in docs/stories.md is told as it stands there', () => {
    const page = readFileSync(new URL('../../docs/stories.md', import.meta.url), 'utf8');
    const example = /```\n(# [^`]*)```/.exec(page)?.[1] ?? '';
    expect(example).toContain('close');
    expect(tellStory(example)).toEqual({ ok: true, value: example });
  });
});
