// What befalls two HAProxies and the supervisors beside them, and which alerts it is to bring: every alert that there is.
import { signal } from '../../src/lab/processes.ts';
import { isShutdown } from '../integration/moments.ts';
import { failOver, PATIENCE_MS, PROXIES, untilUp } from '../integration/scenes.ts';
import { RELAYS, type Sides } from './sides.ts';

export interface Incident {
  /** What befalls them, as a sentence. */
  readonly name: string;
  /** One thing after the other, each once the alerts of the one before it fire. */
  readonly course: readonly Fault[];
  /** How it ends, also where it did not come to its end. */
  readonly mend: (sides: Sides) => Promise<void>;
}

export interface Fault {
  readonly what: string;
  readonly befall: (sides: Sides) => Promise<void> | void;
  /** The alerts that come of it. */
  readonly fires: readonly string[];
}

/** They fire on for a quarter of an hour after what they tell of. */
export const LOOKING_BACK: readonly string[] = ['MainstayActionFailed', 'MainstayFlapping'];

/** What is resolved last comes first. */
export const INCIDENTS: readonly Incident[] = [
  {
    name: 'main dies, ha2 is paused meanwhile, and its HAProxy freezes in the moment of the failback',
    course: [
      {
        what: 'main dies',
        befall: ({ lab }) => failOver(lab),
        fires: ['MainstayFailedOver', 'MainstayProducerDown'],
      },
      {
        what: 'main comes back while ha2 is paused',
        befall: async ({ lab, ha2 }) => {
          await ha2.order('/v1/pause');
          await lab.producer('main').restart();
        },
        fires: ['MainstayPeerDisagrees', 'MainstayPaused', 'MainstayHeldBack'],
      },
      {
        what: 'ha2 is resumed, and its HAProxy freezes as it is told to close',
        befall: async ({ lab, ha2, between }) => {
          between.intercept({
            before: (line) => {
              if (isShutdown(line)) lab.proxy('ha2').freeze();
            },
          });
          await ha2.order('/v1/resume');
        },
        fires: ['MainstayActionFailed'],
      },
    ],
    mend: async ({ lab, ha2, between }) => {
      between.intercept({});
      lab.proxy('ha2').thaw();
      // A restart of what runs is one more incident.
      if (lab.count({ producer: 'main' }) === 0) await lab.producer('main').restart();
      await ha2.order('/v1/resume');
      await untilOnMain({ lab });
    },
  },
  {
    name: 'main comes and goes',
    course: [
      {
        what: 'main dies and comes back, again and again',
        befall: async (sides) => {
          await bounce(sides);
          await untilOnMain(sides);
          await bounce(sides);
        },
        fires: ['MainstayFlapping'],
      },
    ],
    mend: async ({ lab, ha1, ha2 }) => {
      await Promise.all([ha1, ha2].map((side) => side.order('/v1/resume')));
      await untilOnMain({ lab });
    },
  },
  {
    name: 'ha1 loses its way to main for a moment and is reloaded while both sides are paused',
    course: [
      {
        what: 'sessions are left on backup, in an old worker',
        befall: async ({ lab, ha1, ha2 }) => {
          await Promise.all([ha1, ha2].map((side) => side.order('/v1/pause')));
          await lab.producer('main').cut('ha1');
          const moved = () => lab.count({ proxy: 'ha1', producer: 'backup' }) === RELAYS;
          await lab.until(moved, PATIENCE_MS, 'the relays of ha1 are on backup');
          await lab.producer('main').mend('ha1');
          await lab.proxy('ha1').reload();
        },
        fires: ['MainstaySplitBrain', 'MainstayStranded'],
      },
    ],
    mend: async ({ lab, ha1, ha2 }) => {
      await Promise.all([ha1, ha2].map((side) => side.order('/v1/resume')));
      await untilOnMain({ lab });
    },
  },
  {
    name: 'both producers die',
    course: [
      {
        what: 'both die',
        befall: async ({ lab }) => {
          await Promise.all(['main', 'backup'].map((name) => lab.producer(name).kill()));
        },
        fires: ['MainstayNoProducer'],
      },
    ],
    mend: async ({ lab }) => {
      await Promise.all(['main', 'backup'].map((name) => lab.producer(name).restart()));
      await untilOnMain({ lab });
    },
  },
  {
    name: 'both HAProxies freeze',
    course: [
      {
        what: 'both freeze',
        befall: ({ lab }) => PROXIES.forEach((name) => lab.proxy(name).freeze()),
        fires: ['MainstayProxyUnseen', 'MainstayBlind'],
      },
    ],
    mend: async ({ lab }) => {
      for (const name of PROXIES) lab.proxy(name).thaw();
      await untilOnMain({ lab });
    },
  },
  {
    name: "ha2's supervisor stands still and ends, and the master of ha1's HAProxy is frozen",
    course: [
      {
        what: "ha2's supervisor stands still",
        befall: ({ ha2 }) => ha2.standStill(),
        fires: ['MainstaySupervisorStalled', 'MainstayPeerLost'],
      },
      {
        what: "it ends, and the master of ha1's HAProxy is frozen",
        befall: async ({ lab, ha2 }) => {
          signalMaster({ lab }, 'SIGSTOP');
          await ha2.stop();
        },
        fires: ['MainstaySupervisorDown', 'MainstayOldWorkersHidden'],
      },
    ],
    mend: async ({ lab, ha2 }) => {
      signalMaster({ lab }, 'SIGCONT');
      await ha2.start();
    },
  },
];

function signalMaster({ lab }: Pick<Sides, 'lab'>, name: NodeJS.Signals): void {
  const pid = lab.proxy('ha1').master();
  if (pid === null) throw new Error('ha1 does not run');
  signal(pid, name);
}

/** Main dies, everybody leaves it for good, and it comes back. */
async function bounce({ lab, ha1, ha2 }: Sides): Promise<void> {
  await failOver(lab);
  // A main that is back sooner has never been left: there would be no move to count.
  const left = async () => {
    const both = await Promise.all([ha1, ha2].map((side) => side.status()));
    return both.every(({ target }) => target === 'backup');
  };
  await lab.until(left, PATIENCE_MS, 'both sides have left main');
  await lab.producer('main').restart();
  await untilUp(lab, PROXIES);
}

function untilOnMain({ lab }: Pick<Sides, 'lab'>): Promise<void> {
  return lab.until(() => lab.allOn('main'), PATIENCE_MS, 'every session is on main');
}
