// What mainstay.yaml allows and yet deserves a word, as findings.
import type { Config } from '../../domain/config.ts';
import type { FindingId, Found } from './finding.ts';

/** By `SETTING: MESSAGE`: the id, and the cure where the warning itself names none. */
const WARNINGS: readonly { is: RegExp; id: FindingId; cure?: string }[] = [
  { is: /^\S+\.runtime: /, id: 'runtime-tcp' },
  { is: /^\S+\.master: /, id: 'master-tcp' },
  { is: /^\S+\.stats: /, id: 'password-in-clear' },
  { is: /^(?:proxies\S+|api\.tls)\.(?:key|passwordFile): /, id: 'secret-shared' },
  { is: /^escalate\S+: no proxy has a way to reload/, id: 'no-reload-way' },
  { is: /^escalate\S+: no proxy has a way to restart/, id: 'no-restart-way' },
  { is: /^pin\.table: /, id: 'pin-unused' },
  {
    is: /^proxies: /,
    id: 'nothing-driven',
    cure: 'take "drive: false" off the proxies that mainstay shall act on',
  },
  { is: /^listen: a peer /, id: 'listen-loopback' },
  { is: /^listen: .* no api\.tls; /, id: 'listen-without-tls' },
  {
    is: /^listen: /,
    id: 'listen-without-token',
    cure: 'name a file with a token of your own, mode 600\n    api: { tokenFile: /etc/mainstay/token }',
  },
  {
    is: /^peers: /,
    id: 'peers-without-token',
    cure: 'name a file with a token of your own, mode 600, and give each peer the same for its peers\n    api: { tokenFile: /etc/mainstay/token }',
  },
  { is: /^(?:peers|hooks)\S+\.(?:url|webhook): /, id: 'token-in-clear' },
  { is: /\.tokenFile: /, id: 'token-shared' },
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
    const known = WARNINGS.find(({ is }) => is.test(`${setting}: ${text}`));
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
