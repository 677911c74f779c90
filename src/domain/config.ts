// mainstay.yaml once it has been read and checked: the domain's own types, no text left to parse.
import type { Policy } from './policy.ts';

/** Where a HAProxy's Runtime API is reached. `text` is the address as the file wrote it. */
export type Address =
  | { readonly kind: 'unix'; readonly path: string; readonly text: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly text: string };

export interface ProxyConfig {
  readonly name: string;
  readonly runtime: Address;
  readonly drive: boolean;
}

export interface Config {
  /** The file it came from, for messages. */
  readonly file: string;
  readonly cluster: string;
  readonly backend: string;
  readonly proxies: readonly ProxyConfig[];
  readonly policy: Policy;
  readonly listen: { readonly host: string; readonly port: number };
  /** The bearer token for `/v1/*`, or null: loopback only. */
  readonly token: string | null;
  readonly journal: string | null;
  readonly log: {
    readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
    readonly format: 'json' | 'pretty';
  };
  /** What is allowed but deserves a word: a plain TCP socket, a token file that others can read. */
  readonly warnings: readonly string[];
}
