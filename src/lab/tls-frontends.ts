// The part of the reference configuration for mainstays on other hosts, made active: a TLS frontend before each socket.
import type { Sockets } from './haproxy-config.ts';

/** What stands there as an example; what is left out stays. */
export interface TlsFrontends {
  /** HAProxy's certificate and key, and the authority of its clients' certificates. */
  readonly files?: { readonly pem: string; readonly ca: string };
  /** Of a HAProxy without chroot. */
  readonly sockets?: Pick<Sockets, 'admin' | 'master'>;
  /** `HOST:PORT` before the workers' socket, and before the master's. */
  readonly at?: { readonly runtime: string; readonly master: string };
}

/** `config`, which is the reference or made of it, with these lines in force. */
export function withTlsFrontends(
  config: string,
  { files, sockets, at }: TlsFrontends = {},
): string {
  const start = config.indexOf('\n#global\n');
  if (start === -1) throw new Error('haproxy.cfg has no part for other hosts');
  const changes: readonly (readonly [RegExp | string, string])[] = [
    [/^#/gm, ''],
    ...(files === undefined
      ? []
      : ([
          [/ crt \S+/g, ` crt ${files.pem}`],
          [/ ca-file \S+/g, ` ca-file ${files.ca}`],
        ] as const)),
    ...(sockets === undefined
      ? []
      : ([
          [/^ +stats socket .*\n/gm, ''],
          ['unix@/admin.sock', `unix@${sockets.admin}`],
          ['unix@/master.sock', `unix@${sockets.master}`],
        ] as const)),
    ...(at === undefined
      ? []
      : ([
          ['bind 10.0.0.1:9443', `bind ${at.runtime}`],
          ['bind 10.0.0.1:9444', `bind ${at.master}`],
        ] as const)),
  ];
  const active = changes.reduce((text, [from, to]) => text.replace(from, to), config.slice(start));
  return config.slice(0, start) + active;
}
