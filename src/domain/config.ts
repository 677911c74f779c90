// mainstay.yaml once it has been read and checked: the domain's own types, no text left to parse.
import type { Policy } from './policy.ts';
import type { HookEvent } from './verdict.ts';

/** Where a HAProxy's Runtime API, or its master's, is reached. `text` is the address as the file wrote it. */
export type Address =
  | { readonly kind: 'unix'; readonly path: string; readonly text: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly text: string }
  | {
      readonly kind: 'tls';
      readonly host: string;
      readonly port: number;
      readonly tls: TlsFiles;
      readonly text: string;
    }
  | (SshLogin & {
      readonly kind: 'ssh';
      /** The socket's path on that host. */
      readonly path: string;
      readonly via: 'streamlocal' | 'command';
      readonly text: string;
    });

/** Absolute paths, read anew at each connection, so that renewed certificates are followed. */
export interface TlsFiles {
  /** Null: the authorities that Node.js brings along. */
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  /** The name that the certificate must be for; null: the host. */
  readonly serverName: string | null;
}

export interface SshLogin {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** The private key's file, an absolute path. */
  readonly keyFile: string;
  /** `SHA256:` and 43 characters, as `ssh-keygen -lf` prints it. Nothing else is trusted. */
  readonly hostKey: string;
}

/** The statistics page (configuration.txt 4.2, "stats uri"). */
export interface StatsPage {
  /** Without credentials. */
  readonly url: string;
  /** With it sessions may be closed through the page, where HAProxy has `stats admin`. */
  readonly auth: { readonly username: string; readonly passwordFile: string } | null;
  readonly tls: TlsFiles;
}

/** A command that reloads or restarts one HAProxy. */
export type Remedy =
  | { readonly kind: 'ssh'; readonly login: SshLogin; readonly command: string }
  | { readonly kind: 'exec'; readonly argv: readonly string[] };

/** Of `runtime` and `stats` there is at least one, or a peer of that name that tells of it. */
export interface ProxyConfig {
  readonly name: string;
  readonly runtime: Address | null;
  readonly master: Address | null;
  readonly stats: StatsPage | null;
  readonly drive: boolean | 'standby';
  /** `master`: by the master's own command. Null: mainstay may not. */
  readonly reload: 'master' | Remedy | null;
  readonly restart: Remedy | null;
}

/** The supervisor beside the proxy of that name. */
export interface PeerConfig {
  readonly name: string;
  /** Without a path: `https://10.0.0.2:9847`. */
  readonly url: string;
  readonly token: string | null;
  /** The authority that its certificate must be of, an absolute path; null: those that Node.js brings along. */
  readonly ca: string | null;
}

/** Somebody who is told of what happens. */
export interface HookConfig {
  /** Its label in metrics and log: `webhook HOST` or `exec PROGRAM`, with ` 2` and so on behind it where that stands already. */
  readonly name: string;
  readonly on: readonly HookEvent[];
  readonly timeoutMs: number;
  readonly to:
    | { readonly kind: 'webhook'; readonly url: string; readonly token: string | null }
    | { readonly kind: 'exec'; readonly argv: readonly string[] };
}

export interface Config {
  /** The file it came from, for messages. */
  readonly file: string;
  readonly cluster: string;
  readonly backend: string;
  readonly proxies: readonly ProxyConfig[];
  /** The proxy beside this supervisor; null: it stands beside none. */
  readonly self: string | null;
  readonly peers: readonly PeerConfig[];
  readonly hooks: readonly HookConfig[];
  readonly policy: Policy;
  /** The stick table of the pins; null: nothing is steered. */
  readonly pinTable: string | null;
  /** The ring whose events are followed; `auto`: the one that HAProxy has. */
  readonly events: 'auto' | 'off' | { readonly ring: string };
  readonly listen: { readonly host: string; readonly port: number };
  /** With it `listen` speaks TLS. Absolute paths; `ca`: what this file's commands trust there, else the certificate itself. */
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string | null } | null;
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
