// The lab at one moment: proxies and producers with their sessions, and what mainstay says of it.
import type { Status } from '../domain/status.ts';
import { mainIsUpAt } from './health.ts';
import type { Lab } from './lab.ts';
import type { Supervisor } from './supervisor.ts';

/** A table, as the producers count, and below it mainstay with all that holds it back. */
export function tableLines(lab: Lab, mainstay: Supervisor): readonly string[] {
  const rows = Object.entries(lab.counts());
  const producers = Object.keys(rows[0]?.[1] ?? {});
  return [
    `  sessions      ${cells(producers)}     main is     pin`,
    ...rows.map(
      ([proxy, at]) =>
        `  through ${proxy.padEnd(6)}${cells(producers.map((name) => at[name] ?? 0))}     ${(mainIsUpAt(lab, proxy) ? 'up' : 'down').padEnd(12)}${pinAt(mainstay, proxy)}`,
    ),
    `  mainstay      ${says(mainstay, ({ verdict, target }) => `${verdict}, target ${target ?? 'none'}`)}`,
    `  held back by  ${says(mainstay, (status) => gateWords(status, Date.now()), '')}`,
  ];
}

function cells(values: readonly (string | number)[]): string {
  return values.map((value) => String(value).padStart(9)).join('');
}

/** The same in a line: `ha1 main=4 backup=0   ha2 main=0 backup=4   mainstay: split-brain`. */
export function countsLine(lab: Lab, mainstay: Supervisor): string {
  const proxies = Object.entries(lab.counts()).map(([proxy, at]) =>
    [proxy, ...Object.entries(at).map(([producer, n]) => `${producer}=${n}`)].join(' '),
  );
  return [...proxies, `mainstay: ${says(mainstay, ({ verdict }) => verdict)}`].join('   ');
}

/** Where the proxy's pin sends new connections, as mainstay saw it last. */
function pinAt(mainstay: Supervisor, proxy: string): string {
  return mainstay.status()?.proxies.find(({ name }) => name === proxy)?.pin.server ?? '-';
}

function says(
  mainstay: Supervisor,
  words: (status: Status) => string,
  none: string | null = null,
): string {
  const status = mainstay.status();
  if (status !== null) return words(status);
  return none ?? (mainstay.isOn() ? 'does not answer' : 'off');
}

/** `failback-wait 4s, cooldown ha1 2s`: each gate with its proxy and, where that is known, when it opens. */
function gateWords({ gates }: Status, nowMs: number): string {
  const each = gates.map(({ gate, proxy, until }) => {
    const opens = until === null ? [] : [`${secondsUntil(until, nowMs)}s`];
    return [gate, ...(proxy === null ? [] : [proxy]), ...opens].join(' ');
  });
  return each.join(', ') || 'nothing';
}

function secondsUntil(at: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(at) - nowMs) / 1000));
}
