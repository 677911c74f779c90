// Durations, counts and places as a tired person reads them.
import { sessionsAt, type Facts, type ProxyFacts } from './facts.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** `30m`, `1h30m`, `2m30s`, `800ms`, `0s`: the two largest units, without a zero; rounded down. */
export function span(ms: number): string {
  if (!(ms > 0)) return '0s';
  const at = UNITS.findIndex(([, unitMs]) => ms >= unitMs);
  const [unit, unitMs] = UNITS[at] ?? ['ms', 1];
  const whole = Math.floor(ms / unitMs);
  const [next, nextMs] = UNITS[at === -1 ? UNITS.length : at + 1] ?? ['', Infinity];
  const rest = Math.floor((ms - whole * unitMs) / nextMs);
  return rest > 0 ? `${whole}${unit}${rest}${next}` : `${whole}${unit}`;
}

/** `main 4 (ha1), backup 4 (ha2)`: the producers that have sessions, in any worker, and where. */
export function sessionWords({ producers, seen }: Facts): string {
  const all = producers.flatMap((producer) => {
    const here = seen.filter((proxy) => sessionsAt(proxy, producer) > 0);
    const count = here.reduce((sum, proxy) => sum + sessionsAt(proxy, producer), 0);
    return here.length === 0 ? [] : [`${producer} ${count} (${namesOf(here)})`];
  });
  return all.join(', ') || 'no session';
}

/** `ha1, ha2`; `otherwise` where there is none. */
export function namesOf(proxies: readonly Pick<ProxyFacts, 'name'>[], otherwise = 'none'): string {
  return proxies.map(({ name }) => name).join(', ') || otherwise;
}
