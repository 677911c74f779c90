// Where sessions are, and where a producer is up, as a status has it, in words.
import type { Status, StatusProxy } from '../domain/status.ts';

interface SessionWords {
  /** The producers that have any. */
  readonly on: readonly string[];
  /** `all 8 sessions are on main`, `no session is open`. */
  readonly all: string;
  /** `4 on main (ha1), 4 on backup (ha2)`. */
  readonly each: string;
  /** `through both proxies`, `through ha1`. */
  readonly through: string;
}

export function sessionsIn({
  producers,
  proxies,
}: Pick<Status, 'producers' | 'proxies'>): SessionWords {
  const counts = producers
    .map((producer) => {
      const at = proxies.filter((proxy) => sessionsAt(proxy, producer) > 0);
      const count = at.reduce((sum, proxy) => sum + sessionsAt(proxy, producer), 0);
      return { producer, count, at: at.map(({ name }) => name) };
    })
    .filter(({ count }) => count > 0);
  const sum = counts.reduce((all, { count }) => all + count, 0);
  const on = counts.map(({ producer }) => producer);
  const places = [...new Set(counts.flatMap(({ at }) => at))];
  return {
    on,
    all: allWords(sum, on),
    each: counts
      .map(({ producer, count, at }) => `${count} on ${producer} (${at.join(', ')})`)
      .join(', '),
    through: `through ${placeWords(places, proxies.length)}`,
  };
}

/** `main is up at ha1 and down at ha2`, `main is up everywhere`; of proxies that are seen. */
export function healthWords(proxies: readonly StatusProxy[], producer: string): string {
  const seen = proxies.filter(({ reachable }) => reachable);
  const up = seen.filter((proxy) => isUp(proxy, producer)).map(({ name }) => name);
  const down = seen.map(({ name }) => name).filter((name) => !up.includes(name));
  if (down.length === 0) return `${producer} is up everywhere`;
  if (up.length === 0) return `${producer} is down everywhere`;
  return `${producer} is up at ${up.join(', ')} and down at ${down.join(', ')}`;
}

function allWords(sum: number, on: readonly string[]): string {
  if (sum === 0) return 'no session is open';
  if (sum === 1) return `the only session is on ${on.join(', ')}`;
  return on.length === 1
    ? `all ${sum} sessions are on ${on.join('')}`
    : `${sum} sessions are on ${on.join(' and ')}`;
}

function placeWords(places: readonly string[], all: number): string {
  if (places.length < all || all === 1) return places.join(', ');
  return all === 2 ? 'both proxies' : `all ${all} proxies`;
}

function sessionsAt({ workers }: StatusProxy, producer: string): number {
  return workers
    .flatMap((worker) => worker.producers)
    .filter(({ name }) => name === producer)
    .reduce((sum, { sessions }) => sum + sessions, 0);
}

/** By the serving worker; draining is up. */
function isUp({ workers }: StatusProxy, producer: string): boolean {
  const health = workers
    .find(({ old }) => !old)
    ?.producers.find(({ name }) => name === producer)?.health;
  return health === 'up' || health === 'drain';
}
