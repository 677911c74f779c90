// Settings as words, under the names that mainstay.yaml gives them, nested keys with a dot: `failback.after=30m`.
import type { Policy, ProxyPolicy, Rung } from '../../domain/policy.ts';
import type { Result } from '../../domain/result.ts';

export interface Settings {
  readonly policy: Partial<Policy>;
  /** The proxies that a setting about them names; null: there is no such setting. */
  readonly named: Readonly<Record<Means, readonly string[] | null>>;
}
type Means = Exclude<keyof ProxyPolicy, 'name'> | 'standby';

export const NO_SETTINGS: Settings = {
  policy: {},
  named: { drive: null, standby: null, reload: null, restart: null },
};

const DURATIONS: Readonly<Record<string, keyof Policy>> = {
  'poll.interval': 'pollIntervalMs',
  'poll.timeout': 'pollTimeoutMs',
  warmup: 'warmupMs',
  'failback.after': 'failbackAfterMs',
  'failback.unseen': 'failbackUnseenMs',
  'split.after': 'splitAfterMs',
  'partial.after': 'partialAfterMs',
  cooldown: 'cooldownMs',
  'flap.within': 'flapWithinMs',
  'budget.within': 'budgetWithinMs',
  'verify.within': 'verifyWithinMs',
  'verify.return': 'verifyReturnMs',
};
const NUMBERS: Readonly<Record<string, keyof Policy>> = {
  confirm: 'confirm',
  'flap.max': 'flapMax',
  'budget.max': 'budgetMax',
};
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Later words hold over earlier ones and over those of `before`. The fault is a sentence without its full stop. */
export function readSettings(
  words: readonly string[],
  before: Settings = NO_SETTINGS,
): Result<Settings, string> {
  let { policy, named } = before;
  for (const word of words) {
    const [key = '', value = ''] = word.split('=');
    const duration = readDuration(value);
    const asDuration = Object.hasOwn(DURATIONS, key) ? DURATIONS[key] : undefined;
    const asNumber = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined;
    if (asDuration !== undefined && duration !== null) {
      policy = { ...policy, [asDuration]: duration };
    } else if (asNumber !== undefined && /^\d{1,4}$/.test(value)) {
      policy = { ...policy, [asNumber]: Number(value) };
    } else if (key === 'mode' && (value === 'converge' || value === 'observe')) {
      policy = { ...policy, mode: value };
    } else if (key === 'steer' && (value === 'auto' || value === 'pin' || value === 'none')) {
      policy = { ...policy, steer: value };
    } else if (key === 'partial.policy' && (value === 'together' || value === 'tolerate')) {
      policy = { ...policy, partialPolicy: value };
    } else if (key === 'producers' && value !== '') {
      policy = { ...policy, producers: value.split(',') };
    } else if (isMeans(key) && value !== '') {
      named = { ...named, [key]: value.split(',') };
    } else if (key === 'escalate' && value.split(',').every(isRung)) {
      policy = { ...policy, escalate: value.split(',').filter(isRung) };
    } else {
      return {
        ok: false,
        fault: `expected a setting such as "failback.after=30m" or "confirm=2", got "${word}"`,
      };
    }
  }
  return { ok: true, value: { policy, named } };
}

/** The policy with these settings in it. Of a proxy that is not named where others are: it is not driven, not reloaded, not restarted. */
export function withSettings(policy: Policy, { policy: differs, named }: Settings): Policy {
  const own = policy.proxies.map((was): ProxyPolicy => {
    const has = (means: Means, before: boolean) => named[means]?.includes(was.name) ?? before;
    const drive = named.drive?.includes(was.name) ?? was.drive;
    return {
      name: was.name,
      drive: named.standby?.includes(was.name) === true ? 'standby' : drive,
      reload: has('reload', was.reload),
      restart: has('restart', was.restart),
    };
  });
  return { ...policy, ...differs, proxies: own };
}

/** A whole number and its unit, in ms; null: it is none. */
export function readDuration(text: string): number | null {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (UNIT_MS[unit] ?? 1);
}

function isMeans(word: string): word is Means {
  return word === 'drive' || word === 'standby' || word === 'reload' || word === 'restart';
}

function isRung(word: string): word is Rung {
  return word === 'sessions' || word === 'reload' || word === 'restart';
}
