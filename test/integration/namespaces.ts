// Two hosts with a network between them, as two network namespaces: each has a way to this one, and a link to the other that can be cut.
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { text, type Layout } from '../../src/lab/layout.ts';

export const HOSTS = ['ha1', 'ha2'] as const;
export type Host = (typeof HOSTS)[number];

/** How the link between the supervisors is cut. Deaf: what the other one's API answers is lost, its questions arrive. */
export const LINK_CUTS = ['both ways', 'ha1 deaf', 'ha2 deaf'] as const;
export type LinkCut = (typeof LINK_CUTS)[number];

export interface Namespaces {
  /** Its HAProxy and its producers' ways: the relays and the producers are here, in the test's own namespace. */
  readonly layout: Layout;
  /** The command that runs another one on that host. */
  on(host: Host): readonly string[];
  /** Where a supervisor on that host listens: for the test by the host's own way, for the other host by the link. */
  listenOn(host: Host): string;
  /** Every packet that comes in so is lost, and nobody is told. `null`: none is. */
  cutLink(how: LinkCut | null): Promise<void>;
  /** The same for what a producer's port sends to that host. */
  cutPort(host: Host, port: number, isCut: boolean): Promise<void>;
  remove(): void;
}

const API_PORT = 9847;
const MAIN_PORT = 3001;
const BACKUP_PORT = 3002;
/** 198.18.0.0/16, set aside for tests of networks (RFC 2544): 16 addresses for each pair of hosts. */
const NETWORKS = 4096;
/** Of those 16: the test's end of the way to a host, the host's end, and its end of the wire between both. */
const HA1 = { here: 1, own: 2, wire: 9 } as const;
const HA2 = { here: 5, own: 6, wire: 10 } as const;
const TRIES = 20;

type Names = Readonly<Record<Host, string>>;

let made = 0;

/** Why there can be no namespaces here, as a sentence; null: there can. */
export function noNamespaces(): string | null {
  const name = `ms-try-${process.pid}`;
  try {
    run(`
      failed=0
      ip netns add ${name}
      ip netns exec ${name} nft list ruleset || failed=1
      ip netns del ${name}
      exit "$failed"
    `);
    return null;
  } catch (error) {
    return `network namespaces cannot be made here: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}

/** Both hosts up, and connected with each other and with this namespace. */
export function makeNamespaces(): Namespaces {
  const id = `${process.pid}-${++made}`;
  const names = { ha1: `ms-ha1-${id}`, ha2: `ms-ha2-${id}` };
  const remove = (): void => {
    process.off('exit', remove);
    // A namespace outlasts its name by the sockets that still say goodbye in it; without devices nobody hears them.
    for (const name of Object.values(names)) {
      run(`ip -n ${name} link del way || true; ip netns del ${name} || true`);
    }
  };
  process.once('exit', remove);
  try {
    return netOf(names, connect(names), remove);
  } catch (error) {
    remove();
    throw error;
  }
}

/** `number`: of their network. */
function netOf(names: Names, number: number, remove: () => void): Namespaces {
  const at = (host: number): string => address(number, host);
  const own = { ha1: at(HA1.own), ha2: at(HA2.own) };
  const rules = {
    ha1: { link: '', ports: new Set<number>() },
    ha2: { link: '', ports: new Set<number>() },
  };
  const apply = async (host: Host): Promise<void> => {
    const { link, ports } = rules[host];
    const lost = [link, ...[...ports].map((port) => `iifname "way" tcp sport ${port} drop;`)];
    const chain = `type filter hook input priority 0; ${lost.join(' ')}`;
    const table = `flush ruleset; table inet cuts { chain in { ${chain} }; }`;
    await promisify(execFile)('ip', ['netns', 'exec', names[host], 'nft', table]);
  };
  return {
    layout: {
      proxies: HOSTS.map((name) => ({
        name,
        host: own[name],
        port: 3001,
        stats: { host: own[name], port: 8404 },
        peer: { host: '127.0.0.1', port: 10001 },
      })),
      producers: [
        {
          name: 'main',
          ways: [way('ha1', at(HA1.here), MAIN_PORT), way('ha2', at(HA2.here), MAIN_PORT)],
        },
        {
          name: 'backup',
          ways: [way('ha1', at(HA1.here), BACKUP_PORT), way('ha2', at(HA2.here), BACKUP_PORT)],
        },
      ],
      supervisor: { host: own.ha1, port: API_PORT },
    },
    on: (host) => ['ip', 'netns', 'exec', names[host]],
    listenOn: (host) => text({ host: own[host], port: API_PORT }),
    cutLink: async (how) => {
      for (const host of HOSTS) {
        const all = how === 'both ways' ? 'iifname "wire" drop;' : '';
        rules[host].link =
          how === `${host} deaf` ? `iifname "wire" tcp sport ${API_PORT} drop;` : all;
      }
      await Promise.all([apply('ha1'), apply('ha2')]);
    },
    cutPort: (host, port, isCut) => {
      if (isCut) rules[host].ports.add(port);
      else rules[host].ports.delete(port);
      return apply(host);
    },
    remove,
  };
}

/** Makes the namespaces, and what lies between them and here; gives back the number of their network, which nobody else has. */
function connect(names: Names): number {
  run(`ip netns add ${names.ha1}; ip netns add ${names.ha2}`);
  const number = claim(names);
  const at = (host: number): string => address(number, host);
  run(`
    ip addr add ${at(HA1.here)}/30 dev ms${number}a
    ip addr add ${at(HA2.here)}/30 dev ms${number}b
    ip link set ms${number}a up
    ip link set ms${number}b up
    ip -n ${names.ha1} link add wire type veth peer name wire netns ${names.ha2}
    ${inside(names.ha1, at(HA1.own), at(HA1.wire))}
    ${inside(names.ha2, at(HA2.own), at(HA2.wire))}
    ip -n ${names.ha1} route add ${at(HA2.own)} via ${at(HA2.wire)} dev wire
    ip -n ${names.ha2} route add ${at(HA1.own)} via ${at(HA1.wire)} dev wire
  `);
  return number;
}

/** The first device's name is the lock. */
function claim(names: Names): number {
  for (let i = 0; i < TRIES; i++) {
    const number = (process.pid * 31 + made + i * 997) % NETWORKS;
    try {
      run(`ip link add ms${number}a type veth peer name way netns ${names.ha1}`);
    } catch (error) {
      if (String(error).includes('File exists')) continue;
      throw error;
    }
    run(`ip link add ms${number}b type veth peer name way netns ${names.ha2}`);
    return number;
  }
  throw new Error(`no free network in ${TRIES} tries`);
}

/** A host's own address, on its way to here, and its end of the wire. */
function inside(name: string, own: string, wire: string): string {
  return `
    ip -n ${name} addr add ${own}/30 dev way
    ip -n ${name} addr add ${wire}/30 dev wire
    ip -n ${name} link set lo up
    ip -n ${name} link set way up
    ip -n ${name} link set wire up
  `;
}

function address(number: number, host: number): string {
  return `198.18.${number >> 4}.${((number & 15) << 4) + host}`;
}

function way(proxy: Host, host: string, port: number) {
  return { proxy, host, port };
}

function run(script: string): void {
  execFileSync('sh', ['-ec', script], { stdio: ['ignore', 'ignore', 'pipe'] });
}
