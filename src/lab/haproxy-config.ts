// The reference configuration with a lab's own addresses, sockets and check times put in; the rest stays as users have it.
import { readFileSync } from 'node:fs';

export interface HaproxyConfigInput {
  readonly sockets: Sockets;
  /** What a new worker is told of its servers (configuration.txt 3.1, server-state-file). */
  readonly stateFile: string;
  /** Where relays dial, and where the stats page listens: `HOST:PORT`. */
  readonly relaysAt: string;
  readonly statsAt: string;
  /** Where the old worker gives its pin to the new one: `HOST:PORT`. */
  readonly peerAt: string;
  /** In order of preference: the first has the lines of `main`, each other one those of `backup`; ids from 1. */
  readonly producers: readonly { readonly name: string; readonly address: string }[];
  readonly check: CheckTimes;
}

/** When HAProxy marks a server down or up (configuration.txt 5.2: inter, fall, rise). */
export interface CheckTimes {
  readonly interMs: number;
  readonly fall: number;
  readonly rise: number;
}

/** Paths of a HAProxy's Runtime API sockets: the workers' by level, and the master process's. */
export type Sockets = Readonly<Record<'admin' | 'operator' | 'user' | 'master', string>>;

/** The text of `haproxy/haproxy.cfg`. */
export function readReference(): string {
  return readFileSync(new URL('../../haproxy/haproxy.cfg', import.meta.url), 'utf8');
}

/** `reference` for one proxy of a lab. Throws where a line that has to be changed is not there exactly once. */
export function renderHaproxyConfig(reference: string, input: HaproxyConfigInput): string {
  const { sockets, stateFile, relaysAt, statsAt, peerAt, producers, check } = input;
  const socket = (level: 'admin' | 'operator' | 'user'): string =>
    `stats socket ${sockets[level]} mode 600 level ${level}`;
  const [main, ...others] = producers;
  if (main === undefined) throw new Error('a lab needs a producer');
  const changes: readonly (readonly [RegExp, string])[] = [
    // The log comes to the lab over stderr.
    [/^( +)log \/dev\/log local0$/gm, '$1log stderr format rfc5424 local0'],
    // Whoever runs the tests keeps the rights and the groups that they have.
    [/^ +chroot .*\n/gm, ''],
    [/^ +user .*\n/gm, ''],
    [/^ +group .*\n/gm, ''],
    [
      /^( +)stats socket .*$/gm,
      (['admin', 'operator', 'user'] as const).map((level) => `$1${socket(level)}`).join('\n'),
    ],
    [/^( +)server-state-file .*$/gm, `$1server-state-file ${stateFile}`],
    // Also the pause between two tries: the tries must outlast the checks here too, and not by seconds.
    [/^( +)timeout connect .*$/gm, `$1timeout connect ${check.interMs}ms`],
    [/^( +)bind :3001$/gm, `$1bind ${relaysAt}`],
    [/^( +)bind 127\.0\.0\.1:8404$/gm, `$1bind ${statsAt}`],
    [/^( +)peer mainstay .*$/gm, `$1peer mainstay ${peerAt}`],
    [
      /(?<=default-server .*)inter \S+ fastinter \S+ fall \S+ rise \S+/gm,
      `inter ${check.interMs}ms fall ${check.fall} rise ${check.rise}`,
    ],
    [/^( +)use-server main /gm, `$1use-server ${main.name} `],
    [/^( +)server main \S+/gm, `$1server ${main.name} ${main.address}`],
    [
      /^( +)use-server backup (.*) 2 }$/gm,
      others.map(({ name }, i) => `$1use-server ${name} $2 ${i + 2} }`).join('\n'),
    ],
    [
      /^( +)server backup \S+ id 2 (.*)$/gm,
      others.map(({ name, address }, i) => `$1server ${name} ${address} id ${i + 2} $2`).join('\n'),
    ],
  ];
  return changes.reduce((text, [line, by]) => replaceOnce(text, line, by), reference);
}

function replaceOnce(text: string, pattern: RegExp, by: string): string {
  const found = text.match(pattern)?.length ?? 0;
  if (found !== 1) throw new Error(`haproxy.cfg has ${found} lines like ${pattern}, not one`);
  return text.replace(pattern, by);
}

/** `config`, which was rendered or is the reference, with the pin's table left out, and all that belongs to it. */
export function withoutPins(config: string): string {
  const parts = [
    /^ +localpeer .*\n/gm,
    /^ +use-server .*\n/gm,
    /^backend pin\n(?: .*\n)*/gm,
    /^peers own\n(?: .*\n)*/gm,
  ];
  return parts.reduce((text, part) => text.replace(part, ''), config);
}

/** `config` without the ring: no events to follow. */
export function withoutRing(config: string): string {
  return config.replace(/^ +log ring@.*\n/m, '').replace(/^ring events\n(?: .*\n)*/m, '');
}
