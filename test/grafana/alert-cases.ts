// Each alert in a story that it must fire in, and in the nearest one that it must not.
import { HEALTHY } from './alert-world.ts';
import type { Change, Turn } from './alert-world.ts';

export interface Case {
  /** Which alert it is about, and which way. */
  readonly alert: string;
  readonly fires: boolean;
  readonly when: string;
  readonly story: readonly Turn[];
  readonly untilS: number;
  /** All alerts that have ever fired until then, with their labels beside `cluster`; and those that still do. */
  readonly ever: readonly string[];
  readonly left: readonly string[];
}

const MIN = 60;
const HOUR = 3600;
const WELL = { both: HEALTHY } as const;

const SPLIT: Change = {
  verdict: 'split-brain',
  gates: ['cooldown'],
  sessions: { 'ha1/main': 4, 'ha2/backup': 3 },
};
const ON_BACKUP = { sessions: { 'ha1/backup': 4, 'ha2/backup': 3 } };
const MAIN_DOWN: Change = {
  ...ON_BACKUP,
  verdict: 'failed-over',
  target: 'backup',
  up: { ...HEALTHY.up, 'ha1/main': 0, 'ha2/main': 0 },
};
const HOLDING: Change = {
  ...ON_BACKUP,
  verdict: 'holding',
  target: 'backup',
  up: HEALTHY.up,
  gates: ['failback-wait'],
};
const NONE_UP: Change = {
  verdict: 'no-producer',
  sessions: {},
  up: { 'ha1/main': 0, 'ha1/backup': 0, 'ha2/main': 0, 'ha2/backup': 0 },
};
const STICKY: Change = { ...ON_BACKUP, verdict: 'sticky', gates: ['level-too-low'] };
const BLIND: Change = { verdict: 'blind', unseen: ['ha1', 'ha2'] };
/** The second mainstay has ended: the first one sees its proxy no more. */
const TWO_GONE = { one: { unseen: ['ha2'], hearsPeer: false }, two: { alive: false } } as const;
const NO_LINK = {
  one: { unseen: ['ha2'], hearsPeer: false },
  two: { unseen: ['ha1'], hearsPeer: false },
} as const;

