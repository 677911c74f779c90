// What mainstay.yaml allows and yet deserves a word, as findings.
import type { Config } from '../../domain/config.ts';
import type { FindingId, Found } from './finding.ts';

/** By the last part of the setting's path: the id, and the cure where the warning itself names none. */
const SETTINGS: readonly (readonly [setting: RegExp, id: FindingId, cure: string])[] = [
  [/\.runtime$/, 'runtime-tcp', 'use unix:PATH'],
  [/^proxies$/, 'nothing-driven', 'take "drive: false" off the proxies that mainstay shall act on'],
  [
    /^listen$/,
    'listen-without-token',
    'name a file with a token of your own, mode 600:\n    api: { tokenFile: /etc/mainstay/token }',
  ],
  [/^api\.tokenFile$/, 'token-shared', 'chmod 600 it'],
];

/** One for each of the configuration's warnings: `FILE:LINE:COLUMN SETTING: MESSAGE[; CURE]`. */
export function judgeConfig({
  file,
  warnings,
}: Pick<Config, 'file' | 'warnings'>): readonly Found[] {
  return warnings.map((warning) => {
    const [, spot = file, setting = '', text = warning] =
      /^(\S+:\d+:\d+) (\S+): (.*)$/.exec(warning) ?? [];
    const [message = text, ownCure] = text.split('; ', 2);
    const [, id, cure] = SETTINGS.find(([form]) => form.test(setting)) ?? [, 'configuration', ''];
    return {
      id: id ?? 'configuration',
      level: 'warning',
      proxies: [],
      spot: setting === '' ? spot : `${spot} ${setting}`,
      message,
      cure: ownCure ?? cure ?? '',
    } satisfies Found;
  });
}
