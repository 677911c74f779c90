// The faults that a key makes in a lab, and the words for what they did.
import type { Lab } from '../lab.ts';
import { RELAYS } from '../open.ts';
import type { Supervisor } from '../supervisor.ts';

export interface Fault {
  readonly key: string;
  /** What the key does, for the legend. */
  readonly does: string;
  /** Does it, and says what it has done. */
  readonly act: () => Promise<string> | string;
}

/** For a lab with the usual names. They remember what they have done to it. */
export function faultsOf(lab: Lab, mainstay: Supervisor): readonly Fault[] {
  const main = lab.producer('main');
  let restarted = 0;
  return [
    {
      key: 'k',
      does: 'kill main',
      act: async () => {
        await main.kill();
        return 'main is killed';
      },
    },
    {
      key: 'r',
      does: 'main returns',
      act: async () => {
        await main.restart();
        return 'main has started anew; what was connected to it must dial again';
      },
    },
    cutting(lab, '1', 'ha1'),
    cutting(lab, '2', 'ha2'),
    {
      key: 's',
      does: 'restart a relay',
      act: () => {
        const name = `relay${(restarted++ % RELAYS) + 1}`;
        lab.relay(name).restart();
        return `${name} restarts: it dials both proxies anew`;
      },
    },
    freezing(lab, 'f', 'ha1'),
    freezing(lab, 'g', 'ha2'),
    reloading(lab, 'a', 'ha1'),
    reloading(lab, 'b', 'ha2'),
    {
      key: 'm',
      does: 'stop or start mainstay',
      act: async () => {
        if (mainstay.isOn()) {
          await mainstay.stop();
          return 'mainstay is off: HAProxy is on its own';
        }
        await mainstay.start();
        return 'mainstay starts';
      },
    },
  ];
}

/** The keys and what they do, two in a line. */
export function legendLines(faults: readonly Pick<Fault, 'key' | 'does'>[]): readonly string[] {
  const each = [...faults, { key: 'q', does: 'end the lab' }].map(({ key, does }) =>
    `${key}  ${does}`.padEnd(38),
  );
  return each.flatMap((one, i) => (i % 2 === 0 ? [`  ${one}${each[i + 1] ?? ''}`] : []));
}

function cutting(lab: Lab, key: string, proxy: string): Fault {
  const main = lab.producer('main');
  let isCut = false;
  return {
    key,
    does: `cut or mend ${proxy}'s way to main`,
    act: async () => {
      isCut = !isCut;
      await (isCut ? main.cut(proxy) : main.mend(proxy));
      return isCut ? `${proxy} cannot reach main any more` : `${proxy} can reach main again`;
    },
  };
}

function freezing(lab: Lab, key: string, name: string): Fault {
  const proxy = lab.proxy(name);
  let isFrozen = false;
  return {
    key,
    does: `freeze or thaw ${name}`,
    act: () => {
      isFrozen = !isFrozen;
      if (isFrozen) proxy.freeze();
      else proxy.thaw();
      return isFrozen
        ? `${name} is frozen: its connections stand, and it answers nobody`
        : `${name} goes on`;
    },
  };
}

function reloading(lab: Lab, key: string, name: string): Fault {
  const proxy = lab.proxy(name);
  return {
    key,
    does: `reload ${name}`,
    act: async () => {
      await proxy.reload();
      return `${name} is reloaded; old workers that still have sessions: ${proxy.workers().length - 1}`;
    },
  };
}
