// Who has which address in a lab's network.
import type { Network } from './network.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface Layout {
  /** Where relays dial each proxy, its statistics page, and where it hears of its pin at a reload. */
  readonly proxies: readonly (Endpoint & {
    readonly name: string;
    readonly stats: Endpoint;
    readonly peer: Endpoint;
  })[];
  /** Where each proxy dials each producer: every pair has an address of its own. */
  readonly producers: readonly {
    readonly name: string;
    readonly ways: readonly (Endpoint & { readonly proxy: string })[];
  }[];
  /** For a supervisor to listen on. */
  readonly supervisor: Endpoint;
}

const MAX_EACH = 64;
const FIRST_PROXY = 10;
const FIRST_PRODUCER = 100;
const SERVICE_PORT = 3001;

export function layOut(
  network: Network,
  proxies: readonly string[],
  producers: readonly string[],
): Layout {
  if (proxies.length > MAX_EACH || producers.length > MAX_EACH) {
    throw new Error(`a lab has at most ${MAX_EACH} proxies and ${MAX_EACH} producers`);
  }
  return {
    proxies: proxies.map((name, i) => {
      const host = network.host(FIRST_PROXY + i);
      const at = (port: number): Endpoint => ({ host, port });
      return { name, ...at(SERVICE_PORT), stats: at(8404), peer: at(10001) };
    }),
    producers: producers.map((name, i) => {
      const host = network.host(FIRST_PRODUCER + i);
      return { name, ways: proxies.map((proxy, j) => ({ proxy, host, port: SERVICE_PORT + j })) };
    }),
    supervisor: { host: network.host(1), port: 9847 },
  };
}

/** `HOST:PORT`. */
export function text({ host, port }: Endpoint): string {
  return `${host}:${port}`;
}