const fires = (
  alert: string,
  when: string,
  untilS: number,
  story: readonly Turn[],
  ever: readonly string[] = [alert],
  left: readonly string[] = [],
): Case => ({ alert: alert.replace(/\{.*/, ''), fires: true, when, story, untilS, ever, left });
const quiet = (
  alert: string,
  when: string,
  untilS: number,
  story: readonly Turn[],
  ever: readonly string[] = [],
): Case => ({ alert, fires: false, when, story, untilS, ever, left: ever });

const DOWN_TWO = 'MainstaySupervisorDown{instance="10.0.0.2:9847",job="mainstay"}';
const STALLED_ONE = 'MainstaySupervisorStalled{instance="10.0.0.1:9847",job="mainstay"}';

export const CASES: readonly Case[] = [
  quiet('MainstaySplitBrain', 'all is well', 20 * MIN, []),
  quiet('MainstaySplitBrain', 'it is healed in 4 s', 10 * MIN, [
    [300, { both: SPLIT }],
    [304, WELL],
  ]),
  quiet('MainstaySplitBrain', 'all fail over, are held, and come back', 40 * MIN, [
    [300, { both: MAIN_DOWN }],
    [390, { both: HOLDING }],
    [390 + 30 * MIN, WELL],
  ]),
  fires('MainstaySplitBrain', 'cooldown holds it for two minutes', 10 * MIN, [
    [300, { both: SPLIT }],
    [420, WELL],
  ]),
  fires('MainstaySplitBrain', 'an old worker still has sessions of the other one', 10 * MIN, [
    [300, { both: { ...SPLIT, sessions: { 'ha1/main': 4, 'ha2/main': 3, 'ha2/backup/old': 1 } } }],
    [420, WELL],
  ]),
  fires(
    'MainstaySplitBrain',
    'neither side sees it, since the link between them is cut',
    10 * MIN,
    [
      [
        300,
        {
          one: { ...NO_LINK.one, sessions: { 'ha1/main': 4 } },
          two: { ...NO_LINK.two, ...MAIN_DOWN, up: HEALTHY.up, verdict: 'holding' },
        },
      ],
      [420, WELL],
    ],
  ),
  fires(
    'MainstaySplitBrain',
    'one mainstay ends in the middle of it: nobody has seen that it is over',
    20 * MIN,
    [
      [300, { both: SPLIT }],
      [400, { ...TWO_GONE, one: { ...TWO_GONE.one, verdict: 'converged', gates: [] } }],
    ],
    ['MainstaySplitBrain', DOWN_TWO, 'MainstayProxyUnseen{haproxy="ha2"}', 'MainstayPeerLost'],
    ['MainstaySplitBrain', DOWN_TWO, 'MainstayProxyUnseen{haproxy="ha2"}', 'MainstayPeerLost'],
  ),
  fires(
    'MainstaySplitBrain',
    'sight of the old worker that had them is lost, and comes back when it has ended',
    20 * MIN,
    [
      [300, { both: { ...SPLIT, sessions: { 'ha1/main': 4, 'ha2/backup/old': 1 } } }],
      [400, { both: { ...HEALTHY, oldHidden: ['ha2'] } }],
      [900, WELL],
    ],
    ['MainstaySplitBrain'],
  ),

  fires('MainstayNoProducer', 'none is up for two minutes', 10 * MIN, [
    [300, { both: NONE_UP }],
    [420, WELL],
  ]),
  fires(
    'MainstayNoProducer',
    'then sight is lost, too',
    10 * MIN,
    [
      [300, { both: NONE_UP }],
      [400, { both: BLIND }],
    ],
    [
      'MainstayNoProducer',
      'MainstayBlind',
      'MainstayProxyUnseen{haproxy="ha1"}',
      'MainstayProxyUnseen{haproxy="ha2"}',
    ],
    [
      'MainstayNoProducer',
      'MainstayBlind',
      'MainstayProxyUnseen{haproxy="ha1"}',
      'MainstayProxyUnseen{haproxy="ha2"}',
    ],
  ),
  quiet('MainstayNoProducer', 'none is up for 10 s', 10 * MIN, [
    [300, { both: NONE_UP }],
    [310, WELL],
  ]),
  quiet(
    'MainstayNoProducer',
    'none is up for one of them, and main is for the other one',
    8 * MIN,
    [[300, { ...NO_LINK, one: { ...NO_LINK.one, ...NONE_UP } }]],
  ),

  fires(
    'MainstayBlind',
    'no proxy is seen for three minutes',
    10 * MIN,
    [
      [300, { both: BLIND }],
      [480, WELL],
    ],
    ['MainstayBlind', 'MainstayProxyUnseen{haproxy="ha1"}', 'MainstayProxyUnseen{haproxy="ha2"}'],
  ),
  quiet('MainstayBlind', 'all are restarted', 10 * MIN, [
    [300, { both: BLIND }],
    [360, WELL],
  ]),

  fires('MainstayStranded', 'all stay on backup, and mainstay may not close', 30 * MIN, [
    [300, { both: STICKY }],
    [25 * MIN, WELL],
  ]),
  quiet('MainstayStranded', 'a cooldown of 10m holds it', 30 * MIN, [
    [300, { both: { ...STICKY, gates: ['cooldown'] } }],
    [300 + 10 * MIN, WELL],
  ]),
  quiet('MainstayStranded', 'the target is backup, and all are there', 50 * MIN, [
    [300, { both: HOLDING }],
  ]),

  fires('MainstayFailedOver', 'main is down for four minutes, then waited for', 20 * MIN, [
    [300, { both: MAIN_DOWN }],
    [540, { both: HOLDING }],
  ]),
  fires(
    'MainstayFailedOver',
    'then sight is lost',
    12 * MIN,
    [
      [300, { both: MAIN_DOWN }],
      [500, { two: { alive: false }, one: { ...BLIND, hearsPeer: true } }],
    ],
    [
      'MainstayFailedOver',
      DOWN_TWO,
      'MainstayBlind',
      'MainstayProxyUnseen{haproxy="ha1"}',
      'MainstayProxyUnseen{haproxy="ha2"}',
    ],
    [
      'MainstayFailedOver',
      DOWN_TWO,
      'MainstayBlind',
      'MainstayProxyUnseen{haproxy="ha1"}',
      'MainstayProxyUnseen{haproxy="ha2"}',
    ],
  ),
  quiet('MainstayFailedOver', 'main is restarted within 60 s', 10 * MIN, [
    [300, { both: MAIN_DOWN }],
    [360, { both: HOLDING }],
  ]),

  fires('MainstayProducerDown{server="backup"}', 'backup is down at one proxy', 15 * MIN, [
    [300, { both: { up: { ...HEALTHY.up, 'ha2/backup': 0 } } }],
    [11 * MIN, WELL],
  ]),
  quiet('MainstayProducerDown', 'backup is restarted within 4 minutes', 15 * MIN, [
    [300, { both: { up: { ...HEALTHY.up, 'ha1/backup': 0, 'ha2/backup': 0 } } }],
    [540, WELL],
  ]),

  fires('MainstayHeldBack', 'main is not fit everywhere for hours', 3.3 * HOUR, [
    [60, { both: HOLDING }],
    [3.2 * HOUR, WELL],
  ]),
  quiet('MainstayHeldBack', 'a failback wait of 2h', 2.1 * HOUR, [
    [60, { both: HOLDING }],
    [60 + 2 * HOUR, WELL],
  ]),

  fires('MainstayFlapping', 'main comes and goes, and the gate with it', 40 * MIN, [
    [300, { both: { ...HOLDING, gates: ['flapping'] } }],
    [400, { both: MAIN_DOWN }],
    [440, { both: { ...HOLDING, gates: ['flapping'] } }],
    [500, WELL],
  ]),
  quiet('MainstayFlapping', 'main comes and goes once', 20 * MIN, [
    [300, { both: HOLDING }],
    [330, { both: MAIN_DOWN }],
    [360, { both: HOLDING }],
  ]),

  fires('MainstayPeerDisagrees', 'they want different producers', 15 * MIN, [
    [300, { both: HOLDING, one: { target: 'main', verdict: 'sticky', gates: ['peer-disagrees'] } }],
    [11 * MIN, WELL],
  ]),
  quiet('MainstayPeerDisagrees', 'one waits 4 minutes longer than the other one', 15 * MIN, [
    [300, { both: HOLDING, one: { target: 'main', verdict: 'sticky', gates: ['peer-disagrees'] } }],
    [540, WELL],
  ]),

  fires('MainstayPeerLost', 'the link between them is cut', 15 * MIN, [
    [300, NO_LINK],
    [11 * MIN, WELL],
  ]),
  quiet('MainstayPeerLost', 'one of them is restarted', 15 * MIN, [
    [300, TWO_GONE],
    [360, WELL],
  ]),

  fires('MainstayProxyUnseen{haproxy="ha2"}', 'nobody sees one of them', 10 * MIN, [
    [300, { both: { unseen: ['ha2'] } }],
    [480, WELL],
  ]),
  quiet('MainstayProxyUnseen', 'its own mainstay sees it', 9 * MIN, [[300, NO_LINK]]),

  fires(
    'MainstayOldWorkersHidden{haproxy="ha1"}',
    'its master does not answer any more',
    20 * MIN,
    [
      [300, { both: { oldHidden: ['ha1'] } }],
      [17 * MIN, WELL],
    ],
  ),
  quiet('MainstayOldWorkersHidden', 'it never had a master socket', 20 * MIN, [
    [0, { both: { oldHidden: ['ha1'] } }],
  ]),

  fires(
    DOWN_TWO,
    'one of them has ended',
    10 * MIN,
    [
      [300, TWO_GONE],
      [480, WELL],
    ],
    [DOWN_TWO, 'MainstayProxyUnseen{haproxy="ha2"}'],
  ),
  quiet('MainstaySupervisorDown', 'a scrape is missed', 10 * MIN, [
    [300, { two: { alive: false } }],
    [330, WELL],
  ]),
  quiet('MainstaySupervisorDown', 'it is restarted', 10 * MIN, [
    [300, TWO_GONE],
    [360, WELL],
  ]),

  fires(STALLED_ONE, 'it answers and does nothing', 15 * MIN, [
    [300, { one: { turns: false } }],
    [11 * MIN, WELL],
  ]),
  quiet('MainstaySupervisorStalled', 'it is restarted, and counts from 0', 10 * MIN, [
    [300, { one: { alive: false } }],
    [330, { one: { alive: true, turns: false } }],
    [360, WELL],
  ]),

  fires('MainstayActionFailed', 'a closing fails', 25 * MIN, [
    [300, { one: { actions: { ...HEALTHY.actions, 'close-server/failed': 1 } } }],
  ]),
  fires(
    'MainstayActionFailed',
    'pins fail again and again',
    30 * MIN,
    Array.from({ length: 12 }, (_, n): Turn => [
      300 + 10 * n,
      { one: { actions: { ...HEALTHY.actions, 'pin/failed': n + 1 } } },
    ]),
  ),
  quiet('MainstayActionFailed', 'a pin fails, and closings are refused', 25 * MIN, [
    [300, { one: { actions: { ...HEALTHY.actions, 'pin/failed': 3, 'close-server/refused': 9 } } }],
  ]),

  fires('MainstayPaused', 'somebody has forgotten it', 4.3 * HOUR, [
    [60, { one: { paused: true } }],
    [4.2 * HOUR, WELL],
  ]),
  quiet('MainstayPaused', 'somebody works for three hours', 3.1 * HOUR, [
    [60, { one: { paused: true } }],
    [3 * HOUR, WELL],
  ]),
];
