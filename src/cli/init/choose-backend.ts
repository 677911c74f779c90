// Which backend is meant: at every proxy, two servers or more, a `backup` beside one that is none, tcp before the rest.
import type { Backend } from '../../haproxy/show-backends.ts';

/** As many producers as mainstay.yaml takes: what has more is no pair. */
const MAX_SERVERS = 64;

export interface Choice {
  readonly backend: string;
  readonly mode: string;
  /** In order of preference: those without `backup` first, as the supervisor takes them. */
  readonly servers: Backend['servers'];
  /** One without `backup`, and the others with it. */
  readonly pair: boolean;
  /** Servers of that backend which some proxy does not have: they cannot be producers. */
  readonly missing: readonly string[];
  /** What else could have been chosen, the best first. */
  readonly others: readonly Backend[];
}

/** `lists`: each proxy's backends. Null: none is at all of them with two servers in common. */
export function chooseBackend(lists: readonly (readonly Backend[])[]): Choice | null {
  const [first = [], ...rest] = lists;
  const candidates = first
    // HAProxy takes digits for a number of its own: such a backend cannot be asked for by its name.
    .filter(({ name }) => !/^-?\d+$/.test(name))
    .flatMap((backend) => shared(backend, rest))
    .toSorted((a, b) => rank(a.backend) - rank(b.backend));
  const [best, ...others] = candidates;
  if (best === undefined) return null;
  const { name, mode, servers } = best.backend;
  return {
    backend: name,
    mode,
    servers: servers.toSorted((a, b) => Number(a.backup) - Number(b.backup)),
    pair: isPair(best.backend),
    missing: best.missing,
    others: others.map(({ backend }) => backend),
  };
}

/** The backend with those of its servers that all have. */
function shared(backend: Backend, rest: readonly (readonly Backend[])[]) {
  const same = rest.map((list) => list.find(({ name }) => name === backend.name));
  const has = (server: string): boolean =>
    same.every((other) => other?.servers.some(({ name }) => name === server));
  const servers = backend.servers.filter(({ name }) => has(name));
  if (servers.length < 2 || servers.length > MAX_SERVERS) return [];
  const all = [backend, ...same].flatMap((each) => each?.servers.map(({ name }) => name) ?? []);
  const missing = [...new Set(all)].filter((name) => servers.every((one) => one.name !== name));
  return [{ backend: { ...backend, servers }, missing }];
}

function rank(backend: Backend): number {
  return (isPair(backend) ? 0 : 2) + (backend.mode === 'tcp' ? 0 : 1);
}

function isPair({ servers }: Backend): boolean {
  return servers.filter(({ backup }) => !backup).length === 1;
}
