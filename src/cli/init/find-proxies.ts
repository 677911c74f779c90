// All sockets asked: which HAProxies there are, and which master goes with each.
import { dirname } from 'node:path';
import type { Link } from '../../config/address.ts';
import type { Fault } from '../../domain/fault.ts';
import type { World } from '../world.ts';
import { askSocket, type Asked, type PlainAddress, type Worker } from './ask-socket.ts';
import { mastersBeside } from './usual-places.ts';

/** One for mainstay.yaml. */
export type FoundProxy =
  | {
      readonly kind: 'seen';
      readonly link: PlainAddress;
      readonly worker: Worker;
      readonly master: MasterFound;
    }
  | { readonly kind: 'silent'; readonly link: PlainAddress; readonly fault: Fault }
  /** It needs files of its own to be asked. */
  | { readonly kind: 'unasked'; readonly link: Exclude<Link, PlainAddress> };

export type MasterFound =
  | { readonly kind: 'found'; readonly link: PlainAddress }
  | { readonly kind: 'forbidden'; readonly link: PlainAddress }
  | { readonly kind: 'none' };

export interface Findings {
  readonly proxies: readonly FoundProxy[];
  /** Sockets of a HAProxy that another one leads to as well, and may do as much there. */
  readonly twins: readonly { readonly link: PlainAddress; readonly of: PlainAddress }[];
  /** Masters of none of these. */
  readonly strangers: readonly PlainAddress[];
}

/** In the order of `links`. Every wait has a deadline; never throws. */
export async function findProxies(world: World, links: readonly Link[]): Promise<Findings> {
  const plain = links.filter(isPlain);
  const asked = await Promise.all(plain.map((address) => askSocket(world, address)));
  const twins = twinsAmong(asked);
  const workers = asked.flatMap(({ address, said }) =>
    said.kind === 'worker' && !twins.some(({ link }) => link === address)
      ? [{ address, worker: said.worker }]
      : [],
  );
  const beside = await askBeside(world, plain, workers);
  const masters = [...asked, ...beside].flatMap(({ address, said }) =>
    said.kind === 'master' ? [{ address, pids: said.pids }] : [],
  );
  const led = masters.map((master) => ({ master, worker: ledBy(master, workers) }));
  const proxies = links.flatMap((link): FoundProxy[] => {
    if (!isPlain(link)) return [{ kind: 'unasked', link }];
    const said = asked.find(({ address }) => address === link)?.said;
    if (said?.kind === 'silent') return [{ kind: 'silent', link, fault: said.fault }];
    const seen = workers.find(({ address }) => address === link);
    if (seen === undefined) return [];
    const own = led.find(({ worker }) => worker === seen)?.master.address;
    const closed = [...asked, ...beside].find((one) => isForbidden(one, link));
    const master: MasterFound =
      own !== undefined
        ? { kind: 'found', link: own }
        : closed !== undefined
          ? { kind: 'forbidden', link: closed.address }
          : { kind: 'none' };
    return [{ kind: 'seen', link, worker: seen.worker, master }];
  });
  const given = new Set<PlainAddress>(plain);
  return {
    proxies,
    twins,
    strangers: led.flatMap(({ master: { address }, worker }) =>
      worker === null && given.has(address) ? [address] : [],
    ),
  };
}

interface SeenWorker {
  readonly address: PlainAddress;
  readonly worker: Worker;
}

export function isPlain(link: Link): link is PlainAddress {
  return link.kind === 'unix' || link.kind === 'tcp';
}

/** Two paths to one process of this host: the one that may do more stays, else the first. */
function twinsAmong(asked: readonly Asked[]): Findings['twins'] {
  const seen = asked.flatMap(({ address, said }) =>
    said.kind === 'worker' && address.kind === 'unix' ? [{ address, worker: said.worker }] : [],
  );
  const best: SeenWorker[] = [];
  for (const one of seen.toSorted((a, b) => RANK[a.worker.level] - RANK[b.worker.level])) {
    if (!best.some(({ worker }) => isSame(worker, one.worker))) best.push(one);
  }
  return seen.flatMap((one) => {
    const of = best.find(({ worker }) => isSame(worker, one.worker));
    return of === undefined || of === one ? [] : [{ link: one.address, of: of.address }];
  });
}

const RANK = { admin: 0, operator: 1, user: 2 } as const;

/** In two containers the numbers may be the same: then the names of their hosts, or their ages, are not. */
function isSame(a: Worker, b: Worker): boolean {
  return a.pid === b.pid && a.node === b.node && Math.abs(a.uptimeS - b.uptimeS) <= 1;
}

async function askBeside(
  world: World,
  given: readonly PlainAddress[],
  workers: readonly SeenWorker[],
): Promise<readonly Asked[]> {
  const known = new Set(given.map(({ text }) => text));
  const paths = workers.flatMap(({ address }) =>
    address.kind === 'unix' ? mastersBeside(address.path) : [],
  );
  return Promise.all(
    [...new Set(paths)]
      .map((path) => ({ kind: 'unix', path, text: `unix:${path}` }) as const)
      .filter(({ text }) => !known.has(text))
      .map((address) => askSocket(world, address)),
  );
}

/** The one whose process the master lists; where several could be meant, the one in its own folder; else null. */
function ledBy(
  master: { readonly address: PlainAddress; readonly pids: readonly number[] },
  workers: readonly SeenWorker[],
): SeenWorker | null {
  const { address, pids } = master;
  const fits = workers.filter(
    (one) => placeOf(one.address) === placeOf(address) && pids.includes(one.worker.pid),
  );
  const near = fits.filter((one) => folderOf(one.address) === folderOf(address));
  const [only = null, another] = fits.length > 1 ? near : fits;
  return another === undefined ? only : null;
}

/** Numbers of processes mean something on one host alone. */
function placeOf(address: PlainAddress): string {
  return address.kind === 'unix' ? '' : address.host;
}

function folderOf(address: PlainAddress): string | null {
  return address.kind === 'unix' ? dirname(address.path) : null;
}

/** A socket at a master's usual path that this user may not open. */
function isForbidden({ address, said }: Asked, beside: PlainAddress): boolean {
  return (
    beside.kind === 'unix' &&
    address.kind === 'unix' &&
    said.kind === 'silent' &&
    said.fault.kind === 'permission' &&
    mastersBeside(beside.path).includes(address.path)
  );
}
