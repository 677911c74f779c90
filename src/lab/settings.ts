// The settings of the tour's supervisor: waits so short that a person can wait for them, told beside the defaults.
import { DEFAULTS } from '../config/defaults.ts';

export const FAILBACK_AFTER_S = 6;
export const PARTIAL_AFTER_S = 3;

const WAITS = {
  failback: { after: `${FAILBACK_AFTER_S}s` },
  partial: { after: `${PARTIAL_AFTER_S}s` },
  split: { after: '1s' },
  cooldown: '3s',
  warmup: '1s',
  flap: { within: '1m' },
  budget: { within: '1m' },
  verify: { return: '5s' },
} as const;

/** What differs from the defaults in the lab's mainstay.yaml; all else is as users have it. */
export const SETTINGS = { ...WAITS, journal: 'journal', api: { tokenFile: 'token' } } as const;

/** Of the lab's API and page: it listens on this host alone, and anybody here may play with it. */
export const TOKEN = 'mainstay-lab-token';

/** All durations of the relays are multiplied by this. */
export const TIME_SCALE = 0.1;

/** Each setting with its value here and, in brackets, by default; two in a line. */
export function settingsLines(): readonly string[] {
  const defaults = new Map(flat(DEFAULTS));
  const each = flat(WAITS).map(([name, here]) =>
    `${name} ${here} (${defaults.get(name) ?? 'none'})`.padEnd(36),
  );
  return each.flatMap((one, i) => (i % 2 === 0 ? [`  ${one}${each[i + 1] ?? ''}`] : []));
}

function flat(settings: object, above = ''): [name: string, value: string][] {
  return Object.entries(settings).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${above}${key}.`)
      : [[`${above}${key}`, String(value)]],
  );
}
