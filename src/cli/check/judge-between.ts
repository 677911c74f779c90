// Where the proxies disagree about the servers: what is one producer at one of them must be the same one at all.
import type { WorkerView } from '../../domain/view.ts';
import type { Found } from './finding.ts';
import { serverList } from './server-list.ts';

export interface SeenProxy {
  readonly name: string;
  readonly worker: WorkerView;
  /** By server; a server without a known address is not in it. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** Each proxy is compared with the first that is seen. */
export function judgeBetween(seen: readonly SeenProxy[]): readonly Found[] {
  const [first, ...others] = seen;
  if (first === undefined) return [];
  return others.flatMap((other) => [...serversOf(first, other), ...addressesOf(first, other)]);
}

function serversOf(first: SeenProxy, other: SeenProxy): Found[] {
  const [a, b] = [first, other].map(({ worker }) => serverList(worker.servers));
  if (a === b) return [];
  return [
    {
      id: 'servers-differ',
      level: 'warning',
      proxies: [first.name, other.name],
      spot: null,
      message: `the servers are not the same: ${first.name} has ${a}; ${other.name} has ${b}`,
      cure: 'give both the same server lines, in the same order and with "backup" at the same ones: else they fail over to different producers',
    },
  ];
}

function addressesOf(first: SeenProxy, other: SeenProxy): Found[] {
  const differ = [...first.addresses].flatMap(([server, a]) => {
    const b = other.addresses.get(server);
    return b === undefined || b === a ? [] : [`${server} is ${a} and ${b}`];
  });
  if (differ.length === 0) return [];
  return [
    {
      id: 'addresses-differ',
      level: 'info',
      proxies: [first.name, other.name],
      spot: null,
      message: `servers of one name have different addresses: ${differ.join('; ')}`,
      cure: 'make sure that they are the same producers, reached in different ways: mainstay knows them by their names alone',
    },
  ];
}
