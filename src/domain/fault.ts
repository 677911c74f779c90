// What can go wrong between mainstay and a HAProxy. Facts only: the sentence is made in haproxy/fault-text.ts.

/** Trouble as the protocol or the socket shows it, before it is known whose it is. */
export type Trouble =
  /** Nobody listens: ECONNREFUSED. */
  | { readonly kind: 'refused' }
  /** The unix socket's path does not exist: ENOENT. */
  | { readonly kind: 'no-socket' }
  /** The file system forbids the socket to this user: EACCES, EPERM. */
  | { readonly kind: 'permission' }
  /** Any other answer of the operating system, by its code (EHOSTUNREACH, ENOTFOUND, …). */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** No complete answer within the deadline; `connected` tells a full or hung HAProxy from an absent one. */
  | { readonly kind: 'timeout'; readonly afterMs: number; readonly connected: boolean }
  /** The connection ended in the middle of an answer. */
  | { readonly kind: 'truncated'; readonly bytes: number }
  /** An answer that is not what HAProxy documents; `said` is its start, at most 200 characters. */
  | { readonly kind: 'protocol'; readonly said: string }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** `Permission denied`: the socket's level is too low for the command (management.txt 9.3). */
  | { readonly kind: 'denied'; readonly command: string }
  | { readonly kind: 'no-such-backend'; readonly backend: string }
  | {
      readonly kind: 'no-such-server';
      readonly backend: string;
      readonly missing: readonly string[];
      readonly has: readonly string[];
    }
  /** An old worker answered where the serving one was expected (`show info`: `Stopping: 1`). */
  | { readonly kind: 'stopping'; readonly pid: number }
  /** The master lists no worker with the pid that serves: it belongs to another HAProxy. */
  | { readonly kind: 'other-master'; readonly pid: number }
  /** The master knows no worker with this pid: it has ended. */
  | { readonly kind: 'no-worker'; readonly pid: number }
  /** A key, certificate or password file cannot be read or used; `code` is the system's or the library's. */
  | { readonly kind: 'file'; readonly path: string; readonly code: string }
  /** The TLS handshake failed, by either side's word: `CERT_HAS_EXPIRED`, `unknown ca`, … */
  | { readonly kind: 'tls'; readonly reason: string }
  /** SSH failed at one of its stages; `lost`: keepalives were not answered, or the server went away. */
  | {
      readonly kind: 'ssh';
      readonly stage: 'host-key' | 'handshake' | 'authentication' | 'channel' | 'lost';
      readonly said: string;
    }
  /** The statistics page answered with another status than 200 (or, to its form, 303). */
  | { readonly kind: 'http'; readonly status: number }
  /** The statistics page gave something else than its CSV; `said` is its start, at most 200 characters. */
  | { readonly kind: 'not-csv'; readonly said: string }
  /** The page's form was refused (`st=` of management.txt's admin page): `DENY`, `NONE`, `ERRP`, … */
  | { readonly kind: 'form-refused'; readonly st: string }
  /** HAProxy did not take its new configuration; `said` is its log, at most 2000 characters, or empty. */
  | { readonly kind: 'reload-failed'; readonly said: string }
  /** The command to reload or restart failed; `code` null: a signal or the deadline ended it. */
  | { readonly kind: 'command-failed'; readonly code: number | null; readonly said: string }
  /** It did as it was told, and yet the worker from before still serves. */
  | { readonly kind: 'same-worker'; readonly pid: number }
  /** mainstay itself is stopping, and gave the exchange up. */
  | { readonly kind: 'abandoned' }
  /** The proxy is seen through a peer alone, and that one does not tell of it; `said` is why, as a sentence. */
  | { readonly kind: 'peer'; readonly peer: string; readonly said: string }
  /** No look at this proxy has ended yet. */
  | { readonly kind: 'not-yet' }
  /** The last good view is older than `poll.interval + poll.timeout`. */
  | { readonly kind: 'late'; readonly ageMs: number };

/** A trouble and the address it was met at, as the configuration writes it. */
export type Fault = Trouble & { readonly address: string };
