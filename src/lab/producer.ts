// A stand-in for a producer: holds relays' sessions as a node does, and fails on request.
import type { Endpoint } from './layout.ts';
import type { Ledger } from './ledger.ts';
import { createWay, type Way } from './way.ts';

/** Has one address for each proxy, so that every session's way is known and can be cut. */
export class Producer {
  readonly name: string;
  readonly #ways: ReadonlyMap<string, { readonly at: Endpoint; readonly way: Way }>;
  readonly #cut = new Set<string>();
  #alive = false;
  #frozen = false;

  /** Not yet alive: `restart` starts it. */
  constructor(
    name: string,
    addresses: readonly (Endpoint & { readonly proxy: string })[],
    ledger: Ledger,
  ) {
    const isFrozen = (): boolean => this.#frozen;
    this.name = name;
    this.#ways = new Map(
      addresses.map(({ proxy, ...at }) => [
        proxy,
        { at, way: createWay({ at, proxy, producer: name, ledger, isFrozen }) },
      ]),
    );
  }

  /** Where the proxy of that name dials it. */
  address(proxy: string): Endpoint {
    return this.#from(proxy).at;
  }

  /** As kill -9: nobody listens any more, every connection is closed and reset. */
  async kill(): Promise<void> {
    this.#alive = false;
    this.#frozen = false;
    await Promise.all([...this.#ways.values()].map(({ way }) => way.shut()));
  }

  /** Listens again on the same addresses, but those that are cut; kills first what still runs. */
  async restart(): Promise<void> {
    await this.kill();
    this.#alive = true;
    const open = [...this.#ways].filter(([proxy]) => !this.#cut.has(proxy));
    await Promise.all(open.map(([, { way }]) => way.open()));
  }

  /** As SIGSTOP: the kernel still accepts, nothing is answered, and nobody who leaves is let go. */
  freeze(): void {
    this.#frozen = true;
  }

  /** As SIGCONT: what was asked meanwhile is answered now. */
  thaw(): void {
    this.#frozen = false;
    for (const { way } of this.#ways.values()) way.catchUp();
  }

  /** Cuts one proxy's way: its dials are refused, its connections closed and reset. Outlasts a restart. */
  async cut(proxy: string): Promise<void> {
    this.#cut.add(proxy);
    await this.#from(proxy).way.shut();
  }

  async mend(proxy: string): Promise<void> {
    this.#cut.delete(proxy);
    if (this.#alive) await this.#from(proxy).way.open();
  }

  #from(proxy: string): { readonly at: Endpoint; readonly way: Way } {
    const found = this.#ways.get(proxy);
    if (found === undefined) throw new Error(`${this.name} has no way from ${proxy}`);
    return found;
  }
}
