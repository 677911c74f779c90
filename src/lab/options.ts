// What a lab can be asked to be, and what it is when it is not asked.
import type { CheckTimes } from './haproxy-config.ts';

export interface LabOptions {
  /** Default ha1, ha2. At most 64. */
  readonly proxies?: readonly string[];
  /** In order of preference; default main, backup. At most 64. */
  readonly producers?: readonly string[];
  /** How many relays; default 3. They are called relay1, relay2, … */
  readonly relays?: number;
  /** Each relay dials all proxies, as a pool's relays do (the default), or one of them in turn. */
  readonly dials?: 'all' | 'one';
  /** All durations of the relays are multiplied by this; default 0.02: a redial after 200 to 280 ms. */
  readonly timeScale?: number;
  /** Default: every 100 ms, down after 2 failures, up after 2 successes. */
  readonly check?: CheckTimes;
  /** The program to run as `haproxy`; default: MAINSTAY_HAPROXY, else Debian's. */
  readonly haproxy?: string;
  /** Changes a proxy's configuration before it starts, for what no option covers. */
  readonly configure?: (config: string, proxy: string) => string;
  /** Of the relays' redial times; default 1. */
  readonly seed?: number;
}

export function withDefaults(options: LabOptions): Required<LabOptions> {
  return {
    proxies: ['ha1', 'ha2'],
    producers: ['main', 'backup'],
    relays: 3,
    dials: 'all',
    timeScale: 0.02,
    check: { interMs: 100, fall: 2, rise: 2 },
    haproxy: process.env['MAINSTAY_HAPROXY'] ?? '/usr/sbin/haproxy',
    configure: (config) => config,
    seed: 1,
    ...options,
  };
}
