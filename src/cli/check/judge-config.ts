// What mainstay.yaml allows and yet deserves a word, as findings.
import type { Config } from '../../domain/config.ts';
import type { FindingId, Found } from './finding.ts';

/** By the setting's path: the id, and the cure where the warning itself names none. */
const SETTINGS: readonly { setting: RegExp; id: FindingId; cure: string }[] = [
  { setting: /\.runtime$/, id: 'runtime-tcp', cure: 'use unix:PATH' },
  {
    setting: /^proxies$/,
    id: 'nothing-driven',
    cure: 'take "drive: false" off the proxies that mainstay shall act on',
  },
  {
    setting: /^listen$/,
    id: 'listen-without-token',
    cure: 'name a file with a token of your own, mode 600\n    api: { tokenFile: /etc/mainstay/token }',
  },
  { setting: /^api\.tokenFile$/, id: 'token-shared', cure: 'chmod 600 it' },
];

/** One for each of the configuration's warnings: `FILE:LINE:COLUMN SETTING: MESSAGE[; CURE]`. */
export function judgeConfig({
  file,
  warnings,
}: Pick<Config, 'file' | 'warnings'>): readonly Found[] {
  return warnings.map((warning) => {
    const [, spot = file, setting = '', text = warning] =
      /^(.+?:\d+:\d+) (\S+): (.*)$/.exec(warning) ?? [];
    const [message = text, ownCure] = text.split('; ', 2);
    const known = SETTINGS.find((one) => one.setting.test(setting));
    return {
      id: known?.id ?? 'configuration',
      level: 'warning',
      proxies: [],
      spot: setting === '' ? spot : `${spot} ${setting}`,
      message,
      cure: ownCure ?? known?.cure ?? '',
    } satisfies Found;
  });
}
